"""Every page of exams in the admin, asked by staff who have nothing to do with the row: every route, every action."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from exams.bank.models import ItemVersion
from exams.delivery.models import Accommodation, Attempt
from exams.delivery.supervision import void_attempt
from exams.formats.models import BlueprintSection, Slot
from exams.marking.models import RegradeRun, Score
from exams.practice.repetition.actions import change_settings
from exams.practice.repetition.models import ReviewParameters
from exams.practice.reports.actions import report_item
from exams.practice.reports.models import ReportCase
from exams.practice.sessions.actions import Choice, start_session
from exams.practice.sessions.models import PracticeSession
from exams.psychometrics.compute import compute_statistics
from exams.psychometrics.models import ItemStatistics
from tests.cast import AcademyCast, Cast
from tests.exams.bank.test_admin import signed_in
from tests.factories.exams import (
    NOW,
    make_bank,
    make_blueprint,
    make_delivery,
    make_item,
    make_one_of_each,
    make_stimulus,
    minutes,
    right_answers,
    sit,
)
from tests.factories.practice import make_practice_bank, marked
from tests.factories.reviews import grade, make_cards

PAGES: dict[type[Model], ModelAdmin[Any]] = {
    model: page for model, page in admin.site._registry.items() if model._meta.app_label == "exams"
}
# What a page may answer to those who may not see the row. Django's own sends them to the overview.
CLOSED = {302, 403, 404, 405}


def rows_of(academy: AcademyCast) -> dict[type[Model], Any]:
    """A row of each kind that has a page, in one academy."""
    form = make_one_of_each(academy.academy)
    delivery = make_delivery(form)
    attempt = sit(delivery, academy.learner.membership, right_answers(form))
    bank = make_bank(academy.academy, slug="more")
    version = make_item(bank, "M-1")
    blueprint = make_blueprint(bank, [("1", "", "", 1)], title=f"Blueprint of {academy.academy}")
    rows = [
        bank,
        bank.domains.first(),
        version.item,
        version,
        make_stimulus(bank, "S-1"),
        form,
        form.conversion,
        delivery,
        attempt,
        Score.objects.get(attempt=attempt),
        blueprint,
        BlueprintSection.objects.filter(blueprint=blueprint).first(),
        Accommodation.objects.create(
            academy=academy.academy, member=academy.learner.membership, time_factor="1.25", created_at=NOW
        ),
        RegradeRun.objects.create(academy=academy.academy, delivery=delivery, attempts=1),
        _studying(academy),
        reported(version, academy),
        counted(version, academy),
        *repeated(academy),
    ]
    return {type(row): row for row in rows}


def _studying(academy: AcademyCast) -> PracticeSession:
    learner = academy.learner.membership
    choice = Choice(bank=make_practice_bank(learner, items=2).pk, only="not_seen")
    return start_session(mode="practice", choice=choice, actor=learner, now=NOW)


def repeated(academy: AcademyCast) -> list[Model]:
    """A card that was graded, and what its learner has set."""
    learner = academy.learner.membership
    bank = make_practice_bank(learner, items=1, slug="repeated")
    (card,) = make_cards(learner, 1, bank=bank)
    log = grade(card, "good", actor=learner).log
    fitted = ReviewParameters.objects.create(
        academy=academy.academy,
        learner=learner.user,
        parameters=[0.5],
        reviews=400,
        log_loss_before=0.5,
        log_loss_after=0.4,
        is_used=True,
        made_at=NOW,
    )
    return [card, log, fitted, change_settings(changes={"daily_limit": 30}, actor=learner)]


def reported(version: ItemVersion, academy: AcademyCast) -> ReportCase:
    """A case of one report, by a learner who has met the question."""
    member = academy.learner.membership
    marked(member, [version])
    return report_item(item=version.item_id, reason="typo", comment="Teh", actor=member, now=NOW).case


def counted(version: ItemVersion, academy: AcademyCast) -> ItemStatistics:
    """The figures of a version that was answered."""
    marked(academy.learner.membership, [version])
    compute_statistics(items=[version.item_id], now=NOW + minutes(60))
    return ItemStatistics.objects.get(item_version=version)


def routes(row: Any) -> Iterator[str]:
    """Every route of the row's page that names a row."""
    page = PAGES[type(row)]
    for pattern in page.get_urls():
        if isinstance(pattern, URLPattern) and pattern.name and pattern.pattern.converters:
            arguments = dict.fromkeys(pattern.pattern.converters, row.pk)
            if "token" in arguments:
                arguments["token"] = uuid4().hex
            yield reverse(f"admin:{pattern.name}", kwargs=arguments)


