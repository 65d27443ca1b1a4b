"""Reviews by the API: answer, grade, undo, put aside."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
import time_machine

from academies.models import Membership
from accounts.journal.models import JournalEntry
from accounts.models import Profile
from exams.bank.actions import move_version
from exams.events import ReviewsDone
from exams.marking.models import MarkedAnswer
from exams.practice.repetition.models import ReviewCard, ReviewLog, ReviewSettings
from exams.practice.repetition.queue import cards_left, today_of
from exams.practice.repetition.runs import finish_left_runs
from exams.practice.repetition.terms import terms_of
from exams.practice.saved.models import Bookmark
from tests.cast import Cast, Person, WatchedClient
from tests.exams.statements import Statements
from tests.factories.academies import MembershipFactory
from tests.factories.accounts import UserFactory
from tests.factories.exams import NOW, minutes
from tests.factories.practice import make_practice_bank, marked, right_answer, versions_of, wrong_answer
from tests.factories.reviews import grade, make_cards

pytestmark = pytest.mark.django_db

Api = Callable[[Person], WatchedClient]
REVIEWS = "/api/v1/academies/harbour/practice/reviews/"


def days(count: float) -> timedelta:
    return timedelta(days=count)


def after(wait: timedelta = timedelta(0)) -> time_machine.travel:
    """Requests come in so long after `NOW`."""
    return time_machine.travel(NOW + wait, tick=False)


def queue(client: WatchedClient) -> dict[str, Any]:
    return dict(client.get(REVIEWS).json())


def memory(card: ReviewCard) -> dict[str, Any]:
    card.refresh_from_db()
    return {name: getattr(card, name) for name in ReviewCard.MEMORY}


def done() -> list[dict[str, Any]]:
    return list(JournalEntry.objects.filter(kind=ReviewsDone.kind).order_by("id").values_list("payload", flat=True))


@time_machine.travel(NOW, tick=False)
def test_the_queue_has_what_was_missed_guessed_or_bookmarked_and_nothing_else(cast: Cast, api: Api) -> None:
    learner = cast.harbour.learner.membership
    versions = versions_of(make_practice_bank(learner, items=8))
    closed = versions_of(make_practice_bank(learner, slug="closed", items=1, is_open_to_practice=False))
    marked(learner, versions[:2], fractions=[0, 0.5])
    marked(learner, versions[2:3], is_guess=True)
    marked(learner, versions[3:4])
    marked(learner, versions[4:5], fractions=[0], is_open=False)
    marked(learner, versions[5:6], fractions=[0], is_counted=False)
    marked(learner, versions[6:7], fractions=[0], source="review")
    marked(learner, closed, fractions=[0])
    marked(cast.harbour.other_learner.membership, versions[6:7], fractions=[0])
    Bookmark.objects.create(academy=learner.academy, learner=learner.user, item=versions[7].item)
    found = queue(api(cast.harbour.learner))
    assert {card["item_id"]: card["reason"] for card in found["cards"]} == {
        str(versions[0].item_id): "missed",
        str(versions[1].item_id): "missed",
        str(versions[2].item_id): "guessed",
        str(versions[7].item_id): "bookmarked",
    }
    assert (found["today"]["left"], found["today"]["new"], found["cards"][0]["check"]) == (4, 4, None)
    assert "key" not in found["cards"][0]["item"]


def test_a_card_is_answered_graded_and_comes_again(cast: Cast, api: Api) -> None:
    (card,) = make_cards(cast.harbour.learner.membership, 1)
    client = api(cast.harbour.learner)
    with after():
        checked = client.post(f"{REVIEWS}{card.pk}/checks/", {"answer": wrong_answer(), "seconds": 12}).json()
        truth = checked["check"]
        assert (truth["item"]["fraction"], truth["item"]["key"]) == (0.0, {"choice": "a"})
        assert truth["item"]["why"]["b"]
        assert truth["suggested"] == "again"
        assert [(each["rating"], each["seconds"]) for each in truth["grades"]][:3] == [
            ("again", 60),
            ("hard", 330),
            ("good", 600),
        ]
        graded = client.post(f"{REVIEWS}{card.pk}/grades/", {"rating": "again", "sequence": 1})
    assert graded.status_code == 200
    assert graded.json()["today"] | {"left": 1, "learning": 1, "done": 1} == graded.json()["today"]
    assert graded.json()["cards"][0]["sequence"] == 2
    fact = MarkedAnswer.objects.get(source="review")
    assert (fact.source_id, fact.slot, fact.fraction, fact.seconds) == (card.pk, 1, 0, 12)
    assert (fact.answer, fact.is_counted, fact.local_date) == (wrong_answer(), True, NOW.date())


def test_the_preview_says_what_the_grade_does(cast: Cast, api: Api) -> None:
    (card,) = make_cards(cast.harbour.learner.membership, 1)
    client = api(cast.harbour.learner)
    with after():
        checked = client.post(f"{REVIEWS}{card.pk}/checks/", {"answer": right_answer()}).json()
        client.post(f"{REVIEWS}{card.pk}/grades/", {"rating": "easy", "sequence": 1})
    easy = checked["check"]["grades"][3]
    card.refresh_from_db()
    assert (easy["due_at"], easy["rating"], card.state) == (
        card.due_at.isoformat().replace("+00:00", "Z"),
        "easy",
        "review",
    )
    # Eight, give or take what keeps days even.
    assert 5 <= easy["days"] <= 11


def test_the_first_answer_counts_until_it_is_graded(cast: Cast, api: Api) -> None:
    (card,) = make_cards(cast.harbour.learner.membership, 1)
    client = api(cast.harbour.learner)
    with after():
        client.post(f"{REVIEWS}{card.pk}/checks/", {"answer": wrong_answer()})
        again = client.post(f"{REVIEWS}{card.pk}/checks/", {"answer": right_answer()}).json()
        assert again["check"]["item"]["answer"] == wrong_answer()
        # Whoever comes back finds it where it was.
        assert queue(client)["cards"][0]["check"]["item"]["answer"] == wrong_answer()
    with after(minutes(90)):
        assert client.post(f"{REVIEWS}{card.pk}/grades/", {"rating": "good", "sequence": 1}).json()["code"] == (
            "review_not_answered"
        )
        assert queue(client)["cards"][0]["check"] is None


def test_a_repeated_grade_counts_once(cast: Cast, api: Api) -> None:
    (card,) = make_cards(cast.harbour.learner.membership, 1)
    client = api(cast.harbour.learner)
    with after():
        client.post(f"{REVIEWS}{card.pk}/checks/", {"answer": right_answer()})
        sent = [client.post(f"{REVIEWS}{card.pk}/grades/", {"rating": "good", "sequence": 1}).json() for _ in range(2)]
        stale = client.post(f"{REVIEWS}{card.pk}/grades/", {"rating": "good", "sequence": 5})
    assert sent[0]["grade"] == sent[1]["grade"]
    assert (ReviewLog.objects.count(), MarkedAnswer.objects.filter(source="review").count()) == (1, 1)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_review")


@pytest.mark.parametrize("rating", ["again", "hard", "good", "easy"])
@pytest.mark.parametrize("reviews", [0, 1, 3])
def test_undo_restores_the_card_exactly(cast: Cast, api: Api, rating: str, reviews: int) -> None:
    learner = cast.harbour.learner.membership
    (card,) = make_cards(learner, 1)
    at = NOW
    for _ in range(reviews):
        grade(card, "good", actor=learner, now=at)
        at = max(at, card.due_at)
    client = api(cast.harbour.learner)
    with time_machine.travel(at, tick=False):
        client.post(f"{REVIEWS}{card.pk}/checks/", {"answer": right_answer()})
        before = memory(card)
        sent = client.post(f"{REVIEWS}{card.pk}/grades/", {"rating": rating, "sequence": reviews + 1}).json()
        assert memory(card) != before
        for _ in range(2):
            undone = client.delete(f"{REVIEWS}grades/{sent['grade']['id']}/")
            assert undone.status_code == 200
            assert memory(card) == before
        assert undone.json()["cards"][0]["check"]["item"]["answer"] == right_answer()
        assert not MarkedAnswer.objects.get(source="review", slot=reviews + 1).is_counted
        again = client.post(f"{REVIEWS}{card.pk}/grades/", {"rating": "good", "sequence": reviews + 2})
    assert again.status_code == 200
    assert MarkedAnswer.objects.counted().filter(source="review").count() == reviews + 1


def test_only_the_last_grade_is_undone(cast: Cast, api: Api) -> None:
    learner = cast.harbour.learner.membership
    first, second = make_cards(learner, 2)
    grades = [grade(card, "easy", actor=learner, now=NOW + minutes(at)) for at, card in enumerate((first, second))]
    client = api(cast.harbour.learner)
    with after(minutes(5)):
        refused = client.delete(f"{REVIEWS}grades/{grades[0].log.pk}/")
        assert (refused.status_code, refused.json()["code"]) == (409, "not_the_last_grade")
        assert client.delete(f"{REVIEWS}grades/{grades[1].log.pk}/").status_code == 200
        assert client.delete(f"{REVIEWS}grades/{grades[0].log.pk}/").status_code == 200


def test_what_is_not_due_is_not_reviewed(cast: Cast, api: Api) -> None:
    learner = cast.harbour.learner.membership
    due, later, gone = make_cards(learner, 3)
    grade(later, "easy", actor=learner)
    move_version(version=gone.item.live_version, to="quarantined", actor=None, now=NOW)
    client = api(cast.harbour.learner)
    with after():
        client.post(f"{REVIEWS}cards/{due.pk}/suspension/", {})
        for card in (due, later, gone):
            refused = client.post(f"{REVIEWS}{card.pk}/checks/", {"answer": None})
            assert (refused.status_code, refused.json()["code"]) == (409, "card_not_due")
        assert queue(client)["cards"] == []
        client.delete(f"{REVIEWS}cards/{due.pk}/suspension/")
        assert [card["id"] for card in queue(client)["cards"]] == [str(due.pk)]


def test_bad_answers_and_grades_are_refused(cast: Cast, api: Api) -> None:
    (card,) = make_cards(cast.harbour.learner.membership, 1)
    client = api(cast.harbour.learner)
    with after():
        for body in (
            {"answer": {"choice": "nothing"}},
            {"answer": {"text": "a"}},
            {"answer": 1},
            {},
            {"answer": None, "x": 1},
        ):
            assert client.post(f"{REVIEWS}{card.pk}/checks/", body).status_code == 400
        for body in ({"rating": "good"}, {"rating": "perfect", "sequence": 1}, {"rating": "good", "sequence": -1}):
            assert client.post(f"{REVIEWS}{card.pk}/grades/", body).status_code == 400
    assert memory(card)["given"] is None


def test_somebody_elses_card_is_nowhere(cast: Cast, api: Api) -> None:
    learner = cast.harbour.learner.membership
    first, second = make_cards(learner, 2)
    graded = grade(first, "good", actor=learner)
    other = api(cast.harbour.other_learner)
    with after():
        statuses = [
            other.post(f"{REVIEWS}{second.pk}/checks/", {"answer": None}).status_code,
            other.post(f"{REVIEWS}{first.pk}/grades/", {"rating": "good", "sequence": 1}).status_code,
            other.delete(f"{REVIEWS}grades/{graded.log.pk}/").status_code,
            other.post(f"{REVIEWS}cards/{first.pk}/suspension/", {}).status_code,
        ]
        assert (queue(other)["cards"], other.get(f"{REVIEWS}cards/").json()["results"]) == ([], [])
    assert statuses == [404] * 4


def test_learning_comes_first_then_the_most_forgotten_then_new_ones(cast: Cast, api: Api) -> None:
    learner = cast.harbour.learner.membership
    strong, weak, new, learning = make_cards(learner, 4)
    grade(strong, "easy", actor=learner)
    grade(weak, "hard", actor=learner)
    grade(weak, "easy", actor=learner, now=NOW + minutes(10))
    at = max(strong.due_at, weak.due_at) + timedelta(hours=9)
    grade(learning, "good", actor=learner, now=at - minutes(15))
    with time_machine.travel(at, tick=False):
        found = [card["id"] for card in queue(api(cast.harbour.learner))["cards"]]
    assert found == [str(card.pk) for card in (learning, weak, strong, new)]


def test_a_day_has_its_limits(cast: Cast, api: Api) -> None:
    learner = cast.harbour.learner.membership
    cards = make_cards(learner, 6)
    client = api(cast.harbour.learner)
    with after():
        assert client.patch(f"{REVIEWS}settings/", {"new_per_day": 2, "daily_limit": 10}).json()["new_per_day"] == 2
        assert queue(client)["today"]["left"] == 2
        grade(cards[0], "easy", actor=learner)
        assert queue(client)["today"]["left"] == 1
    with after(days(1)):
        assert queue(client)["today"]["left"] == 2


def test_settings_are_checked(cast: Cast, api: Api) -> None:
    client = api(cast.harbour.learner)
    with after():
        for body in (
            {"desired_retention": 0.5},
            {"desired_retention": 0.99},
            {"daily_limit": 0},
            {"target_date": "2026-03-02"},
            {"target_date": "soon"},
            {"unknown": 1},
        ):
            assert client.patch(f"{REVIEWS}settings/", body).status_code == 400, body
        changed = client.patch(f"{REVIEWS}settings/", {"target_date": "2026-04-01", "desired_retention": 0.85}).json()
    assert (changed["target_date"], changed["desired_retention"], changed["daily_limit"]) == ("2026-04-01", 0.85, 60)


def test_an_emptied_queue_is_told_of_once(cast: Cast) -> None:
    learner = cast.harbour.learner.membership
    first, second = make_cards(learner, 2)
    grade(first, "easy", actor=learner)
    assert done() == []
    grade(second, "again", actor=learner, answer=wrong_answer())
    grade(second, "easy", actor=learner, now=NOW + minutes(2))
    assert finish_left_runs(now=NOW + days(1)) == 0
    (told,) = done()
    assert (told["answered"], told["right"], told["recalled"]) == (2, 1, 1)
    assert (told["days"], told["is_queue_empty"]) == ({"2026-03-02": 2}, True)


def test_a_run_that_was_left_is_told_of_after_half_an_hour(cast: Cast) -> None:
    learner = cast.harbour.learner.membership
    first, _ = make_cards(learner, 2)
    grade(first, "easy", actor=learner)
    assert [finish_left_runs(now=NOW + minutes(at)) for at in (29, 30, 31)] == [0, 1, 0]
    assert [(each["answered"], each["is_queue_empty"]) for each in done()] == [(1, False)]


def test_undoing_and_grading_again_is_not_told_of_twice(cast: Cast, api: Api) -> None:
    learner = cast.harbour.learner.membership
    (card,) = make_cards(learner, 1)
    log = grade(card, "easy", actor=learner).log
    client = api(cast.harbour.learner)
    with after():
        for sequence in (2, 3):
            client.delete(f"{REVIEWS}grades/{log.pk}/")
            client.post(f"{REVIEWS}{card.pk}/grades/", {"rating": "easy", "sequence": sequence})
            log = ReviewLog.objects.standing().get()
    assert finish_left_runs(now=NOW + days(1)) == 0
    assert len(done()) == 1


def test_cards_are_listed_and_filtered(cast: Cast, api: Api) -> None:
    learner = cast.harbour.learner.membership
    first, second, third = make_cards(learner, 3)
    grade(first, "easy", actor=learner)
    client = api(cast.harbour.learner)
    with after():
        client.post(f"{REVIEWS}cards/{second.pk}/suspension/", {})

        def listed(query: str) -> set[str]:
            return {row["id"] for row in client.get(f"{REVIEWS}cards/{query}").json()["results"]}

        assert listed("") == {str(card.pk) for card in (first, second, third)}
        assert listed("?show=due") == {str(third.pk)}
        assert listed("?show=suspended") == {str(second.pk)}
        assert listed("?reason=guessed") == set()
        assert client.get(f"{REVIEWS}cards/?show=nonsense").status_code == 400


def test_listed_cards_say_when_they_are_due_and_how_well_they_are_remembered(cast: Cast, api: Api) -> None:
    learner = cast.harbour.learner.membership
    known, _ = make_cards(learner, 2)
    interval = days(grade(known, "easy", actor=learner).log.card.due_at.date().toordinal() - NOW.date().toordinal())
    client = api(cast.harbour.learner)

    def listed() -> list[tuple[int, float | None]]:
        rows = client.get(f"{REVIEWS}cards/?ordering=due_at").json()["results"]
        return [(row["days"], row["retrievability"]) for row in rows]

    with after():
        assert listed() == [(0, None), (interval.days, 1.0)]
    with after(interval + days(3)):
        never, (wait, chance) = listed()
        assert (never, wait) == ((0, None), 0)
        assert chance == pytest.approx(0.9, abs=0.1)
        suspended = client.post(f"{REVIEWS}cards/{known.pk}/suspension/", {}).json()
        assert (suspended["days"], suspended["retrievability"]) == (0, chance)


def test_the_queue_costs_the_same_however_long_it_is(cast: Cast, api: Api) -> None:
    learner = cast.harbour.learner.membership
    client = api(cast.harbour.learner)
    counts = []
    for count in (5, 30):
        make_cards(learner, count, bank=make_practice_bank(learner, items=count, slug=f"bank-{count}"))
        with after():
            queue(client)
            with Statements() as asked:
                queue(client)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_is_left_of_the_day_is_counted_for_many_as_for_one(cast: Cast) -> None:
    academy, dice = cast.harbour.academy, Random(3)
    bank = make_practice_bank(cast.harbour.learner.membership, items=30)
    counts: list[int] = []
    for _ in range(2):
        for zone in ("UTC", "Pacific/Auckland", "America/Los_Angeles"):
            member = MembershipFactory(academy=academy, user=UserFactory(time_zone=zone))
            for card in make_cards(member, dice.randint(1, 25), bank=bank, now=NOW - days(3)):
                seen_at = NOW - dice.choice((days(2), days(1), timedelta(hours=9), minutes(15)))
                if dice.random() < 0.6:
                    grade(card, dice.choice(("again", "good", "easy")), actor=member, now=seen_at)
            limits = {"daily_limit": dice.randint(1, 20), "new_per_day": dice.randint(0, 9)}
            target_date = (NOW + days(dice.randint(-2, 9))).date()
            if dice.random() < 0.5:
                ReviewSettings.objects.create(academy=academy, learner=member.user, target_date=target_date, **limits)
            Profile.objects.update_or_create(user=member.user, defaults={"target_date": target_date})
        members = list(Membership.objects.for_academy(academy).select_related("user", "academy"))
        each = {one.user_id: today_of(one, terms=terms_of(one, now=NOW), now=NOW).left for one in members}
        with Statements() as statements:
            found = cards_left(academy, members, now=NOW)
        assert found == {learner: left for learner, left in each.items() if left}
        counts.append(len(statements))
    assert counts == [4, 4]
