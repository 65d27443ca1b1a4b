"""How the learners of the demonstration practise: through the same actions as real use."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp
from random import Random
from uuid import UUID

from academies.models import Membership
from exams.bank.answers import is_empty
from exams.bank.models import Difficulty, ItemVersion
from exams.delivery.actions import start_attempt
from exams.delivery.autosave import save_response
from exams.delivery.paper import PaperSlot, paper_of
from exams.delivery.tokens import AttemptClaim
from exams.demo_answers import right_answer, wrong_answer
from exams.marking.actions import submit_and_mark
from exams.practice.repetition.actions import check_review, grade_review
from exams.practice.repetition.queue import next_cards, today_of
from exams.practice.repetition.terms import terms_of
from exams.practice.reports.actions import report_item
from exams.practice.reports.errors import AlreadyReported
from exams.practice.saved.actions import bookmark_item, write_note
from exams.practice.sessions.actions import Choice, finish_session, skip_question, start_session
from exams.practice.sessions.answering import Given, answer_question
from exams.practice.sessions.models import PracticeSession
from exams.practice.sessions.questions import questions_of

# On the scale of ability, in logits.
_HARDNESS = {Difficulty.EASY: -0.9, Difficulty.MEDIUM: 0.0, Difficulty.HARD: 0.9}
# So that nobody runs out of time.
LONGEST_STAY = 60
_NOTES = (
    "Read the question to the end: it asks for the FIRST step.",
    "I mix these two up. Think of who holds the key.",
    "Remember the order: identify, contain, remove, recover.",
    "Compare with the table in chapter three.",
)
_TAGS = ("again", "hard", "before the exam", "words to know")


@dataclass(frozen=True, kw_only=True)
class Mind:
    """What a learner knows, in logits by code of the domain, and how fast they read. It grows with the days."""

    ability: Mapping[str, float]
    growth_per_day: float
    pace: float

    def chance(self, *, domain: str, difficulty: str, days: int, met_before: bool) -> float:
        """The chance of a right answer (one-parameter logistic model); a question met before is easier."""
        strength = self.ability.get(domain, 0.0) + self.growth_per_day * days + (0.8 if met_before else 0.0)
        return 1 / (1 + exp(_HARDNESS[Difficulty(difficulty)] - strength))


@dataclass(kw_only=True)
class Sitting:
    """A learner at their desk: what they do moves the clock on. `days` have passed since they joined."""

    member: Membership
    mind: Mind
    days: int
    clock: datetime
    random: Random
    difficulties: Mapping[UUID, str]
    domains: Mapping[str, str]
    # Item → the option that those who know most take for right.
    confusing: Mapping[UUID, str]
    met: set[UUID] = field(default_factory=set)

    def practise(self, *, mode: str, choice: Choice) -> PracticeSession:
        """A quiz or a study session from its start to its end."""
        session = start_session(mode=mode, choice=choice, actor=self.member, now=self.clock)
        for position, question in enumerate(questions_of(session.versions), start=1):
            answer, seconds, is_guess = self._answer(question)
            if mode == PracticeSession.Mode.STUDY and is_empty(answer):
                skip_question(session=session.pk, position=position, seconds=seconds, actor=self.member, now=self.clock)
                continue
            answer_question(
                session=session.pk,
                learner=self.member.user_id,
                position=position,
                given=Given(answer=answer, seconds=seconds, is_guess=is_guess),
                now=self.clock,
            )
            if mode == PracticeSession.Mode.STUDY:
                self._keep(question)
        return finish_session(session=session.pk, actor=self.member, now=self.clock)

    def review(self, *, most: int) -> int:
        """Cards of the day, as long as there are any and patience lasts. Says how many."""
        done = 0
        while done < most:
            terms = terms_of(self.member, now=self.clock)
            cards = next_cards(
                self.member, today=today_of(self.member, terms=terms, now=self.clock), terms=terms, now=self.clock
            )
            if not cards:
                break
            for card in cards[: most - done]:
                version = card.item.live_version
                if version is None:
                    continue
                (question,) = questions_of([version.pk])
                answer, seconds, _ = self._answer(question)
                checked = check_review(card=card.pk, answer=answer, seconds=seconds, actor=self.member, now=self.clock)
                is_right = (checked.given or {}).get("fraction") == 1
                rating = self.random.choice(("good", "good", "hard", "easy")) if is_right else "again"
                grade_review(
                    card=card.pk, sequence=checked.graded + 1, rating=rating, actor=self.member, now=self.clock
                )
                done += 1
        return done

    def sit(self, delivery: UUID) -> None:
        """An exam from its start to its end."""
        attempt = start_attempt(delivery=delivery, actor=self.member, now=self.clock).attempt
        claim = AttemptClaim(attempt=attempt.pk, learner=attempt.learner_id, form=attempt.form_id)
        for sequence, slot in enumerate(paper_of(attempt.form_id).slots, start=1):
            answer, seconds, is_guess = self._answer(slot)
            save_response(
                claim=claim,
                slot=slot.number,
                sequence=sequence,
                answer=answer,
                flagged=is_guess,
                seconds=seconds,
                now=self.clock,
            )
        self.clock += timedelta(seconds=20)
        submit_and_mark(claim=claim, now=self.clock)

    def report(self, item: UUID, *, reason: str, comment: str) -> None:
        """Say that something is wrong with a question, if they have not said so yet."""
        with suppress(AlreadyReported):
            report_item(item=item, reason=reason, comment=comment, actor=self.member, now=self.clock)

    def _answer(self, question: PaperSlot) -> tuple[dict[str, object] | None, int, bool]:
        chance = self.mind.chance(
            domain=self.domains[question.domain],
            difficulty=self.difficulties[question.version],
            days=self.days,
            met_before=question.item in self.met,
        )
        self.met.add(question.item)
        is_right = self.random.random() < chance
        trap = self.confusing.get(question.item)
        # Who is sure is quick.
        seconds = min(LONGEST_STAY, round(self.mind.pace * self.random.uniform(12, 70) * (1.4 - 0.6 * chance)))
        self.clock += timedelta(seconds=seconds)
        is_guess = chance < 0.6 and self.random.random() < 0.25
        if trap is not None and self.random.random() < chance:
            return {"choice": trap}, seconds, False
        return (right_answer(question) if is_right else wrong_answer(question)), seconds, is_guess

    def _keep(self, question: PaperSlot) -> None:
        if self.random.random() < 0.08:
            tags = self.random.sample(_TAGS, k=self.random.randint(0, 2))
            bookmark_item(item=question.item, tags=tags, actor=self.member, now=self.clock)
        if self.random.random() < 0.03:
            write_note(item=question.item, text=self.random.choice(_NOTES), actor=self.member, now=self.clock)


def difficulties_of(bank: UUID) -> dict[UUID, str]:
    """Version → how hard its author expects it to be."""
    return dict(ItemVersion.objects.filter(item__bank=bank).values_list("id", "difficulty"))
