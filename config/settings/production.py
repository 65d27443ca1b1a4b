"""Settings of a deployment behind TLS: everything comes from the environment."""

from config.settings import base
from config.settings.base import *  # noqa: F403
from config.settings.environment import env

globals().update(base.use_services(database_url=env.str("DATABASE_URL"), redis_url=env.str("REDIS_URL")))

SITE_URL = env.str("SITE_URL")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL")
# A provider's API by its name among Anymail's backends, else a mail server.
if provider := env.str("EMAIL_PROVIDER", default=""):
    EMAIL_BACKEND = f"anymail.backends.{provider}.EmailBackend"
    ANYMAIL = env.dict("EMAIL_PROVIDER_OPTIONS")
else:
    globals().update(env.email_url("EMAIL_URL"))
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^ready$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if base.TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# A browser takes cookies of these names only over TLS, from this host and for the whole of it: no other host of the
# domain can plant one.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
DEVICE_COOKIE_NAME = "__Host-device"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {**base.CONTENT_SECURITY_POLICY["DIRECTIVES"], "upgrade-insecure-requests": True},
}
