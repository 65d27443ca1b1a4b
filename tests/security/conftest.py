"""What attacks need."""

from tests.accounts.providers.conftest import open_to_all, provider  # noqa: F401
