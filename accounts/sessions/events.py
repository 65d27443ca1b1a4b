"""What happens to sessions and devices."""

from dataclasses import dataclass

from accounts.journal.events import PersonEvent, Severity

_WHY = {
    "chosen": "by the person",
    "others": "by the person: all but one",
    "staff": "by staff",
    "password": "because the password was changed",
    "deactivated": "because the person was deactivated",
    "factors": "because the second factors changed",
    "erasure": "because an erasure was asked for",
}


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(PersonEvent):
    """Sessions were ended before their time. `why` is a key of `_WHY`."""

    kind = "accounts.sessions_ended"
    severity = Severity.NOTICE

    count: int
    why: str

    def sentence(self) -> str:
        """Says how many, and why."""
        return f"{self.count} session{'' if self.count == 1 else 's'} ended {_WHY.get(self.why, self.why)}"


@dataclass(frozen=True, kw_only=True)
class NewDeviceSignedIn(PersonEvent):
    """Somebody signed in with a browser that they had not used before. `address` is a network."""

    kind = "accounts.new_device_signed_in"
    severity = Severity.NOTICE

    browser: str
    system: str
    address: str

    def sentence(self) -> str:
        """Names the device."""
        device = ", ".join(part for part in (self.browser, self.system, self.address) if part)
        return f"Signed in on a new device ({device or 'unknown'})"
