"""People."""

from functools import cache
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from accounts.models import User
from config.demo import DEMO_PASSWORD


@cache
def demo_password_hash() -> str:
    """The hash of the demonstration's password, made once a run."""
    return make_password(DEMO_PASSWORD)


class UserFactory(DjangoModelFactory[User]):
    """A person who can sign in with `DEMO_PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email: Any = factory.Sequence(lambda number: f"person{number}@example.org")
    name: Any = factory.Sequence(lambda number: f"Person {number}")
    password: Any = factory.LazyFunction(demo_password_hash)

    @factory.post_generation
    def is_verified(self: User, create: bool, extracted: bool | None, **_: Any) -> None:
        """The address is theirs, unless said otherwise."""
        if create:
            EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=extracted is not False)
