"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Identity and journal."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Listen to sign-ins, say how the journal names people, and keep the groups of staff as they are declared."""
        from django.db.models.signals import post_migrate

        from accounts.factors import sign_ins as proofs  # noqa: F401
        from accounts.identity import naming, sign_ins  # noqa: F401
        from accounts.identity.powers import write_groups

        post_migrate.connect(write_groups, dispatch_uid="accounts.staff_groups")
