"""The Celery application. Tasks live in each room's `tasks.py`; an app's own `tasks.py` lists them."""

import os
from typing import Any

from celery import Celery, Task
from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun, worker_init

from config.kernel import request_id

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

app = Celery("proficienthub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**_: Any) -> None:
    """Logging is set up with Django's settings; Celery must not replace it."""


@worker_init.connect
def check_keys(**_: Any) -> None:
    """A worker with the wrong keys ends before its first task."""
    from accounts.encryption.proof import require_fitting_keys

    require_fitting_keys()


@before_task_publish.connect
def send_request_id(headers: dict[str, Any], **_: Any) -> None:
    """What a request asks for is logged under that request's id, wherever it is done."""
    headers["request_id"] = request_id.current() or request_id.new()


@task_prerun.connect
def bind_request_id(task: Task[..., Any], **_: Any) -> None:
    """From here on the task's log lines and journal entries carry the id."""
    request_id.bind(getattr(task.request, "request_id", None) or request_id.new())


@task_postrun.connect
def forget_request_id(**_: Any) -> None:
    """The thread goes on to another task."""
    request_id.bind("")
