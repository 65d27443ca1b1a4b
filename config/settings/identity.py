"""Who signs in and how: passwords, sessions, letters of verification, providers, lockout and the challenge."""

from datetime import timedelta
from typing import Any

from config.settings.environment import env

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
