"""The person who signs in."""

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from accounts.identity.powers import StaffGroup
from config.kernel.ids import new_id

# As long as an address may be (RFC 5321).
LONGEST_ADDRESS = 254


class UserManager(BaseUserManager["User"]):
    """Makes users and finds them by address, whatever its case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person with this address, which counts as theirs; without a password they cannot sign in with one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            user.trust_address()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A member of staff with every permission."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this address. Raises `User.DoesNotExist`."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person, once on the whole platform however many academies they belong to."""

    class Locale(models.TextChoices):
        EN = "en", "English"
        ES = "es", "Español"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True, max_length=LONGEST_ADDRESS)
    name = models.CharField(max_length=150, blank=True)
    locale = models.CharField(max_length=8, choices=Locale, default=Locale.EN)
    time_zone = models.CharField(max_length=64, default="UTC")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Kept by `accounts.factors`, so that an ordinary request need not ask its tables.
    has_factor = models.BooleanField(default=False, editable=False)
    factors_changed_at = models.DateTimeField(null=True, editable=False)
    # Set while an erasure waits for its day: it is on the row that every request reads anyway.
    erasure_due_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="user_email_any_case"),
        ]
        ordering: ClassVar = ["email"]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def display_name(self) -> str:
        """What others see: the name, or the part of the address before the @."""
        return self.name or self.email.partition("@")[0]

    def get_full_name(self) -> str:
        """The name, where Django's own templates ask for one."""
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session rests on: the password and the factors. When either changes, the sessions before are over."""
        of_password: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]  # the stubs leave it out
        if self.factors_changed_at is None:
            return of_password
        value = f"{of_password}{self.factors_changed_at.timestamp()}"
        return salted_hmac("accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    def trust_address(self) -> None:
        """Take the present address for the person's own, without a letter to it, and forget those before."""
        addresses = EmailAddress.objects.filter(user=self)
        addresses.exclude(email=self.email).delete()
        EmailAddress.objects.update_or_create(user=self, email=self.email, defaults={"verified": True, "primary": True})

    @cached_property
    def is_platform_staff(self) -> bool:
        """Whether the admin shows this person every academy: superusers, and staff in one of its groups."""
        return self.is_staff and (self.is_superuser or self.groups.filter(name__in=StaffGroup.values).exists())
