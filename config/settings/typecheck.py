"""Settings for the type checker, which needs models and apps but neither servers nor secrets."""

import os

os.environ.setdefault("SECRET_KEY", "for-type-checking-only")
os.environ.setdefault("FIELD_ENCRYPTION_KEYS", "for-type-checking-only-0123456789-abcdef")
os.environ.setdefault("BLIND_INDEX_KEY", "for-type-checking-only-0123456789-abcdef")

from config.settings import base
from config.settings.base import *  # noqa: F403

globals().update(base.use_services(database_url="postgresql://localhost/none", redis_url="redis://localhost:6379/0"))
