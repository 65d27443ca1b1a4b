"""Run one module of this package as a program of its own: `python launch.py <module> arguments…`.

The package is loaded under the name `embedded`. As `config.embedded` it would bring the whole of `config` along, and
what is started here has to stay small and to start quickly.
"""

import importlib
import importlib.util
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def launch(module: str, *arguments: str) -> list[str]:
    """The command line that runs `main(arguments)` of a module of this package."""
    # -P: the folder of this file is not a place to import from.
    return [sys.executable, "-P", str(PACKAGE / "launch.py"), module, *arguments]


def main(module: str, arguments: list[str]) -> None:
    """Load the package and run the module."""
    found = importlib.util.spec_from_file_location(
        "embedded", PACKAGE / "__init__.py", submodule_search_locations=[str(PACKAGE)]
    )
    if found is None or found.loader is None:
        raise ImportError(f"{PACKAGE} is not a package")
    package = importlib.util.module_from_spec(found)
    sys.modules["embedded"] = package
    found.loader.exec_module(package)
    importlib.import_module(f"embedded.{module}").main(arguments)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
