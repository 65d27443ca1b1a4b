"""The figures of questions, counted by the database in one statement.

What counts: the first answer of each learner to a version, in an exam, a practice quiz or a study session; answers that
were left out of their exam do not. Reviews are left out, because a card is repeated until it is known.

- facility: the mean fraction that was earned.
- rest score: the mean fraction of the other answers of the same sitting or session. An answer that stands alone there
  has none and is not compared.
- discrimination: Pearson's correlation of the fraction with the rest score; for questions that are right or wrong this
  is the point-biserial correlation, corrected because the answer itself is not part of the rest
  (Henrysson 1963, "Correction of item-total correlations in item analysis"). Null where either does not vary.
- upper less lower: the mean fraction in the group with the highest rest scores less that in the lowest, each 27 % of
  those compared (Kelley 1939, "The selection of upper and lower groups for the validation of test items"). Where rest
  scores are equal, the order of the answers decides.
- exposure: every answer of the last 30 days, repeated ones too.

A version looks wrongly keyed when at least `ENOUGH` answers are compared and either the upper group chose a wrong
option more often than a right one, or the discrimination is negative beyond chance: below −1.645 ÷ √compared, the
fifth percentile of a correlation that is none.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from exams.bank.models import Item, ItemBank
from exams.marking.models import MarkedAnswer
from exams.psychometrics.models import ItemStatistics

ENOUGH = 30
EXPOSED_FOR = timedelta(days=30)

_COMPUTE = """
WITH first AS MATERIALIZED (
    SELECT DISTINCT ON (item_version_id, learner_id)
        id, item_version_id, source_id, answer, fraction, seconds, is_guess
    FROM exams_markedanswer
    WHERE item_id = ANY(%(items)s) AND is_counted AND source <> %(review)s
    ORDER BY item_version_id, learner_id, answered_at, id
), session AS (
    SELECT source_id, sum(fraction) AS total, count(*) AS answers
    FROM exams_markedanswer
    WHERE is_counted AND source_id IN (SELECT source_id FROM first)
    GROUP BY source_id HAVING count(*) > 1
), compared AS (
    SELECT first.*, ((total - fraction) / (answers - 1))::float8 AS rest
    FROM first LEFT JOIN session USING (source_id)
), placed AS (
    SELECT compared.*,
        row_number() OVER (PARTITION BY item_version_id ORDER BY rest DESC NULLS LAST, id) AS from_top,
        count(rest) OVER (PARTITION BY item_version_id) AS others
    FROM compared
), grouped AS (
    SELECT placed.*,
        rest IS NOT NULL AND others > 1 AND from_top <= greatest(round(0.27 * others), 1) AS is_upper,
        rest IS NOT NULL AND others > 1 AND from_top > others - greatest(round(0.27 * others), 1) AS is_lower
    FROM placed
), figures AS (
    SELECT item_version_id,
        count(*) AS answers,
        avg(fraction)::float8 AS facility,
        count(rest) AS compared,
        corr(fraction::float8, rest) AS discrimination,
        (avg(fraction) FILTER (WHERE is_upper) - avg(fraction) FILTER (WHERE is_lower))::float8 AS upper_lower,
        avg(seconds)::float8 AS mean_seconds,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median_seconds,
        count(*) FILTER (WHERE is_guess) AS guesses
    FROM grouped GROUP BY item_version_id
), chosen AS (
    SELECT item_version_id, option,
        count(*) AS chosen,
        count(*) FILTER (WHERE is_upper) AS upper,
        count(*) FILTER (WHERE is_lower) AS lower,
        avg(rest) AS rest
    FROM grouped CROSS JOIN LATERAL (
        SELECT answer ->> 'choice' AS option WHERE answer ? 'choice'
        UNION ALL
        SELECT jsonb_array_elements_text(answer -> 'choices') WHERE jsonb_typeof(answer -> 'choices') = 'array'
    ) AS picked
    GROUP BY item_version_id, option
), offered AS (
    SELECT version.id AS item_version_id, part.number, part.option ->> 'id' AS option,
        coalesce(
            version.key ->> 'choice' = part.option ->> 'id', version.key -> 'choices' ? (part.option ->> 'id')
        ) AS is_key
    FROM exams_itemversion version
    CROSS JOIN LATERAL jsonb_array_elements(version.question -> 'options') WITH ORDINALITY AS part (option, number)
    WHERE version.id IN (SELECT item_version_id FROM figures) AND (version.key ? 'choice' OR version.key ? 'choices')
), options AS (
    SELECT item_version_id,
        jsonb_agg(
            jsonb_build_object(
                'id', option, 'is_key', is_key, 'chosen', coalesce(chosen, 0),
                'upper', coalesce(upper, 0), 'lower', coalesce(lower, 0), 'rest', rest
            ) ORDER BY number
        ) AS options,
        max(coalesce(upper, 0)) FILTER (WHERE NOT is_key) > min(coalesce(upper, 0)) FILTER (WHERE is_key) AS is_odd
    FROM offered LEFT JOIN chosen USING (item_version_id, option)
    GROUP BY item_version_id
), exposed AS (
    SELECT item_version_id, count(*) AS exposure
    FROM exams_markedanswer
    WHERE item_id = ANY(%(items)s) AND answered_at > %(exposed_since)s
    GROUP BY item_version_id
)
INSERT INTO exams_itemstatistics
    (item_version_id, academy_id, answers, facility, compared, discrimination, upper_lower, options,
     mean_seconds, median_seconds, exposure, guesses, looks_wrongly_keyed, computed_at)
