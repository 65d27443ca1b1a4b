"""The two hundred learners of the demonstration: names, what they know, and how they live. Made from a seed; pure."""

from dataclasses import dataclass
from random import Random

from exams.practice.demo import Mind

SEED = 2026
LEARNERS = 200
DAYS = 60
# The share of those who learn every few days.
REGULARS = 0.12
DOMAINS = ("1", "2", "3", "4", "5")

_FIRST = (
    "Adriana Afonso Agnes Aisha Alba Alexei Amélie Anders Ángel Anika Antoni Arjun Astrid Aurora Beatriz Benedikt "
    "Camila Carlos Catarina Cedric Clara Dalia Dario Davi Dilara Diogo Edgar Elena Emeka Emil Esther Fatima Filipe "
    "Finn Freya Gabriel Gisela Gonçalo Henrik Ilse"
)
_LAST = (
    "Almeida Andersson Antunes Baptista Barbosa Bauer Bianchi Cardoso Carvalho Castro Correia Costa Dahl Duarte Dubois "
    "Esteves Fernandes Fischer Fonseca García Gomes Hansen Horvat Ibáñez Jansen Kowalski Lopes Machado Marques Mendes "
    "Moreira Moser Neves Nowak Oliveira Pereira Pinto Ramos Santos Teixeira"
)
# Most live where the academy is.
_ZONES = ("Europe/Lisbon",) * 7 + ("Atlantic/Azores", "Europe/Madrid", "Europe/Berlin", "America/Sao_Paulo")


@dataclass(frozen=True, kw_only=True)
class Learner:
    """One of them. `diligence` is the chance to learn on a weekday; `quiz`, `study` and `review` are what they like."""

    name: str
    email: str
    time_zone: str
    mind: Mind
    diligence: float
    weekend: float
    hour: int
    joined_day: int
    quiz: float
    study: float
    review: float
    is_hidden: bool

    def learns_on(self, day: int, *, weekday: int, random: Random) -> bool:
        """Whether they sit down on this day of the sixty."""
        if day < self.joined_day:
            return False
        # Zeal wears off a little, and comes back before an exam.
        zeal = self.diligence * (1.15 - 0.4 * (day % 20) / 20)
        return random.random() < zeal * (self.weekend if weekday >= 5 else 1)


def learners() -> list[Learner]:
    """All of them, always the same."""
    random = Random(SEED)
    names = [f"{first} {last}" for first in _FIRST.split() for last in _LAST.split()]
    random.shuffle(names)
    return [_learner(name, Random(f"{SEED} {name}")) for name in names[:LEARNERS]]


def lena() -> Learner:
    """The learner whom people sign in as: diligent, better at some domains than at others."""
    return Learner(
        name="Lena Novak",
        email="learner@harbour.example",
        time_zone="Europe/Prague",
        mind=Mind(ability={"1": 1.6, "2": -0.5, "3": 0.9, "4": 0.1, "5": 1.1}, growth_per_day=0.012, pace=0.9),
        diligence=0.9,
        weekend=0.8,
        hour=18,
        joined_day=0,
        quiz=0.5,
        study=0.25,
        review=0.6,
        is_hidden=False,
    )


def _learner(name: str, random: Random) -> Learner:
    level = random.gauss(0.35, 0.75)
    # Some often, most now and then.
    diligence = random.uniform(0.2, 0.5) if random.random() < REGULARS else random.uniform(0.012, 0.04)
    return Learner(
        name=name,
        email=f"{_plain(name)}@harbour.example",
        time_zone=random.choice(_ZONES),
        mind=Mind(
            ability={domain: level + random.gauss(0, 0.55) for domain in DOMAINS},
            growth_per_day=max(0.0, random.gauss(0.008, 0.006)),
            pace=random.uniform(0.7, 1.5),
        ),
        diligence=diligence,
        weekend=random.uniform(0.2, 1.2),
        hour=random.choice((7, 8, 12, 13, 17, 18, 19, 20, 20, 21, 22)),
        joined_day=0 if random.random() < 0.7 else random.randint(1, 40),
        quiz=random.uniform(0.3, 0.8),
        study=random.uniform(0.1, 0.5),
        review=random.uniform(0, 0.6),
        is_hidden=random.random() < 0.06,
    )


def _plain(name: str) -> str:
    """A name as it stands in an address."""
    letters = str.maketrans("áäçéíñóúÁÄÇÉÍÑÓÚ", "aaceinouAACEINOU")
    return name.translate(letters).lower().replace(" ", ".")
