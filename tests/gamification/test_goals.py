"""Goals counted from facts, reached once, and the letter that reminds of them."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.identity.actions import update_profile
from accounts.journal.models import JournalEntry
from accounts.mail.letters import write_letter
from accounts.models import OutgoingMail, Profile, User
from gamification.goals.actions import goals_of, note_reached, set_goals
from gamification.goals.reminders import next_time, post_reminders, set_reminder
from gamification.models import GoalDone, Reminder
from tests.factories.practice import make_practice_bank, marked, versions_of
from tests.gamification.happenings import quiz, tell

# A Monday.
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def learner(cast):
    member = cast.harbour.learner.membership
    User.objects.filter(pk=member.user_id).update(time_zone="UTC", locale="en")
    member.user.refresh_from_db()
    return member


def aim(member, *goals, now=NOW):
    rows = [{"period": period, "kind": kind, "target": target} for period, kind, target in goals]
    set_goals(member=member, goals=rows, actor=member.user, now=now)


def done(member, *, now=NOW):
    states = goals_of(academy=member.academy_id, learner=member.user_id, today=now.date())
    return {(state.goal.period, state.goal.kind): state.done for state in states}


def test_progress_is_counted_from_facts(learner):
    bank = make_practice_bank(learner)
    aim(
        learner,
        ("day", "answers", 20),
        ("day", "right", 5),
        ("day", "minutes", 10),
        ("day", "reviews", 3),
        ("week", "answers", 50),
    )
    marked(learner, versions_of(bank)[:4], fractions=[1, 0, 1, 0.5], now=NOW, seconds=45)
    marked(learner, versions_of(bank)[4:6], now=NOW, source="review", seconds=30)
    marked(learner, versions_of(bank)[6:8], now=NOW - timedelta(days=1))
    marked(learner, versions_of(bank)[8:9], now=NOW + timedelta(days=6))
    assert done(learner) == {
        ("day", "answers"): 6,
        ("day", "right"): 4,
        ("day", "minutes"): 4,
        ("day", "reviews"): 2,
        ("week", "answers"): 7,
    }


def test_a_goal_is_reached_once_in_its_period(learner):
    bank = make_practice_bank(learner)
    aim(learner, ("day", "answers", 4), ("week", "answers", 5))
    for number in range(2):
        now = NOW + timedelta(days=number)
        marked(learner, versions_of(bank)[:4], now=now)
        for _ in range(2):
            tell(quiz(learner, day=now.date().isoformat(), items=4), now=now)
    reached = GoalDone.objects.order_by("start_date", "period").values_list("period", "start_date__day")
    assert list(reached) == [("day", 2), ("week", 2), ("day", 3)]
    assert JournalEntry.objects.filter(kind="gamification.goal_reached").count() == 3


def test_points_reach_a_goal_too(learner):
    aim(learner, ("day", "xp", 10))
    tell(quiz(learner, day="2026-03-02", items=10, right=8, new=8), now=NOW)
    assert GoalDone.objects.get().kind == "xp"


def test_what_was_done_before_does_not_reach_a_goal(learner):
    bank = make_practice_bank(learner)
    aim(learner, ("day", "answers", 2))
    marked(learner, versions_of(bank)[:4], now=NOW - timedelta(days=1))
    note_reached(academy=learner.academy_id, learner=learner.user_id, dates=[NOW.date() - timedelta(days=1)], now=NOW)
    assert not GoalDone.objects.exists()


def test_goals_are_replaced_as_a_whole(cast, api):
    client, path = api(cast.harbour.learner), "/api/v1/academies/harbour/motivation/goals/"
    goal = {"period": "day", "kind": "answers", "target": 20}
    assert client.put(path, {"goals": [goal, {**goal, "period": "week", "target": 90}]}).status_code == 200
    shown = client.put(path, {"goals": [{**goal, "target": 30}]}).json()
    assert shown == client.get(path).json()
    assert shown == {"goals": [{**goal, "target": 30, "done": 0, "is_reached": False}]}
    for wrong in ([goal, goal], [{**goal, "target": 0}], [{**goal, "kind": "luck"}], [{**goal, "more": 1}], "none"):
        assert client.put(path, {"goals": wrong}).status_code == 400


def remind(member, *, hour=18):
    set_reminder(member=member, is_on=True, hour=hour, actor=member.user, now=NOW)


def test_a_letter_at_the_hour_and_never_two_in_a_day(learner):
    aim(learner, ("day", "minutes", 20))
    remind(learner)
    assert post_reminders(now=NOW + 5 * HOUR) == 0
    # Nobody looked for an hour and a half.
    assert post_reminders(now=NOW + 7.5 * HOUR) == 1
    assert post_reminders(now=NOW + 8 * HOUR) == 0
    remind(learner, hour=21)
    assert post_reminders(now=NOW + 9 * HOUR) == 0
    assert post_reminders(now=NOW + 33 * HOUR) == 1
    letter = OutgoingMail.objects.order_by("created_at").first()
    written = write_letter(kind=letter.kind, locale="en", context=letter.context)
    assert "0 of 20 minutes" in written.text
    assert "/a/harbour/progress/achievements#reminder" in written.text
    assert "0 de 20 minutos" in write_letter(kind=letter.kind, locale="es", context=letter.context).text


def test_a_day_that_was_slept_through_is_not_made_up_for(learner):
    remind(learner)
    assert post_reminders(now=NOW + 13 * HOUR) == 0
    assert post_reminders(now=NOW + 30 * HOUR) == 1


def test_who_is_done_or_wants_no_such_letters_gets_none(cast, learner):
    bank = make_practice_bank(learner)
    aim(learner, ("day", "answers", 2))
    marked(learner, versions_of(bank)[:2], now=NOW)
    other = cast.harbour.other_learner.membership
    User.objects.filter(pk=other.user_id).update(time_zone="UTC")
    other.user.refresh_from_db()
    Profile.objects.create(user=other.user, unwanted_mail=["learning"])
    for member in (learner, other):
        remind(member)
    assert post_reminders(now=NOW + 6 * HOUR) == 0
    assert not Reminder.objects.filter(due_at__lte=NOW + 6 * HOUR).exists()


def test_the_hour_follows_the_learners_clock(learner):
    remind(learner)
    update_profile(user=learner.user, changes={"time_zone": "America/New_York"}, actor=learner.user, now=NOW)
    tell(now=NOW)
    # 18:00 in New York.
    assert Reminder.objects.get().due_at == datetime(2026, 3, 2, 23, tzinfo=UTC)


def test_an_hour_that_the_clocks_leave_out_or_repeat():
    spring = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert next_time(2, zone="Europe/Madrid", after=spring) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    autumn = datetime(2026, 10, 24, 22, tzinfo=UTC)
    first = next_time(2, zone="Europe/Madrid", after=autumn)
    assert first == datetime(2026, 10, 25, 0, tzinfo=UTC)
    assert next_time(2, zone="Europe/Madrid", after=first) == datetime(2026, 10, 26, 1, tzinfo=UTC)
