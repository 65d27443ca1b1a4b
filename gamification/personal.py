"""What gamification holds about people."""

from accounts.privacy.registry import hold
from gamification.models import XPEntry, XPTotal

hold(
    "xp_entries",
    XPEntry,
    owner="learner",
    exported=("academy__name", "rule", "amount", "local_date", "week_date", "earned_at"),
    # Boards are counted from them: what is left of somebody who is gone would still stand there.
    is_deleted=True,
)
hold("xp_totals", XPTotal, owner="learner", exported=("academy__name", "total", "reached_at"), is_deleted=True)
