"""People and groups of staff in the admin. Every change is in the journal."""

from typing import Any

from axes.models import AccessAttempt
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as BaseGroupAdmin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.decorators import action, display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.events import UserChanged
from accounts.factors.actions import reset_factors
from accounts.factors.gate import StepUpFirst, ask_page, stepped_up
from accounts.identity.actions import record_zone_change
from accounts.identity.models import User
from accounts.identity.powers import StaffGroup
from accounts.identity.serializers import time_zones
from accounts.identity.staff import PlatformOnly
from accounts.impersonation.admin import SeeAs
from accounts.journal.history import JournalHistory
from accounts.journal.record import record
from accounts.profile.admin import ProfileInline
from accounts.profile.events import ProfileChanged
from accounts.sessions.actions import end_sessions
from accounts.sessions.admin import UserSessionInline
from config.kernel.encryption import phone_digits
from config.kernel.errors import DomainError


class _Checks:
    """Mixin for forms: what the database would refuse, said before."""

    cleaned_data: dict[str, Any]
    instance: User

    def clean_email(self) -> str:
        """The address in lower case, as it is stored."""
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("There is a user with this address.", code="unique")
        return email

    def clean_time_zone(self) -> str:
        """A zone that the platform can compute with."""
        zone: str = self.cleaned_data["time_zone"]
        if zone not in time_zones():
            raise forms.ValidationError("There is no such time zone.", code="unknown_time_zone")
        return zone


class UserAddForm(_Checks, UserCreationForm):  # type: ignore[misc]  # unfold is not typed
    """A new person: address, name, password."""

    class Meta:
        model = User
        fields = ("email", "name", "locale", "time_zone")


class UserForm(_Checks, UserChangeForm):  # type: ignore[misc]  # unfold is not typed
    """A person as they are."""

    class Meta:
        model = User
        fields = "__all__"


class ResetForm(forms.Form):
    """Why somebody's factors are removed."""

    reason = forms.CharField(max_length=200, widget=UnfoldAdminTextInputWidget())