SELECT figures.item_version_id, version.academy_id, answers, facility, compared, discrimination, upper_lower,
    coalesce(options, '[]'), mean_seconds, median_seconds, coalesce(exposure, 0), guesses,
    compared >= %(enough)s
        AND (coalesce(is_odd, false) OR coalesce(discrimination < -1.645 / sqrt(compared), false)),
    %(now)s
FROM figures
JOIN exams_itemversion version ON version.id = figures.item_version_id
LEFT JOIN options USING (item_version_id)
LEFT JOIN exposed USING (item_version_id)
ORDER BY figures.item_version_id
ON CONFLICT (item_version_id) DO UPDATE SET
    answers = excluded.answers, facility = excluded.facility, compared = excluded.compared,
    discrimination = excluded.discrimination, upper_lower = excluded.upper_lower, options = excluded.options,
    mean_seconds = excluded.mean_seconds, median_seconds = excluded.median_seconds, exposure = excluded.exposure,
    guesses = excluded.guesses, looks_wrongly_keyed = excluded.looks_wrongly_keyed, computed_at = excluded.computed_at
"""


@transaction.atomic
def compute_statistics(*, items: Collection[UUID], now: datetime) -> int:
    """Count the figures of every version of these items anew; return how many versions have any."""
    with connection.cursor() as cursor:
        cursor.execute(
            _COMPUTE,
            {
                "items": list(items),
                "review": MarkedAnswer.Source.REVIEW.value,
                "exposed_since": now - EXPOSED_FOR,
                "enough": ENOUGH,
                "now": now,
            },
        )
        counted: int = cursor.rowcount
    # What was answered once and no longer counts.
    ItemStatistics.objects.filter(item_version__item__in=items, computed_at__lt=now).delete()
    return counted


def compute_bank_statistics(*, bank: ItemBank, now: datetime) -> int:
    """The same for all items of a bank."""
    return compute_statistics(items=list(Item.objects.filter(bank=bank).values_list("pk", flat=True)), now=now)


def compute_all_statistics(*, now: datetime) -> int:
    """The same for every bank, each in a transaction of its own."""
    return sum(compute_bank_statistics(bank=bank, now=now) for bank in ItemBank.objects.order_by("pk"))
