"""How questions behave: one row of figures for each version that was answered."""

from typing import ClassVar

from django.db import models

from academies.models import Academy
from academies.tenancy.querysets import TenantQuerySet
from exams.bank.models import ItemVersion


class ItemStatistics(models.Model):
    """What the answers to one version say about it; `compute` says exactly how each figure is reached.

    `options` has, for questions whose options are chosen, in the order of the question
    `{"id", "is_key", "chosen", "upper", "lower", "rest"}`: how many chose it, of all and of the upper and lower group,
    and how well those who chose it did otherwise (0–1, or null).
    """

    OPTION_HEADS: ClassVar = (
        "Option",
        "Key",
        "Chosen",
        "By the upper 27 %",
        "By the lower 27 %",
        "Their other answers",
    )

    item_version = models.OneToOneField(
        ItemVersion, primary_key=True, on_delete=models.CASCADE, related_name="statistics"
    )
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+", db_index=False)
    answers = models.PositiveIntegerField()
    facility = models.FloatField()
    # The answers with others beside them in their sitting or session, on which the next two rest.
    compared = models.PositiveIntegerField()
    discrimination = models.FloatField(null=True)
    upper_lower = models.FloatField(null=True)
    options = models.JSONField(default=list)
    mean_seconds = models.FloatField()
    median_seconds = models.FloatField()
    exposure = models.PositiveIntegerField()
    guesses = models.PositiveIntegerField()
    looks_wrongly_keyed = models.BooleanField()
    computed_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "item statistics"
        ordering: ClassVar = ["-looks_wrongly_keyed", "discrimination", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["academy", "-looks_wrongly_keyed", "discrimination"], name="item_statistics_worst"),
        ]

    def __str__(self) -> str:
        return str(self.item_version)

    def facts(self) -> list[tuple[str, str]]:
        """The figures in words, as (name, figure)."""
        return [
            ("Learners who answered", str(self.answers)),
            ("Facility", f"{self.facility:.0%}"),
            ("Discrimination", "–" if self.discrimination is None else f"{self.discrimination:.2f}"),
            ("Upper less lower 27 %", "–" if self.upper_lower is None else f"{self.upper_lower:.2f}"),
            ("Time, median and mean", f"{self.median_seconds:.0f} s and {self.mean_seconds:.0f} s"),
            ("Answers in 30 days", str(self.exposure)),
            ("Said to be guesses", str(self.guesses)),
        ]

    def option_rows(self) -> list[tuple[str, str, str, str, str, str]]:
        """The options in words: the option, whether it is right, who chose it, and how they did otherwise."""
        return [
            (
                option["id"],
                "Right" if option["is_key"] else "",
                str(option["chosen"]),
                str(option["upper"]),
                str(option["lower"]),
                "–" if option["rest"] is None else f"{option['rest']:.0%}",
            )
            for option in self.options
        ]
