"""Every field that could be personal is handed over and erased, or it is said why not (`accounts.privacy.registry`)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from accounts.models import User
from accounts.privacy.registry import Holding, holdings, impersonal
from config.kernel.encryption import EncryptedDateField, EncryptedTextField
from tests.architecture.test_models import own_models

# What can say anything about anybody. Such a field is erased, or kept for a reason; being exported is not enough.
CONTENT = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.BinaryField,
    models.GenericIPAddressField,
    EncryptedTextField,
    EncryptedDateField,
)
# What may be personal, but is nothing without the person: being exported is enough.
MOMENTS = (models.DateField, models.DateTimeField)


def holding_of(model: type[models.Model]) -> Holding | None:
    return {each.model: each for each in holdings()}.get(model)


def content(field: Any) -> bool:
    """Free content, or the way to a person. A vocabulary of our own is not."""
    inner = field.base_field if isinstance(field, ArrayField) else field
    return (isinstance(inner, CONTENT) and not inner.choices) or field.related_model is User


def unclassified(model: type[models.Model], holding: Holding) -> Iterator[str]:
    """The names of fields that nobody thought about."""
    if holding.is_deleted:
        return
    is_rewritten = holding.step is not None
    for field in model._meta.local_fields:
        decided = {*holding.erased, *holding.kept}
        if content(field):
            # A step says in code what becomes of the fields that are exported.
            decided |= set(holding.exported) if is_rewritten else set()
        elif isinstance(field, MOMENTS):
            decided |= set(holding.exported)
        else:
            continue
        if field.name not in decided:
            yield f"{model._meta.label}.{field.name}"


def test_every_model_says_what_it_holds_about_people() -> None:
    told = {each.model for each in holdings()} | set(impersonal())
    assert {model for model in own_models().values() if model not in told} == set()


def test_no_model_says_both() -> None:
    assert {each.model for each in holdings()} & set(impersonal()) == set()


def test_a_model_that_leads_to_a_person_holds_something_about_them() -> None:
    for model in impersonal():
        assert [field.name for field in model._meta.local_fields if field.related_model is User] == [], model


@pytest.mark.parametrize("label", sorted(own_models()))
def test_every_field_that_could_be_personal_is_decided(label: str) -> None:
    model = own_models()[label]
    holding = holding_of(model)
    assert list(unclassified(model, holding) if holding else ()) == []


def test_what_is_declared_exists() -> None:
    """A field that was renamed must not leave its promise behind."""
    for holding in holdings():
        for name in (*holding.erased, *holding.kept):
            try:
                holding.model._meta.get_field(name)
            except FieldDoesNotExist:
                pytest.fail(f"{holding.model._meta.label} has no field {name}")


@pytest.mark.django_db
def test_what_is_exported_can_be_read() -> None:
    nobody = User(pk="01890a5d-ac96-774b-bcce-b302099a8057", email="nobody@example.org")
    for holding in holdings():
        assert not holding.exported or list(holding.values(nobody)) == []


def test_a_new_field_with_content_is_noticed() -> None:
    """The test above would notice it."""

    class Diary(models.Model):
        user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
        text = models.TextField()
        written_at = models.DateTimeField()

        class Meta:
            app_label = "tests"
            managed = False

        def __str__(self) -> str:
            return self.text

    holding = Holding(subject="diary", model=Diary, rows=lambda _: Diary.objects.none(), exported=("text",))
    assert list(unclassified(Diary, holding)) == ["tests.Diary.user", "tests.Diary.text", "tests.Diary.written_at"]
