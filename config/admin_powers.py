"""The page of the admin that shows who may do what: roles in academies, and groups of staff."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from academies.tenancy.powers import RUNS_ACADEMY, Power, Role, powers_of
from accounts.identity.powers import MATRIX, Area, StaffGroup
from accounts.models import User


def powers_page(request: HttpRequest) -> HttpResponse:
    """Both matrices as they are in the code; nothing is changed here."""
    if not isinstance(request.user, User) or not request.user.is_platform_staff:
        raise PermissionDenied
    powers = [(power.label, [power in powers_of(role) for role in Role]) for power in Power]
    groups = [
        (group.label, [MATRIX[group][area].label if area in MATRIX[group] else "" for area in Area])
        for group in StaffGroup
    ]
    context = {
        **admin.site.each_context(request),
        "title": "Who may do what",
        "roles": Role.labels,
        "powers": [*powers, ("Needs a second factor", [role in RUNS_ACADEMY for role in Role])],
        "areas": Area.labels,
        "groups": groups,
    }
    return TemplateResponse(request, "admin/powers.html", context)
