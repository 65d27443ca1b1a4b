"""The diagrams of the models."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def test_diagrams_show_models_columns_and_relations(tmp_path: Path) -> None:
    call_command("erd", folder=tmp_path, stdout=StringIO())
    page = (tmp_path / "accounts.md").read_text()
    assert "    User {" in page
    assert "        UUID id PK" in page
    assert "    JournalEntry ||--o{ Delivery : entry" in page
    assert "    User |o--o{ JournalEntry : actor" in page
    assert "    accounts_User ||--o{ Membership : user" in (tmp_path / "academies.md").read_text()


def test_a_diagram_that_is_out_of_date_is_found(tmp_path: Path) -> None:
    call_command("erd", folder=tmp_path, stdout=StringIO())
    call_command("erd", check=True, folder=tmp_path, stdout=StringIO())
    (tmp_path / "accounts.md").write_text("old")
    (tmp_path / "gone.md").write_text("of an app that is no more")
    with pytest.raises(CommandError, match=r"accounts\.md, gone\.md"):
        call_command("erd", check=True, folder=tmp_path, stdout=StringIO())
