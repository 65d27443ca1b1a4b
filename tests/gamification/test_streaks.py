"""Streaks on the learner's own calendar: freezes, repair, journeys and changes of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from accounts.identity.actions import update_profile
from accounts.identity.zones import local_date
from accounts.models import User
from gamification.models import Streak, StreakDay
from gamification.streaks.actions import close_days
from gamification.streaks.counting import DAY, DayState, Tally, count_days, is_too_short, lived
from gamification.streaks.reading import standing_of
from tests.gamification.happenings import quiz, study, tell

FIRST = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ZONES = ["Pacific/Auckland", "Europe/Madrid", "America/New_York", "Pacific/Honolulu", "Asia/Kolkata", "UTC"]


def after(answers, *, to, **fields):
    """The tally of days from FIRST on, given as numbers of answers."""
    days = {FIRST + number * DAY: count for number, count in enumerate(answers)}
    return count_days(Tally(), days, after=FIRST - DAY, to=FIRST + (to - 1) * DAY, **fields)


def test_five_answers_make_a_day():
    assert after([5, 9, 5], to=3)[0].length == 3
    assert after([5, 4, 5], to=3)[0].length == 1


def test_seven_days_in_a_row_earn_a_freeze_and_two_are_held_at_most():
    assert after([5] * 6, to=6)[0].freezes == 0
    assert after([5] * 7, to=7)[0].freezes == 1
    assert after([5] * 30, to=30)[0].freezes == 2


def test_a_freeze_keeps_the_length_and_adds_nothing():
    tally, states = after([5] * 7 + [0, 5], to=9)
    assert (tally.length, tally.freezes, states[FIRST + 7 * DAY]) == (8, 0, DayState.FROZEN)
    # The frozen day begins the seven anew.
    assert after([5] * 7 + [0] + [5] * 6, to=14)[0].freezes == 0
    assert after([5] * 7 + [0] + [5] * 7, to=15)[0].freezes == 1


def test_without_a_freeze_a_missed_day_ends_it():
    tally, states = after([5] * 3 + [0, 5], to=5)
    assert (tally.length, tally.longest, tally.lost_length, tally.lost_date) == (1, 3, 3, FIRST + 3 * DAY)
    assert states[FIRST + 3 * DAY] == DayState.MISSED


def test_a_repaired_day_keeps_the_length():
    tally, _ = after([5] * 3 + [0, 10], to=5, repaired={FIRST + 3 * DAY})
    assert tally.length == 4


@given(some.lists(some.integers(0, 12), max_size=60), some.integers(0, 60), some.sets(some.integers(0, 60), max_size=5))
def test_counting_on_from_any_day_comes_to_the_same(answers, cut, repaired):
    days = {FIRST + number * DAY: count for number, count in enumerate(answers)}
    repairs = {FIRST + number * DAY for number in repaired}
    end, middle = FIRST + 70 * DAY, FIRST + cut * DAY
    whole = count_days(Tally(), days, after=FIRST - DAY, to=end, repaired=repairs)
    half, states = count_days(Tally(), days, after=FIRST - DAY, to=middle, repaired=repairs)
    rest, more = count_days(half, days, after=middle, to=end, repaired=repairs)
    assert (rest, states | more) == whole
    assert rest.freezes <= 2
    assert rest.longest <= sum(count >= 5 for count in answers)


@given(some.dates(date(2020, 1, 1), date(2030, 12, 31)), some.sampled_from(ZONES))
def test_a_day_without_a_journey_is_never_too_short(day, zone):
    assert timedelta(hours=22) < lived(day, [(None, zone)]) < timedelta(hours=26)
    assert not is_too_short(day, [(None, zone)])


@given(
    some.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 30), timezones=some.just(UTC)),
    some.sampled_from(ZONES),
    some.sampled_from(ZONES),
)
def test_all_of_the_time_around_a_journey_lies_in_some_day(at, before, behind):
    zones = [(None, before), (at, behind)]
    days = [at.date() + number * DAY for number in range(-3, 4)]
    begin = datetime.combine(days[0], time.min, ZoneInfo(before)).astimezone(UTC)
    end = datetime.combine(days[-1] + DAY, time.min, ZoneInfo(behind)).astimezone(UTC)
    assert sum((lived(day, zones) for day in days), timedelta()) == end - begin


@pytest.fixture
def learner(cast):
    member = cast.harbour.learner.membership
    User.objects.filter(pk=member.user_id).update(time_zone="UTC")
    member.user.refresh_from_db()
    return member


def standing(member, today):
    return standing_of(academy=member.academy_id, learner=User.objects.get(pk=member.user_id), today=today)


def do(member, *, day, answers=5, now=None):
    tell(study(member, day=day.isoformat(), answered=answers), now=now or datetime.combine(day, time(12), UTC))


def test_answers_of_a_day_are_added_up_wherever_they_were_given(learner):
    do(learner, day=FIRST, answers=3)
    assert not standing(learner, FIRST).is_today_done
    tell(quiz(learner, day=FIRST.isoformat(), items=2), now=NOON)
    assert standing(learner, FIRST).is_today_done
    assert StreakDay.objects.get().answers == 5


def test_it_is_right_before_and_after_the_day_was_closed(learner):
    for number in (0, 1, 2, 4):
        do(learner, day=FIRST + number * DAY)
    today = FIRST + 5 * DAY
    read = standing(learner, today)
    assert (read.tally.length, read.tally.longest) == (1, 3)
    assert close_days(now=datetime.combine(today, time(1), UTC)) == 1
    assert close_days(now=datetime.combine(today, time(2), UTC)) == 0
    assert standing(learner, today) == read
    assert StreakDay.objects.get(local_date=FIRST + 3 * DAY).state == "missed"


def test_days_close_by_the_clock_of_each_zone(cast, learner):
    other = cast.harbour.other_learner.membership
    User.objects.filter(pk=other.user_id).update(time_zone="Pacific/Auckland")
    for member in (learner, other):
        do(member, day=FIRST)
    # It is the 3rd in Auckland and still the 2nd in UTC.
    close_days(now=datetime(2026, 3, 2, 13, tzinfo=UTC))
    assert Streak.objects.get(learner=other.user).counted_to == FIRST
    assert Streak.objects.get(learner=learner.user).counted_to == FIRST - DAY


def test_a_late_result_gives_its_day_back(learner):
    for number in (0, 1, 3):
        do(learner, day=FIRST + number * DAY)
    close_days(now=datetime.combine(FIRST + 4 * DAY, time(1), UTC))
    assert standing(learner, FIRST + 4 * DAY).tally.length == 1
    do(learner, day=FIRST + 2 * DAY, now=datetime.combine(FIRST + 4 * DAY, time(9), UTC))
    assert standing(learner, FIRST + 4 * DAY).tally.length == 4


def test_an_idle_streak_is_not_looked_at_every_day(learner):
    do(learner, day=FIRST)
    assert close_days(now=NOON + timedelta(days=3)) == 1
    assert close_days(now=NOON + timedelta(days=4)) == 0
    do(learner, day=FIRST + 9 * DAY)
    assert close_days(now=NOON + timedelta(days=10)) == 1
    assert standing(learner, FIRST + 10 * DAY).tally.length == 1


def test_the_date_that_a_journey_east_jumps_over_is_not_held_against_anybody(learner):
    User.objects.filter(pk=learner.user_id).update(time_zone="Pacific/Honolulu")
    learner.user.refresh_from_db()
    do(learner, day=FIRST)
    # 23:00 on the 2nd in Honolulu is 22:00 on the 3rd in Auckland.
    at = datetime(2026, 3, 3, 9, tzinfo=UTC)
    update_profile(user=learner.user, changes={"time_zone": "Pacific/Auckland"}, actor=learner.user, now=at)
    assert local_date(user=User.objects.get(pk=learner.user_id), at=at) == FIRST + DAY
    do(learner, day=FIRST + 2 * DAY, now=at + timedelta(hours=10))
    assert standing(learner, FIRST + 2 * DAY).tally.length == 2


def test_a_day_that_a_journey_west_begins_again_can_still_be_done(learner):
    User.objects.filter(pk=learner.user_id).update(time_zone="Pacific/Auckland")
    learner.user.refresh_from_db()
    do(learner, day=FIRST)
    # The 3rd is over in Auckland, nothing was done, and the day is closed.
    at = datetime(2026, 3, 3, 12, tzinfo=UTC)
    close_days(now=at)
    assert StreakDay.objects.get(local_date=FIRST + DAY).state == "missed"
    update_profile(user=learner.user, changes={"time_zone": "Pacific/Honolulu"}, actor=learner.user, now=at)
    assert standing(learner, FIRST + DAY).tally.length == 1
    do(learner, day=FIRST + DAY, now=at + timedelta(hours=2))
    assert standing(learner, FIRST + DAY).tally.length == 2
    assert StreakDay.objects.get(local_date=FIRST + DAY).state == "active"


def repair(cast, api, monkeypatch, *, now):
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    return api(cast.harbour.learner).post("/api/v1/academies/harbour/motivation/streak/repair/")


def test_a_missed_day_can_be_repaired_with_twice_the_answers_once_a_month(cast, learner, api, monkeypatch):
    for number in (0, 1, 2):
        do(learner, day=FIRST + number * DAY)
    today = FIRST + 4 * DAY
    now = datetime.combine(today, time(18), UTC)
    assert repair(cast, api, monkeypatch, now=now).json()["code"] == "repair_not_earned"
    do(learner, day=today, answers=10, now=now)
    shown = repair(cast, api, monkeypatch, now=now).json()
    assert (shown["length"], shown["repair"]) == (4, None)
    close_days(now=now + timedelta(days=1))
    assert standing(learner, today + DAY).tally.length == 4
    # Two days later another day is missed.
    do(learner, day=today + 2 * DAY, answers=10)
    again = repair(cast, api, monkeypatch, now=now + timedelta(days=2))
    assert (again.status_code, again.json()["code"]) == (409, "repair_used")


def test_after_two_days_it_is_too_late(cast, learner, api, monkeypatch):
    do(learner, day=FIRST)
    for number in (2, 3, 4):
        do(learner, day=FIRST + number * DAY, answers=10)
    late = repair(cast, api, monkeypatch, now=NOON + timedelta(days=4))
    assert late.json()["code"] == "nothing_to_repair"
