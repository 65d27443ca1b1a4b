"""The platform's own staff in the admin, as opposed to an academy's staff, who see their academies only."""

from django.db.models import Model
from django.http import HttpRequest


class PlatformOnly:
    """Mixin for the admin of what belongs to no academy: nothing for staff who are not the platform's own."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the app is shown at all."""
        return _is_platform_staff(request) and super().has_module_permission(request)  # type: ignore[misc]

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether rows are shown."""
        return _is_platform_staff(request) and super().has_view_permission(request, obj)  # type: ignore[misc]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whether rows are added."""
        return _is_platform_staff(request) and super().has_add_permission(request)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether rows are changed."""
        return _is_platform_staff(request) and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether rows are deleted."""
        return _is_platform_staff(request) and super().has_delete_permission(request, obj)  # type: ignore[misc]


def _is_platform_staff(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_platform_staff", False))
