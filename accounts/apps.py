"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Identity and journal."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Register what each room listens to, checks, names and holds about people."""
        from django.db.models.signals import post_migrate

        from accounts import personal  # noqa: F401
        from accounts.challenges import receivers as challenges  # noqa: F401
        from accounts.encryption import proof  # noqa: F401
        from accounts.factors import sign_ins as proofs  # noqa: F401
        from accounts.identity import naming, sign_ins  # noqa: F401
        from accounts.identity.powers import write_groups
        from accounts.impersonation import receivers as impersonations  # noqa: F401
        from accounts.privacy import subscribers as consents  # noqa: F401
        from accounts.providers import receivers as providers  # noqa: F401
        from accounts.security import subscribers  # noqa: F401
        from accounts.sessions import receivers as sessions  # noqa: F401

        post_migrate.connect(write_groups, dispatch_uid="accounts.staff_groups")
