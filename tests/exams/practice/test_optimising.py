"""Parameters are fitted to what was forgotten, and used only if they foresee the newest reviews better."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest
import time_machine
from django.core.management import call_command
from fsrs.scheduler import DEFAULT_PARAMETERS

from academies.models import Membership
from config.kernel.ids import new_id
from exams.practice.repetition.memory import Memory, Model
from exams.practice.repetition.models import ReviewCard, ReviewLog, ReviewParameters
from exams.practice.repetition.optimising import optimise, optimise_all
from exams.practice.repetition.terms import terms_of
from tests.cast import Cast, Person, WatchedClient
from tests.factories.exams import NOW
from tests.factories.practice import make_practice_bank, versions_of
from tests.factories.reviews import make_cards

pytestmark = pytest.mark.django_db

# Somebody who forgets several times faster than most.
FORGETFUL = Model(parameters=(0.05, 0.15, 0.4, 1.5, *DEFAULT_PARAMETERS[4:]))


def history(member: Membership, model: Model, *, cards: int = 120, reviews: int = 5) -> None:
    """Reviews as a learner of this memory would have given them, over some weeks before `NOW`."""
    chance = Random(7)
    made = make_cards(member, cards)
    version = versions_of(made[0].item.bank)[0]
    logs = []
    for card in made:
        on, memory = NOW.date() - timedelta(days=chance.randint(40, 60)), Memory()
        for number in range(1, reviews + 1):
            foreseen = model.retrievability(memory, on=on)
            rating = "good" if foreseen is None or chance.random() < foreseen else "again"
            logs.append(
                ReviewLog(
                    id=new_id(),
                    academy=member.academy,
                    learner=member.user,
                    card=card,
                    number=number,
                    rating=rating,
                    item_version=version,
                    fraction=rating == "good",
                    state_before=memory.state,
                    retrievability=Model().retrievability(memory, on=on),
                    before=card.snapshot(),
                    reviewed_at=NOW - (NOW.date() - on) * 1,
                    local_date=on,
                )
            )
            memory, _ = model.review(memory, rating=rating, on=on)
            on += timedelta(days=chance.choice([1, 2, 3, 5, 9]))
        card.state, card.step, card.reviews = "review", None, reviews
        card.stability, card.difficulty, card.reviewed_on = memory.stability, memory.difficulty, logs[-1].local_date
    ReviewLog.objects.bulk_create(logs)
    ReviewCard.objects.bulk_update(made, ["state", "step", "reviews", "stability", "difficulty", "reviewed_on"])


def test_somebody_who_forgets_faster_gets_parameters_of_their_own(cast: Cast) -> None:
    learner = cast.harbour.learner.membership
    history(learner, FORGETFUL)
    fitted = optimise(member=learner, now=NOW)
    assert fitted is not None
    assert (fitted.is_used, fitted.reviews) == (True, 600)
    assert fitted.log_loss_after < fitted.log_loss_before
    terms = terms_of(learner, now=NOW)
    model = terms.model
    assert model.parameters == tuple(fitted.parameters)
    for card in ReviewCard.objects.all()[:20]:
        logs = card.logs.order_by("number").values_list("rating", "local_date")
        memory, _ = model.replay(list(logs))
        assert (card.stability, card.difficulty) == (memory.stability, memory.difficulty)
        assert card.due_at >= terms.midnight(0)


def test_what_foresees_no_better_is_kept_and_not_used(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    learner = cast.harbour.learner.membership
    history(learner, FORGETFUL)
    losses = iter([0.3, 0.3])
    monkeypatch.setattr("exams.practice.repetition.optimising._loss", lambda *_: next(losses))
    before = list(ReviewCard.objects.order_by("id").values_list("stability", "due_at"))
    fitted = optimise(member=learner, now=NOW)
    assert fitted is not None
    assert not fitted.is_used
    assert terms_of(learner, now=NOW).model.parameters == DEFAULT_PARAMETERS
    assert list(ReviewCard.objects.order_by("id").values_list("stability", "due_at")) == before


def test_a_few_reviews_are_not_enough(cast: Cast) -> None:
    learner = cast.harbour.learner.membership
    history(learner, FORGETFUL, cards=20)
    assert (optimise_all(now=NOW), optimise(member=learner, now=NOW)) == (0, None)


def test_everybody_is_fitted_again_when_there_is_enough_that_is_new(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    learner = cast.harbour.learner.membership
    history(learner, FORGETFUL)
    assert optimise_all(now=NOW) == 1
    assert optimise_all(now=NOW) == 0
    call_command("optimise_reviews", learner=learner.user.email)
    assert "log loss" in capsys.readouterr().out
    assert ReviewParameters.objects.count() == 2


def test_retention_is_what_was_recalled_of_what_was_due(cast: Cast, api: Callable[[Person], WatchedClient]) -> None:
    """Against a count by hand of what the log holds."""
    learner = cast.harbour.learner.membership
    make_practice_bank(learner, slug="unused", items=1)
    history(learner, FORGETFUL)
    logs = list(ReviewLog.objects.filter(state_before="review"))
    undone = logs.pop()
    ReviewLog.objects.filter(pk=undone.pk).update(undone_at=NOW)
    client = api(cast.harbour.learner)
    with time_machine.travel(NOW, tick=False):
        found = client.get("/api/v1/academies/harbour/practice/reviews/retention/?period=all").json()
        short = client.get("/api/v1/academies/harbour/practice/reviews/retention/?period=7d").json()
        wrong = client.get("/api/v1/academies/harbour/practice/reviews/retention/?period=1d")
    recalled = [log for log in logs if log.rating != "again"]
    assert (found["reviews"], found["recalled"]) == (len(logs), len(recalled))
    weeks = {log.local_date - timedelta(days=log.local_date.weekday()) for log in logs}
    assert [point["date"] for point in found["points"]] == sorted(week.isoformat() for week in weeks)
    for bucket in found["calibration"]:
        within = [log for log in logs if bucket["from"] <= (log.retrievability or 0) < bucket["to"]]
        assert bucket["reviews"] == len(within)
        assert bucket["predicted"] == pytest.approx(sum(log.retrievability or 0 for log in within) / len(within))
    assert all(date.fromisoformat(point["date"]) > NOW.date() - timedelta(days=7) for point in short["points"])
    assert len(found["forecast"]) == 30
    assert sum(day["cards"] for day in found["forecast"]) == ReviewCard.objects.count()
    assert wrong.status_code == 400