def let_in(academy: AcademyCast, *, permissions: bool) -> Client:
    owner = academy.owner.account
    owner.is_staff = True
    owner.save()
    if permissions:
        owner.user_permissions.set(Permission.objects.filter(content_type__app_label="exams"))
    return signed_in(owner)


def everything() -> list[Any]:
    """What is stored of every kind that has a page."""
    return [list(model._default_manager.order_by("pk").values()) for model in PAGES]


@pytest.fixture
def foreign(cast: Cast) -> dict[type[Model], Any]:
    return rows_of(cast.meridian)


@pytest.fixture
def stranger(cast: Cast) -> Client:
    """Harbour's owner with every permission on exams."""
    return let_in(cast.harbour, permissions=True)


def test_every_page_has_a_row_here(foreign: dict[type[Model], Any]) -> None:
    assert set(foreign) == set(PAGES)


def test_the_routes_that_are_asked_are_all_there_are(foreign: dict[type[Model], Any]) -> None:
    asked = {page.rstrip("/").rpartition("/")[2] for row in foreign.values() for page in routes(row)}
    assert asked >= {"history", "delete", "change", "replay", "move", "write", "write-item", "import", "export-csv"}


def test_lists_show_nothing_of_another_academy(stranger: Client, foreign: dict[type[Model], Any]) -> None:
    for model in PAGES:
        page = reverse(f"admin:exams_{model._meta.model_name}_changelist")
        for query in ("", "?q=e", "?all="):
            answer = stranger.get(page + query)
            assert answer.status_code in (200, 302), (model, query, answer.status_code)
            shown = answer.content.decode()
            assert str(foreign[model].pk) not in shown, (model, query)
            # Filters and choices are rows, too.
            assert "Meridian" not in shown, (model, query)


def test_no_route_opens_a_row_of_another_academy(stranger: Client, foreign: dict[type[Model], Any]) -> None:
    before = everything()
    for model in PAGES:
        asked = list(routes(foreign[model]))
        assert len(asked) >= 3, model
        for page in asked:
            for answer in (stranger.get(page), stranger.post(page, {"post": "yes", "to": "retired", "confirm": ""})):
                assert answer.status_code in CLOSED, (page, answer.status_code)
                if answer.status_code == 302:
                    assert answer.url == "/admin/" or answer.url.startswith(page.partition(str(foreign[model].pk))[0])
        assert everything() == before, model


def test_no_action_of_a_list_touches_another_academy(stranger: Client, foreign: dict[type[Model], Any]) -> None:
    before = everything()
    for model in PAGES:
        page = reverse(f"admin:exams_{model._meta.model_name}_changelist")
        for name in ("delete_selected", *PAGES[model].actions):
            form = {"action": name, "_selected_action": [foreign[model].pk], "post": "yes"}
            assert stranger.post(page, form).status_code in (200, 302, 403), (model, name)
        assert everything() == before, model


def test_no_form_offers_rows_of_another_academy(stranger: Client, foreign: dict[type[Model], Any]) -> None:
    for model in PAGES:
        answer = stranger.get(reverse(f"admin:exams_{model._meta.model_name}_add"))
        assert answer.status_code in (200, 403), model
        for row in foreign.values():
            assert str(row.pk) not in answer.content.decode(), (model, row)


