"""What runs needs only the packages that are installed to run it: those for tests and checks are not there then."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.architecture.test_models import OWN_APPS

ROOT = Path(__file__).resolve().parents[2]
OWN = {*OWN_APPS, "config", "tutoring"}
# Of the two servers that a machine without its own gets: only where `requirements/local.in` is installed.
EMBEDDED = ROOT / "config" / "embedded"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", re.MULTILINE)
DISTRIBUTIONS = packages_distributions()
SOURCES = sorted(path for room in OWN for path in (ROOT / room).rglob("*.py"))


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(file: str) -> set[str]:
    return {canonical(name) for name in LOCKED.findall((ROOT / "requirements" / file).read_text())}


def imported(tree: ast.AST) -> Iterator[str]:
    """Names of packages, but not those that only the type checker imports."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
        else:
            yield from imported(node)


def missing(path: Path, packages: set[str]) -> set[str]:
    found = {name for name in imported(ast.parse(path.read_text())) if name not in OWN | sys.stdlib_module_names}
    return {name for name in found if packages.isdisjoint(canonical(each) for each in DISTRIBUTIONS.get(name, ()))}


@pytest.mark.parametrize("file", ["base.txt", "local.txt"])
def test_nothing_is_imported_that_is_not_installed(file):
    packages = locked(file)
    assert len(packages) > 20
    sources = [path for path in SOURCES if file != "base.txt" or EMBEDDED not in path.parents]
    lacking = {str(path.relative_to(ROOT)): names for path in sources if (names := missing(path, packages))}
    assert lacking == {}


def test_a_package_of_the_checks_would_be_noticed(tmp_path):
    module = tmp_path / "module.py"
    module.write_text("def work():\n    from django_stubs_ext import StrPromise\n")
    assert missing(module, locked("local.txt")) == {"django_stubs_ext"}
    module.write_text("if TYPE_CHECKING:\n    from django_stubs_ext import StrPromise\n")
    assert missing(module, locked("local.txt")) == set()
