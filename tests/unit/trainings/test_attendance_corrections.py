"""A mark that was wrong is corrected after the attendance was closed: where the person stands and what was printed follow."""

from datetime import date, timedelta

import pytest

from chalicelib.kernel.clock import PARIS, paris_day
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.trainings.attendance import State
from chalicelib.trainings.attendance_corrections import AttendanceCorrections, Correction, NotCorrectable
from chalicelib.trainings.attending import AttendingService
from chalicelib.trainings.certifying import Certifying
from chalicelib.trainings.model import OutOfStep
from chalicelib.trainings.statuses import Status
from chalicelib.trainings.surveying import Surveys
from tests.fakes.trainings import FakeCorrections
from tests.training import a_training_office
from tests.training_world import OFFICER

TWO = [
    {"on": "2027-05-04", "begins": "09:00", "ends": "12:30"},
    {"on": "2027-05-04", "begins": "14:00", "ends": "17:00"},
]
A_DAY = timedelta(days=1)
FIRST_DAY = date(2027, 5, 4)
MORNING, AFTERNOON = 0, 1


@pytest.fixture
def attending(world):
    return AttendingService(
        world.sessions, world.planning, world.registrations, world.service, world.missed, world.office, world.clock
    )  # fmt: skip


@pytest.fixture
def certifying(world):
    return Certifying(
        world.sessions, world.registrations, world.papers, world.printer, lambda text: ["1"], lambda: "https://x.example.org",
        world.office, world.clock,
    )  # fmt: skip


@pytest.fixture
def corrections(world):
    return AttendanceCorrections(
        FakeCorrections(world.registrations, world.missed), world.office, world.clock
    )


@pytest.fixture
def session(world):
    return world.published(half_days=TWO)


@pytest.fixture
def people(world, session):
    """Ada came in the morning and in the afternoon, Bob did not, and nobody knew why."""
    return world.come(session, "Ada Petit", "Bob Petit")


@pytest.fixture
def closed(world, attending, session, people):
    ada, bob = people
    world.clock.at = session.plan.ends_at
    for half_day in session.plan.half_days:
        attending.mark(session, ada.id, half_day, State.PRESENT, OFFICER)
        attending.mark(session, bob.id, half_day, State.ABSENT, OFFICER)
    assert attending.close(session, OFFICER)
    return world.planning.get(session.id)


def correct(world, corrections, session, one, half_day=MORNING, state=State.ABSENT, reason="Erreur.", **more):
    known = more.pop("seen", None) or world.now(one)
    correction = Correction(session.plan.half_days[half_day], state, reason, known.version)
    return corrections.correct(world.planning.get(session.id), world.now(one), correction, OFFICER)


class TestWhereThePersonStands:
    def test_who_was_there_after_all_has_come(self, world, corrections, closed, people):
        _, bob = people
        came = correct(world, corrections, closed, bob, state=State.PRESENT, reason="Arrivé en retard.")
        assert (came.status, came.status_since) == (Status.ATTENDED, world.clock())
        line = world.registrations.list_history(came)[-1]
        words = line.what.replace("\u00a0", " ")
        assert words == "Présence corrigée : Présent(e), 4 mai 2027, de 9 h 00 à 12 h 30"
        assert (line.who, line.reason) == (OFFICER, "Arrivé en retard.")

    @pytest.mark.parametrize(
        ("state", "status"), [(State.ABSENT, Status.ABSENT), (State.EXCUSED, Status.EXCUSED)]
    )
    def test_who_was_not_there_at_all_has_not(self, world, corrections, closed, people, state, status):
        ada, _ = people
        assert correct(world, corrections, closed, ada, MORNING, state).status is Status.ATTENDED
        assert correct(world, corrections, closed, ada, AFTERNOON, state).status is status

    def test_the_same_mark_again_changes_nothing_and_tells_nobody(self, world, corrections, closed, people):
        ada, _ = people
        known = len(world.outbox.messages)
        assert correct(world, corrections, closed, ada, state=State.PRESENT) == world.now(ada)
        assert len(world.outbox.messages) == known

    def test_seats_and_people_stay_as_they_were(self, world, corrections, closed, people):
        before = world.seats(closed)
        correct(world, corrections, closed, people[1], state=State.PRESENT)
        assert world.seats(closed) == before


