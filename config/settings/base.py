"""Settings for every environment, safe as they stand: no secret has a default and nothing is loosened here.

`local` and `test` loosen what a developer needs loosened; `production` adds only what needs TLS in front.
Every variable read here is described in `.env.example`; a test holds the two against each other.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF

from config.admin_look import UNFOLD  # noqa: F401
from config.http.logs import logging_config
from config.http.rates import Rate

ROOT = Path(__file__).resolve().parents[2]
env = environ.Env()
environ.Env.read_env(ROOT / ".env")

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
    options = {"prepare_threshold": 5, **found.get("OPTIONS", {}), "pool": pool}
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

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600, "socket_connect_timeout": 0.5}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "deliver-journal": {"task": "accounts.journal.deliver_due", "schedule": 10.0},
    "seal-journal": {"task": "accounts.journal.seal_entries", "schedule": 30.0},
    "close-overdue-attempts": {"task": "exams.delivery.close_overdue_attempts", "schedule": 15.0},
    "mark-submitted-attempts": {"task": "exams.marking.mark_submitted_attempts", "schedule": 10.0},
    "compute-item-statistics": {
        "task": "exams.psychometrics.compute_statistics",
        "schedule": crontab(hour=2, minute=40),
    },
    "make-review-cards": {"task": "exams.repetition.make_cards", "schedule": 60.0},
    "finish-left-reviews": {"task": "exams.repetition.finish_left_runs", "schedule": 300.0},
    "optimise-reviews": {
        "task": "exams.repetition.optimise_reviews",
        "schedule": crontab(day_of_week="sunday", hour=2, minute=30),
    },
    "keep-predictions": {"task": "analytics.readiness.keep_predictions", "schedule": 60.0},
    "show-results": {"task": "exams.marking.show_results", "schedule": 5.0},
    "finish-left-practice": {"task": "exams.practice.finish_left_sessions", "schedule": 15.0},
    "close-leagues": {"task": "gamification.leagues.close_leagues", "schedule": 300.0},
    # What was missed while a worker was busy is made up for by the next one.
    "fold-rollups": {"task": "analytics.rollups.fold", "schedule": 10.0, "options": {"expires": 10}},
    "compare-cohorts": {"task": "analytics.rollups.compare_cohorts", "schedule": crontab(hour=2, minute=40)},
    "send-letters": {"task": "accounts.mail.send_due", "schedule": 10.0},
    "check-journal": {"task": "accounts.security.check_journal", "schedule": crontab(hour=3, minute=20)},
    "forget-old-letters": {"task": "accounts.mail.forget_old_letters", "schedule": 3600.0},
    "end-overdue-impersonations": {"task": "accounts.impersonation.end_overdue", "schedule": 60.0},
    "forget-violations": {"task": "accounts.violations.forget_violations", "schedule": crontab(hour=3, minute=50)},
    "forget-sessions": {"task": "accounts.sessions.forget_sessions", "schedule": 3600.0},
    "make-personal-exports": {"task": "accounts.privacy.make_due_exports", "schedule": 30.0},
    "forget-personal-exports": {"task": "accounts.privacy.forget_old_exports", "schedule": 3600.0},
    "carry-out-erasures": {"task": "accounts.privacy.erase_due", "schedule": 300.0},
    "forget-failures": {"task": "accounts.identity.forget_failures", "schedule": 600.0},
    "give-up-unverified": {"task": "accounts.privacy.give_up_unverified", "schedule": crontab(hour=2, minute=40)},
    "close-days": {"task": "gamification.streaks.close_days", "schedule": 900.0},
    "post-reminders": {"task": "gamification.goals.post_reminders", "schedule": 300.0},
    "refit-readiness": {"task": "analytics.readiness.refit", "schedule": crontab(hour=2, minute=40)},
    "refresh-recommendations": {"task": "analytics.recommendations.refresh_stale", "schedule": 600.0},
    "forget-idempotency-keys": {"task": "accounts.idempotency.forget_old_keys", "schedule": 600.0},
}

# --- Who signs in ----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.identity.backends.SessionBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.identity.passwords.MaximumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
# A letter may be slow, but whoever reads it later asks for another.
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=1).total_seconds())
LOGIN_URL = "/sign-in"
# Of another name in production; the front end reads the CSRF cookie's from its page.
SESSION_COOKIE_NAME = "sessionid"
CSRF_COOKIE_NAME = "csrftoken"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
# However busy it is, a session ends this long after the sign-in.
SESSION_LONGEST = timedelta(days=30)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = True
# By which a browser is known again; it opens nothing.
DEVICE_COOKIE_NAME = "device"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.http.error_pages.csrf_failure"
# Staff may not enter the admin without a second factor unless this is switched off, which only `local` may do.
ADMIN_SECOND_FACTOR = True
# Owners and managers of academies, and staff, may not manage anything without one, which only `local` may loosen.
REQUIRE_SECOND_FACTOR = True
OTP_TOTP_ISSUER = "ProficientHub"

ACCOUNT_ADAPTER = "accounts.identity.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Whether anybody may open an account. Who is invited by an academy always may.
SIGNUP_OPEN = env.bool("SIGNUP_OPEN", default=True)
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = int(timedelta(minutes=30).total_seconds())
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 4
# Django's own has the address in it too, and asks the database for nothing: an unknown address costs as much.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
# django-axes counts failures and config.http.sign_in counts tries; further counters would contradict them. What is
# left protects mailboxes: letters to one address.
ACCOUNT_RATE_LIMITS = {
    "login": False,
    "login_failed": False,
    "signup": False,
    "confirm_email": "1/30s/key",
    "reset_password": "5/m/key",
    "reset_password_from_key": False,
}
HEADLESS_ONLY = True
# Only so that allauth finds them: letters name the pages by SITE_URL, never by the host of a request.
HEADLESS_FRONTEND_URLS = {
    "account_signup": "/sign-up",
    "account_reset_password": "/forgot",
    "account_reset_password_from_key": "/reset/{key}",
    "socialaccount_login_error": "/sign-in/provider",
}
HEADLESS_CLIENTS = ("browser",)
HEADLESS_ADAPTER = "accounts.identity.adapters.HeadlessAdapter"


def provider_keys(client_id: str, secret: str) -> list[dict[str, str]]:
    """The keys of a provider; without them it is not offered."""
    return [{"client_id": client_id, "secret": secret}] if client_id and secret else []


SOCIALACCOUNT_ADAPTER = "accounts.providers.adapter.SocialAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "github": {
        "provider_class": "accounts.providers.github.GitHub",
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": ["read:user", "user:email"],
        "APPS": provider_keys(env.str("GITHUB_CLIENT_ID", default=""), env.str("GITHUB_CLIENT_SECRET", default="")),
    },
    "google": {
        "provider_class": "accounts.providers.google.Google",
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": ["openid", "profile", "email"],
        "APPS": provider_keys(env.str("GOOGLE_CLIENT_ID", default=""), env.str("GOOGLE_CLIENT_SECRET", default="")),
    },
}
PROVIDER_ADDRESSES = {
    "github": {
        "authorize": "https://github.com/login/oauth/authorize",
        "token": "https://github.com/login/oauth/access_token",
        "api": "https://api.github.com",
    },
    "google": {
        "authorize": "https://accounts.google.com/o/oauth2/v2/auth",
        "token": "https://oauth2.googleapis.com/token",
        "keys": "https://www.googleapis.com/oauth2/v3/certs",
        "issuer": "https://accounts.google.com",
    },
}
# An address at a provider is never enough to get into an account that exists.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_QUERY_EMAIL = True
# Tokens are used once, to see who it is, and not kept.
SOCIALACCOUNT_STORE_TOKENS = False

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
# Whoever tries again during the lockout does not make it longer: it ends when the answer said that it would.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "accounts.identity.failures.FailureHandler"
AXES_USERNAME_CALLABLE = "accounts.identity.lockout.username_of"
AXES_LOCKOUT_CALLABLE = "accounts.identity.lockout.locked_out"
# Behind proxies the connection is theirs: without this one person's failures would count against everybody.
AXES_CLIENT_IP_CALLABLE = "accounts.identity.lockout.address_of"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True

# After so many failures within an hour, for the account or from the address, a sign-in needs a solved challenge. Its
# solution is one of so many counters; a laptop tries some thousand in a second.
CHALLENGE_AFTER_FAILURES = 3
CHALLENGE_COUNTERS = 2000

# --- HTTP ------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["config.http.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [
        "accounts.factors.permissions.Proved",
        "accounts.privacy.permissions.NotAboutToBeErased",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.http.parsing.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "config.http.pagination.CursorPages",
    "DEFAULT_FILTER_BACKENDS": [],
    "DEFAULT_THROTTLE_CLASSES": ["config.http.throttling.RateLimit"],
    # OPTIONS is 405: the API document says more, and says it to everybody.
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "config.http.schema.Schema",
    "EXCEPTION_HANDLER": "config.http.problems.exception_handler",
    "DEFAULT_VERSIONING_CLASS": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
# Requests a minute for a signed-in person or, signed out, for an address; routes may name another rate.
RATE_LIMITS = {
    "default": Rate("600/m"),
    "anonymous": Rate("120/m"),
    "start": Rate("30/m"),
    "create": Rate("60/m"),
    # One question after the other, by hand.
    "practise": Rate("120/m"),
    # Bookmarks and notes: a learner puts them on and takes them off as they read.
    "save": Rate("120/m"),
    # Somebody pauses a hall full of learners, one by one.
    "supervise": Rate("300/m"),
    "regrade": Rate("20/m"),
    # A card takes two requests, and some are known at a glance.
    "review": Rate("240/m"),
    "export": Rate("20/m"),
    # Everything about a person in one file, and the end of an account: asked for rarely.
    "personal_export": Rate("5/h"),
    "erasure": Rate("10/h"),
    # By address, whoever it is for: a person who fails too often is locked out by django-axes.
    "sign_in": Rate("120/m", when_redis_is_away="closed"),
    # Codes and passwords of somebody who is signed in already.
    "prove": Rate("20/m", when_redis_is_away="closed"),
    # Links of letters: their keys cannot be guessed, and nobody opens many.
    "links": Rate("30/m"),
    # By address and account.
    "sign_in_account": Rate("5/m", when_redis_is_away="closed"),
    # What browsers report against the content policy, by address.
    "policy_reports": Rate("60/m", when_redis_is_away="closed"),
    "challenge": Rate("30/m", when_redis_is_away="closed"),
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

SPECTACULAR_SETTINGS = {
    "TITLE": "ProficientHub API",
    "DESCRIPTION": "Exams, practice and learning for academies. Errors are RFC 9457 problem documents.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "AchievementKind": "gamification.achievements.catalogue.KINDS",
        "AnswerSource": "exams.marking.models.MarkedAnswer.Source",
        "AssignedState": ["upcoming", "open", "in_progress", "done", "closed"],
        "AttemptState": "exams.delivery.models.Attempt.State",
        "CardReason": "exams.practice.repetition.models.ReviewCard.Reason",
        "CardState": "exams.practice.repetition.models.ReviewCard.State",
        "CertificateState": ["valid", "revoked", "withdrawn"],
        "DeliveryState": ["upcoming", "open", "closed"],
        "Difficulty": "exams.bank.models.Difficulty",
        "GoalKind": "gamification.goals.models.GoalKind",
        "GoalPeriod": "gamification.goals.models.Period",
        "InsightPeriod": ["7", "30", "90", "all"],
        "LeagueTier": "gamification.leagues.models.Tier",
        "OnboardingStep": "accounts.profile.models.Step",
        "OnboardingStepState": "accounts.profile.models.StepState",
        "PartOfDay": ["night", "morning", "afternoon", "evening"],
        "RecommendationKind": "analytics.recommendations.models.Recommendation.Kind",
        "RecommendationState": "analytics.recommendations.models.Recommendation.State",
        "RecommendedActionType": ["practice", "review", "exam", "attempt"],
        "ReportReason": "exams.practice.reports.models.ItemReport.Reason",
        "ReportState": "exams.practice.reports.models.ReportCase.State",
        "ReviewRating": "exams.practice.repetition.models.ReviewLog.Rating",
        "ReviewWhat": "exams.delivery.models.Delivery.ReviewWhat",
        "ReviewWhen": "exams.delivery.models.Delivery.ReviewWhen",
        "SourceEnum": "accounts.privacy.models.Consent.Source",
        "StreakDayState": "gamification.streaks.counting.DayState",
        "TrendDirection": ["improving", "stable", "declining", "unknown"],
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.http.schema.add_problem_responses",
    ],
}

# Programs of other sites may use the API where they are listed, and never with somebody's cookie.
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_CREDENTIALS = False

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        # Whoever signs in elsewhere sends a form here and is sent on to there.
        "form-action": [
            SELF,
            *(
                "{0.scheme}://{0.netloc}".format(urlsplit(PROVIDER_ADDRESSES[name]["authorize"]))
                for name, described in SOCIALACCOUNT_PROVIDERS.items()
                if described["APPS"]
            ),
        ],
        "frame-ancestors": [NONE],
        # Browsers that know the second ignore the first; its endpoint is named by config.http.headers.
        "report-uri": ["/csp-reports"],
        "report-to": ["csp"],
    },
}
# Nothing that the platform does not use; what it uses, passkeys, for its own pages alone.
PERMISSIONS_POLICY: dict[str, str | list[str]] = {
    **{
        feature: []
        for feature in (
            "accelerometer",
            "autoplay",
            "camera",
            "clipboard-read",
            "display-capture",
            "encrypted-media",
            "fullscreen",
            "gamepad",
            "geolocation",
            "gyroscope",
            "hid",
            "identity-credentials-get",
            "idle-detection",
            "local-fonts",
            "magnetometer",
            "microphone",
            "midi",
            "otp-credentials",
            "payment",
            "picture-in-picture",
            "screen-wake-lock",
            "serial",
            "storage-access",
            "usb",
            "window-management",
            "xr-spatial-tracking",
        )
    },
    "publickey-credentials-create": "self",
    "publickey-credentials-get": "self",
}

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
