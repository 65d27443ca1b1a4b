"""Who stands on boards and in leagues, and by what name: the one place where opting out is decided.

Whoever sits exams in the academy stands there, unless they opted out, their membership ended or they are suspended.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef

from academies.models import Membership
from academies.tenancy.powers import POWERS, Power
from academies.tenancy.querysets import MembershipQuerySet
from config.kernel.statements import prepared_cursor
from gamification.leaderboards.models import BoardPreference

_SITTING = [str(role) for role, powers in POWERS.items() if Power.SIT_EXAMS in powers]

# The same people as `standing`, which would be built and planned anew for every look at a board.
_NAMES = """
SELECT member.user_id, person.name, person.email, preference.name_shown
FROM academies_membership member
JOIN accounts_user person ON person.id = member.user_id AND person.is_active
LEFT JOIN gamification_boardpreference preference
    ON preference.academy_id = member.academy_id AND preference.learner_id = member.user_id
WHERE member.academy_id = %s AND member.user_id = ANY(%s::uuid[]) AND member.role = ANY(%s::text[])
    AND member.ended_at IS NULL AND preference.is_hidden IS NOT TRUE
"""
# Ids as a board has them. Who of these people stands there is what the board knows. Looked up one by one: joined, it
# would read the memberships of the whole platform.
_MEMBERS = """
SELECT coalesce(
    array_agg((SELECT uuid_send(member.user_id) FROM academies_membership member WHERE member.id = held.member_id)),
    '{}'
)
FROM academies_cohortmember held
WHERE held.cohort_id = %s
"""


def standing() -> MembershipQuerySet:
    """The memberships of those who stand on boards."""
    hidden = BoardPreference.objects.filter(academy=OuterRef("academy"), learner=OuterRef("user"), is_hidden=True)
    return Membership.objects.active().with_power(Power.SIT_EXAMS).filter(~Exists(hidden))


def names_of(academy: UUID, learners: Iterable[UUID]) -> Mapping[UUID, str]:
    """By what name each of these stands on a board; who does not stand there is missing. One statement."""
    with prepared_cursor() as cursor:
        cursor.execute(_NAMES, [academy, list(learners), _SITTING])
        # As `User.display_name`.
        return {
            learner: shown_name(name or email.partition("@")[0], wanted)
            for learner, name, email, wanted in cursor.fetchall()
        }


def members_of(cohort: UUID) -> list[bytes]:
    """Who is in a cohort by now. One statement."""
    with prepared_cursor() as cursor:
        cursor.execute(_MEMBERS, [cohort])
        people: list[bytes] = cursor.fetchone()[0]
    return people


def shown_name(name: str, name_shown: str | None) -> str:
    """The name, or its initials for who prefers them."""
    if name_shown != BoardPreference.NameShown.INITIALS:
        return name
    return " ".join(f"{word[0].upper()}." for word in name.replace("-", " ").split())