class TestWhen:
    def test_not_before_the_attendance_is_closed(self, world, corrections, session, people):
        world.clock.at = session.plan.ends_at
        with pytest.raises(NotCorrectable, match="ne sont pas closes"):
            correct(world, corrections, session, people[0])

    @pytest.mark.parametrize("days", [0, 1, 30])
    def test_until_the_end_of_the_last_day_of_the_rule(self, world, corrections, closed, people, days):
        world.rules = a_training_office(correction_days=days)
        last = paris_day(closed.status_since) + days * A_DAY
        world.clock.at = world.clock.at.astimezone(PARIS).replace(hour=23, minute=59) + days * A_DAY
        assert paris_day(world.clock()) == last
        correct(world, corrections, closed, people[0])
        world.clock.at += timedelta(minutes=1)
        with pytest.raises(NotCorrectable, match="ne se corrigent plus, depuis le"):
            correct(world, corrections, closed, people[1])
        assert world.now(people[1]).status is Status.ABSENT

    def test_who_had_no_seat_has_no_presence_to_correct(self, world, corrections, closed, people):
        world.put(world.now(people[0]), status=Status.CANCELLED)
        with pytest.raises(OutOfStep):
            correct(world, corrections, closed, people[0])

    def test_of_two_at_once_the_second_is_told_what_changed(self, world, corrections, closed, people):
        seen = world.now(people[0])
        first = correct(world, corrections, closed, people[0], state=State.EXCUSED)
        with pytest.raises(ChangedMeanwhile, match="a changé entre-temps"):
            correct(world, corrections, closed, people[0], AFTERNOON, seen=seen)
        assert world.now(people[0]) == first


class TestTheCertificate:
    @pytest.fixture
    def certified(self, world, certifying, closed, people):
        assert certifying.catch_up() == 1
        return world.now(people[0]).certificate

    def test_who_had_come_after_all_gets_one_by_the_round(
        self, world, certifying, corrections, closed, people
    ):
        correct(world, corrections, closed, people[1], state=State.PRESENT)
        assert certifying.catch_up() == 2
        [mail] = [mail for mail in world.mails(people[1]) if mail.template == "trainings/certificate"]
        assert mail.attachments

    def test_with_other_hours_it_is_withdrawn_and_a_new_one_is_printed_once(
        self, world, certifying, corrections, closed, people, certified
    ):
        ada, _ = people
        corrected = correct(world, corrections, closed, ada)
        assert corrected.certificate is None
        assert corrected.withdrawn == {certified.code: world.clock()}
        assert [certifying.catch_up() for _ in range(2)] == [1, 0]
        made = world.now(ada).certificate
        assert made.code != certified.code
        assert made.key != certified.key
        assert world.registrations.find_by_code(certified.code) == world.now(ada)
        assert world.templates(ada).count("certificate") == 2

    def test_without_hours_it_is_withdrawn_and_none_is_printed(
        self, world, certifying, corrections, closed, people, certified
    ):
        for half_day in (MORNING, AFTERNOON):
            gone = correct(world, corrections, closed, people[0], half_day, State.EXCUSED)
        assert (gone.status, list(gone.withdrawn)) == (Status.EXCUSED, [certified.code])
        assert certifying.catch_up() == 0

    def test_two_that_were_withdrawn_are_both_known(
        self, world, certifying, corrections, closed, people, certified
    ):
        correct(world, corrections, closed, people[0])
        certifying.catch_up()
        second = world.now(people[0]).certificate
        again = correct(world, corrections, closed, people[0], state=State.PRESENT)
        assert list(again.withdrawn) == [certified.code, second.code]

    def test_with_the_same_hours_it_holds(self, world, certifying, corrections, closed, people, certified):
        ada, _ = people
        correct(world, corrections, closed, ada)
        certifying.catch_up()
        made = world.now(ada).certificate
        assert correct(world, corrections, closed, ada, state=State.EXCUSED).certificate == made

    def test_the_round_finds_who_was_corrected_on_the_last_day_of_a_long_rule(
        self, world, certifying, corrections, closed, people, certified
    ):
        world.rules = a_training_office(correction_days=80)
        world.clock.at += 80 * A_DAY
        correct(world, corrections, closed, people[0])
        assert certifying.catch_up() == 1


