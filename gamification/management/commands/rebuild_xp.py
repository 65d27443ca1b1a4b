"""`manage.py rebuild_xp`: gives all points again from the journal, with the same result where nothing was wrong."""

from gamification.management.rebuild import RebuildCommand
from gamification.xp.rebuilding import rebuild_xp


class Command(RebuildCommand):
    """Of all academies, or of one."""

    help = "Make XP entries and totals again from the journal."
    rebuild = staticmethod(rebuild_xp)
