"""Leagues in the admin, for the platform's staff and for an academy's."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.urls import reverse

from gamification.leaderboards.models import BoardPreference
from gamification.leagues.actions import close_leagues, join_league
from gamification.models import League, LeagueMember, XPTotal
from tests.exams.bank.test_admin import signed_in, text_of
from tests.exams.statements import Statements
from tests.factories.academies import MembershipFactory
from tests.factories.boards import earn
from tests.factories.exams import NOW

pytestmark = pytest.mark.django_db

LEAGUES = reverse("admin:gamification_league_changelist")


@pytest.fixture(autouse=True)
def at_now():
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        yield


def play(academy, *points):
    """A league of learners with these points this week."""
    for amount in points:
        member = MembershipFactory(academy=academy)
        event = earn(member, amount)
        week_date = date.fromisoformat(event.week_date)
        joined = join_league(academy=academy.pk, learner=member.user_id, week_date=week_date, now=NOW)
    return joined.league


def page_of(league):
    return reverse("admin:gamification_league_change", args=[league.pk])


def rows_of(page):
    rows = re.findall(r"<tr>(.*?)</tr>", page.partition("ph-table")[2].partition("</table>")[0])
    return [re.findall(r"<td>(.*?)</td>", row) for row in rows if "<td>" in row]


def owner_of(academy):
    owner = academy.owner.account
    owner.is_staff = True
    owner.save()
    owner.user_permissions.set(Permission.objects.filter(content_type__app_label="gamification"))
    return signed_in(owner)


def test_an_open_league_shows_how_it_stands_and_a_closed_one_what_it_decided(cast):
    league = play(cast.harbour.academy, 10, 30, 20, 25)
    names = dict(XPTotal.objects.values_list("total", "learner__name"))
    hidden = XPTotal.objects.get(total=25)
    BoardPreference.objects.create(academy=league.academy, learner=hidden.learner, is_hidden=True)
    client = signed_in(cast.staff.account)
    expected = [
        ["1", names[30], "30", "Promoted", "Silver"],
        ["2", names[20], "20", "Stayed", "Bronze"],
        ["3", names[10], "10", "Stayed", "Bronze"],
        ["–", names[25], "–", "Not ranked", "Bronze"],
    ]
    assert rows_of(text_of(client.get(page_of(league)))) == expected
    assert set(LeagueMember.objects.values_list("outcome", flat=True)) == {""}
    assert league.academy.name in text_of(client.get(LEAGUES, {"open": "yes"}))
    assert page_of(league) not in text_of(client.get(LEAGUES, {"open": "no"}))
    assert close_leagues(now=NOW + timedelta(days=7)) == 1
    assert rows_of(text_of(client.get(page_of(league)))) == expected
    assert page_of(league) in text_of(client.get(LEAGUES, {"open": "no", "tier__exact": 1}))


def test_nothing_is_written_there(cast):
    league, client = play(cast.harbour.academy, 10), owner_of(cast.harbour)
    assert text_of(client.get(page_of(league)))
    assert client.post(page_of(league), {"tier": 5}).status_code == 403
    assert client.post(page_of(league).replace("change", "delete"), {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:gamification_league_add")).status_code == 403
    assert League.objects.get().tier == 1


def test_another_academys_leagues_are_not_there(cast):
    league, stranger = play(cast.harbour.academy, 10), owner_of(cast.meridian)
    shown = text_of(stranger.get(LEAGUES))
    assert page_of(league) not in shown
    assert cast.harbour.academy.name not in shown
    assert stranger.get(page_of(league)).status_code in (302, 404)


def test_more_leagues_and_members_cost_no_more_statements(cast):
    client, counts = signed_in(cast.staff.account), []
    for points in ((10,), range(10, 200, 10)):
        league = play(cast.harbour.academy, *points)
        play(cast.meridian.academy, *points)
        client.get(LEAGUES)
        with Statements() as statements:
            client.get(LEAGUES)
            client.get(page_of(league))
        counts.append(len(statements))
    assert counts[0] == counts[1]
