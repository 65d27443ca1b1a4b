"""Settings for every environment, safe as they stand: no secret has a default and nothing is loosened here.

`local` and `test` loosen what a developer needs loosened; `production` adds only what needs TLS in front. Who signs in,
HTTP and work in the background have files of their own (`identity`, `http`, `background`), all of which come in here.
Every variable that is read is described in `.env.example`; a test holds the two against each other.
"""

from datetime import timedelta
from pathlib import Path

from config.admin_look import UNFOLD  # noqa: F401
from config.http.logs import logging_config
from config.settings.background import *  # noqa: F403
from config.settings.environment import ROOT, env
from config.settings.http import *  # noqa: F403
from config.settings.identity import *  # noqa: F403

# --- Secrets and addresses -------------------------------------------------------------------------------------------
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# For what is personal in the database: the newest first, older ones only read. See config.kernel.encryption.
FIELD_ENCRYPTION_KEYS = env.list("FIELD_ENCRYPTION_KEYS")
BLIND_INDEX_KEY = env.str("BLIND_INDEX_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
SECURITY_CONTACTS = env.list("SECURITY_CONTACTS", default=[])
SITE_NAME = "ProficientHub"
# Links in letters begin with it. The host of a request is never used for that: whoever asks chooses it.
SITE_URL = env.str("SITE_URL", default="")
DEBUG = False

# --- Applications ----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config.apps.PlatformConfig",
    "accounts",
    "academies",
    "exams",
    "tutoring",
    "gamification",
    "analytics",
    # Not unfold's default: that one would put its own admin site in the place of ours.
    "unfold.apps.BasicAppConfig",
    "config.apps.ProficientAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.github",
    "allauth.socialaccount.providers.google",
    "anymail",
    "axes",
    "corsheaders",
    "csp",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

# The order matters: what every request needs comes first, then the lane that lets an autosaved answer
# pass by everything it does not need (docs/adr/0006-the-sitting-lane.md).
MIDDLEWARE = [
    "config.http.requests.RequestMiddleware",
    "config.http.lanes.SittingLaneMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.http.headers.HeadersMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.http.sign_in.SignInMiddleware",
    "accounts.challenges.middleware.ChallengeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.factors.middleware.SecondFactorMiddleware",
    "accounts.sessions.middleware.SessionsMiddleware",
    "accounts.impersonation.middleware.ImpersonationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Database, cache, queue ------------------------------------------------------------------------------------------


def database(url: str) -> dict[str, object]:
    """The `DATABASES["default"]` of a URL: psycopg's own pool, which needs persistent connections switched off."""
    found = env.db_url_config(url)
    pool = {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", default=8), "timeout": 5}
    # The number switches prepared statements on, for `config.kernel.statements` alone: the ORM's are never prepared.
    # Left to itself PostgreSQL plans some of them anew each time, at more cost than running them.
    prepared = {"prepare_threshold": 5, "options": "-c plan_cache_mode=force_generic_plan"}
    options = {**prepared, **found.get("OPTIONS", {}), "pool": pool}
    # A socket's folder cannot stand where the host of a URL stands, so the local servers give it as a parameter.
    return {**found, "HOST": options.pop("host", found["HOST"]), "CONN_MAX_AGE": 0, "OPTIONS": options}


def cache(url: str) -> dict[str, object]:
    """The `CACHES["default"]` of a Redis URL. Half-second timeouts: a lost Redis must not hang a page."""
    return {
        "BACKEND": "config.http.caching.ForgivingRedisCache",
        "LOCATION": url,
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }


def use_services(*, database_url: str, redis_url: str) -> dict[str, object]:
    """Every setting that follows from the two addresses."""
    return {
        "DATABASES": {"default": database(database_url)},
        "CACHES": {"default": cache(redis_url)},
        "REDIS_URL": redis_url,
        "CELERY_BROKER_URL": redis_url,
    }


ATOMIC_REQUESTS = False
SESSION_ENGINE = "config.http.session_store"

# --- Letters ---------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="ProficientHub <no-reply@localhost>")
# The page that shows the letters which were written to files instead of being sent; never where others can reach it.
MAILBOX_PAGE = False
EMAIL_FILE_PATH = ROOT / ".local" / "mail"

# --- Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "staticfiles"
FRONTEND_DIST = Path(env.str("FRONTEND_DIST", default=str(ROOT / "frontend" / "dist")))
# What the front end's build names after its content never changes.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/app/assets/.+-[\w-]{8}\.\w+$"
STATICFILES_DIRS = [("app", FRONTEND_DIST)] if FRONTEND_DIST.is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What a person alone may fetch: never below MEDIA_ROOT, which every signed-in person reads.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env.path("PRIVATE_MEDIA_ROOT", default=str(ROOT / ".local" / "private")),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(ROOT / ".local" / "media"))
PACKS_DIR = ROOT / "exams" / "packs"

# --- Language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LOCALE_PATHS = [ROOT / "config" / "locale"]
LANGUAGES = [("en", "English"), ("es", "Español")]
TIME_ZONE = "UTC"
USE_TZ = True

# --- Exams -----------------------------------------------------------------------------------------------------------
# Answers that were sent before the deadline and were on their way when it passed are still taken this long.
ANSWER_GRACE = timedelta(seconds=10)
# A percentile means nothing among a handful: shown from this many marked peers on.
PERCENTILE_MIN_PEERS = 10
# From so many reviews on the model of memory is fitted to a learner, and again when they have grown by this factor.
REVIEWS_TO_OPTIMISE = 400
REVIEWS_GROWTH_TO_OPTIMISE = 1.2

# --- Logs ------------------------------------------------------------------------------------------------------------
SLOW_QUERY_MILLISECONDS = env.int("SLOW_QUERY_MILLISECONDS", default=100)
LOGGING_CONFIG = "config.http.logs.configure"
LOGGING = logging_config(level=env.str("LOG_LEVEL", default="INFO"), readable=False)
