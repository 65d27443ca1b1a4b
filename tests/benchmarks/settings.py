"""Settings of the measured platform: those of production, except that nothing in front speaks TLS.

Logs are written as in production (JSON, level INFO), to wherever the program's standard error leads.
"""

import os
from dataclasses import replace

from config.settings import base
from config.settings.base import *  # noqa: F403

globals().update(base.use_services(database_url=os.environ["DATABASE_URL"], redis_url=os.environ["REDIS_URL"]))

ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STORAGES = {
    **base.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Counted as always, but a load generator has to get through.
RATE_LIMITS = {name: replace(rate, text="100000000/m") for name, rate in base.RATE_LIMITS.items()}
# Nor does it solve challenges.
CHALLENGE_AFTER_FAILURES = 1_000_000
ACCOUNT_RATE_LIMITS = {name: limit and "100000000/m/key" for name, limit in base.ACCOUNT_RATE_LIMITS.items()}
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 100_000_000
