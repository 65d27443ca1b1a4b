"""Answers of practice, study and review, marked again when the key of a question was corrected.

Answers of exams are not touched here: a regrade gives their attempts new scores, which bring them along.
"""

import json

from django.db import connection

from exams.bank.models import ItemVersion
from exams.marking.models import MarkedAnswer, RegradeRun
from exams.marking.regrading import marks_the_same
from exams.marking.scoring import fraction_of

# Equal answers are worth the same, so each is marked once, however many learners gave it.
_RESCORE = """
UPDATE exams_markedanswer held
SET fraction = corrected.fraction, written_in = pg_current_xact_id()
FROM unnest(%(answers)s::jsonb[], %(fractions)s::numeric[]) AS corrected (answer, fraction)
WHERE held.item_id = %(item)s AND held.item_version_id = ANY(%(versions)s) AND held.source <> %(exam)s
    AND held.answer = corrected.answer
    AND (held.fraction < corrected.fraction OR (%(may_fall)s AND held.fraction > corrected.fraction))
"""


def rescore_answers(*, corrected: ItemVersion, policy: str) -> int:
    """Mark what was answered to earlier versions by the key of this one; return how many answers changed their worth.

    Versions that ask for something else stay as they were marked. Three statements, however many answers there are.
    """
    earlier = ItemVersion.objects.filter(item=corrected.item_id, number__lt=corrected.number)
    versions = [version.pk for version in earlier if marks_the_same(corrected, version)]
    given = MarkedAnswer.objects.exclude(source=MarkedAnswer.Source.EXAM).filter(
        item=corrected.item_id, item_version__in=versions, answer__isnull=False
    )
    answers = list(given.order_by().values_list("answer", flat=True).distinct())
    fractions = [
        round(fraction_of(type=corrected.type, scoring=corrected.scoring, key=corrected.key, answer=answer), 4)
        for answer in answers
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _RESCORE,
            {
                "answers": [json.dumps(answer) for answer in answers],
                "fractions": fractions,
                "item": corrected.item_id,
                "versions": versions,
                "exam": MarkedAnswer.Source.EXAM.value,
                "may_fall": policy == RegradeRun.Policy.REPLACE,
            },
        )
        changed: int = cursor.rowcount
    return changed
