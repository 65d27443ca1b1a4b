"""Settings of a site whose sign-in is guarded as in production, and that knows the provider of the tests."""

import os

from config.settings import base, test
from config.settings.test import *  # noqa: F403
from tests.accounts.providers.server import addresses

_provider = os.environ["TEST_PROVIDER_URL"]
_policy = base.CONTENT_SECURITY_POLICY["DIRECTIVES"]

SITE_URL = os.environ["SITE_URL"]
PROVIDER_ADDRESSES = addresses(_provider)
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**_policy, "form-action": [*_policy["form-action"], _provider]}}
CHALLENGE_AFTER_FAILURES = base.CHALLENGE_AFTER_FAILURES
CHALLENGE_COUNTERS = base.CHALLENGE_COUNTERS
RATE_LIMITS = test.RATE_LIMITS
# Who is not linked to anybody is not let in.
SIGNUP_OPEN = False
