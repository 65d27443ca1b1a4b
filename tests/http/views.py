"""Throw-away views on which the promises of `config.http` are tested."""

from time import sleep
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelInvalid
from django.db import OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.idempotency.views import idempotent
from accounts.models import User
from config.http.lanes import LaneView
from config.http.parsing import read_json
from config.kernel.errors import DomainError, FieldError


class CupboardBare(DomainError):
    """A refusal with everything that a refusal may carry."""

    code = "cupboard_bare"
    title = "The cupboard is bare"
    default_detail = "There is no bone."

    def __init__(self) -> None:
        super().__init__(
            errors=(FieldError(field="dog.bone", code="missing", detail="No bone."),), members={"bones": 0}
        )


class BadToken(DomainError):
    """What a sitting view raises for a token it does not know."""

    status = 401  # type: ignore[assignment]
    code = "token_invalid"


class PartIn(serializers.Serializer[Any]):
    """A part of a thing."""

    size = serializers.IntegerField(max_value=10)


class ThingIn(serializers.Serializer[Any]):
    """A thing."""

    name = serializers.CharField(max_length=20)
    parts = PartIn(many=True, required=False)


class PersonOut(serializers.ModelSerializer[User]):
    """A person in a list."""

    class Meta:
        model = User
        fields = ("id", "email", "name")


class ThingsView(APIView):
    """Things: reading and making."""

    refuses: ClassVar = {"POST": (CupboardBare,)}

    @extend_schema(responses=ThingIn)
    def get(self, request: Request) -> Response:
        """One thing."""
        return Response({"name": "thing"})

    @extend_schema(request=ThingIn, responses={201: ThingIn})
    def post(self, request: Request) -> Response:
        """Make a thing."""
        wanted = ThingIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        if wanted.validated_data["name"] == "bone":
            raise CupboardBare
        return Response(wanted.validated_data, status=201)


class OpenView(APIView):
    """Whoever wants."""

    permission_classes: ClassVar = [AllowAny]

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        """Whether the person is signed in, and the id of the request."""
        return Response({"signed_in": request.user.is_authenticated, "request_id": request._request.request_id})  # type: ignore[attr-defined]


class FailingView(APIView):
    """Fails in the way that is asked for."""

    permission_classes: ClassVar = [AllowAny]

    @extend_schema(exclude=True)
    def get(self, request: Request, how: str) -> Response:
        """Never returns."""
        match how:
            case "bug":
                raise RuntimeError("a secret of ours: ada@harbour.example")
            case "missing":
                User.objects.get(email="nobody@nowhere.example")
            case "http404":
                raise Http404
            case "forbidden":
                raise PermissionDenied
            case "model":
                raise ModelInvalid({"name": [ModelInvalid("Too long.", code="max_length")]})
            case "database":
                raise OperationalError("connection refused")
            case "overflow":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 99999::smallint")
            case "twice":
                for _ in range(2):
                    User.objects.create(email="twice@harbour.example")
        raise AssertionError(how)


class PeopleView(generics.ListAPIView[User]):
    """People, in pages."""

    queryset = User.objects.all()
    serializer_class = PersonOut
    ordering: ClassVar = ["name"]
    ordering_fields: ClassVar = {"name": "name", "email": "email", "last": "last_login", "created": "created_at"}


class LimitedView(APIView):
    """Has a rate of its own for writes."""

    permission_classes: ClassVar = [AllowAny]
    rate: ClassVar = {"POST": "start"}

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        """Read."""
        return Response({})

    @extend_schema(request=None, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request) -> Response:
        """Write."""
        return Response({})


class MakingView(APIView):
    """Makes a person each time that it is carried out."""

    @extend_schema(request=ThingIn, responses={201: ThingIn})
    @idempotent
    def post(self, request: Request) -> Response:
        """Make somebody."""
        name = request.data["name"]
        User.objects.create(email=f"{User.objects.count()}@made.example", name=name)
        if name == "slow":
            sleep(0.3)
        if name == "refused":
            raise CupboardBare
        return Response({"people": User.objects.filter(email__endswith="@made.example").count()}, status=201)


class SittingView(LaneView):
    """A view of the lane."""

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: HttpRequest, attempt: str) -> HttpResponse:
        """What a view of the lane sees of a request."""
        return JsonResponse({"attempt": attempt, "has_session": hasattr(request, "session")})

    @extend_schema(request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    def put(self, request: HttpRequest, attempt: str) -> HttpResponse:
        """Echo the body, or fail."""
        body = read_json(request)
        if body.get("fail") == "bug":
            raise RuntimeError("a bug")
        if body.get("fail") == "token":
            raise BadToken
        if body.get("fail") == "rule":
            raise CupboardBare
        return JsonResponse(body)


def plain(request: HttpRequest) -> HttpResponse:
    """A view outside of Django REST framework that fails."""
    raise RuntimeError("a bug")


def form(request: HttpRequest) -> HttpResponse:
    """A plain form, protected by Django's own middleware."""
    return HttpResponse("sent")
