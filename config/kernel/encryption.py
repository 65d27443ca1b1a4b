"""Fields whose content the database never sees, and digests by which such content can still be found.

`EncryptedTextField` and `EncryptedDateField` are Fernet tokens (AES-128-CBC with HMAC-SHA-256) under the newest of
`FIELD_ENCRYPTION_KEYS`; older keys still read. Nothing can be compared in the database: a look-up raises. Where one is
needed, a `BlindIndexField` beside it holds an HMAC of the value under a key of its own.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, NoReturn

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

MIN_KEY_LENGTH = 32


class UnreadableValue(ValueError):
    """A stored value that none of the keys opens."""

    def __init__(self) -> None:
        super().__init__("No key of FIELD_ENCRYPTION_KEYS opens this value.")


def encrypt(text: str) -> str:
    """A token under the newest key."""
    return _fernets(tuple(settings.FIELD_ENCRYPTION_KEYS))[0].encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """What was encrypted. Raises `UnreadableValue`."""
    try:
        return MultiFernet(_fernets(tuple(settings.FIELD_ENCRYPTION_KEYS))).decrypt(token.encode()).decode()
    except InvalidToken:
        raise UnreadableValue from None


def is_under_newest_key(token: str) -> bool:
    """Whether the token needs no older key."""
    try:
        _fernets(tuple(settings.FIELD_ENCRYPTION_KEYS))[0].decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def blind_index(text: str) -> str:
    """HMAC-SHA-256 of a normalised value, 64 hexadecimal digits."""
    return hmac.new(_derived(settings.BLIND_INDEX_KEY, b"blind index"), text.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=8)
def _fernets(keys: tuple[str, ...]) -> list[Fernet]:
    return [Fernet(base64.urlsafe_b64encode(_derived(key, b"field encryption"))) for key in keys]


def _derived(secret: str, purpose: bytes) -> bytes:
    """32 bytes for one purpose alone. The secret is random already, so no slow derivation is needed."""
    return hmac.new(secret.encode(), purpose, hashlib.sha256).digest()


class _Encrypted(models.TextField):  # type: ignore[type-arg]  # not generic when Django runs
    """A column of tokens. Empty text and NULL stay as they are: that nothing is there is no secret."""

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is a value can be asked. Raises `FieldError` for anything else."""
        if lookup_name != "isnull":
            self._refuse(lookup_name)
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> NoReturn:
        """Refused."""
        self._refuse(lookup_name)

    def get_prep_value(self, value: Any) -> str | None:
        """The token to store."""
        return encrypt(self.written(value)) if value not in (None, "") else value

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> Any:
        """The value of a stored token. Raises `UnreadableValue`."""
        return self.read(decrypt(value)) if value else value

    def written(self, value: Any) -> str:
        """A value as the text that is encrypted."""
        return str(value)

    def read(self, text: str) -> Any:
        """The value of a text."""
        return text

    def _refuse(self, lookup_name: str) -> NoReturn:
        msg = f"{self.name} is encrypted and cannot be looked up with {lookup_name}; use its blind index"
        raise FieldError(msg)


class EncryptedTextField(_Encrypted):
    """A text."""


class EncryptedDateField(_Encrypted):
    """A date."""

    def written(self, value: Any) -> str:
        """ISO 8601."""
        return str(self.to_python(value))

    def read(self, text: str) -> date:
        """The date of an ISO text."""
        return date.fromisoformat(text)

    def to_python(self, value: Any) -> Any:
        """A date, also from a form's text. Raises `ValidationError`."""
        return models.DateField().to_python(value)

    def formfield(self, **kwargs: Any) -> Any:
        """A date's own form field."""
        return models.DateField(blank=self.blank, null=self.null, verbose_name=self.verbose_name).formfield(**kwargs)


class BlindIndexField(models.CharField):  # type: ignore[type-arg]  # not generic when Django runs
    """The blind index of another field. It is written from that field and found by the plain value.

    A change that names its columns (`update_fields`) has to name this one too.
    """

    def __init__(self, *, of: str, normalise: Callable[[str], str], **kwargs: Any) -> None:
        self.of = of
        self.normalise = normalise
        super().__init__(**{"max_length": 64, "blank": True, "editable": False, "db_index": True} | kwargs)

    def deconstruct(self) -> Any:
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of, "normalise": self.normalise}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The plain value, which is digested on its way into the database."""
        return getattr(model_instance, self.of) or ""

    def get_prep_value(self, value: Any) -> str:
        """The digest of a plain value; empty for nothing."""
        text = self.normalise(str(value or ""))
        return blind_index(text) if text else ""


def phone_digits(text: str) -> str:
    """A phone number as it is compared: digits, without the two ways of writing the international prefix."""
    return "".join(each for each in text if each.isdecimal()).removeprefix("00")
