"""Addresses for the settings: from the environment, else those of the local servers."""

import os
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import TypedDict

from .holding import Services, ensure, release_all_at_exit

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".local"
# `off` keeps a command from starting servers just because the settings ask where they are.
SWITCH = "LOCAL_SERVERS"
NOWHERE = Services(HOME, database_url="postgresql://127.0.0.1:1/none", redis_url="redis://127.0.0.1:1/0", keeper=0)


class Urls(TypedDict):
    """Where the database and Redis are."""

    database_url: str
    redis_url: str


def local_urls(environ: Mapping[str, str] = os.environ, *, home: Path = HOME) -> Urls:
    """`DATABASE_URL` and `REDIS_URL` where they are set; what is missing comes from local servers, started if need be.

    The servers stay until this process has ended. Raises `EmbeddedError` where they cannot be had.
    """
    database_url, redis_url = environ.get("DATABASE_URL", ""), environ.get("REDIS_URL", "")
    if not (database_url and redis_url):
        services = NOWHERE if environ.get(SWITCH) == "off" else ensure(home)
        database_url = database_url or services.database_url
        redis_url = redis_url or services.redis_url
    return Urls(database_url=database_url, redis_url=redis_url)


def for_tests(environ: MutableMapping[str, str] = os.environ, *, home: Path = HOME / "test") -> Urls:
    """Put the addresses of the test suite's own servers into the environment, for this process and those it starts.

    Call it before Django's settings are loaded. Workers find the addresses set and start nothing.
    """
    urls = Urls(database_url=environ.get("DATABASE_URL", ""), redis_url=environ.get("REDIS_URL", ""))
    if not (urls["database_url"] and urls["redis_url"]):
        services = ensure(home, durable=False)
        release_all_at_exit()
        urls["database_url"] = urls["database_url"] or services.database_url
        urls["redis_url"] = urls["redis_url"] or services.redis_url
    environ["DATABASE_URL"], environ["REDIS_URL"] = urls["database_url"], urls["redis_url"]
    return urls
