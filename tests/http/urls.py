"""The platform's routes, and before them those that only tests have."""

from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns as product
from tests.http import views

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("api/v1/things/", views.ThingsView.as_view()),
    path("api/v1/open/", views.OpenView.as_view()),
    path("api/v1/failing/<str:how>/", views.FailingView.as_view()),
    path("api/v1/people/", views.PeopleView.as_view()),
    path("api/v1/limited/", views.LimitedView.as_view()),
    path("api/v1/making/", views.MakingView.as_view()),
    path("api/v1/academies/<slug:slug>/things/<uuid:thing>/", views.PeopleView.as_view()),
    path("api/v1/sittings/<str:attempt>/test/", views.SittingView.as_view()),
    path("api/v1/plain/", views.plain),
    path("plain/", views.plain),
    path("form/", views.form),
    *product,
]
