"""The Celery application. Tasks live in each room's `tasks.py`; an app's own `tasks.py` lists them."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

app = Celery("proficienthub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**_: Any) -> None:
    """Logging is set up with Django's settings; Celery must not replace it."""
