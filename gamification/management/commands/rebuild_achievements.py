"""`manage.py rebuild_achievements`: counts all deeds again from the journal; no award is taken back."""

from gamification.achievements.rebuilding import rebuild_achievements
from gamification.management.rebuild import RebuildCommand


class Command(RebuildCommand):
    """Of all academies, or of one."""

    help = "Make the counters of achievements again from the journal, and award what was missed."
    rebuild = staticmethod(rebuild_achievements)