@admin.register(User)
class UserAdmin(PlatformOnly, StepUpFirst, SeeAs, JournalHistory, BaseUserAdmin, ModelAdmin):  # type: ignore[misc,type-arg]  # unfold
    """People. Who may sign in is decided here; what they may do in an academy, by their memberships."""

    form = UserForm
    add_form = UserAddForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("email", "name", "shown_standing", "last_login", "created_at")
    list_filter = ("is_active", "is_staff", "is_superuser", "groups", "locale")
    search_fields = ("email", "name")
    ordering = ("email",)
    list_per_page = 50
    show_full_result_count = False
    readonly_fields = ("has_factor", "last_login", "created_at")
    filter_horizontal = ("groups", "user_permissions")
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        ("Language and time", {"fields": ("locale", "time_zone")}),
        ("Access", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Second factor", {"fields": ("has_factor",)}),
        ("Dates", {"fields": ("last_login", "created_at")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("email", "name", "locale", "time_zone", "usable_password", "password1", "password2"),
            },
        ),
    )
    actions = ("unlock", "end_all_sessions")
    actions_detail = ("see_as", "reset_second_factor")

    @display(description="Standing", label={"Staff": "info", "Superuser": "warning", "Inactive": "danger"})
    def shown_standing(self, user: User) -> str | None:
        """What is special about the account."""
        if not user.is_active:
            return "Inactive"
        if user.is_superuser:
            return "Superuser"
        return "Staff" if user.is_staff else None

    @admin.action(description="Unlock sign-in")
    def unlock(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Forget the failed sign-ins of the chosen people."""
        AccessAttempt.objects.filter(username__in=queryset.values("email")).delete()
        self.message_user(request, "They can try again at once.", messages.SUCCESS)

    def has_reset_second_factor_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who may change people may do so."""
        return self.has_change_permission(request)

    @action(
        description="Reset second factor",
        url_path="reset-second-factor",
        icon="lock_reset",
        permissions=["reset_second_factor"],
    )
    @stepped_up
    def reset_second_factor(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the reason, then remove the factors of somebody who has lost them."""
        user = self.get_object(request, object_id)
        if not isinstance(user, User) or not self.has_change_permission(request, user):
            raise PermissionDenied
        form = ResetForm(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            return ask_page(
                request,
                form=form,
                title=f"Reset the second factor of {user}",
                words="Make sure that it is them who ask. All their sessions end, and a letter tells them.",
                button="Reset the second factor",
            )
        try:
            actor = request.user if isinstance(request.user, User) else None
            reset_factors(user=user.pk, reason=form.cleaned_data["reason"], actor=actor, now=timezone.now())
        except DomainError as refusal:
            self.message_user(request, refusal.detail, messages.ERROR)
        else:
            self.message_user(request, "The second factor is removed, and every session has ended.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[user.pk]))

    def gives_rights(self, request: HttpRequest) -> bool:
        """Superusers alone do."""
        return _is_superuser(request)

    @admin.action(description="End all sessions")
    def end_all_sessions(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Sign the chosen people out everywhere."""
        actor = request.user if isinstance(request.user, User) else None
        count = sum(end_sessions(user=user, why="staff", actor=actor, now=timezone.now()) for user in queryset)
        self.message_user(request, f"Sessions ended: {count}.", messages.SUCCESS)

    def get_inlines(self, request: HttpRequest, obj: User | None = None) -> tuple[Any, ...]:
        """What is only to be looked at is no part of the form that is sent; who is being added has neither."""
        if obj is None:
            return ()
        return (ProfileInline, UserSessionInline) if request.method == "GET" else (ProfileInline,)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        """By address and name, and by a whole phone number, which is found by its blind index."""
        found, has_doubles = super().get_search_results(request, queryset, search_term)
        if phone_digits(search_term):
            found |= queryset.filter(profile__phone_index=search_term)
        return found, has_doubles

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Rights are given by superusers alone: otherwise whoever may change users could make themselves one."""
        fields = tuple(super().get_readonly_fields(request, obj))
        if _is_superuser(request):
            return fields
        return (*fields, "is_staff", "is_superuser", "groups", "user_permissions")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Superusers, and their passwords, are changed by superusers alone."""
        if isinstance(obj, User) and obj.is_superuser and not _is_superuser(request):
            return False
        return bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: what people did is kept. They are made inactive instead."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save, and say so in the journal."""
        super().save_model(request, obj, form, change)
        if not change or "email" in form.changed_data:
            obj.trust_address()
        fields = sorted(set(form.changed_data) - {"password1", "password2", "usable_password"})
        if fields or not change:
            self._record(request, obj, fields=fields, is_new=not change)
        if change:
            actor = request.user if isinstance(request.user, User) else None
            record_zone_change(user=obj, before=form.initial["time_zone"], actor=actor, now=timezone.now())

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the notes, and say so in the journal."""
        super().save_formset(request, form, formset, change)
        if formset.has_changed():
            actor = request.user if isinstance(request.user, User) else None
            record(ProfileChanged(user_id=form.instance.pk, fields=["staff_notes"]), actor=actor, now=timezone.now())

    @stepped_up
    @transaction.atomic
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """The page for another person's password. A redirect means that it was changed."""
        answer: HttpResponse = super().user_change_password(request, id, form_url)
        if request.method == "POST" and answer.status_code == 302:
            user = self.get_object(request, id)
            if user is not None:
                self._record(request, user, fields=["password"])
        return answer

    def _record(self, request: HttpRequest, user: User, *, fields: list[str], is_new: bool = False) -> None:
        actor = request.user if isinstance(request.user, User) else None
        record(UserChanged(user_id=user.pk, fields=fields, is_new=is_new), actor=actor, now=timezone.now())


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


@admin.register(Group)
class GroupAdmin(PlatformOnly, StepUpFirst, BaseGroupAdmin, ModelAdmin):  # type: ignore[misc]  # unfold is not typed
    """What groups of staff may do in the admin."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Rights are given by superusers alone; those of the groups that the platform declares, by nobody."""
        if isinstance(obj, Group) and obj.name in StaffGroup.values:
            return False
        return _is_superuser(request) and bool(super().has_change_permission(request, obj))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rights are given by superusers alone."""
        return _is_superuser(request) and bool(super().has_add_permission(request))
