"""Routes that only tests have."""

from django.urls import path

from tests.http import views

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
]
