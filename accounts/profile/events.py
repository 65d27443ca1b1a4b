"""What happens to profiles."""

from dataclasses import dataclass
from uuid import UUID

from accounts.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    """Somebody's profile was changed. `fields` names what, not to what."""

    kind = "accounts.profile_changed"

    academy_id: UUID | None = None
    user_id: UUID
    fields: list[str]

    @property
    def subject_id(self) -> str:
        """The person."""
        return str(self.user_id)

    def sentence(self) -> str:
        """Names the fields."""
        return f"Profile changed: {', '.join(field.replace('_', ' ') for field in self.fields)}"
