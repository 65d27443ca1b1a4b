"""What can go wrong with the local servers."""


class EmbeddedError(RuntimeError):
    """The local servers cannot be had. The message is one line that says what the person can do about it."""
