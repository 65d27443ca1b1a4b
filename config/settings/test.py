"""Settings of the test suite. The pytest controller has put the servers' addresses into the environment."""

import os
from dataclasses import replace

os.environ.setdefault("SECRET_KEY", "only-for-the-test-suite-0123456789-abcdefghijklmnopqrstuvwxyz")
os.environ.setdefault("FIELD_ENCRYPTION_KEYS", "only-for-the-test-suite-fields-0123456789")
os.environ.setdefault("BLIND_INDEX_KEY", "only-for-the-test-suite-index-0123456789")

from config.settings import base
from config.settings.base import *  # noqa: F403
from config.settings.environment import ROOT, env

_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw") or "0"
_redis = os.environ["REDIS_URL"].rstrip("/")
# Each xdist worker has a Redis database of its own, as it has a database of its own.
globals().update(
    base.use_services(
        database_url=os.environ["DATABASE_URL"], redis_url=f"{_redis.rsplit('/', 1)[0]}/{int(_worker) + 1}"
    )
)

SITE_URL = env.str("SITE_URL", default="http://testserver")
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
INSTALLED_APPS = [*base.INSTALLED_APPS, "zeal"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
ADMIN_SECOND_FACTOR = False
REQUIRE_SECOND_FACTOR = False
# Static files are served from where they lie; the folder that a deployment collects them in only has to exist.
STATIC_ROOT = ROOT / ".local" / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
STORAGES = {
    **base.STORAGES,
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # In files, because the browser tests' server is another process.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ROOT / ".local" / "test" / "private"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# allauth looks the address of who signs in up more than once.
ZEAL_ALLOWLIST = [{"model": "account.EmailAddress"}]
CELERY_TASK_ALWAYS_EAGER = False
RATE_LIMITS = {name: replace(rate, text="100000/m") for name, rate in base.RATE_LIMITS.items()}
# Tests of sign-ins fail more often than people; those of the challenge switch it on.
CHALLENGE_AFTER_FAILURES = 1_000_000
CHALLENGE_COUNTERS = 20
