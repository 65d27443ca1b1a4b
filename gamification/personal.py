"""What gamification holds about people. All of it goes with them: boards and streaks are nobody's then."""

from datetime import datetime

from accounts.models import User
from accounts.privacy.registry import hold, nothing_about_people
from gamification.certificates.actions import forget_file
from gamification.models import (
    Award,
    BoardPreference,
    Certificate,
    Deed,
    Goal,
    GoalDone,
    League,
    LeagueMember,
    Reminder,
    Streak,
    StreakDay,
    StreakRepair,
    StreakShare,
    XPEntry,
    XPTotal,
)

hold(
    "xp_entries",
    XPEntry,
    owner="learner",
    exported=("academy__name", "rule", "worth", "amount", "local_date", "week_date", "earned_at"),
    # Boards are counted from them: what is left of somebody who is gone would still stand there.
    is_deleted=True,
)
hold("xp_totals", XPTotal, owner="learner", exported=("academy__name", "total", "reached_at"), is_deleted=True)
hold(
    "streak_shares",
    StreakShare,
    owner="learner",
    exported=("academy__name", "local_date", "answers"),
    is_deleted=True,
)
hold(
    "streak_days",
    StreakDay,
    owner="learner",
    exported=("academy__name", "local_date", "answers", "state"),
    is_deleted=True,
)
hold(
    "streaks",
    Streak,
    owner="learner",
    exported=(
        "academy__name",
        "length",
        "longest",
        "freezes",
        "in_a_row",
        "lost_date",
        "lost_length",
        "counted_to",
    ),
    is_deleted=True,
)
hold(
    "streak_repairs",
    StreakRepair,
    owner="learner",
    exported=("academy__name", "repaired_date", "repaired_at"),
    is_deleted=True,
)
hold("deeds", Deed, owner="learner", exported=("academy__name", "metric", "amount"), is_deleted=True)
hold("awards", Award, owner="learner", exported=("academy__name", "code", "awarded_at"), is_deleted=True)
hold(
    "goals", Goal, owner="learner", exported=("academy__name", "period", "kind", "target", "from_date"), is_deleted=True
)
hold(
    "goals_reached",
    GoalDone,
    owner="learner",
    exported=("academy__name", "period", "kind", "start_date", "target", "reached_at"),
    is_deleted=True,
)
hold("reminders", Reminder, owner="learner", exported=("academy__name", "is_on", "hour", "last_date"), is_deleted=True)


def withdraw_certificates(user: User, _now: datetime) -> None:
    """Take name and file away; the code then says that the certificate is no longer public."""
    for certificate in Certificate.objects.filter(learner=user):
        forget_file(certificate)
    Certificate.objects.filter(learner=user).update(name="")


hold(
    "board_preferences",
    BoardPreference,
    owner="learner",
    exported=("academy__name", "is_hidden", "name_shown", "changed_at"),
    is_deleted=True,
)
hold(
    "leagues",
    LeagueMember,
    owner="learner",
    exported=("academy__name", "week_date", "league__tier", "points", "rank", "outcome", "joined_at"),
    is_deleted=True,
)
hold(
    "certificates",
    Certificate,
    owner="learner",
    exported=(
        "academy_name",
        "exam",
        "name",
        "score",
        "code",
        "locale",
        "passed_date",
        "issued_at",
        "revoked_at",
        "revoke_note",
    ),
    step=withdraw_certificates,
    kept={"learner": "Marks rest on the attempt; it hangs on somebody without a name."},
)

nothing_about_people(League, because="A group of one week; who is in it is told by its members.")
