"""Reads of predictions."""

from typing import TYPE_CHECKING, Self
from uuid import UUID

from academies.tenancy.querysets import TenantQuerySet
from analytics.readiness.calibration import Outcome

if TYPE_CHECKING:
    from analytics.readiness.models import ReadinessPrediction  # noqa: F401 - named in the brackets of the base

# Calibration is about how predictions do now.
NEWEST = 5000


class ReadinessPredictionQuerySet(TenantQuerySet["ReadinessPrediction"]):
    """Predictions."""

    def resolved(self, blueprint: UUID) -> Self:
        """Those of one exam whose outcome is known, from every academy."""
        return self.filter(blueprint=blueprint, passed__isnull=False)

    def outcomes(self, blueprint: UUID, *, of: str = "probability") -> list[Outcome]:
        """What was said of the newest of them, as it was told or (`modelled`) before it was recalibrated."""
        rows = self.resolved(blueprint).order_by("-made_at").values_list(of, "passed")[:NEWEST]
        return [Outcome(probability=probability, passed=bool(passed)) for probability, passed in rows]
