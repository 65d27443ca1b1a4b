"""A person's own profile, and their way through the first steps."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.identity.requests import received_at, signed_in
from accounts.profile.actions import change_profile, dismiss_onboarding, note_step, profile_of
from accounts.profile.models import Step, StepState
from accounts.profile.serializers import OnboardingIn, OnboardingOut, ProfileIn, ProfileOut


class ProfileView(APIView):
    """What I tell about myself."""

    rate = {"PATCH": "create"}

    @extend_schema(operation_id="profile", responses=ProfileOut)
    def get(self, request: Request) -> Response:
        """My profile."""
        return Response(ProfileOut(profile_of(signed_in(request))).data)

    @extend_schema(operation_id="change_profile", request=ProfileIn, responses=ProfileOut)
    def patch(self, request: Request) -> Response:
        """Change what I tell about myself."""
        changes = ProfileIn.parse(request, partial=True)
        person = signed_in(request)
        profile = change_profile(user=person, changes=changes, actor=person, now=received_at(request))
        return Response(ProfileOut(profile).data)


class OnboardingView(APIView):
    """The first steps."""

    rate = {"PATCH": "create"}

    @extend_schema(operation_id="onboarding", responses=OnboardingOut)
    def get(self, request: Request) -> Response:
        """How far I am."""
        return Response(OnboardingOut(profile_of(signed_in(request))).data)

    @extend_schema(operation_id="change_onboarding", request=OnboardingIn, responses=OnboardingOut)
    def patch(self, request: Request) -> Response:
        """Say that a step is done or skipped, or that I do not want to be asked."""
        wanted = OnboardingIn.parse(request)
        person, now = signed_in(request), received_at(request)
        if "step" in wanted:
            note_step(user=person, step=Step(wanted.step), state=StepState(wanted.state), now=now)
        if wanted.get("dismissed"):
            dismiss_onboarding(user=person, now=now)
        return Response(OnboardingOut(profile_of(person)).data)
