"""What both providers have in common."""

from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse


class OwnAddresses:
    """Mixin for adapters: where the provider is comes from the settings, and where we are does too."""

    provider_id: str

    @property
    def addresses(self) -> dict[str, str]:
        """The provider's addresses."""
        found: dict[str, str] = settings.PROVIDER_ADDRESSES[self.provider_id]
        return found

    @property
    def authorize_url(self) -> str:
        """Where people are sent."""
        return self.addresses["authorize"]

    @property
    def access_token_url(self) -> str:
        """Where a code is exchanged."""
        return self.addresses["token"]

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where people come back to. Not by the request's host: whoever asks chooses that."""
        return f"{settings.SITE_URL}{reverse(f'{self.provider_id}_callback')}"


class CallbackView(OAuth2CallbackView):  # type: ignore[misc]  # allauth is not typed
    """Where people come back to, with a code."""

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        """The state, which is used up by this. What was asked for has to be what the provider answers."""
        state, refusal = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, refusal


def callback_of(adapter: type[OwnAddresses]) -> Any:
    """The view of a provider's callback; 404 while the provider is not offered."""
    answer = CallbackView.adapter_view(adapter)

    def callback(request: HttpRequest) -> HttpResponseBase:
        try:
            response: HttpResponseBase = answer(request)
        except SocialApp.DoesNotExist:
            raise Http404 from None
        return response

    return callback
