"""A person's profile on their page in the admin."""

from django import forms
from unfold.admin import StackedInline

from accounts.profile.models import Profile


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when Django runs
    """What staff may write: notes. The rest is the person's own to tell."""

    class Meta:
        model = Profile
        fields = ("staff_notes",)
        widgets = {"staff_notes": forms.Textarea}


class ProfileInline(StackedInline):  # type: ignore[misc]  # unfold is not typed
    """What the person told, to be read, and staff's notes about them; for staff with the right to see profiles."""

    model = Profile
    form = ProfileForm
    can_delete = False
    readonly_fields = (
        "phone",
        "postal_address",
        "birth_date",
        "languages",
        "level",
        "goals",
        "target_exam",
        "target_date",
        "time_factor_wanted",
        "text_size",
        "reduced_motion",
        "high_contrast",
        "onboarded_at",
    )
    fields = ("staff_notes", *readonly_fields)
