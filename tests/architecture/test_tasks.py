"""What beat asks for exists, and every task is in its app's index, where workers look for it."""

from importlib import import_module

from django.conf import settings

from config.celery import app
from tests.architecture.test_models import OWN_APPS


def registered() -> set[str]:
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith("celery.")}


def test_beat_asks_for_tasks_that_there_are() -> None:
    assert {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()} <= registered()


def test_every_task_is_in_the_index_of_its_app() -> None:
    indexed = set()
    for label in OWN_APPS:
        try:
            index = import_module(f"{label}.tasks")
        except ModuleNotFoundError:
            continue
        indexed |= {getattr(index, name).name for name in index.__all__}
    assert registered() - indexed == set()
