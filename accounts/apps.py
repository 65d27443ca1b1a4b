"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Identity and journal."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Listen to sign-ins, check the keys, and say how the journal names people and what we hold about them."""
        from accounts import personal  # noqa: F401
        from accounts.encryption import proof  # noqa: F401
        from accounts.identity import naming, sign_ins  # noqa: F401
