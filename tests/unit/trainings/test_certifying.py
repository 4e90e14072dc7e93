"""In whose name certificates are made."""

from datetime import date

from chalicelib.office.periods import Period
from chalicelib.office.trainings import Signer
from chalicelib.trainings.certifying import signer_of
from tests.training import a_training_office

ON = date(2027, 3, 12)


def test_certificates_are_made_in_the_name_of_whom_the_file_says_for_that_day():
    noa = Signer(Period(date(2027, 1, 1), ON), "noa", "présidente")
    office = a_training_office(signers=(noa,))
    assert signer_of(office, ON) == noa


def test_where_the_file_names_nobody_the_direction_answers_by_delegation():
    found = signer_of(a_training_office(), ON)
    assert found is not None
    assert (found.person, found.title, found.is_delegate) == ("claire", "direction", True)
