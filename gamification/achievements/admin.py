"""Achievements in the admin: who reached what, and the catalogue with how many reached each."""

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from unfold.decorators import action

from academies.tenancy.admin import OwnChoicesFilter
from exams.marking.admin import FactAdmin
from gamification.achievements.catalogue import ACHIEVEMENTS, CATALOGUE
from gamification.achievements.models import Award


@admin.register(Award)
class AwardAdmin(FactAdmin):
    """What learners reached."""

    list_display = ("learner", "academy", "what", "awarded_at")
    list_filter = (("academy", OwnChoicesFilter), "code")
    search_fields = ("learner__email", "learner__name", "code")
    list_select_related = ("learner", "academy")
    fields = ("learner", "academy", "what", "awarded_at")
    readonly_fields = ("what",)
    actions_list = ("catalogue",)

    @admin.display(description="Achievement", ordering="code")
    def what(self, award: Award) -> str:
        """Its name."""
        found = CATALOGUE.get(award.code)
        return str(found.name) if found else award.code

    @action(description="Catalogue", url_path="catalogue")
    def catalogue(self, request: HttpRequest) -> HttpResponse:
        """Everything that can be reached; counts are of the learners that these staff see."""
        counts = self.get_queryset(request).order_by().values_list("code").annotate(learners=Count("id"))
        reached = dict(counts)
        context = {
            **self.admin_site.each_context(request),
            "title": "Achievements",
            "opts": self.opts,
            "achievements": [(each, reached.get(each.code, 0)) for each in ACHIEVEMENTS],
        }
        return TemplateResponse(request, "admin/gamification/award/catalogue.html", context)
