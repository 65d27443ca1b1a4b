"""A passkey of staff, from the admin: added on the security page, asked for at the next sign-in, and once more."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from accounts.factors.models import Passkey
from accounts.journal.models import JournalEntry
from config.demo import DEMO_PASSWORD
from tests.browser.test_second_factor import hours_later, virtual_key

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADMIN = "/admin/"


def test_staff_come_in_and_prove_themselves_with_a_passkey(cast, visit, tmp_path):
    owner = cast.harbour.owner
    owner.account.is_staff = owner.account.is_superuser = True
    owner.account.save(update_fields=["is_staff", "is_superuser"])
    visitor = visit(owner)
    for status in (400, 403, 404):
        visitor.allow_status(status)
    words, page = visitor.words, visitor.page
    person = f"/admin/accounts/user/{cast.harbour.learner.account.pk}/change/"
    with virtual_key(visitor):
        visitor.open("/a/harbour/settings/security")
        visitor.button("security:passkey.add").click()
        visitor.button("security:passkey.make").click()
        visitor.button("security:recovery.kept").click()
        expect(visitor.button("security:remove.of", name=words("security:passkey.default_name"))).to_be_visible()
        visitor.open(ADMIN)
        expect(page.get_by_role("heading", name="Overview")).to_be_visible()

        # The admin's form asks for a code; who has a passkey signs in at the start page and comes back.
        visitor.context.clear_cookies(name="sessionid")
        page.goto(f"{visitor.site.url}/sign-in?next={ADMIN}")
        page.get_by_label(words("session.email"), exact=True).fill(owner.account.email)
        page.get_by_label(words("session.password"), exact=True).fill(DEMO_PASSWORD)
        visitor.button("session.sign_in").click()
        visitor.button("security:proof.passkey").click()
        page.wait_for_url(f"**{ADMIN}", wait_until="commit")
        expect(page.get_by_role("heading", name="Overview")).to_be_visible()

        hours_later()
        visitor.open(person)
        expect(page.locator("#content").get_by_role("heading", name="Prove once more that it is you")).to_be_visible()
        visitor.photograph(tmp_path, "step-up")
        page.get_by_role("link", name="Use a passkey instead").click()
        visitor.button("security:proof.passkey").click()
        page.wait_for_url(f"**{person}", wait_until="commit")
        expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    assert Passkey.objects.get().sign_count >= 2
    proofs = JournalEntry.objects.filter(kind="accounts.factor_proved", actor=owner.account)
    assert [entry.payload["factor"] for entry in proofs] == ["passkey", "passkey"]
