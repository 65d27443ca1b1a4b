"""What analytics hold about people."""

from accounts.privacy.registry import hold
from analytics.models import LearnerDay

hold(
    "learning_days",
    LearnerDay,
    owner="learner",
    exported=("academy__name", "local_date", "domain__title", "source", "answers", "right", "credit", "seconds"),
    kept={"learner": "The academy's totals rest on it; it hangs on somebody without a name."},
)
