"""Which mails a change sends."""

import pytest

from chalicelib.kernel.history import HistoryLine
from chalicelib.partners.emails import mails_of
from chalicelib.partners.model import Event, apply
from tests.factories import an_office
from tests.fakes.clock import NOON
from tests.unit.partners.test_model import LEGAL, a_file

SILENT = {Event.FOUND_DUPLICATE, Event.CHANGES_REQUESTED, Event.CORRECTED, Event.PAYMENT_CONFIRMED}
"""A request for changes and a payment are told by the mail of the next step."""


@pytest.mark.parametrize(("status", "event"), list(LEGAL))
def test_each_change_tells_the_applicant_once_of_that_very_version(status, event):
    change = apply(a_file(status, version=4), event, HistoryLine(NOON, "Yann", "fait"))
    mails = mails_of(change, an_office())
    told = [mail for mail in mails if mail.to == change.after.email]
    assert len(told) == (0 if event in SILENT else 1)
    assert {mail.occasion for mail in mails} <= {"version-5"}
    assert len({mail.key for mail in mails}) == len(mails)
