"""How predictions of readiness come true, for staff."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from academies.tenancy.admin_html import table
from analytics.readiness.calibration import MIN_FITTED, Bin, brier_of, reliability
from analytics.readiness.models import ReadinessCalibration, ReadinessPrediction
from exams.marking.admin import FactAdmin

_SIDE, _EDGE = 240, 28


@admin.register(ReadinessCalibration)
class ReadinessCalibrationAdmin(FactAdmin):
    """One page for each exam: what was predicted against what happened. Counts alone, no person."""

    academy_path = "blueprint__academy"
    list_display = ("blueprint", "attempts", "standing", "fitted_at")
    list_select_related = ("blueprint",)
    search_fields = ("blueprint__title",)
    fields = ("blueprint", "attempts", "standing", "brier", "chart", "bins", "fitted_at")
    readonly_fields = ("standing", "brier", "chart", "bins")

    @admin.display(description="Recalibration")
    def standing(self, calibration: ReadinessCalibration) -> str:
        """What a modelled probability is put through."""
        if calibration.curve is None:
            return f"None: it takes {MIN_FITTED} attempts, and predictions that rise with what happens"
        return f"Log odds × {calibration.slope:.3f} + {calibration.intercept:+.3f}"

    @admin.display(description="Brier score")
    def brier(self, calibration: ReadinessCalibration) -> str:
        """As told, and as modelled."""
        outcomes = ReadinessPrediction.objects.outcomes
        told = outcomes(calibration.pk)
        if not told:
            return "Nothing to compare"
        modelled = brier_of(outcomes(calibration.pk, of="modelled"))
        return f"{brier_of(told):.4f} as told, {modelled:.4f} before recalibration; always saying 50 % gives 0.25"

    @admin.display(description="Predicted against passed")
    def chart(self, calibration: ReadinessCalibration) -> SafeString:
        """A point for each bin, with the interval of what happened; on the line the prediction was right."""
        bins = reliability(ReadinessPrediction.objects.outcomes(calibration.pk))
        points = format_html_join("", _POINT, (_place(each) for each in bins))
        return format_html(_CHART, edge=_EDGE, side=_SIDE, size=_SIDE + 2 * _EDGE, far=_SIDE + _EDGE, points=points)

    @admin.display(description="By prediction")
    def bins(self, calibration: ReadinessCalibration) -> SafeString:
        """The numbers of the chart."""
        rows = (
            (
                f"{each.start:.0%}–{each.end:.0%}",
                each.count,
                f"{each.predicted:.1%}",
                f"{each.observed:.1%}",
                f"{each.low:.1%}–{each.high:.1%}",
            )
            for each in reliability(ReadinessPrediction.objects.outcomes(calibration.pk))
        )
        return table(("Predictions", "Attempts", "Predicted", "Passed", "95 % interval"), rows)


_CHART = (
    '<svg viewBox="0 0 {size} {size}" width="{size}" height="{size}" role="img" '
    'aria-label="Share that passed against what was predicted; the table below has the numbers" fill="none" '
    'stroke="currentColor"><rect x="{edge}" y="{edge}" width="{side}" height="{side}" opacity="0.3"/>'
    '<line x1="{edge}" y1="{far}" x2="{far}" y2="{edge}" stroke-dasharray="4 4" opacity="0.6"/>{points}</svg>'
)
_POINT = '<line x1="{0}" y1="{2}" x2="{0}" y2="{3}"/><circle cx="{0}" cy="{1}" r="4" fill="currentColor"/>'


def _place(found: Bin) -> tuple[str, ...]:
    x = _EDGE + _SIDE * found.predicted
    heights = (_EDGE + _SIDE * (1 - share) for share in (found.observed, found.low, found.high))
    return (f"{x:.1f}", *(f"{height:.1f}" for height in heights))
