"""Bookmarks and notes: each learner's own, of questions that they know."""

import pytest

from exams.bank.actions import move_version
from exams.bank.models import Item, ItemVersion
from exams.practice.saved.models import Bookmark, Note
from tests.exams.statements import Statements
from tests.factories.exams import NOW, make_bank, make_delivery, make_form_of, make_item, minutes, sit
from tests.factories.practice import make_practice_bank, marked, versions_of

pytestmark = pytest.mark.django_db

PRACTICE = "/api/v1/academies/harbour/practice/"


@pytest.fixture
def learner(cast):
    return cast.harbour.learner


@pytest.fixture
def versions(learner):
    """Three questions that may be practised."""
    return versions_of(make_practice_bank(learner.membership, items=3))


@pytest.fixture
def closed(cast):
    """A question of a bank that is met in exams alone."""
    return make_item(make_bank(cast.harbour.academy, slug="closed"), "C-1")


def path(version, what=""):
    return f"{PRACTICE}items/{version.item_id}/{what}"


def kept(client, kind, **query):
    response = client.get(f"{PRACTICE}{kind}/", query)
    assert response.status_code == 200, response.json()
    return response.json()["results"]


def test_a_question_is_kept_with_tags_and_found_again(api, learner, versions):
    client = api(learner)
    response = client.put(path(versions[0], "bookmark/"), {"tags": ["  Due   soon ", "IAM", "iam"]})
    assert response.status_code == 200
    assert response.json()["tags"] == ["Due soon", "IAM"]
    client.put(path(versions[0], "note/"), {"text": "Ask about *keys*."})
    mine = client.get(path(versions[0])).json()
    assert (mine["bookmark"]["tags"], mine["note"]["text"], mine["reports"]) == (
        ["Due soon", "IAM"],
        "Ask about *keys*.",
        [],
    )
    (row,) = kept(client, "bookmarks")
    assert row["question"] == {
        "id": str(versions[0].item_id),
        "stem_html": versions[0].stem_html,
        "bank": {"id": str(versions[0].item.bank_id), "title": "Practice"},
        "domain": "Domain 1",
        "is_live": True,
    }
    assert row["note"] == "Ask about *keys*."


def test_keeping_again_changes_the_tags_and_not_the_place(api, learner, versions):
    client = api(learner)
    for version in versions:
        client.put(path(version, "bookmark/"), {})
    client.put(path(versions[0], "bookmark/"), {"tags": ["again"]})
    assert [row["question"]["id"] for row in kept(client, "bookmarks")] == [
        str(version.item_id) for version in reversed(versions)
    ]
    assert Bookmark.objects.count() == 3


def test_what_is_removed_is_gone_and_removing_it_twice_is_no_fault(api, learner, versions):
    client = api(learner)
    client.put(path(versions[0], "bookmark/"), {})
    client.put(path(versions[0], "note/"), {"text": "Mine"})
    for what in ("bookmark/", "bookmark/", "note/", "note/"):
        assert client.delete(path(versions[0], what)).status_code == 204
    assert client.get(path(versions[0])).json() == {"bookmark": None, "note": None, "reports": []}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {0, 1, 2}),
        ({"q": "q-0 ask"}, {0}),
        ({"q": "KEYS"}, {1}),
        ({"q": "urgent"}, {2}),
        ({"q": "%"}, set()),
        ({"q": "{"}, set()),
        ({"tag": "urgent"}, {2}),
        ({"tag": "urg"}, set()),
        ({"bank": "00000000-0000-4000-8000-000000000000"}, set()),
    ],
)
def test_bookmarks_are_searched_in_question_note_and_tags(api, learner, versions, query, found):
    client = api(learner)
    for version, tags in zip(versions, ([], ["later"], ["urgent", "later"]), strict=True):
        client.put(path(version, "bookmark/"), {"tags": tags})
    client.put(path(versions[1], "note/"), {"text": "About keys"})
    ids = {row["question"]["id"] for row in kept(client, "bookmarks", **query)}
    assert ids == {str(versions[number].item_id) for number in found}


def test_notes_are_searched_in_text_and_question(api, learner, versions):
    client = api(learner)
    for number, version in enumerate(versions):
        client.put(path(version, "note/"), {"text": f"Thought {number}"})
    assert [row["text"] for row in kept(client, "notes")] == ["Thought 2", "Thought 1", "Thought 0"]
    assert [row["text"] for row in kept(client, "notes", q="thought 1")] == ["Thought 1"]
    assert [row["text"] for row in kept(client, "notes", q="What does")] == ["Thought 0"]


