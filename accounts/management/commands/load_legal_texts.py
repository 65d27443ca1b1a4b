"""`manage.py load_legal_texts`: publish the legal texts that ship with the product, where there are none yet."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.privacy.documents import load_texts


class Command(BaseCommand):
    """Run it once for a new platform; staff write later versions in the admin."""

    help = "Publish the privacy notice, the terms and the cookie notice in every language that has none."

    def handle(self, *args: Any, **options: Any) -> None:
        """Says what was published."""
        loaded = load_texts(now=timezone.now())
        for document in loaded:
            self.stdout.write(f"{document} ({document.locale})")
        if not loaded:
            self.stdout.write("Every text is there already.")
