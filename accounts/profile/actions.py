"""Changes to profiles, and the way through the first steps."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.identity.models import User
from accounts.journal.record import record
from accounts.profile.events import ProfileChanged
from accounts.profile.models import Profile, Step, StepState

TOLD = (
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
    "unwanted_mail",
)


def profile_of(user: User) -> Profile:
    """The person's profile, which is not stored before something is told."""
    return Profile.objects.filter(user=user).first() or Profile(user=user)


@transaction.atomic
def change_profile(*, user: User, changes: Mapping[str, Any], actor: User, now: datetime) -> Profile:
    """Change what a person tells about themselves (`TOLD`), as far as given."""
    profile = _locked(user)
    fields = [name for name in TOLD if name in changes and getattr(profile, name) != changes[name]]
    if not fields:
        return profile
    for name in fields:
        setattr(profile, name, changes[name])
    profile.save(update_fields=[*fields, "phone_index"])
    record(ProfileChanged(user_id=user.pk, fields=fields), actor=actor, now=now)
    return profile


@transaction.atomic
def note_step(*, user: User, step: Step, state: StepState, now: datetime) -> Profile:
    """One of the first steps was done or skipped, or is open again. The last one ends them."""
    profile = _locked(user)
    profile.steps[step] = state
    if profile.next_step is None and profile.onboarded_at is None:
        profile.onboarded_at = now
    profile.save(update_fields=["steps", "onboarded_at"])
    return profile


@transaction.atomic
def dismiss_onboarding(*, user: User, now: datetime) -> Profile:
    """Do not ask for the first steps any more."""
    profile = _locked(user)
    profile.dismissed_at = profile.dismissed_at or now
    profile.save(update_fields=["dismissed_at"])
    return profile


def _locked(user: User) -> Profile:
    Profile.objects.get_or_create(user=user)
    return Profile.objects.select_for_update().get(user=user)
