"""What the rules about academies and their people refuse."""

from config.kernel.errors import DomainError


class AlreadyMember(DomainError):
    """The person is a member already, with another role."""

    code = "already_member"
    title = "Already a member"
    default_detail = "This person is a member of the academy already. Change the role instead."


class LastOwner(DomainError):
    """The academy would be left without an owner."""

    code = "last_owner"
    title = "The last owner stays"
    default_detail = "An academy keeps at least one owner. Name another owner first."


class WrongAcademy(DomainError):
    """Two things that belong to different academies cannot be put together."""

    code = "wrong_academy"
    title = "Not of the same academy"
    default_detail = "Both have to belong to the same academy."
