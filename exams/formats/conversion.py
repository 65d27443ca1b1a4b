"""Raw score → scaled score or band. Pure arithmetic; what is converted with what is pinned by the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """A scale from `minimum` to `maximum` in steps of `step`.

    Without a table the scale is linear in the raw fraction: `minimum + fraction × (maximum − minimum)`, rounded half
    up to a step; whatever the step, full marks give `maximum`. A table lists rising `(lowest raw percent, scaled)`
    pairs; below the first pair counts `minimum`.
    """

    minimum: Decimal
    maximum: Decimal
    step: Decimal
    table: Sequence[tuple[Decimal, Decimal]] = ()

    def scaled(self, *, raw: Decimal, raw_max: Decimal) -> Decimal:
        """The scaled score. A form that is worth nothing (all its items left out) gives the minimum."""
        if raw_max <= 0:
            return self.minimum
        if not self.table:
            if raw >= raw_max:
                return self.maximum
            exact = self.minimum + raw * (self.maximum - self.minimum) / raw_max
            steps = ((exact - self.minimum) / self.step).quantize(Decimal(1), rounding=ROUND_HALF_UP)
            return min(self.maximum, self.minimum + steps * self.step)
        percent = 100 * raw / raw_max
        reached = [scaled for lowest, scaled in self.table if percent >= lowest]
        return reached[-1] if reached else self.minimum
