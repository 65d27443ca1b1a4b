"""Settings of a developer's or evaluator's machine.

Secrets are made once under `.local/`; local servers come along where no address is given.
"""

import os
import sys

from config.embedded import local_urls
from config.http.logs import logging_config
from config.settings.environment import ROOT, env
from config.settings.secrets import local_secret

# The base has no default for a secret, so that a deployment cannot forget one; here it is made before the base is read.
if not os.environ.get("SECRET_KEY"):
    os.environ["SECRET_KEY"] = local_secret(ROOT / ".local", "secret_key")
for _name in ("FIELD_ENCRYPTION_KEYS", "BLIND_INDEX_KEY"):
    if not os.environ.get(_name):
        os.environ[_name] = local_secret(ROOT / ".local", _name.lower())

from config.settings import base  # noqa: E402
from config.settings.base import *  # noqa: E402, F403

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

globals().update(base.use_services(**local_urls(os.environ, home=ROOT / ".local")))

SITE_URL = env.str("SITE_URL", default="http://localhost:8000")
# Letters lie in files, and http://localhost:8000/dev/mail/ shows them.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
MAILBOX_PAGE = env.bool("MAILBOX_PAGE", default=True)
# Served over plain HTTP on the loopback address.
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
ADMIN_SECOND_FACTOR = env.bool("ADMIN_SECOND_FACTOR", default=False)
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=False)

# Static files are served from where they lie; the folder that a deployment collects them in only has to exist.
STATIC_ROOT = ROOT / ".local" / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    **base.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING = logging_config(level=env.str("LOG_LEVEL", default="INFO"), readable=sys.stderr.isatty())