class TestMissedSessions:
    def test_who_had_come_has_missed_nothing(self, world, corrections, closed, people):
        _, bob = people
        assert world.missed.list_of(bob.person_key) == [FIRST_DAY]
        correct(world, corrections, closed, bob, state=State.PRESENT)
        assert world.missed.list_of(bob.person_key) == []

    def test_who_was_excused_has_missed_nothing_either(self, world, corrections, closed, people):
        correct(world, corrections, closed, people[1], state=State.EXCUSED)
        assert world.missed.list_of(people[1].person_key) == []

    def test_who_had_not_come_has_missed_it(self, world, corrections, closed, people):
        ada, _ = people
        correct(world, corrections, closed, ada, MORNING)
        assert world.missed.list_of(ada.person_key) == []
        correct(world, corrections, closed, ada, AFTERNOON)
        assert world.missed.list_of(ada.person_key) == [FIRST_DAY]

    def test_one_that_is_paid_counts_for_nobody(self, world, attending, corrections):
        session = world.published(half_days=TWO, price_cents=150_00)
        ada, bob = world.come(session, "Ada Petit", "Bob Petit")
        world.clock.at = session.plan.ends_at
        for one in (ada, bob):
            attending.mark(session, one.id, session.plan.half_days[0], State.PRESENT, OFFICER)
        attending.close(session, OFFICER)
        assert correct(world, corrections, session, ada).status is Status.ABSENT
        assert world.missed.list_of(ada.person_key) == []


class TestTelling:
    def told(self, world, one):
        [mail] = [mail for mail in world.mails(one) if mail.template.endswith("attendance_corrected")]
        return mail

    def test_the_person_reads_the_mark_and_the_reason(self, world, corrections, closed, people):
        correct(world, corrections, closed, people[1], state=State.PRESENT, reason="Arrivé en retard.")
        mail = self.told(world, people[1])
        assert (mail.to, mail.context["reason"], mail.context["state"]) == (
            people[1].email, "Arrivé en retard.", "Présent(e)",
        )  # fmt: skip
        assert mail.context["fate"] == "coming"

    @pytest.mark.parametrize(
        ("half_days", "fates"), [([MORNING], ["replaced"]), ([MORNING, AFTERNOON], ["replaced", "cancelled"])]
    )
    def test_what_becomes_of_a_certificate(
        self, world, certifying, corrections, closed, people, half_days, fates
    ):
        for half_day in half_days:
            certifying.catch_up()
            correct(world, corrections, closed, people[0], half_day)
        told = [mail for mail in world.mails(people[0]) if mail.template.endswith("attendance_corrected")]
        assert [mail.context["fate"] for mail in told] == fates

    def test_who_is_excused_instead_of_absent_has_nothing_to_wait_for(
        self, world, corrections, closed, people
    ):
        correct(world, corrections, closed, people[1], state=State.EXCUSED)
        assert self.told(world, people[1]).context["fate"] == "kept"

    def test_each_questionnaire_goes_once_however_often_presence_is_corrected(
        self, world, corrections, closed, people
    ):
        ada, bob = people
        surveys = Surveys(
            world.sessions, world.registrations, None, self.enqueue(world), world.office, world.clock
        )
        world.clock.at = closed.plan.ends_at + timedelta(hours=2)
        assert surveys.send_due() == 1
        for half_day in (MORNING, AFTERNOON):
            correct(world, corrections, closed, ada, half_day)
        correct(world, corrections, closed, ada, state=State.PRESENT)
        correct(world, corrections, closed, bob, state=State.PRESENT)
        assert [surveys.send_due() for _ in range(2)] == [1, 0]
        assert world.templates(ada).count("survey_at_once") == 1
        assert world.templates(bob).count("survey_at_once") == 1

    def enqueue(self, world):
        return lambda mail: world.outbox.put_once(mail, world.clock())
