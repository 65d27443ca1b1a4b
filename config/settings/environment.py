"""Where the settings come from: the environment, and a file of it beside `manage.py`."""

from pathlib import Path

import environ

__all__ = ["ROOT", "env"]

ROOT = Path(__file__).resolve().parents[2]
env = environ.Env()
environ.Env.read_env(ROOT / ".env")
