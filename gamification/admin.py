"""Index of the app's admin pages."""

from gamification.achievements import admin as achievements
from gamification.certificates.admin import CertificatePages
from gamification.leagues.admin import LeagueAdmin
from gamification.xp import admin as xp

__all__ = [
    "CertificatePages",
    "LeagueAdmin",
    "achievements",
    "xp",
]
