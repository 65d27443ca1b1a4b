"""The platform's frame: settings, routes, HTTP conventions, admin site, local servers."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
