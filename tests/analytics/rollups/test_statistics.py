"""What is declared is what the tables have."""

import pytest

from analytics.models import AcademyActivity, AcademyDay, CohortActivity, CohortDay, LearnerDay
from analytics.rollups.statistics import NAMES, STATISTICS


@pytest.mark.parametrize("model", [LearnerDay, AcademyDay, AcademyActivity, CohortDay, CohortActivity])
def test_each_table_has_a_column_for_each_statistic_and_no_other_sum(model):
    sums = {field.name for field in model._meta.local_fields if "Integer" in field.get_internal_type()}
    sums |= {field.name for field in model._meta.local_fields if field.get_internal_type() == "DecimalField"}
    assert sums - {"learners"} == set(NAMES)


def test_each_statistic_says_what_it_tells():
    assert all(statistic.tells for statistic in STATISTICS)