def test_without_permissions_no_page_opens(cast: Cast) -> None:
    own = rows_of(cast.harbour)
    client = let_in(cast.harbour, permissions=False)
    before = everything()
    for model in PAGES:
        assert client.get(reverse(f"admin:exams_{model._meta.model_name}_changelist")).status_code == 403, model
        for page in routes(own[model]):
            for answer in (
                client.get(page, follow=True),
                client.post(page, {"post": "yes", "to": "retired"}, follow=True),
            ):
                assert answer.status_code in (403, 404, 405), (page, answer.status_code)
        assert everything() == before, model


def test_those_who_may_only_look_change_nothing(cast: Cast) -> None:
    own = rows_of(cast.harbour)
    client = let_in(cast.harbour, permissions=False)
    cast.harbour.owner.account.user_permissions.set(
        Permission.objects.filter(content_type__app_label="exams", codename__startswith="view_")
    )
    before = everything()
    for model in PAGES:
        page = reverse(f"admin:exams_{model._meta.model_name}_changelist")
        assert str(own[model].pk) in client.get(page).content.decode() or model is BlueprintSection, model
        for name in ("delete_selected", *PAGES[model].actions):
            client.post(page, {"action": name, "_selected_action": [own[model].pk], "post": "yes"})
        for route in routes(own[model]):
            client.post(route, {"post": "yes", "to": "retired", "confirm": ""})
        assert everything() == before, model


def test_staff_see_sentences_and_no_ids_or_json(cast: Cast, foreign: dict[type[Model], Any]) -> None:
    client = signed_in(cast.staff.account)
    for model in PAGES:
        row = foreign[model]
        answer = client.get(reverse(f"admin:exams_{model._meta.model_name}_change", args=[row.pk]))
        assert answer.status_code == 200, model
        for field in answer.context["adminform"]:
            for line in field:
                for each in line:
                    if each.is_readonly:
                        shown = str(each.contents())
                        assert "{&quot;" not in shown, (model, each.field["name"])
                        assert "<pre" not in shown, (model, each.field["name"])


def test_attempts_and_scores_are_read_in_a_constant_number_of_statements(cast: Cast) -> None:
    client = signed_in(cast.staff.account)
    form = make_one_of_each(cast.harbour.academy)
    delivery = make_delivery(form, attempts_allowed=9)
    pages = [reverse(f"admin:exams_{name}_changelist") for name in ("attempt", "score", "delivery", "accommodation")]

    def statements() -> list[int]:
        counts = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            counts.append(len(captured))
        return counts

    sit(delivery, cast.harbour.learner.membership, right_answers(form))
    Accommodation.objects.create(
        academy=cast.harbour.academy, member=cast.harbour.learner.membership, time_factor=2, created_at=NOW
    )
    few = statements()
    for member in (cast.harbour.learner.membership, cast.harbour.other_learner.membership):
        for _ in range(2):
            sit(delivery, member, right_answers(form))
    Accommodation.objects.create(
        academy=cast.harbour.academy, member=cast.harbour.other_learner.membership, time_factor=2, created_at=NOW
    )
    make_delivery(form)
    assert statements() == few


def test_the_replay_tells_the_story(cast: Cast, foreign: dict[type[Model], Any]) -> None:
    client = signed_in(cast.staff.account)
    attempt: Attempt = foreign[Attempt]
    page = reverse("admin:exams_attempt_replay", args=[attempt.pk])
    shown = client.get(page).content.decode()
    for words in ("The step log is intact", "Started.", "Submitted", "chosen", "Answer:", ", version 1"):
        assert words in shown
    for slot in Slot.objects.filter(form=attempt.form_id):
        # Only as an address.
        assert shown.count(str(slot.item_version_id)) == shown.count(f"/itemversion/{slot.item_version_id}/")
    void_attempt(attempt=attempt.pk, reason="Test.", actor=cast.staff.account, now=NOW)
    assert "Voided" in client.get(page).content.decode()
