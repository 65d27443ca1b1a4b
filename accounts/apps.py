"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Identity and journal."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Listen to sign-ins, and say how the journal names people."""
        from accounts.challenges import receivers as challenges  # noqa: F401
        from accounts.identity import naming, sign_ins  # noqa: F401
        from accounts.providers import receivers as providers  # noqa: F401
        from accounts.sessions import receivers as sessions  # noqa: F401
