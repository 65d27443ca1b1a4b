"""`python deploy/audit_packages.py`: known vulnerabilities in the packages of requirements/*.txt, for `make lint`.

Fails on findings alone. Where the database of vulnerabilities cannot be reached, or does not know a package, it says so
in one line. Findings that stay are in audit-exceptions.txt, each with its reason.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REQUIREMENTS = sorted((HERE.parent / "requirements").glob("*.txt"))
EXCEPTIONS = HERE / "audit-exceptions.txt"
TIMEOUT_SECONDS = 120


def main() -> int:
    """Ask, and print what is found."""
    report = _report()
    if report is None:
        print("pip-audit: the database of vulnerabilities cannot be reached; nothing was checked.")  # noqa: T201
        return 0
    unknown = sum("skip_reason" in each for each in report["dependencies"])
    if unknown:
        known = len(report["dependencies"]) - unknown
        print(f"pip-audit: {known} packages were checked, {unknown} could not be looked up.")  # noqa: T201
    found = list(findings(report, exceptions_in(EXCEPTIONS.read_text(encoding="utf-8"))))
    for finding in found:
        print(finding)  # noqa: T201
    return 1 if found else 0


def exceptions_in(text: str) -> Mapping[str, str]:
    """The ids that are let pass, with their reasons. Raises `ValueError` for one without a reason."""
    kept: dict[str, str] = {}
    for line in text.splitlines():
        name, _, reason = line.partition(" ")
        if not name or name.startswith("#"):
            continue
        if not reason.strip():
            msg = f"{name} is let pass without a reason"
            raise ValueError(msg)
        kept[name] = reason.strip()
    return kept


def findings(report: Mapping[str, Any], exceptions: Mapping[str, str]) -> Iterator[str]:
    """A line for each vulnerability that is not let pass, by its id or another name of it."""
    for package in report["dependencies"]:
        for each in package.get("vulns", ()):
            if not exceptions.keys() & {each["id"], *each.get("aliases", ())}:
                fixed = ", ".join(each.get("fix_versions", ())) or "no version yet"
                yield f"{package['name']} {package['version']}: {each['id']}, fixed in {fixed}"


def _report() -> dict[str, Any] | None:
    """What pip-audit says, None when it could not ask."""
    named = [argument for path in REQUIREMENTS for argument in ("-r", str(path))]
    options = ("--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off")
    try:
        said = subprocess.run(  # noqa: S603  # our own words
            [sys.executable, "-m", "pip_audit", *options, *named],
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
        report: dict[str, Any] = json.loads(said.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return report


if __name__ == "__main__":
    sys.exit(main())
