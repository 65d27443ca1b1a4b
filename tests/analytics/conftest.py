"""A bank of Harbour that learners practise from, with an exam of ten items in each of two domains."""

import pytest

from tests.factories.exams import make_blueprint
from tests.factories.practice import make_practice_bank


@pytest.fixture
def bank(cast):
    return make_practice_bank(cast.harbour.learner.membership, items=80)


@pytest.fixture
def exam(bank):
    return make_blueprint(bank, [("1", "", "", 10), ("2", "", "", 10)])
