"""Challenges as clients see them."""

from typing import Any

from rest_framework import serializers


class ChallengeParametersOut(serializers.Serializer[dict[str, Any]]):
    """What has to be solved (ALTCHA v2)."""

    algorithm = serializers.CharField()
    cost = serializers.IntegerField(help_text="Iterations of PBKDF2.")
    keyLength = serializers.IntegerField(help_text="Bytes of the derived key.")  # noqa: N815  # ALTCHA's own name
    keyPrefix = serializers.CharField(help_text="What the derived key begins with, in hexadecimal.")  # noqa: N815
    keySignature = serializers.CharField()  # noqa: N815
    nonce = serializers.CharField(help_text="In hexadecimal; with the counter as four bytes behind it, the password.")
    salt = serializers.CharField(help_text="In hexadecimal.")
    expiresAt = serializers.IntegerField(help_text="Seconds since 1970.")  # noqa: N815
    data = serializers.DictField(  # type: ignore[assignment]  # a field, as the metaclass takes it
        child=serializers.IntegerField(), help_text="`most`: the largest possible counter."
    )


class ChallengeOut(serializers.Serializer[dict[str, Any]]):
    """A challenge. The solution goes into the header X-Challenge of the sign-in, in Base64."""

    parameters = ChallengeParametersOut()
    signature = serializers.CharField()
