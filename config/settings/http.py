"""What the API answers with, how often it may be asked, and what browsers are told to keep to."""

from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from config.http.rates import Rate
from config.settings.environment import env
from config.settings.identity import PROVIDER_ADDRESSES, SOCIALACCOUNT_PROVIDERS

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
