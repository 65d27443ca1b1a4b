"""Second factors in JSON."""

from typing import Any

from rest_framework import serializers

from accounts.factors.methods import Method
from config.http.serializers import Input


class FactorNameIn(Input):
    """What a factor is called."""

    name = serializers.CharField(max_length=64)


class AuthenticatorOut(serializers.Serializer[Any]):
    """An authenticator app."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class PasskeyOut(serializers.Serializer[Any]):
    """A passkey."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class FactorsOut(serializers.Serializer[Any]):
    """A person's second factors."""

    authenticators = AuthenticatorOut(many=True)
    passkeys = PasskeyOut(many=True)
    recovery_codes_left = serializers.IntegerField()
    is_required = serializers.BooleanField(help_text="Whether the person's role demands a second factor.")
    are_passkeys_possible = serializers.BooleanField(help_text="Not where the platform is opened under a number.")


class NewAuthenticatorOut(serializers.Serializer[Any]):
    """What an authenticator app needs; shown once. It counts when its first code was confirmed."""

    id = serializers.IntegerField()
    secret = serializers.CharField(help_text="Base32, in groups of four.")
    url = serializers.CharField(help_text="otpauth://… for a link on the same device.")
    qr_svg = serializers.CharField(help_text="The same as a picture: a complete SVG document.")


class CodeIn(Input):
    """A code of an authenticator app."""

    code = serializers.CharField(max_length=16)


class PasskeyQuestionOut(serializers.Serializer[Any]):
    """What goes to `navigator.credentials`, with bytes as base64url."""

    options = serializers.DictField()


class PasskeyIn(Input):
    """A passkey as the browser's `navigator.credentials.create()` gave it, with bytes as base64url."""

    name = serializers.CharField(max_length=64)
    credential = serializers.DictField()


class EnrolledOut(serializers.Serializer[Any]):
    """That a factor counts now. The codes are shown once; there are none for who has some already."""

    recovery_codes = serializers.ListField(child=serializers.CharField())


class StepUpOut(serializers.Serializer[Any]):
    """What the person can prove themselves with."""

    methods = serializers.ListField(child=serializers.ChoiceField(choices=Method.choices))


class ProofIn(Input):
    """One of the three: a code (of an app, or for recovery), a passkey's answer, or the password."""

    code = serializers.CharField(max_length=64, required=False)
    passkey = serializers.DictField(required=False)
    password = serializers.CharField(max_length=128, required=False, trim_whitespace=False)

    def validate(self, values: Any) -> Any:
        """Exactly one."""
        if len(values) != 1:
            raise serializers.ValidationError("Send one of code, passkey and password.", code="one_proof")
        return values
