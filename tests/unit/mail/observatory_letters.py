"""The mails about the figures of a month, made by the code that sends them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from chalicelib.mail.model import Message
from chalicelib.observatory import emails
from chalicelib.observatory.doubts import Doubt, Doubtful
from tests.observatory import HOTEL, a_return
from tests.observatory_office import an_observatory_office

NOW = datetime(2027, 4, 3, 9, 0, tzinfo=UTC)


def observatory_messages(file: Any) -> list[Message]:
    """One message of each kind about the figures of the establishment that the tests of mails are about."""
    application = file.application
    office = replace(file.office, observatory=an_observatory_office().observatory)
    hotel = replace(HOTEL, name=application.business_name, email=application.email)
    one = a_return(establishment=hotel)
    doubtful = Doubtful(Doubt.FULL, "Tout est loué, chaque nuit du mois.")
    return [
        emails.asked(one, office, NOW),
        emails.reminder(replace(one, reminders=1), office, NOW),
        emails.question(one, doubtful, office, NOW),
    ]
