"""What `make lint` makes of what pip-audit reports."""

import subprocess
from typing import Any

import pytest

from deploy import audit_packages
from deploy.audit_packages import EXCEPTIONS, exceptions_in, findings

REPORT: dict[str, Any] = {
    "dependencies": [
        {"name": "known", "version": "1.0", "vulns": []},
        {"name": "unknown", "skip_reason": "not found"},
        {"name": "bad", "version": "2.0", "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["2.1"]}]},
    ]
}


def test_a_finding_names_package_id_and_fix() -> None:
    assert list(findings(REPORT, {})) == ["bad 2.0: PYSEC-1, fixed in 2.1"]


@pytest.mark.parametrize("name", ["PYSEC-1", "CVE-1"])
def test_an_exception_counts_by_any_name_and_needs_a_reason(name: str) -> None:
    assert list(findings(REPORT, exceptions_in(f"# why\n\n{name} only in a tool, until 2027\n"))) == []
    with pytest.raises(ValueError, match="without a reason"):
        exceptions_in(f"{name} \n")


def test_the_exceptions_of_the_repository_have_reasons() -> None:
    exceptions_in(EXCEPTIONS.read_text())


@pytest.mark.parametrize("said", ["", "no network", "{"])
def test_an_unreachable_database_is_said_and_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], said: str
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1, stdout=said, stderr=""))
    assert audit_packages.main() == 0
    assert capsys.readouterr().out.count("\n") == 1
