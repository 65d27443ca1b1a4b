"""`manage.py seed_demo`: the demonstration's academies, people and exams. Running it again changes nothing."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from academies.models import Academy, Cohort, Membership
from academies.roster.actions import add_to_cohort, create_cohort
from academies.tenancy.actions import create_academy, join_academy
from academies.tenancy.powers import Role
from accounts.identity.actions import create_user
from accounts.models import User
from accounts.privacy.documents import load_texts
from config import demo
from config.demo_history import seed_history
from exams.demo import seed_exams


class Command(BaseCommand):
    """Fills an empty database with something to look at, through the same actions as real use."""

    help = "Add the demonstration's academies, people and exams. Idempotent."

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be left out."""
        parser.add_argument(
            "--no-history",
            dest="history",
            action="store_false",
            help="Without the sixty days of two hundred learners, which take some minutes.",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """From the lower apps to the upper ones."""
        now = timezone.now()
        with transaction.atomic():
            self._seed_academies(now)
            self._seed_people(now)
            self._seed_cohorts(now)
            load_texts(now=now)
        seed_exams(now=now, say=self.stdout.write if options["verbosity"] > 1 else _nothing)
        if options["history"]:
            seed_history(now=now, is_shown=options["verbosity"] > 0)
        if options["verbosity"] > 0:
            for who, email, password in demo.sign_ins():
                self.stdout.write(f"{who:<34} {email:<34} {password}")

    def _seed_academies(self, now: datetime) -> None:
        for each in demo.ACADEMIES:
            there = Academy.objects.filter(slug=each.slug)
            if each.is_house:
                there |= Academy.objects.filter(is_house=True)
            if not there.exists():
                create_academy(**asdict(each), actor=None, now=now)

    def _seed_people(self, now: datetime) -> None:
        for person in demo.PEOPLE:
            user = User.objects.filter(email=person.email).first() or create_user(
                email=person.email,
                name=person.name,
                password=demo.DEMO_PASSWORD,
                locale=person.locale,
                time_zone=person.time_zone,
                is_staff=person.is_staff,
                is_superuser=person.is_staff,
                actor=None,
                now=now,
            )
            if person.role and not Membership.objects.filter(user=user).exists():
                academy = Academy.objects.get(slug=person.academy)
                join_academy(academy=academy, user=user, role=person.role, actor=None, now=now)

    def _seed_cohorts(self, now: datetime) -> None:
        for academy in Academy.objects.filter(slug__in=[demo.HARBOUR.slug, demo.MERIDIAN.slug]):
            if Cohort.objects.for_academy(academy).exists():
                continue
            cohort = create_cohort(academy=academy, name=demo.COHORT, actor=None, now=now)
            learners = Membership.objects.for_academy(academy).active().filter(role=Role.LEARNER)
            add_to_cohort(cohort=cohort, members=learners, actor=None, now=now)


def _nothing(_: str) -> None:
    """Say nothing."""
