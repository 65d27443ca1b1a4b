"""What the rules about streaks refuse."""

from config.kernel.errors import DomainError


class NothingToRepair(DomainError):
    """No day was missed that can still be made good for."""

    code = "nothing_to_repair"
    title = "There is nothing to repair"
    default_detail = "A single missed day can be repaired in the two days after it. There is none."


class RepairNotEarned(DomainError):
    """Too little was answered since."""

    code = "repair_not_earned"
    title = "The repair is not earned yet"
    default_detail = "Answer 10 questions in a day to repair your streak."


class RepairUsed(DomainError):
    """There was one this month."""

    code = "repair_used"
    title = "You have repaired your streak this month"
    default_detail = "You can repair your streak once in a month, and you have done so."
