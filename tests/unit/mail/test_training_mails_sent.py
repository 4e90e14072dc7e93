"""Which mails go out with what happens to registrations."""

from dataclasses import replace
from types import SimpleNamespace

from chalicelib.trainings.model import Person
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.service import RegistrationService
from chalicelib.trainings.statuses import Status
from tests.unit.mail.letters import File
from tests.unit.mail.training_letters import NOW, a_registration, a_session, a_training_office

FILE = File()
SESSION = a_session(FILE)


class Kept:
    """The seats with two who wait; notes what is saved."""

    def __init__(self):
        self.saved = []

    def seats(self, session_id):
        return Seats(session_id, 1, 1, taken=1, regular=("first", "second"), is_open=True)

    def find(self, registration_id):
        return None

    def find_person(self, session_id, person_key):
        return ""

    def save(self, changes, mails, seats=None):
        self.saved.append((changes, mails))


def a_service(kept):
    sessions = SimpleNamespace(find=lambda session_id: SESSION)
    return RegistrationService(sessions, kept, None, lambda: a_training_office(FILE), lambda: NOW, str)


def test_who_is_moved_in_the_waiting_list_is_told_why():
    kept = Kept()
    waits = a_registration(FILE, SESSION, id="second", status=Status.WAITING)
    a_service(kept).move(waits, 1, "Yann Le Goff", "Deux personnes viennent ensemble.")
    ((_, mails),) = kept.saved
    assert [(mail.template, mail.context["reason"]) for mail in mails] == [
        ("trainings/moved", "Deux personnes viennent ensemble.")
    ]


def test_a_colleague_gets_the_days_that_the_other_person_gives_back_and_they_are_counted():
    kept = Kept()
    seated = a_registration(FILE, SESSION, told_version=0)
    a_service(kept).replace(seated, Person("Paul", "Martin", "paul@example.org"), "Maëlle Le Goff", "k1")
    (((left, comes), mails),) = kept.saved
    assert [(mail.template, mail.to) for mail in mails] == [
        ("trainings/replaced", seated.email),
        ("trainings/confirmed", "paul@example.org"),
    ]
    assert [[entry.is_cancelled for entry in mail.calendar] for mail in mails] == [
        [True, True],
        [False, False],
    ]
    assert (comes.after.told_days, comes.after.told_version) == (2, SESSION.plan_version)
    assert left.after == replace(left.after, status=Status.REPLACED, replaced_by=comes.after.id)
