"""A delivery with one item of each type in Harbour Academy, and an attempt that runs since `NOW`."""

import pytest

from tests.factories.exams import make_delivery, make_one_of_each, start


@pytest.fixture
def delivery(cast):
    return make_delivery(make_one_of_each(cast.harbour.academy))


@pytest.fixture
def attempt(cast, delivery):
    return start(delivery, cast.harbour.learner.membership)
