"""Google: OpenID Connect with PKCE and a nonce; the ID token's signature is checked as well."""

import secrets
from typing import Any

import jwt
from allauth.socialaccount.internal.jwtkit import fetch_key, lookup_kid_jwk
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.google.provider import GoogleProvider
from allauth.socialaccount.providers.google.views import GoogleOAuth2Adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare

from accounts.providers.oauth import OwnAddresses, callback_of

CLAIMS = ["iss", "aud", "exp", "iat", "sub", "nonce"]
# How far the two clocks may be apart.
LEEWAY_SECONDS = 10


class GoogleAdapter(OwnAddresses, GoogleOAuth2Adapter):  # type: ignore[misc]  # allauth is not typed
    """Talks to Google."""

    # What was asked for; the callback puts it here.
    nonce = ""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        """Who signs in, by the ID token alone. Raises OAuth2Error."""
        claims = self._claims(app, str(kwargs["response"].get("id_token", "")))
        return self.get_provider().sociallogin_from_response(request, claims)

    def _claims(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """The checked claims (OpenID Connect Core 1.0, section 3.1.3.7)."""
        try:
            _, key = fetch_key(id_token, self.addresses["keys"], lookup_kid_jwk)
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key=key,
                algorithms=["RS256"],
                audience=app.client_id,
                issuer=self.addresses["issuer"],
                leeway=LEEWAY_SECONDS,
                options={"require": CLAIMS},
            )
        except (jwt.PyJWTError, KeyError, ValueError) as error:
            raise OAuth2Error("the ID token does not hold") from error
        if not self.nonce or not constant_time_compare(str(claims["nonce"]), self.nonce):
            raise OAuth2Error("the ID token is for another sign-in")
        return claims


class Google(GoogleProvider):  # type: ignore[misc]  # allauth is not typed
    """Google as a way to sign in."""

    oauth2_adapter_class = GoogleAdapter
    supports_token_authentication = False

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponseBase:
        """Send somebody to Google, with a nonce that has to come back."""
        nonce = secrets.token_urlsafe(24)
        asked = {**self.get_auth_params(), "nonce": nonce}
        sent: HttpResponseBase = super().redirect(
            request, process, next_url, data, auth_params=asked, nonce=nonce, **kwargs
        )
        return sent

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What is kept of the profile: enough to tell the account from another."""
        return {"email": data.get("email") or ""}


google_callback = callback_of(GoogleAdapter)
