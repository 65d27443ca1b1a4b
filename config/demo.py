"""The people and academies of the demonstration, as plain data. `seed_demo` makes them; the tests' cast is the same."""

from dataclasses import dataclass

from academies.tenancy.powers import Role

DEMO_PASSWORD = "evening-tide-at-harbour"  # noqa: S105 - of the demonstration alone; printed by the start-up command
COHORT = "Evening group"


@dataclass(frozen=True, kw_only=True)
class DemoAcademy:
    """An academy of the demonstration."""

    name: str
    slug: str
    colour: str
    time_zone: str
    tier: str
    is_house: bool = False


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """A person of the demonstration. `key` is what the tests call them; `academy` is a slug; staff have none."""

    key: str
    name: str
    email: str
    academy: str = ""
    role: Role | None = None
    locale: str = "en"
    time_zone: str = "UTC"
    is_staff: bool = False


HOUSE = DemoAcademy(
    name="ProficientHub", slug="proficienthub", colour="#3454d1", time_zone="UTC", tier="enterprise", is_house=True
)
HARBOUR = DemoAcademy(
    name="Harbour Academy", slug="harbour", colour="#0b7285", time_zone="Europe/Lisbon", tier="professional"
)
MERIDIAN = DemoAcademy(
    name="Meridian Institute", slug="meridian", colour="#9c36b5", time_zone="America/Mexico_City", tier="starter"
)
ACADEMIES = (HOUSE, HARBOUR, MERIDIAN)

PEOPLE = (
    DemoPerson(
        key="owner",
        name="Olivia Hart",
        email="owner@harbour.example",
        academy="harbour",
        role=Role.OWNER,
        time_zone="Europe/Lisbon",
    ),
    DemoPerson(
        key="manager",
        name="Marcus Adeyemi",
        email="manager@harbour.example",
        academy="harbour",
        role=Role.MANAGER,
        time_zone="Europe/Lisbon",
    ),
    DemoPerson(
        key="instructor",
        name="Ingrid Solberg",
        email="instructor@harbour.example",
        academy="harbour",
        role=Role.INSTRUCTOR,
        time_zone="Europe/Oslo",
    ),
    DemoPerson(
        key="learner",
        name="Lena Novak",
        email="learner@harbour.example",
        academy="harbour",
        role=Role.LEARNER,
        time_zone="Europe/Prague",
    ),
    DemoPerson(
        key="other_learner",
        name="Luis Ferreira",
        email="learner2@harbour.example",
        academy="harbour",
        role=Role.LEARNER,
        time_zone="Europe/Lisbon",
    ),
    DemoPerson(
        key="owner",
        name="Octavio Reyes",
        email="owner@meridian.example",
        academy="meridian",
        role=Role.OWNER,
        locale="es",
        time_zone="America/Mexico_City",
    ),
    DemoPerson(
        key="manager",
        name="Mariana Duarte",
        email="manager@meridian.example",
        academy="meridian",
        role=Role.MANAGER,
        locale="es",
        time_zone="America/Mexico_City",
    ),
    DemoPerson(
        key="instructor",
        name="Irene Castillo",
        email="instructor@meridian.example",
        academy="meridian",
        role=Role.INSTRUCTOR,
        locale="es",
        time_zone="America/Bogota",
    ),
    DemoPerson(
        key="learner",
        name="Leo Paredes",
        email="learner@meridian.example",
        academy="meridian",
        role=Role.LEARNER,
        locale="es",
        time_zone="America/Mexico_City",
    ),
    DemoPerson(
        key="outsider",
        name="Oskar Lind",
        email="visitor@proficienthub.example",
        academy="proficienthub",
        role=Role.LEARNER,
        time_zone="Europe/Stockholm",
    ),
    DemoPerson(key="staff", name="Ada Whitfield", email="admin@proficienthub.example", is_staff=True),
)


def sign_ins() -> list[tuple[str, str, str]]:
    """Who can sign in to the demonstration: what they are, their address, their password."""
    names = {academy.slug: academy.name for academy in ACADEMIES}
    return [
        (f"{person.role.label}, {names[person.academy]}" if person.role else "Staff", person.email, DEMO_PASSWORD)
        for person in PEOPLE
    ]
