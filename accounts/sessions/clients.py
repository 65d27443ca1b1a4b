"""What a request says about the device that sent it."""

from dataclasses import dataclass

from django.http import HttpRequest
from ua_parser import parse_os, parse_user_agent

from config.http.addresses import client_address, truncate_address

# Real ones are shorter; the patterns that read them should not be fed with more.
_MOST_CHARACTERS = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Client:
    """Browser and system by name, "" when unknown, and the network that the request came from."""

    browser: str
    system: str
    address: str

    @property
    def device(self) -> str:
        """Both names for a letter; "" when neither is known."""
        return ", ".join(part for part in (self.browser, self.system) if part)


def client_of(request: HttpRequest) -> Client:
    """The client of a request. What it says of itself is a claim: it is shown to its owner and decides nothing."""
    agent = request.META.get("HTTP_USER_AGENT", "")[:_MOST_CHARACTERS]
    browser, system = parse_user_agent(agent), parse_os(agent)
    return Client(
        browser=browser.family[:64] if browser else "",
        system=" ".join(part for part in (system.family, system.major) if part)[:64] if system else "",
        address=truncate_address(client_address(request)),
    )
