"""`/dev/mail/`: the letters of a machine that sends none. It is there only with the setting `MAILBOX_PAGE`."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from accounts.mail.mailbox import KeptLetter, kept_letter, kept_letters

# A letter is written by whoever chose the names in it: nothing in it runs, loads or reads anything of ours.
_LETTERS_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The letters, the newest first."""
    _check_that_it_is_there()
    return render(request, "mail/mailbox.html", {"letters": kept_letters()})


@require_safe
def mailbox_letter(request: HttpRequest, name: str) -> HttpResponse:
    """One letter: its text, and its HTML in a frame."""
    return render(request, "mail/mailbox_letter.html", {"letter": _letter(name)})


@require_safe
@xframe_options_sameorigin
def mailbox_html(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001  # Django passes it
    """The HTML of a letter, for the frame."""
    response = HttpResponse(_letter(name).html)
    response.headers["Content-Security-Policy"] = _LETTERS_POLICY
    return response


def _letter(name: str) -> KeptLetter:
    _check_that_it_is_there()
    letter = kept_letter(name)
    if letter is None:
        raise Http404
    return letter


def _check_that_it_is_there() -> None:
    if not settings.MAILBOX_PAGE:
        raise Http404
