"""What the platform's own staff may do in the admin: the one matrix of groups and areas.

An area is whatever models its rooms have, so a new model joins by where it lies. The groups' permissions are written
from here after every migration; single permissions of single people come on top, in the admin.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS, models


class StaffGroup(models.TextChoices):
    """A job. Staff in one of them are the platform's own; other staff see the academies that they run."""

    SUPPORT = "Support", "Support"
    CONTENT = "Content", "Content"
    SALES = "Sales", "Sales"
    FINANCE = "Finance", "Finance"
    OPERATIONS = "Operations", "Operations"
    ADMINISTRATOR = "Administrator", "Administrator"


class Area(models.TextChoices):
    """A part of the admin."""

    ACADEMIES = "academies", "Academies and their people"
    CONTENT = "content", "Banks, items and forms"
    ASSESSMENT = "assessment", "Deliveries, attempts and marks"
    LEARNING = "learning", "Points and achievements"
    PEOPLE = "people", "People who sign in"
    IMPERSONATION = "impersonation", "Seeing what a person sees"
    JOURNAL = "journal", "Journal and outgoing events"
    GROUPS = "groups", "Groups of staff"


class Level(models.TextChoices):
    """How far somebody may go in an area."""

    SEE = "see", "See"
    CHANGE = "change", "Change"


ROOMS: Mapping[Area, tuple[str, ...]] = {
    Area.ACADEMIES: ("academies.tenancy", "academies.roster"),
    Area.CONTENT: ("exams.bank", "exams.formats", "exams.interchange"),
    Area.ASSESSMENT: ("exams.delivery", "exams.marking", "gamification.certificates"),
    Area.LEARNING: ("gamification.xp", "gamification.achievements", "gamification.leagues"),
    Area.PEOPLE: ("accounts.identity", "accounts.mail", "accounts.privacy", "accounts.profile", "accounts.sessions"),
    Area.IMPERSONATION: ("accounts.impersonation",),
    Area.JOURNAL: ("accounts.journal",),
    Area.GROUPS: ("django.contrib.auth",),
}
APPS = frozenset({"accounts", "academies", "exams", "gamification", "auth"})

# Rights are given by superusers alone, so groups are seen and not changed.
MATRIX: Mapping[StaffGroup, Mapping[Area, Level]] = {
    StaffGroup.SUPPORT: {
        Area.ACADEMIES: Level.SEE,
        Area.ASSESSMENT: Level.SEE,
        Area.LEARNING: Level.SEE,
        Area.PEOPLE: Level.CHANGE,
        Area.IMPERSONATION: Level.CHANGE,
        Area.JOURNAL: Level.SEE,
    },
    StaffGroup.CONTENT: {Area.CONTENT: Level.CHANGE},
    StaffGroup.SALES: {Area.ACADEMIES: Level.CHANGE, Area.PEOPLE: Level.SEE},
    StaffGroup.FINANCE: {Area.ACADEMIES: Level.SEE},
    StaffGroup.OPERATIONS: {
        Area.ACADEMIES: Level.CHANGE,
        Area.ASSESSMENT: Level.CHANGE,
        Area.LEARNING: Level.SEE,
        Area.PEOPLE: Level.SEE,
        Area.JOURNAL: Level.CHANGE,
    },
    StaffGroup.ADMINISTRATOR: {**dict.fromkeys(Area, Level.CHANGE), Area.GROUPS: Level.SEE},
}
_VERBS: Mapping[Level, tuple[str, ...]] = {
    Level.SEE: ("view",),
    Level.CHANGE: ("view", "add", "change", "delete"),
}


def permissions_of(group: StaffGroup) -> Iterator[str]:
    """The permissions that a group has, as `app.verb_model`."""
    for area, level in MATRIX[group].items():
        for model in apps.get_models():
            room = model.__module__.removesuffix(".models")
            if room in ROOMS[area]:
                opts = model._meta
                yield from (f"{opts.app_label}.{verb}_{opts.model_name}" for verb in _VERBS[level])


def write_groups(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Make the groups and give them their permissions. Listens to `post_migrate`."""
    if sender.label not in APPS:
        return
    from django.contrib.auth.models import Group, Permission

    # Django makes an app's permissions at the same signal, perhaps later.
    create_permissions(sender, verbosity=0, using=using)
    known = {
        f"{each.content_type.app_label}.{each.codename}": each
        for each in Permission.objects.using(using).select_related("content_type")
    }
    for name in StaffGroup:
        group, _made = Group.objects.using(using).get_or_create(name=name.value)
        group.permissions.set(known[each] for each in permissions_of(name) if each in known)
