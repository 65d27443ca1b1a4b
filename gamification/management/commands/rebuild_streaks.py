"""`manage.py rebuild_streaks`: counts all days again from the journal, with the same result where nothing was wrong."""

from gamification.management.rebuild import RebuildCommand
from gamification.streaks.rebuilding import rebuild_streaks


class Command(RebuildCommand):
    """Of all academies, or of one."""

    help = "Make days and streaks again from the journal."
    rebuild = staticmethod(rebuild_streaks)
