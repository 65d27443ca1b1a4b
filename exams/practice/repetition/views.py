"""Reviews: `/api/v1/academies/{slug}/practice/reviews/…`."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from config.http.pagination import CursorPages, page_of
from exams.practice.repetition.actions import (
    change_settings,
    check_review,
    grade_review,
    resume_card,
    suspend_card,
    undo_grade,
)
from exams.practice.repetition.cards import draw_in, make_own_cards
from exams.practice.repetition.errors import CardNotDue, NotTheLastGrade, ReviewNotAnswered, StaleReview
from exams.practice.repetition.models import ReviewCard, ReviewSettings
from exams.practice.repetition.queue import today_of
from exams.practice.repetition.retention import retention_of
from exams.practice.repetition.serializers import (
    RetentionOut,
    RetentionQuery,
    ReviewCardOut,
    ReviewCardQuery,
    ReviewCheckIn,
    ReviewGradedOut,
    ReviewGradeIn,
    ReviewQuestionOut,
    ReviewQueueOut,
    ReviewSettingsIn,
    ReviewSettingsOut,
    ReviewTodayOut,
    SuspensionIn,
    settings_as_shown,
)
from exams.practice.repetition.showing import card_as_shown, day_of, queue_of
from exams.practice.repetition.terms import profile_date, settings_of, terms_of


class ReviewQueueView(AcademyView):
    """GET practice/reviews/"""

    required = Power.SIT_EXAMS

    @extend_schema(responses=ReviewQueueOut, operation_id="get_review_queue")
    def get(self, request: AcademyRequest) -> Response:
        """Your day and its next cards. What you have just missed, guessed or bookmarked is among them."""
        member, now = request.membership, request.received_at
        make_own_cards(actor=member, now=now)
        terms = terms_of(member, now=now)
        draw_in(actor=member, terms=terms)
        today = today_of(member, terms=terms, now=now)
        return Response(ReviewQueueOut(queue_of(member, today=today, terms=terms, now=now)).data)


class ReviewTodayView(AcademyView):
    """GET practice/reviews/today/"""

    required = Power.SIT_EXAMS

    @extend_schema(responses=ReviewTodayOut, operation_id="get_review_day")
    def get(self, request: AcademyRequest) -> Response:
        """Your day in numbers."""
        member, now = request.membership, request.received_at
        terms = terms_of(member, now=now)
        return Response(ReviewTodayOut(day_of(today_of(member, terms=terms, now=now), terms=terms)).data)


class ReviewCheckView(AcademyView):
    """POST practice/reviews/{card}/checks/"""

    required = Power.SIT_EXAMS
    rate = "review"
    refuses = (CardNotDue,)

    @extend_schema(request=ReviewCheckIn, responses=ReviewQuestionOut, operation_id="check_review")
    def post(self, request: AcademyRequest, card: UUID) -> Response:
        """Answer the question of a card, and see the truth. The first answer counts until it is graded."""
        member, now = request.membership, request.received_at
        checked = check_review(card=card, actor=member, now=now, **ReviewCheckIn.parse(request))
        return Response(ReviewQuestionOut(card_as_shown(_read(checked), terms=terms_of(member, now=now), now=now)).data)


class ReviewGradeListView(AcademyView):
    """POST practice/reviews/{card}/grades/"""

    required = Power.SIT_EXAMS
    rate = "review"
    refuses = (ReviewNotAnswered, StaleReview)

    @extend_schema(request=ReviewGradeIn, responses=ReviewGradedOut, operation_id="grade_review")
    def post(self, request: AcademyRequest, card: UUID) -> Response:
        """Say how well you remembered, and get the queue behind it."""
        member, now = request.membership, request.received_at
        graded = grade_review(card=card, actor=member, now=now, **ReviewGradeIn.parse(request))
        queue = queue_of(member, today=graded.today, terms=graded.terms, now=now)
        return Response(ReviewGradedOut({"grade": graded.log, **queue}).data)


class ReviewGradeView(AcademyView):
    """DELETE practice/reviews/grades/{grade}/"""

    required = Power.SIT_EXAMS
    rate = "review"
    refuses = (NotTheLastGrade,)

    @extend_schema(responses=ReviewQueueOut, operation_id="undo_grade")
    def delete(self, request: AcademyRequest, grade: UUID) -> Response:
        """Take your last grade back. The card comes first again, as it was."""
        member, now = request.membership, request.received_at
        card = undo_grade(grade=grade, actor=member, now=now)
        terms = terms_of(member, now=now)
        today = today_of(member, terms=terms, now=now)
        return Response(ReviewQueueOut(queue_of(member, today=today, terms=terms, now=now, first=_read(card))).data)


class ReviewSettingsView(AcademyView):
    """GET, PATCH practice/reviews/settings/"""

    required = Power.SIT_EXAMS
    rate: ClassVar = {"PATCH": "review"}

    @extend_schema(responses=ReviewSettingsOut, operation_id="get_review_settings")
    def get(self, request: AcademyRequest) -> Response:
        """The terms on which you repeat."""
        return self._shown(request, settings_of(request.membership))

    @extend_schema(request=ReviewSettingsIn, responses=ReviewSettingsOut, operation_id="change_review_settings")
    def patch(self, request: AcademyRequest) -> Response:
        """Change some of them."""
        today = terms_of(request.membership, now=request.received_at).today
        changes = ReviewSettingsIn.parse(request, partial=True, context={"today": today})
        return self._shown(request, change_settings(changes=changes, actor=request.membership))

    def _shown(self, request: AcademyRequest, settings: ReviewSettings) -> Response:
        shown = settings_as_shown(settings, profile_date=profile_date(request.membership))
        return Response(ReviewSettingsOut(shown).data)


class RetentionView(AcademyView):
    """GET practice/reviews/retention/"""

    required = Power.SIT_EXAMS

    @extend_schema(parameters=[RetentionQuery], responses=RetentionOut, operation_id="get_retention")
    def get(self, request: AcademyRequest) -> Response:
        """How well you remember, whether that was foreseen, and what is due in the next 30 days."""
        wanted = RetentionQuery.parse(request)
        member, now = request.membership, request.received_at
        found = retention_of(member, period=wanted.period, terms=terms_of(member, now=now), now=now)
        return Response(RetentionOut(found).data)


class ReviewCardListView(AcademyView):
    """GET practice/reviews/cards/"""

    required = Power.SIT_EXAMS
    pagination_class = CursorPages
    ordering = "-created_at"
    ordering_fields: ClassVar = {"created_at": "created_at", "due_at": "due_at"}

    @extend_schema(parameters=[ReviewCardQuery], responses=ReviewCardOut(many=True), operation_id="list_review_cards")
    def get(self, request: AcademyRequest) -> Response:
        """Your cards, newest first."""
        wanted = ReviewCardQuery.parse(request)
        member, now = request.membership, request.received_at
        cards = ReviewCard.objects.of_learner(member).select_related("item__domain", "item__live_version")
        if wanted.get("show") == "due":
            cards = cards.waiting(now=now).showable(member.academy)
        elif wanted.get("show") == "suspended":
            cards = cards.exclude(suspended_at=None)
        if reason := wanted.get("reason"):
            cards = cards.filter(reason=reason)
        return page_of(cards, request, view=self, serializer=ReviewCardOut, terms=terms_of(member, now=now))


class SuspensionView(AcademyView):
    """POST, DELETE practice/reviews/cards/{card}/suspension/"""

    required = Power.SIT_EXAMS
    rate = "review"

    @extend_schema(request=SuspensionIn, responses=ReviewCardOut, operation_id="suspend_card")
    def post(self, request: AcademyRequest, card: UUID) -> Response:
        """Show this card no more."""
        SuspensionIn.parse(request)
        return self._listed(request, suspend_card(card=card, actor=request.membership, now=request.received_at))

    @extend_schema(responses=ReviewCardOut, operation_id="resume_card")
    def delete(self, request: AcademyRequest, card: UUID) -> Response:
        """Show it again, from where it was."""
        return self._listed(request, resume_card(card=card, actor=request.membership))

    def _listed(self, request: AcademyRequest, card: ReviewCard) -> Response:
        terms = terms_of(request.membership, now=request.received_at)
        return Response(ReviewCardOut(_read(card), context={"terms": terms}).data)


def _read(card: ReviewCard) -> ReviewCard:
    """The card with everything that showing it takes."""
    return ReviewCard.objects.select_related("item__domain", "item__live_version__stimulus").get(id=card.pk)
