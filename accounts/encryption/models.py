"""What proves that the keys are those of this database."""

from django.db import models

from config.kernel.encryption import BlindIndexField, EncryptedTextField


def as_it_is(text: str) -> str:
    """No normalisation."""
    return text


class KeyProof(models.Model):
    """A known word, encrypted. One row, written when the platform first starts."""

    WORD = "These keys fit this database."

    word = EncryptedTextField(default=WORD)
    word_index = BlindIndexField(of="word", normalise=as_it_is)

    def __str__(self) -> str:
        return "proof of the keys"
