"""Every page of the admin knows whose rows it shows."""

from django.contrib import admin

from academies.tenancy.scoped_admin import Scoped
from accounts.identity.staff import PlatformOnly
from config.admin_look import GROUPS, UNLISTED


def test_pages_are_limited_to_academies_or_to_the_platforms_staff() -> None:
    """A page is `AcademyAdmin`, which shows the rows of the staff's own academies, or closed with `PlatformOnly`."""
    for model, page in admin.site._registry.items():
        assert isinstance(page, Scoped | PlatformOnly), model


def test_inlines_of_academies_are_limited_too() -> None:
    """Choices in an inline are choices of a page."""
    for page in admin.site._registry.values():
        for inline in page.inlines if isinstance(page, Scoped) else ():
            is_read_only = bool(inline.fields) and set(inline.readonly_fields) >= set(inline.fields)
            assert is_read_only or issubclass(inline, Scoped), inline


def test_the_sidebar_leads_to_every_page() -> None:
    """Except to those that another page leads to."""
    listed = {label for _, models in GROUPS for label, _ in models}
    registered = {model._meta.label for model in admin.site._registry}
    assert registered == (listed & registered) | UNLISTED
    assert not listed & UNLISTED
