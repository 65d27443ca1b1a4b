"""What the rules about second factors refuse."""

from http import HTTPStatus

from config.kernel.errors import DomainError


class SecondFactorNeeded(DomainError):
    """The session has not proved the factor that the person has."""

    status = HTTPStatus.FORBIDDEN
    code = "second_factor_needed"
    title = "The second factor is missing"
    default_detail = "Prove your second factor first."


class SecondFactorRequired(DomainError):
    """The role demands a second factor and the person has none."""

    status = HTTPStatus.FORBIDDEN
    code = "second_factor_required"
    title = "A second factor is required"
    default_detail = "Your role needs a second factor. Add one in your security settings first."


class StepUpRequired(DomainError):
    """What is dangerous wants a fresh proof. `methods` says how it can be given."""

    status = HTTPStatus.FORBIDDEN
    code = "step_up_required"
    title = "Prove once more that it is you"
    default_detail = "This needs a proof that is not older than ten minutes."


class WrongProof(DomainError):
    """The code, the passkey or the password is not right."""

    status = HTTPStatus.BAD_REQUEST
    code = "wrong_proof"
    title = "Not accepted"
    default_detail = "That was not right. A code of an authenticator app counts once and changes every 30 seconds."


class WrongPassword(WrongProof):
    """The password is not right."""

    default_detail = "The password is not right."


class PasskeyRefused(WrongProof):
    """The answer of a device does not fit the question, or the question is too old."""

    code = "passkey_refused"
    title = "The passkey was not accepted"
    default_detail = "The passkey was not accepted. Try again."


class TooManyWrongCodes(DomainError):
    """Wrong codes make the next try wait, longer each time."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too_many_wrong_codes"
    title = "Too many wrong codes"
    default_detail = "There were too many wrong codes. Wait a little and try again."


class TooManyFactors(DomainError):
    """Nobody needs so many."""

    code = "too_many_factors"
    title = "Too many factors"
    default_detail = "You have as many factors as there can be. Remove one first."


class NoFactor(DomainError):
    """The person has no second factor."""

    code = "no_factor"
    title = "No second factor"
    default_detail = "There is no second factor."


class PasskeyTaken(DomainError):
    """The passkey is registered already."""

    code = "passkey_taken"
    title = "The passkey is registered already"
    default_detail = "This passkey is registered already."


class PasskeysUnavailable(DomainError):
    """Browsers know passkeys for host names alone."""

    code = "passkeys_unavailable"
    title = "Passkeys are not available here"
    default_detail = "Passkeys need the platform to be opened under a name, not a number."


class ResetRefused(DomainError):
    """A factor of oneself, or of somebody more powerful."""

    status = HTTPStatus.FORBIDDEN
    code = "reset_refused"
    title = "This factor is not yours to reset"
    default_detail = "Nobody resets their own factor, and that of a superuser is reset by a superuser alone."
