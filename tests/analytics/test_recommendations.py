"""What learners are recommended, why, and what becomes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from accounts.journal.models import JournalEntry
from accounts.journal.relay import deliver_due
from analytics.events import RecommendationAccepted, RecommendationDismissed
from analytics.recommendations.actions import decide, make_stale, refresh, refresh_if_stale, refresh_stale
from analytics.recommendations.choosing import Candidate, choose
from analytics.recommendations.errors import AlreadyDecided
from analytics.recommendations.models import Recommendation, RecommendationRefresh
from analytics.recommendations.words import reason_of, title_of
from exams.bank.models import Item, Skill
from exams.delivery.models import Attempt
from exams.practice.repetition.models import ReviewCard, ReviewSettings
from exams.practice.sessions.actions import Choice, finish_session, start_session
from tests.exams.statements import Statements
from tests.factories.academies import MembershipFactory
from tests.factories.accounts import UserFactory
from tests.factories.exams import NOW, make_delivery, make_form_of, start
from tests.factories.practice import make_practice_bank, marked, versions_of

pytestmark = pytest.mark.django_db

PATH = "/api/v1/academies/harbour/recommendations/"


@pytest.fixture
def learner(cast):
    return cast.harbour.learner.membership


def thought_through(member, *, now=NOW):
    refresh(academy=member.academy, members=[member], now=now)
    return list(Recommendation.objects.of_learner(member).open(now=now).order_by("-priority"))


def begin(member, bank, mode, *, now=NOW):
    choice = Choice(bank=bank.pk, domains=(), skills=(), difficulties=(), only="", count=5)
    return start_session(mode=mode, choice=choice, actor=member, now=now)


def kinds(rows):
    return [row.kind for row in rows]


def of_domain(bank, code):
    return [version for version in versions_of(bank) if version.item.domain.code == code]


def test_who_has_done_nothing_is_recommended_nothing(learner, bank):
    assert thought_through(learner) == []


def test_a_weak_domain_says_so_with_its_numbers(learner, bank):
    marked(learner, of_domain(bank, "2")[:10], fractions=[1] * 4 + [0] * 6, now=NOW - timedelta(days=1))
    marked(learner, of_domain(bank, "1")[:10], fractions=[1] * 7 + [0] * 3, now=NOW - timedelta(days=1))
    (weak,) = thought_through(learner)
    assert weak.kind == "weak_domain"
    assert weak.facts == {"code": "2", "title": "Domain 2", "answers": 10, "percent": 40}
    assert weak.action == {"type": "practice", "bank": str(bank.pk), "domains": [weak.subject], "skills": []}
    assert reason_of(weak.kind, weak.facts) == "You are struggling with 2: of your last 10 answers 40% were right."


def test_nine_answers_are_too_few_to_call_anything_weak(learner, bank):
    marked(learner, of_domain(bank, "1")[:9], fractions=[0] * 9, now=NOW - timedelta(days=1))
    assert kinds(thought_through(learner)) == ["unseen_domain"]


def test_a_weak_skill_is_named_rather_than_its_domain(learner, bank):
    domain = bank.domains.get(code="2")
    skill = Skill.objects.create(academy=bank.academy, domain=domain, code="2.3", title="Firewalls")
    versions = of_domain(bank, "2")[:12]
    Item.objects.filter(pk__in=[version.item_id for version in versions]).update(skill=skill)
    marked(learner, versions, fractions=[1] * 5 + [0] * 7, now=NOW - timedelta(days=1))
    weak = next(row for row in thought_through(learner) if row.kind.startswith("weak"))
    assert (weak.kind, weak.facts["code"], weak.action["skills"]) == ("weak_skill", "2.3", [str(skill.pk)])
    assert "weak_domain" not in kinds(thought_through(learner))


def test_a_domain_that_was_left_lying_counts_days_on_the_learners_calendar(learner, bank):
    marked(learner, of_domain(bank, "1")[:3], now=NOW - timedelta(days=5))
    marked(learner, of_domain(bank, "2")[:3], now=NOW - timedelta(days=4))
    (idle,) = thought_through(learner)
    assert (idle.kind, idle.facts["code"], idle.facts["days"]) == ("idle_domain", "1", 5)


def test_a_domain_that_was_never_met_is_recommended_only_where_its_bank_was(learner, bank):
    make_practice_bank(learner, slug="other")
    marked(learner, of_domain(bank, "1")[:3], now=NOW - timedelta(days=1))
    (unseen,) = thought_through(learner)
    assert (unseen.kind, unseen.facts) == ("unseen_domain", {"code": "2", "title": "Domain 2", "weight": 50})


def test_the_cards_of_the_day_are_counted_as_the_queue_counts_them(learner, bank):
    for number, version in enumerate(versions_of(bank)[:6]):
        ReviewCard.objects.create(
            academy=learner.academy,
            learner=learner.user,
            item=version.item,
            reason="missed",
            state="review",
            stability=2,
            difficulty=5,
            reviewed_on=NOW.date(),
            due_at=NOW + timedelta(hours=number - 4),
            suspended_at=NOW if number == 0 else None,
        )
    (due,) = thought_through(learner)
    assert (due.kind, due.facts, due.action) == ("cards_due", {"count": 4}, {"type": "review"})
    assert reason_of(due.kind, due.facts) == "4 cards are waiting today."
    ReviewSettings.objects.create(academy=learner.academy, learner=learner.user, daily_limit=1)
    (due,) = thought_through(learner)
    assert reason_of(due.kind, due.facts) == "1 card is waiting today."


def test_a_quiz_whose_clock_is_running_comes_before_all_but_an_attempt(learner, bank):
    quiz = begin(learner, bank, "practice")
    first = thought_through(learner)[0]
    assert (first.kind, first.facts["title"], first.expires_at) == ("resume", bank.title, quiz.deadline_at)
    assert first.action == {"type": "practice_session", "session": str(quiz.pk)}
    assert reason_of(first.kind, first.facts) == "You have begun it and the clock is running."
    assert "resume" not in kinds(thought_through(learner, now=quiz.deadline_at))
    attempt = start(make_delivery(make_form_of(versions_of(bank)[:5])), learner)
    assert thought_through(learner)[0].subject == str(attempt.pk)


def test_study_that_was_broken_off_is_gone_on_with_until_it_is_finished(cast, learner, bank):
    begin(cast.harbour.other_learner.membership, bank, "study")
    begin(learner, bank, "study", now=NOW - timedelta(minutes=20))
    newest = begin(learner, bank, "study", now=NOW - timedelta(minutes=10))
    (found,) = thought_through(learner)
    assert (found.subject, found.expires_at) == (str(newest.pk), NOW + timedelta(minutes=20))
    assert reason_of(found.kind, found.facts) == "You have begun it and not finished it."
    finish_session(session=newest.pk, actor=learner, now=NOW)
    assert newest.pk not in [each.subject for each in thought_through(learner)]


def test_what_was_just_done_is_thought_of_when_it_is_next_read(learner, bank):
    session = begin(learner, bank, "study")
    assert len(thought_through(learner)) == 1
    finish_session(session=session.pk, actor=learner, now=NOW + timedelta(minutes=5))
    deliver_due(now=NOW + timedelta(minutes=5))
    refresh_if_stale(member=learner, now=NOW + timedelta(minutes=6))
    assert list(Recommendation.objects.of_learner(learner)) == []
    # What was thought through since then stays.
    make_stale(academy=learner.academy_id, learner=learner.user_id, at=NOW + timedelta(minutes=5))
    assert RecommendationRefresh.objects.get().refreshed_at == NOW + timedelta(minutes=6)


def test_an_exam_that_was_handed_in_is_not_gone_on_with(learner, bank):
    attempt = start(make_delivery(make_form_of(versions_of(bank)[:5])), learner)
    assert kinds(thought_through(learner)) == ["resume"]
    Attempt.objects.filter(pk=attempt.pk).update(state="marked", submitted_at=NOW + timedelta(minutes=5))
    refresh_if_stale(member=learner, now=NOW + timedelta(minutes=6))
    assert "resume" not in kinds(Recommendation.objects.of_learner(learner))
    refresh_if_stale(member=learner, now=NOW + timedelta(minutes=7))
    assert RecommendationRefresh.objects.get().refreshed_at == NOW + timedelta(minutes=6)


def test_an_exam_ahead_without_practice(learner, bank):
    delivery = make_delivery(make_form_of(versions_of(bank)[:5]), opens_at=NOW + timedelta(days=3, hours=1))
    (ahead,) = thought_through(learner)
    assert (ahead.kind, ahead.facts["days"], ahead.subject) == ("exam_ahead", 3, str(delivery.pk))
    marked(learner, versions_of(bank)[:4], now=NOW - timedelta(days=1))
    assert "exam_ahead" not in kinds(thought_through(learner))


def test_a_running_attempt_comes_first(learner, bank):
    attempt = start(make_delivery(make_form_of(versions_of(bank)[:5])), learner)
    first = thought_through(learner)[0]
    assert (first.kind, first.action) == ("resume", {"type": "attempt", "attempt": str(attempt.pk)})
    assert "resume" not in kinds(thought_through(learner, now=NOW + timedelta(hours=2)))


def test_near_the_cut_and_ready(learner, bank, exam):
    marked(learner, versions_of(bank)[:60], fractions=[1, 1, 1, 0] * 15, now=NOW - timedelta(days=1))
    near = next(row for row in thought_through(learner) if row.kind == "near_cut")
    assert 35 <= near.facts["percent"] < 80
    assert near.action["bank"] == str(bank.pk)
    marked(learner, versions_of(bank)[:60], now=NOW - timedelta(hours=6))
    form = make_form_of(versions_of(bank)[60:70])
    type(form).objects.filter(pk=form.pk).update(blueprint=exam)
    assert "ready" not in kinds(thought_through(learner))
    delivery = make_delivery(form)
    ready = next(row for row in thought_through(learner) if row.kind == "ready")
    assert ready.action == {"type": "exam", "delivery": str(delivery.pk)}


def test_what_an_exam_has_not_shown_and_closed_banks_lead_to_nothing(learner, bank):
    closed = make_practice_bank(learner, slug="closed", items=24, is_open_to_practice=False)
    marked(learner, versions_of(closed)[:20], fractions=[0] * 20, now=NOW - timedelta(days=1))
    marked(learner, versions_of(bank)[:20], fractions=[0] * 20, now=NOW - timedelta(days=1), is_open=False)
    assert thought_through(learner) == []


def test_twice_is_the_same_rows_and_what_no_longer_holds_goes(learner, bank):
    marked(learner, of_domain(bank, "1")[:10], fractions=[0] * 10, now=NOW - timedelta(days=1))
    first = thought_through(learner)
    assert [row.pk for row in thought_through(learner)] == [row.pk for row in first]
    marked(learner, of_domain(bank, "1")[10:40], now=NOW - timedelta(hours=2))
    marked(learner, of_domain(bank, "2")[:1], now=NOW - timedelta(hours=2))
    assert thought_through(learner) == []
    assert not Recommendation.objects.exists()


def test_at_most_five_and_not_two_of_a_kind():
    many = [Candidate(kind=kind, subject=str(n), priority=n, action={}) for kind in "abcdef" for n in range(3)]
    weak = [Candidate(kind="weak_skill", subject=str(n), priority=50 + n, action={}) for n in range(4)]
    chosen = choose([*many, *weak], resting={("a", "2")})
    assert len(chosen) == 5
    assert [each.key for each in chosen[:3]] == [("weak_skill", "3"), ("weak_skill", "2"), ("b", "2")]


def test_what_is_dismissed_rests_for_two_weeks_and_what_is_accepted_for_a_day(learner, bank):
    for days in (20, 10, 1):
        marked(
            learner, of_domain(bank, "1")[:10], fractions=[0] * 10, now=NOW - timedelta(days=1) + timedelta(days=days)
        )
    weak = next(row for row in thought_through(learner, now=NOW + timedelta(days=1)) if row.kind == "weak_domain")
    decide(recommendation=weak.pk, decision="dismissed", actor=learner, now=NOW + timedelta(days=1))
    assert "weak_domain" not in kinds(thought_through(learner, now=NOW + timedelta(days=14)))
    again = next(row for row in thought_through(learner, now=NOW + timedelta(days=15)) if row.kind == "weak_domain")
    decide(recommendation=again.pk, decision="accepted", actor=learner, now=NOW + timedelta(days=15))
    assert "weak_domain" not in kinds(thought_through(learner, now=NOW + timedelta(days=15, hours=23)))
    assert "weak_domain" in kinds(thought_through(learner, now=NOW + timedelta(days=16)))


def test_deciding_is_written_down_once(learner, bank):
    marked(learner, of_domain(bank, "1")[:10], fractions=[0] * 10, now=NOW - timedelta(days=1))
    first, second = thought_through(learner)
    for _ in range(2):
        decide(recommendation=first.pk, decision="accepted", actor=learner, now=NOW)
    decide(recommendation=second.pk, decision="dismissed", actor=learner, now=NOW)
    with pytest.raises(AlreadyDecided):
        decide(recommendation=first.pk, decision="dismissed", actor=learner, now=NOW)
    written = list(JournalEntry.objects.order_by("id").values_list("kind", "payload__about"))[-2:]
    assert written == [(RecommendationAccepted.kind, "weak_domain"), (RecommendationDismissed.kind, "unseen_domain")]


def test_the_list_is_thought_through_when_it_is_read_and_then_kept_for_an_hour(cast, api, learner, bank):
    now = timezone.now()
    marked(learner, of_domain(bank, "1")[:10], fractions=[0] * 10, now=now - timedelta(days=1))
    client = api(cast.harbour.learner)
    found = client.get(PATH).json()["results"]
    assert [(each["kind"], each["title"]) for each in found] == [
        ("weak_domain", "Practise 1 Domain 1"),
        ("unseen_domain", "Begin with 2 Domain 2"),
    ]
    marked(learner, of_domain(bank, "2")[:1], now=now - timedelta(hours=1))
    assert len(client.get(PATH).json()["results"]) == 2
    RecommendationRefresh.objects.update(refreshed_at=now - timedelta(hours=2))
    assert len(client.get(PATH).json()["results"]) == 1
    before = RecommendationRefresh.objects.get().refreshed_at
    refresh_if_stale(member=learner, now=before + timedelta(minutes=59))
    assert RecommendationRefresh.objects.get().refreshed_at == before


def test_it_is_said_in_the_readers_language(cast, api, learner, bank):
    marked(learner, of_domain(bank, "1")[:10], fractions=[0] * 10, now=timezone.now() - timedelta(days=1))
    (weak, _) = api(cast.harbour.learner).get(PATH, HTTP_ACCEPT_LANGUAGE="es").json()["results"]
    assert weak["reason"] == "Te cuesta 1: acertaste el 0 % de tus últimas 10 respuestas."


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_kind_has_words(language):
    facts = {"title": "T", "days": 2, "percent": 60, "code": "1", "domain": "D", "count": 2, "answers": 9, "weight": 5}
    with translation.override(language):
        for kind in Recommendation.Kind.values:
            for days in (0, 1, 2):
                said = title_of(kind, facts), reason_of(kind, {**facts, "days": days, "count": 1})
                assert all(text and "{" not in text for text in said)


def test_somebody_elses_is_not_there(cast, api, learner, bank):
    marked(learner, of_domain(bank, "1")[:10], fractions=[0] * 10, now=NOW - timedelta(days=1))
    weak, _ = thought_through(learner)
    for person in (cast.harbour.other_learner, cast.outsider):
        answer = api(person).post(f"{PATH}{weak.pk}/decision/", {"decision": "accepted"})
        assert answer.status_code == 404
    assert api(cast.harbour.learner).post(f"{PATH}{weak.pk}/decision/", {"decision": "open"}).status_code == 400
    weak.refresh_from_db()
    assert weak.state == "open"


def test_everybody_who_was_here_is_thought_through_once_a_day(cast, learner, bank):
    for person in (learner, cast.harbour.other_learner.membership):
        marked(person, of_domain(bank, "1")[:10], fractions=[0] * 10, now=NOW - timedelta(days=1))
    assert refresh_stale(now=NOW) == 2
    assert refresh_stale(now=NOW + timedelta(hours=19)) == 0
    assert refresh_stale(now=NOW + timedelta(hours=20)) == 2
    assert refresh_stale(now=NOW + timedelta(days=31)) == 0


def test_many_learners_cost_no_more_statements_than_few(cast, learner, bank, exam):
    counts = []
    for size in (2, 10):
        members = [MembershipFactory(academy=learner.academy, user=UserFactory()) for _ in range(size)]
        for member in members:
            marked(member, versions_of(bank)[:40], fractions=[1, 0] * 20, now=NOW - timedelta(days=6))
        for _ in range(2):
            with Statements() as statements:
                refresh(academy=learner.academy, members=members, now=NOW)
        counts.append(len(statements))
    assert counts[0] == counts[1]
