"""What was counted live, late, twice and through crashes is what is counted again from the journal."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid4

from django.core.management import call_command

from gamification.models import Award, Deed, Streak, StreakDay, StreakShare, XPEntry, XPTotal
from gamification.streaks.actions import close_days
from gamification.xp.levels import begin_of, level_of
from tests.gamification.happenings import happen, quiz, result, reviews, study, tell, tell_badly, upheld

BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)


def points():
    rows = XPEntry.objects.order_by("entry_id", "rule")
    totals = XPTotal.objects.filter(total__gt=0).order_by("academy", "learner")
    return (
        list(
            rows.values_list(
                "academy", "learner", "entry_id", "rule", "about", "worth", "amount", "local_date", "week_date"
            )
        ),
        list(totals.values_list("academy", "learner", "total", "reached_at")),
    )


def streaks():
    days = StreakDay.objects.exclude(state="open", answers=0).order_by("academy", "learner", "local_date")
    rows = Streak.objects.order_by("academy", "learner")
    return (
        list(days.values_list("academy", "learner", "local_date", "answers", "state")),
        list(rows.values_list("academy", "learner", "length", "longest", "freezes", "in_a_row", "lost_date")),
    )


def achievements():
    deeds = Deed.objects.order_by("entry_id", "metric")
    return (
        list(deeds.values_list("academy", "learner", "entry_id", "metric", "amount")),
        set(Award.objects.values_list("academy", "learner", "code", "awarded_at")),
    )


def everything():
    return points(), streaks(), achievements()


def count_everything_again():
    for of in ("xp", "streaks", "achievements"):
        call_command(f"rebuild_{of}")


def something(member, *, day, chance, exams, items):
    """One event, of any kind."""
    match chance.randrange(5):
        case 0:
            items_in_quiz = chance.choice((3, 10, 40))
            return quiz(member, day=day, items=items_in_quiz, new=chance.randint(0, items_in_quiz), hard_right=2)
        case 1:
            return study(member, day=day, answered=chance.randint(0, 12))
        case 2:
            return reviews(member, day=day, recalled=chance.randint(0, 70), empties=chance.random() < 0.5)
        case 3:
            return result(member, day=day, exam=chance.choice(exams), is_first_pass=chance.random() < 0.6)
        case _:
            return upheld(member, item=chance.choice(items))


def a_month(members, chance, *, days=30):
    """Events of a random month, some of them days late, delivered badly."""
    exams, items = [uuid4() for _ in range(2)], [uuid4() for _ in range(3)]
    for number in range(days):
        now = BEGIN + timedelta(days=number)
        close_days(now=now)
        for member in members:
            day = (now.date() - timedelta(days=chance.choice((0, 0, 0, 1, 3)))).isoformat()
            for _ in range(chance.choice((0, 1, 1, 3))):
                happen(something(member, day=day, chance=chance, exams=exams, items=items), now=now)
        if chance.random() < 0.6:
            tell_badly(chance=chance, now=now)
    now = BEGIN + timedelta(days=31)
    tell_badly(chance=chance, now=now)
    close_days(now=now)


def test_a_random_month_comes_out_the_same(cast, monkeypatch):
    members = [cast.harbour.learner.membership, cast.meridian.learner.membership]
    a_month(members, Random(20260302))
    live = everything()
    assert all(rows for part in live for rows in part)
    now = BEGIN + timedelta(days=31)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    # Once over what is there, and once from nothing.
    count_everything_again()
    assert everything() == live
    for model in (XPEntry, XPTotal, StreakShare, StreakDay, Streak, Deed):
        model.objects.all().delete()
    count_everything_again()
    assert everything() == live


def test_one_academy_leaves_the_others_alone(cast):
    ours, theirs = cast.harbour.learner.membership, cast.meridian.learner.membership
    tell(quiz(ours, day="2026-03-01"), quiz(theirs, day="2026-03-01"), now=BEGIN)
    before = points()
    XPEntry.objects.all().update(worth=1, amount=1)
    call_command("rebuild_xp", academy="harbour")
    assert XPTotal.objects.get(learner=ours.user).total == sum(
        XPEntry.objects.filter(learner=ours.user).values_list("amount", flat=True)
    )
    assert set(XPEntry.objects.filter(learner=theirs.user).values_list("amount", flat=True)) == {1}
    call_command("rebuild_xp")
    assert points() == before


def test_deeds_are_mended_and_awards_stay_or_are_made_good_for(cast):
    ours, theirs = cast.harbour.learner.membership, cast.meridian.learner.membership
    tell(quiz(ours, day="2026-03-01", new=25), quiz(theirs, day="2026-03-01", new=25), now=BEGIN)
    deeds, awards = achievements()
    # Of ours one is wrong, one is missing and one was never done; an award went missing too, and one was not earned.
    mine = Deed.objects.filter(learner=ours.user)
    mine.filter(metric="first_right").update(amount=1)
    mine.filter(metric="quizzes").delete()
    Deed.objects.create(
        academy=ours.academy, learner=ours.user, entry_id=mine.first().entry_id, metric="perfect_quizzes", amount=1
    )
    Award.objects.filter(learner=ours.user, code="first_right_25").delete()
    Award.objects.create(academy=ours.academy, learner=ours.user, code="perfect_quizzes_1", awarded_at=BEGIN)
    Deed.objects.filter(learner=theirs.user).update(amount=7)
    call_command("rebuild_achievements", academy="harbour")
    assert set(Deed.objects.filter(learner=theirs.user).values_list("amount", flat=True)) == {7}
    call_command("rebuild_achievements")
    codes = Award.objects.values_list("academy", "learner", "code")
    extra = (ours.academy_id, ours.user_id, "perfect_quizzes_1")
    assert achievements()[0] == deeds
    assert set(codes) == {award[:3] for award in awards} | {extra}


def test_totals_are_the_sums_of_the_entries(cast):
    member = cast.harbour.learner.membership
    a_month([member], Random(7), days=8)
    assert XPTotal.objects.get(learner=member.user).total == sum(XPEntry.objects.values_list("amount", flat=True))


def test_the_curve_and_its_inverse_agree():
    for level in range(1, 400):
        assert level_of(begin_of(level)).number == level
        assert level_of(begin_of(level + 1) - 1).number == level
    assert level_of(0).number == 1
