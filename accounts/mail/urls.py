"""The mailbox page, below `/dev/mail/`."""

from django.urls import path

from accounts.mail.views import mailbox, mailbox_html, mailbox_letter

urlpatterns = [
    path("", mailbox, name="mailbox"),
    path("<str:name>/", mailbox_letter, name="mailbox-letter"),
    path("<str:name>/html/", mailbox_html, name="mailbox-html"),
]
