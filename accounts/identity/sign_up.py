"""What somebody says when they open an account."""

from typing import Any

from allauth.headless.account.inputs import SignupInput
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.serializers import time_zones
from accounts.identity.verification import is_proved, verify_address
from config.kernel.ids import new_id

MOST_CONSENTS = 10


class ConsentsField(forms.Field):
    """A short list of `document@version`."""

    is_consent = RegexValidator(r"\A[a-z_]{1,40}@[\w.-]{1,40}\Z")

    def to_python(self, value: Any) -> list[str]:
        """The list, empty when nothing was sent."""
        found = value or []
        if not isinstance(found, list) or len(found) > MOST_CONSENTS or not all(isinstance(one, str) for one in found):
            raise forms.ValidationError("This has to be a short list of texts.", code="invalid")
        for each in found:
            self.is_consent(each)
        return found


class SignUpInput(SignupInput):  # type: ignore[misc]  # allauth is not typed
    """allauth's address and password, and who the person is. `proof` comes with an invitation to the address."""

    account_already_exists: bool

    name = forms.CharField(max_length=150)
    locale = forms.ChoiceField(choices=User.Locale.choices, required=False)
    time_zone = forms.CharField(max_length=64, required=False)
    consents = ConsentsField(required=False)
    proof = forms.CharField(max_length=1000, required=False)

    def clean_time_zone(self) -> str:
        """A zone that the platform can compute with."""
        zone: str = self.cleaned_data["time_zone"]
        if zone and zone not in time_zones():
            raise forms.ValidationError("There is no such time zone.", code="unknown_time_zone")
        return zone

    def clean(self) -> dict[str, Any]:
        """The password must not repeat who the person is. Where sign-up is closed an invitation is needed."""
        cleaned: dict[str, Any] = super().clean()
        password = cleaned.get("password")
        if password and "email" in cleaned:
            person = User(email=cleaned["email"], name=cleaned.get("name", ""))
            try:
                validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        self.is_proved = is_proved(cleaned.get("email", ""), cleaned.get("proof", ""))
        if not settings.SIGNUP_OPEN and not self.is_proved:
            raise forms.ValidationError("Only who is invited can sign up.", code="sign_up_closed")
        return cleaned

    def clean_password(self) -> str:
        """Checked in `clean`, where the person is known."""
        password: str = self.cleaned_data["password"]
        return password

    def try_save(self, request: HttpRequest) -> Any:
        """The new person; nobody for an address that is taken."""
        if self.account_already_exists:
            self._work_in_vain(request)
            return super().try_save(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            # Somebody was faster with the same address.
            self.account_already_exists = True
            return super().try_save(request)

    def save(self, request: HttpRequest) -> User:
        """The new person, verified if the address was proved."""
        user: User = super().save(request)
        if self.is_proved:
            verify_address(user=user, by="invitation", now=timezone.now())
        return user

    def _work_in_vain(self, request: HttpRequest) -> None:
        """Make somebody and undo it: how long the answer takes must not tell that the address is taken."""
        taken = self.cleaned_data["email"]
        with transaction.atomic():
            self.cleaned_data["email"], self.account_already_exists = f"{new_id()}@nobody.invalid", False
            super().save(request)
            transaction.set_rollback(True)
        self.cleaned_data["email"], self.account_already_exists = taken, True
