"""GitHub: OAuth 2 with PKCE, and an address only if GitHub has verified it."""

from typing import Any

from allauth.socialaccount.providers.github.provider import GitHubProvider
from allauth.socialaccount.providers.github.views import GitHubOAuth2Adapter

from accounts.providers.oauth import OwnAddresses, callback_of


class GitHubAdapter(OwnAddresses, GitHubOAuth2Adapter):  # type: ignore[misc]  # allauth is not typed
    """Talks to GitHub."""

    @property
    def profile_url(self) -> str:
        """Who it is."""
        return f"{self.addresses['api']}/user"

    @property
    def emails_url(self) -> str:
        """The addresses, with whether they are verified."""
        return f"{self.addresses['api']}/user/emails"


class GitHub(GitHubProvider):  # type: ignore[misc]  # allauth is not typed
    """GitHub as a way to sign in."""

    oauth2_adapter_class = GitHubAdapter

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What is kept of the profile: enough to tell the account from another."""
        return {"login": data.get("login") or ""}


github_callback = callback_of(GitHubAdapter)
