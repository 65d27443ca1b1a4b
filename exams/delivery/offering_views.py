"""Deliveries and accommodations, by those who teach: `…/deliveries/…` and `…/accommodations/…`."""

from typing import ClassVar
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from accounts.idempotency.views import idempotent
from config.http.pagination import CursorPages, page_of
from exams.delivery.errors import DeliveryInUse
from exams.delivery.filters import chosen, chosen_id
from exams.delivery.models import Accommodation, Delivery
from exams.delivery.offering import (
    change_delivery,
    create_delivery,
    grant_accommodation,
    release_results,
    withdraw_accommodation,
)
from exams.delivery.serializers import (
    AccommodationIn,
    AccommodationOut,
    DeliveryChangeIn,
    DeliveryIn,
    DeliveryOut,
    DeliveryRowOut,
)
from exams.delivery.supervision_serializers import NothingIn
from exams.formats.assembly import BlueprintNotFillable

DELIVERY_STATES = ["upcoming", "open", "closed"]


class DeliveryListView(AcademyView):
    """GET, POST deliveries/"""

    required = Power.MANAGE_DELIVERIES
    rate: ClassVar = {"POST": "create"}
    pagination_class = CursorPages
    ordering = "-created_at"
    ordering_fields: ClassVar = {
        "created_at": "created_at",
        "title": "title",
        "opens_at": "opens_at",
        "closes_at": "closes_at",
    }
    refuses: ClassVar = {"POST": (BlueprintNotFillable,)}

    @extend_schema(
        responses=DeliveryRowOut(many=True),
        parameters=[
            OpenApiParameter("state", str, enum=DELIVERY_STATES),
            OpenApiParameter("search", str, description="Part of the title."),
        ],
        operation_id="list_deliveries",
    )
    def get(self, request: AcademyRequest) -> Response:
        """The academy's deliveries, newest first."""
        deliveries = (
            Delivery.objects.for_academy(request.academy)
            .with_state(now=request.received_at)
            .with_counts()
            .select_related("form", "cohort")
        )
        if state := chosen(request, "state", DELIVERY_STATES):
            deliveries = deliveries.filter(Q(state=state))
        if search := request.query_params.get("search"):
            deliveries = deliveries.filter(title__icontains=search)
        return page_of(deliveries, request, view=self, serializer=DeliveryRowOut)

    @extend_schema(request=DeliveryIn, responses={201: DeliveryOut}, operation_id="create_delivery")
    @idempotent
    def post(self, request: AcademyRequest) -> Response:
        """Offer an exam: a form, or one assembled from a blueprint."""
        wanted = DeliveryIn.parse(request)
        created = create_delivery(actor=request.membership, now=request.received_at, **wanted)
        return Response(DeliveryOut(detailed(request, created.pk)).data, status=201)


class DeliveryView(AcademyView):
    """GET, PATCH deliveries/{delivery}/"""

    required = Power.MANAGE_DELIVERIES
    refuses: ClassVar = {"PATCH": (DeliveryInUse,)}

    @extend_schema(responses=DeliveryOut, operation_id="get_delivery")
    def get(self, request: AcademyRequest, delivery: UUID) -> Response:
        """One delivery with all its conditions."""
        return Response(DeliveryOut(detailed(request, delivery)).data)

    @extend_schema(request=DeliveryChangeIn, responses=DeliveryOut, operation_id="change_delivery")
    def patch(self, request: AcademyRequest, delivery: UUID) -> Response:
        """Change a delivery; what learners already sit under stays as it is."""
        wanted = DeliveryChangeIn.parse(request, partial=True)
        change_delivery(delivery=delivery, changes=dict(wanted), actor=request.membership, now=request.received_at)
        return Response(DeliveryOut(detailed(request, delivery)).data)


class ReleaseView(AcademyView):
    """POST deliveries/{delivery}/release/"""

    required = Power.MANAGE_DELIVERIES

    @extend_schema(request=NothingIn, responses=DeliveryOut, operation_id="release_results")
    def post(self, request: AcademyRequest, delivery: UUID) -> Response:
        """Let learners see their results now."""
        NothingIn.parse(request)
        release_results(delivery=delivery, actor=request.membership, now=request.received_at)
        return Response(DeliveryOut(detailed(request, delivery)).data)


class AccommodationListView(AcademyView):
    """GET, POST accommodations/"""

    required = Power.GRANT_ACCOMMODATIONS
    rate: ClassVar = {"POST": "create"}
    pagination_class = CursorPages
    ordering = "-created_at"

    @extend_schema(
        responses=AccommodationOut(many=True),
        parameters=[OpenApiParameter("delivery", UUID)],
        operation_id="list_accommodations",
    )
    def get(self, request: AcademyRequest) -> Response:
        """The academy's accommodations."""
        held = Accommodation.objects.for_academy(request.academy).select_related("member__user", "delivery")
        if delivery := chosen_id(request, "delivery"):
            held = held.filter(delivery=delivery)
        return page_of(held, request, view=self, serializer=AccommodationOut)

    @extend_schema(request=AccommodationIn, responses={201: AccommodationOut}, operation_id="grant_accommodation")
    @idempotent
    def post(self, request: AcademyRequest) -> Response:
        """Give a learner more time or attempts; a second grant replaces the first."""
        wanted = AccommodationIn.parse(request)
        granted = grant_accommodation(actor=request.membership, now=request.received_at, **wanted)
        shown = Accommodation.objects.select_related("member__user", "delivery").get(pk=granted.pk)
        return Response(AccommodationOut(shown).data, status=201)


class AccommodationView(AcademyView):
    """DELETE accommodations/{accommodation}/"""

    required = Power.GRANT_ACCOMMODATIONS

    @extend_schema(responses={204: None}, operation_id="withdraw_accommodation")
    def delete(self, request: AcademyRequest, accommodation: UUID) -> Response:
        """Take an accommodation back; attempts that started with it keep it."""
        withdraw_accommodation(accommodation=accommodation, actor=request.membership, now=request.received_at)
        return Response(status=204)


def detailed(request: AcademyRequest, delivery: UUID) -> Delivery:
    """The delivery with everything that `DeliveryOut` shows. Raises Http404."""
    found = (
        Delivery.objects.for_academy(request.academy)
        .with_state(now=request.received_at)
        .with_counts()
        .select_related("form", "cohort")
        .filter(id=delivery)
        .first()
    )
    if found is None:
        raise Http404
    return found
