"""The routes that only tests have, and after them the platform's."""

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as product
from tests.http.own_urls import urlpatterns as own

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*own, *product]
