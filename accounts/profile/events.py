"""What happens to profiles."""

from dataclasses import dataclass

from accounts.journal.events import PersonEvent


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(PersonEvent):
    """Somebody's profile was changed. `fields` names what, not to what."""

    kind = "accounts.profile_changed"

    fields: list[str]

    def sentence(self) -> str:
        """Names the fields."""
        return f"Profile changed: {', '.join(field.replace('_', ' ') for field in self.fields)}"
