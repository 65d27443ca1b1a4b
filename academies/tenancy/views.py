"""The base of every view below `/api/v1/academies/{slug}/`, and what an academy shows its members of itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from academies.tenancy.models import Academy, Membership
from academies.tenancy.powers import LEARNING, RUNS_ACADEMY, Power
from academies.tenancy.serializers import AcademyOut, MeOut
from accounts.factors.errors import SecondFactorRequired
from accounts.identity.actions import update_profile
from accounts.identity.requests import received_at, signed_in
from accounts.identity.serializers import MeIn
from accounts.models import User
from config.kernel.compiled import CompiledRead

# Read by every request to an academy.
_MEMBERSHIP = CompiledRead(
    lambda *, slug, user: (
        Membership.objects.active().filter(academy__slug=slug, user=user).select_related("academy").order_by()[:1]
    ),
    slug=str,
    user=UUID,
)


class AcademyRequest(Request):
    """A request of a member to their academy."""

    membership: Membership
    academy: Academy

    @cached_property
    def received_at(self) -> datetime:
        """When the request came in: the `now` of everything that it causes."""
        return received_at(self)


class AcademyView(APIView):
    """Answers members of one academy, and only those.

    Signed out: 401. Not a member, or no such academy: 404, so that an outsider does not learn which academies exist;
    staff without a membership are outsiders here. A role that lacks the power: 403.

    `required` is the power that every method needs, or powers of which one will do, or either of them by method
    (`{"POST": Power.MANAGE_DELIVERIES}`; a method that is not named is open to every member). The handlers do not get
    the slug: they have `request.academy` and `request.membership`.
    """

    required: ClassVar[Power | tuple[Power, ...] | Mapping[str, Power | tuple[Power, ...]] | None] = None

    def dispatch(self, request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> HttpResponseBase:
        """Answer, without the slug among the handler's arguments."""
        self.slug = slug
        return super().dispatch(request, *args, **kwargs)

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> AcademyRequest:
        """The request in the type that the handlers declare."""
        return AcademyRequest(
            request,
            parsers=self.get_parsers(),
            authenticators=self.get_authenticators(),
            negotiator=self.get_content_negotiator(),
            parser_context=self.get_parser_context(request),
        )

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who asks (401), from where (404), and whether they may (403), in this order."""
        super().initial(request, *args, **kwargs)
        if not isinstance(request, AcademyRequest):
            msg = "AcademyView makes its own requests"
            raise TypeError(msg)
        person = signed_in(request)
        membership = _MEMBERSHIP.first(slug=self.slug, user=person.pk)
        if membership is None:
            raise NotFound
        membership.user = person
        request.membership = membership
        request.academy = membership.academy
        powers = self.powers_for(request.method or "")
        if powers and not membership.may_any(powers):
            raise PermissionDenied
        if powers and settings.REQUIRE_SECOND_FACTOR and not person.has_factor:
            self._demand_factor(membership, powers)

    @staticmethod
    def _demand_factor(membership: Membership, powers: tuple[Power, ...]) -> None:
        """Raises `SecondFactorRequired` for who must have one, before anything beyond what learners do."""
        is_managing = not LEARNING.issuperset(powers)
        if is_managing and (membership.role in RUNS_ACADEMY or membership.user.is_staff):
            raise SecondFactorRequired

    @classmethod
    def powers_for(cls, method: str) -> tuple[Power, ...]:
        """The powers of which a method needs one; none when it is open to every member."""
        required = cls.required
        if isinstance(required, Mapping):
            # Reading only the headers needs the same as reading.
            required = required.get("GET" if method == "HEAD" else method)
        if required is None:
            return ()
        return (required,) if isinstance(required, Power) else required


class AcademyDetailView(AcademyView):
    """One academy, as seen by a member."""

    @extend_schema(operation_id="academy", responses=AcademyOut)
    def get(self, request: AcademyRequest) -> Response:
        """The academy, with my role and what it lets me do."""
        return Response(AcademyOut(request.membership).data)


class MeView(APIView):
    """The person who is signed in. Here and not in `accounts`, because the answer names their academies."""

    # It says that the person is about to be erased, which is where the front end learns it.
    is_open_before_erasure = True

    @extend_schema(operation_id="me", responses=MeOut)
    def get(self, request: Request) -> Response:
        """Who I am, and my academies."""
        return Response(self._shown(request, signed_in(request)))

    @extend_schema(operation_id="change_me", request=MeIn, responses=MeOut)
    def patch(self, request: Request) -> Response:
        """Change my name, language or time zone."""
        changes = MeIn.parse(request, partial=True)
        person = signed_in(request)
        changed = update_profile(user=person, changes=changes, actor=person, now=received_at(request))
        return Response(self._shown(request, changed))

    def _shown(self, request: Request, user: User) -> dict[str, Any]:
        memberships = Membership.objects.active().filter(user=user).select_related("academy")
        context = {"memberships": memberships.order_by("academy__name", "id"), "request": request}
        return MeOut(user, context=context).data
