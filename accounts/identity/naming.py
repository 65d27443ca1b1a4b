"""How the journal names people."""

from collections.abc import Mapping, Set
from uuid import UUID

from accounts.identity.models import User
from accounts.journal.names import name_ids


def people(keys: Set[UUID]) -> Mapping[UUID, str]:
    """Their names."""
    return {user.pk: user.display_name for user in User.objects.filter(pk__in=keys).only("name", "email")}


for _field in ("user_id", "learner_id"):
    name_ids(_field, people)
