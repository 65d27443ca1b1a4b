"""Blueprints and forms, as the API document has them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from exams.formats.models import Blueprint, Form


class BlueprintSectionOut(serializers.Serializer[Any]):
    """A section and how many items it gets."""

    title = serializers.CharField()
    item_count = serializers.SerializerMethodField()
    time_limit_seconds = serializers.IntegerField(allow_null=True)

    def get_item_count(self, section: Any) -> int:
        """The sum over its cells."""
        return sum(cell.count for cell in section.cells.all())


class DomainCountOut(serializers.Serializer[Any]):
    """How many items a domain gets."""

    code = serializers.CharField()
    title = serializers.CharField()
    count = serializers.IntegerField()


class FormOut(serializers.ModelSerializer[Form]):
    """A form that exists."""

    is_fixed = serializers.SerializerMethodField()

    class Meta:
        model = Form
        fields = ("id", "title", "item_count", "time_limit_seconds", "is_fixed", "created_at")

    def get_is_fixed(self, form: Form) -> bool:
        """Whether a person put it together; else it was assembled from a blueprint."""
        return form.seed is None


class BlueprintOut(serializers.ModelSerializer[Blueprint]):
    """A blueprint with what its forms contain. Wants sections, cells and domains prefetched."""

    sections = BlueprintSectionOut(many=True)
    item_count = serializers.SerializerMethodField()
    domains = serializers.SerializerMethodField()
    navigation = serializers.CharField()
    display = serializers.CharField()

    class Meta:
        model = Blueprint
        fields = (
            "id",
            "title",
            "description",
            "instructions",
            "item_count",
            "sections",
            "domains",
            "time_limit_seconds",
            "navigation",
            "display",
        )

    def get_item_count(self, blueprint: Blueprint) -> int:
        """The sum over all cells."""
        return sum(cell.count for section in blueprint.sections.all() for cell in section.cells.all())

    @extend_schema_field(DomainCountOut(many=True))
    def get_domains(self, blueprint: Blueprint) -> list[dict[str, Any]]:
        """Items by domain, in the order of their codes."""
        counts: dict[tuple[str, str], int] = {}
        for section in blueprint.sections.all():
            for cell in section.cells.all():
                name = (cell.domain.code, cell.domain.title)
                counts[name] = counts.get(name, 0) + cell.count
        return [{"code": code, "title": title, "count": count} for (code, title), count in sorted(counts.items())]