def test_tags_are_counted_the_most_used_first(api, learner, versions):
    client = api(learner)
    for version, tags in zip(versions, (["b"], ["b", "a"], ["c"]), strict=True):
        client.put(path(version, "bookmark/"), {"tags": tags})
    assert client.get(f"{PRACTICE}tags/").json() == {
        "tags": [{"tag": "b", "bookmarks": 2}, {"tag": "a", "bookmarks": 1}, {"tag": "c", "bookmarks": 1}]
    }


def test_what_one_learner_keeps_is_nobody_elses(api, cast, learner, versions):
    api(learner).put(path(versions[0], "bookmark/"), {"tags": ["mine"]})
    api(learner).put(path(versions[0], "note/"), {"text": "Mine"})
    other = api(cast.harbour.other_learner)
    assert other.get(path(versions[0])).json() == {"bookmark": None, "note": None, "reports": []}
    assert kept(other, "bookmarks") == kept(other, "notes") == []
    other.delete(path(versions[0], "bookmark/"))
    other.delete(path(versions[0], "note/"))
    assert (Bookmark.objects.count(), Note.objects.count()) == (1, 1)


# Which questions


def test_a_question_of_a_closed_bank_is_known_when_its_answer_was_shown(api, learner, closed):
    client = api(learner)
    assert client.put(path(closed, "bookmark/"), {}).status_code == 404
    marked(learner.membership, [closed], source="exam", is_open=False)
    assert client.put(path(closed, "note/"), {"text": "Hm"}).status_code == 404
    marked(learner.membership, [closed], source="exam", now=NOW + minutes(60))
    assert client.put(path(closed, "bookmark/"), {}).status_code == 200
    assert client.get(path(closed)).status_code == 200


def test_drafts_and_what_others_practise_are_not_known(api, cast, learner, versions):
    client = api(learner)
    draft = versions[0]
    ItemVersion.objects.filter(pk=draft.pk).update(state="draft")
    Item.objects.filter(pk=draft.item_id).update(live_version=None)
    (foreign,) = versions_of(make_practice_bank(cast.meridian.learner.membership, items=1))
    for version in (draft, foreign):
        assert client.put(path(version, "bookmark/"), {}).status_code == 404
        assert client.get(path(version)).status_code == 404
        assert client.post(path(version, "reports/"), {"reason": "typo"}).status_code == 404


def test_a_question_that_is_no_longer_live_keeps_its_text(api, learner, versions):
    client = api(learner)
    client.put(path(versions[0], "bookmark/"), {})
    move_version(version=versions[0], to="retired", actor=None, now=NOW)
    (row,) = kept(client, "bookmarks", q="q-0")
    assert (row["question"]["stem_html"], row["question"]["is_live"]) == (versions[0].stem_html, False)


def test_the_review_says_which_questions_may_be_kept(api, cast, learner, closed):
    bank = make_bank(cast.harbour.academy, slug="open", is_open_to_practice=True)
    open_one = make_item(bank, "O-1")
    attempt = sit(make_delivery(make_form_of([open_one, closed])), learner.membership, {1: {"choice": "a"}})
    address = f"/api/v1/academies/harbour/attempts/{attempt.pk}/review/"
    # Nothing was answered to the second, so nothing is known of it.
    assert [row["item"] for row in api(learner).get(address).json()["items"]] == [str(open_one.item_id), None]
    assert [row["item"] for row in api(cast.harbour.instructor).get(address).json()["items"]] == [None, None]


@pytest.mark.parametrize(
    ("what", "body", "field"),
    [
        ("bookmark/", {"tags": ["x" * 41]}, "tags.0"),
        ("bookmark/", {"tags": ["x"] * 11}, "tags"),
        ("bookmark/", {"tags": "x"}, "tags"),
        ("bookmark/", {"colour": "red"}, "colour"),
        ("note/", {"text": "  "}, "text"),
        ("note/", {"text": "x" * 5001}, "text"),
        ("note/", {}, "text"),
    ],
)
def test_bad_input_is_refused_by_the_field(api, learner, versions, what, body, field):
    response = api(learner).put(path(versions[0], what), body)
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == [field]


def test_a_search_in_many_bookmarks_is_one_statement(api, learner, versions):
    client = api(learner)
    for version in versions:
        client.put(path(version, "bookmark/"), {"tags": ["a"]})
    client.get(f"{PRACTICE}bookmarks/")
    with Statements() as statements:
        kept(client, "bookmarks", q="q")
    assert sum("exams_bookmark" in each for each in statements.asked) == 1
