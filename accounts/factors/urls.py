"""The routes of second factors, below `/api/v1/`."""

from django.urls import path

from accounts.factors import views

urlpatterns = [
    path("me/factors/", views.FactorsView.as_view(), name="factors"),
    path("me/factors/authenticators/", views.AuthenticatorsView.as_view(), name="authenticators"),
    path("me/factors/authenticators/<int:authenticator>/", views.AuthenticatorView.as_view(), name="authenticator"),
    path(
        "me/factors/authenticators/<int:authenticator>/confirmation/",
        views.AuthenticatorConfirmationView.as_view(),
        name="authenticator-confirmation",
    ),
    path("me/factors/passkeys/", views.PasskeysView.as_view(), name="passkeys"),
    path("me/factors/passkeys/options/", views.PasskeyOptionsView.as_view(), name="passkey-options"),
    path("me/factors/passkeys/<uuid:passkey>/", views.PasskeyView.as_view(), name="passkey"),
    path("me/factors/recovery-codes/", views.RecoveryCodesView.as_view(), name="recovery-codes"),
    path("me/step-up/", views.StepUpView.as_view(), name="step-up"),
    path("me/step-up/passkey-options/", views.StepUpPasskeyView.as_view(), name="step-up-passkey"),
]
