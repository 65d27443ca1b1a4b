"""What can be refused in practice."""

from config.kernel.errors import DomainError


class NothingToPractise(DomainError):
    """No question fits. `loosen` names the filters of which leaving out any one would find some."""

    code = "nothing_to_practise"
    title = "There is nothing to practise here"
    default_detail = "No question fits this choice. Leave out a filter and try again."


class PracticeOver(DomainError):
    """The session has come to its end and takes no more answers."""

    code = "practice_over"
    title = "This session is over"
    default_detail = "This session is over and takes no more answers."


class AlreadyAnswered(DomainError):
    """In study, an answer stands once the truth has been shown. `answer` is the one that does."""

    code = "already_answered"
    title = "You have answered this question already"
    default_detail = "You have answered this question already. The answer stands, because you have seen the solution."
