"""What the rules about certificates refuse."""

from config.kernel.errors import DomainError


class CertificateWasRevoked(DomainError):
    """There is no file of a certificate that counts no more."""

    code = "certificate_revoked"
    title = "The certificate was revoked"
    default_detail = "This certificate was revoked and cannot be downloaded any more."
