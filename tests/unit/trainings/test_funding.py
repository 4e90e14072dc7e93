"""What training funds say of a session: seven hours of a training action at least."""

from datetime import date

import pytest

from chalicelib.office.periods import Period
from chalicelib.office.trainings import Fund
from chalicelib.trainings.funding import fund_verdicts
from chalicelib.trainings.plan import plan_of
from tests.training import SINCE, session_answers, training_rules

ON = date(2027, 3, 3)
MORNING = {"on": "2027-05-04", "begins": "09:00", "ends": "12:00"}
AFTERNOON = {"on": "2027-05-04", "begins": "13:30", "ends": "17:30"}


def verdicts(rules=None, **answers):
    made = plan_of(session_answers(**{"kind": "training_action", **answers}))
    return [(one.is_fundable, one.sentence) for one in fund_verdicts(made, rules or training_rules(), ON)]


@pytest.mark.parametrize(
    ("rows", "is_fundable", "sentence"),
    [
        ([MORNING], False, "Non finançable par l’AGEFICE\u00a0: il faut au moins 7\u00a0heures."),
        ([MORNING, AFTERNOON], True, "Finançable par l’AGEFICE (au moins 7\u00a0heures)."),
        (
            [MORNING, {**AFTERNOON, "ends": "17:29"}],
            False,
            "Non finançable par l’AGEFICE\u00a0: il faut au moins 7\u00a0heures.",
        ),
    ],
)
def test_three_hours_are_not_fundable_and_seven_are(rows, is_fundable, sentence):
    assert verdicts(half_days=rows) == [(is_fundable, sentence)]


def test_a_workshop_is_never_fundable_however_long_it_lasts():
    assert verdicts(kind="workshop", half_days=[MORNING, AFTERNOON]) == [
        (False, "Non finançable par l’AGEFICE\u00a0: ce n’est pas une action de formation.")
    ]


def test_each_fund_in_force_speaks_with_its_note():
    funds = (
        Fund(SINCE, "FIF-PL", 2, "Demandez avant le début."),
        Fund(Period(date(2020, 1, 1), date(2026, 12, 31)), "AGEFICE", 7),
        Fund(Period(date(2027, 3, 4), None), "OPCO EP", 7),
    )
    assert verdicts(training_rules(funds=funds), half_days=[MORNING]) == [
        (True, "Finançable par FIF-PL (au moins 2\u00a0heures). Demandez avant le début.")
    ]
