"""Settings for the type checker, which needs models and apps but neither servers nor secrets."""

import os

os.environ.setdefault("SECRET_KEY", "for-type-checking-only")

from config.settings import base
from config.settings.base import *  # noqa: F403

globals().update(base.use_services(database_url="postgresql://localhost/none", redis_url="redis://localhost:6379/0"))
