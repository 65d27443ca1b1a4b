"""The server speaks Spanish where the page does."""

from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from config.http.codes import documented
from config.kernel.errors import DomainError
from exams.delivery.models import AttemptStep

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "config" / "locale" / "es" / "LC_MESSAGES"
OWN = ("accounts", "academies", "config", "exams", "tutoring", "gamification", "analytics")
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "gettext_lazy": None}


def said_by_the_server() -> set[str]:
    import config.urls  # noqa: F401  # whatever can be refused has been imported then

    # Errors that other tests have made up are nobody's to translate.
    made_up = {kind.code for kind in DomainError.__subclasses__() if kind.__module__.startswith("tests.")}
    found = {text for code in documented() if code.code not in made_up for text in (code.title, code.detail)}
    found |= {str(kind.label) for kind in AttemptStep.Kind}
    for app in OWN:
        for _file, _line, message, _comments, _context in extract_from_dir(
            str(ROOT / app), method_map=[("**.py", "python")], keywords=KEYWORDS
        ):
            found.add(message if isinstance(message, str) else message[0])
    return found - {""}


def catalogue():
    with (FOLDER / "django.po").open("rb") as file:
        return read_po(file, locale="es")


def test_everything_is_translated():
    messages = {message.id if isinstance(message.id, str) else message.id[0]: message for message in catalogue()}
    untranslated = {
        text for text in said_by_the_server() if text not in messages or not all(_texts(messages[text].string))
    }
    assert not untranslated


def test_placeholders_are_the_same():
    for message in catalogue():
        wanted = {part for text in _texts(message.id) for part in _placeholders(text)}
        assert all(_placeholders(text) == wanted for text in _texts(message.string)), message.id


def test_the_compiled_catalogue_is_that_of_the_source():
    expected = BytesIO()
    write_mo(expected, catalogue())
    expected.seek(0)
    with (FOLDER / "django.mo").open("rb") as compiled:
        held = GNUTranslations(compiled)._catalog
    held.pop("", None)
    source = GNUTranslations(expected)._catalog
    source.pop("", None)
    assert held == source, "run `make messages`"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "detail"),
    [
        ("es", "No encontrado."),
        ("es-MX,es;q=0.9", "No encontrado."),
        ("fr", "Not found."),
    ],
)
def test_a_problem_is_told_in_the_language_that_was_asked_for(cast, api, language, detail):
    path = "/api/v1/academies/meridian/attempts/"
    problem = api(cast.harbour.learner).get(path, HTTP_ACCEPT_LANGUAGE=language).json()
    assert problem["code"] == "not_found"
    assert problem["detail"] == detail


def _texts(said):
    return [said] if isinstance(said, str) else list(said)


def _placeholders(text):
    return {part.partition("}")[0] for part in text.split("{")[1:]}
