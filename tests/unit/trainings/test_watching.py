"""The nearing of a session: reminders, convocations and the choice below the minimum, each once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.kernel.files import PDF
from chalicelib.trainings.model import Mark
from chalicelib.trainings.reminders import reminder_due
from chalicelib.trainings.statuses import Event, SessionEvent, SessionStatus, Status
from tests.training import a_training_office

ACTION = {"kind": "training_action"}


@pytest.fixture
def session(world):
    return published(world, seats=1)


def published(world, **answers):
    """A session whose trainer has no address: what is counted here is what goes to those who come."""
    return world.published(**{"trainer_email": None, **answers})


def rows(on: str, begins="09:00", ends="12:30"):
    return [{"on": on, "begins": begins, "ends": ends}]


def morning(world, year, month, day, hour=5):
    """What the round does on the morning of that day."""
    world.clock.at = datetime(year, month, day, hour, 30, tzinfo=UTC)
    return world.watch.keep_dates()


def occasions(world, one, template):
    return [
        mail.occasion for mail in world.mails(one) if mail.template.removeprefix("trainings/") == template
    ]


@pytest.mark.parametrize(
    ("left", "due"),
    [(30, None), (8, None), (7, 7), (6, 7), (2, 7), (1, 1), (0, None), (-1, None)],
)
def test_the_reminder_is_the_last_one_whose_day_has_come(left, due):
    today = date(2027, 5, 4) - timedelta(days=left)
    assert reminder_due(date(2027, 5, 4), today, (7, 1)) == due


class TestReminders:
    @pytest.mark.parametrize(
        ("first", "days"),
        [
            ("2027-05-04", [(4, 26), (4, 27), (4, 28), (5, 2), (5, 3), (5, 4)]),
            # The clocks change in the night before the session, and in the night of the reminder.
            ("2027-03-28", [(3, 20), (3, 21), (3, 22), (3, 26), (3, 27), (3, 28)]),
            ("2027-10-31", [(10, 23), (10, 24), (10, 25), (10, 29), (10, 30), (10, 31)]),
            ("2027-11-07", [(10, 30), (10, 31), (11, 1), (11, 5), (11, 6), (11, 7)]),
        ],
    )
    def test_each_one_goes_once_seven_days_and_one_day_before(self, world, first, days):
        one = world.comes(published(world, half_days=rows(first)))
        assert [morning(world, 2027, *day) for day in days] == [0, 1, 0, 0, 1, 0]
        assert occasions(world, one, "reminder") == [f"reminder-{first}-7", f"reminder-{first}-1"]

    def test_around_the_29th_of_february_days_are_counted_on_the_calendar(self, world):
        one = world.comes(published(world, half_days=rows("2028-03-01")))
        days = [(2, 22), (2, 23), (2, 28), (2, 29), (3, 1)]
        assert [morning(world, 2028, *day) for day in days] == [0, 1, 0, 1, 0]
        assert occasions(world, one, "reminder")[1] == "reminder-2028-03-01-1"

    @pytest.mark.parametrize(
        ("hour", "sent"),
        [(21, 0), (22, 1)],
    )
    def test_the_day_is_the_one_in_paris(self, world, hour, sent):
        """At 22:30 in UTC, on 26 April, it is the 27th in Paris."""
        world.comes(published(world))
        assert morning(world, 2027, 4, 26, hour) == sent

    def test_a_round_that_was_missed_is_made_up_for_by_the_latest_reminder_only(self, world):
        one = world.comes(published(world))
        assert morning(world, 2027, 5, 3) == 1
        assert occasions(world, one, "reminder") == ["reminder-2027-05-04-1"]

    def test_who_came_after_the_day_of_a_reminder_is_not_reminded_of_what_was_just_said(self, world):
        session = published(world, seats=3)
        world.clock.at = datetime(2027, 4, 27, 5, tzinfo=UTC)
        same_day = world.comes(session, "Ada Petit")
        world.clock.at = datetime(2027, 5, 1, 5, tzinfo=UTC)
        later = world.comes(session, "Bob Petit")
        assert morning(world, 2027, 5, 2) == 0
        assert morning(world, 2027, 5, 3) == 2
        for one in (same_day, later):
            assert occasions(world, one, "reminder") == ["reminder-2027-05-04-1"]

    def test_only_who_has_a_seat_is_reminded(self, world, session, queue):
        world.cancels(queue[0])
        assert morning(world, 2027, 4, 27) == 0
        world.answers(queue[1], Event.ACCEPTED)
        assert morning(world, 2027, 5, 3) == 1

    def test_a_session_that_moves_is_announced_anew(self, world):
        session = published(world)
        one = world.comes(session)
        assert morning(world, 2027, 4, 27) == 1
        world.edited(session, half_days=rows("2027-06-01"))
        assert [morning(world, 2027, *day) for day in ((5, 3), (5, 25), (5, 31))] == [0, 1, 1]
        assert occasions(world, one, "reminder") == [
            "reminder-2027-05-04-7",
            "reminder-2027-06-01-7",
            "reminder-2027-06-01-1",
        ]

    def test_of_a_session_that_is_called_off_nobody_is_reminded(self, world):
        session = published(world)
        world.comes(session)
        world.called_off(session)
        assert morning(world, 2027, 4, 27) == 0

    def test_the_days_are_those_of_the_office_file(self, world):
        world.rules = a_training_office(reminder_days=(3,))
        world.comes(published(world))
        assert [morning(world, 2027, *day) for day in ((4, 27), (5, 1), (5, 3))] == [0, 1, 0]


class TestConvocations:
    def test_a_training_action_convokes_a_fortnight_before_and_workshops_never(self, world):
        action, workshop = published(world, **ACTION), published(world)
        one, other = world.comes(action), world.comes(workshop, "Ada Petit")
        assert [morning(world, 2027, 4, day) for day in (19, 20, 21)] == [0, 1, 0]
        assert occasions(world, one, "convocation") == ["convocation-2027-05-04"]
        assert occasions(world, other, "convocation") == []

    def test_the_letter_is_printed_once_and_goes_with_the_mail(self, world):
        one = world.comes(published(world, **ACTION))
        assert [morning(world, 2027, 4, day) for day in (20, 21)] == [1, 0]
        [mail] = [each for each in world.mails(one) if each.template == "trainings/convocation"]
        [letter] = mail.attachments
        assert letter.name == f"{one.reference}-convocation.pdf"
        assert world.papers.get(letter.key).startswith(b"trainings/convocation.typ")
        [(_, told)] = world.printer.printed
        assert one.person.name in told["addressee"]

    def test_a_round_that_died_after_printing_sends_what_it_had_printed(self, world):
        session = published(world, **ACTION)
        one = world.comes(session)
        world.papers.put(f"printed/{one.id}/convocation-2027-05-04.pdf", b"printed before", PDF)
        assert morning(world, 2027, 4, 20) == 1
        assert world.printer.printed == []

    def test_somebody_whose_letter_cannot_be_printed_keeps_no_colleague_from_theirs(self, world):
        session = published(world, **ACTION)
        one, other = world.comes(session), world.comes(session, "Ada Petit")
        world.printer.fails_for = one.person.name
        with pytest.raises(RuntimeError, match="out of order"):
            morning(world, 2027, 4, 20)
        assert (occasions(world, one, "convocation"), len(occasions(world, other, "convocation"))) == ([], 1)

    def test_who_comes_late_is_convoked_by_the_next_round(self, world):
        session = published(world, **ACTION)
        world.clock.at = datetime(2027, 4, 30, 5, tzinfo=UTC)
        one = world.comes(session)
        assert morning(world, 2027, 5, 1) == 1
        assert occasions(world, one, "convocation") == ["convocation-2027-05-04"]


class TestTrainer:
    def test_who_leads_the_session_gets_the_list_with_the_first_reminder_once(self, world):
        session = published(world, trainer_email="ines@studio.example.org", seats=4)
        assert [morning(world, 2027, *day) for day in ((4, 26), (4, 27), (4, 28), (5, 3))] == [0, 1, 0, 0]
        [mail] = world.mails(session)
        assert (mail.template, mail.to) == ("trainings/trainer_link", "ines@studio.example.org")

    def test_when_the_date_has_moved_the_list_comes_once_more(self, world):
        session = published(world, trainer_email="ines@studio.example.org")
        assert morning(world, 2027, 4, 27) == 1
        world.edited(session, half_days=rows("2027-06-01"))
        assert [morning(world, 2027, 5, day) for day in (3, 25)] == [0, 1]
        assert world.templates(session) == ["trainer_link", "trainer_changed", "trainer_link"]


class TestMinimum:
    @pytest.fixture
    def session(self, world):
        return published(world, seats=4, minimum=2)

    def status(self, world, session):
        return world.planning.get(session.id).status

    def test_below_the_minimum_a_week_before_the_office_is_asked_once(self, world, session):
        world.comes(session)
        assert morning(world, 2027, 4, 26) == 0
        assert self.status(world, session) is SessionStatus.PUBLISHED
        assert morning(world, 2027, 4, 27) == 2
        asked = world.planning.get(session.id)
        assert (asked.status, asked.round, asked.run) == (SessionStatus.AT_RISK, 2, 1)
        assert world.told(asked)[-1] == "Trop peu d’inscrits\u00a0: choix demandé"
        assert morning(world, 2027, 4, 28) == 0
        assert world.planning.get(session.id) == asked

    def test_at_the_minimum_nobody_is_asked_however_many_wait(self, world, session):
        world.come(session, "Ada Petit", "Bob Petit")
        morning(world, 2027, 4, 27)
        assert self.status(world, session) is SessionStatus.PUBLISHED

    def test_a_seat_that_is_only_offered_does_not_count(self, world, session):
        people = world.come(session, "Ada P", "Bob P", "Cléo P", "Dan P", "Eve P")
        for one in people[:3]:
            world.cancels(one)
        assert world.stands(*people[3:]) == [Status.CONFIRMED, Status.OFFERED]
        morning(world, 2027, 4, 27)
        assert self.status(world, session) is SessionStatus.AT_RISK

    @pytest.mark.parametrize("event", [SessionEvent.KEPT, SessionEvent.MINIMUM_EXPIRED])
    def test_what_the_office_kept_is_not_asked_again(self, world, session, event):
        morning(world, 2027, 4, 27)
        world.happens(world.planning.get(session.id), event)
        morning(world, 2027, 4, 29)
        assert self.status(world, session) is SessionStatus.PUBLISHED

    def test_on_the_day_itself_it_is_too_late_to_ask(self, world, session):
        morning(world, 2027, 5, 4)
        assert self.status(world, session) is SessionStatus.PUBLISHED

    def test_people_are_reminded_while_the_office_thinks(self, world, session):
        one = world.comes(session)
        morning(world, 2027, 4, 27)
        assert self.status(world, session) is SessionStatus.AT_RISK
        assert morning(world, 2027, 5, 3) == 1
        assert len(occasions(world, one, "reminder")) == 2


class TestAttendance:
    """The session is on 4 May 2027, in the charge of Yann, and somebody came."""

    @pytest.fixture
    def one(self, world, session):
        return world.comes(session)

    def test_the_day_after_who_is_in_charge_is_told_once_that_nobody_was_noted(self, world, session, one):
        assert [morning(world, 2027, 5, day, 20) for day in (4, 5, 6)] == [0, 1, 0]
        [mail] = world.mails(session)
        assert (mail.template, mail.to) == ("trainings/attendance_due", "yann.legoff@val.example.org")

    def test_the_day_is_the_one_in_paris(self, world, session, one):
        assert [morning(world, 2027, 5, 4, hour) for hour in (21, 22)] == [0, 1]

    def test_of_a_session_of_two_days_the_last_one_counts(self, world):
        world.comes(published(world, half_days=[*rows("2027-05-04"), *rows("2027-05-06")]))
        assert [morning(world, 2027, 5, day) for day in (5, 6, 7)] == [0, 0, 1]

    def test_where_somebody_was_noted_or_nobody_had_a_seat_nobody_is_told(self, world, session, one):
        published(world)
        world.put(one, marks={"2027-05-04T09:00": Mark("present", "Noa Petit", world.clock())})
        assert morning(world, 2027, 5, 5) == 0

    def test_of_who_is_no_longer_at_the_office_nobody_is_told(self, world, session, one):
        world.rules = replace(world.rules, people=world.rules.people[:1])
        assert morning(world, 2027, 5, 5) == 0


class TestRounds:
    def test_trouble_with_one_session_keeps_no_other_waiting(self, world):
        people = [world.comes(published(world), name) for name in ("Ada Petit", "Bob Petit")]
        broken = world.registrations.list_of_session

        def list_of_session(session_id):
            if session_id == people[0].session_id:
                raise KeyError(session_id)
            return broken(session_id)

        world.registrations.list_of_session = list_of_session
        with pytest.raises(KeyError):
            morning(world, 2027, 4, 27)
        assert occasions(world, people[1], "reminder") == ["reminder-2027-05-04-7"]

    def test_seats_that_nobody_offered_are_offered_by_the_round(self, world, session, queue):
        world.room.of[session.id] = world.seats(session).resized(3)
        assert world.watch.serve_waitlists() == 2
        assert world.stands(*queue[1:]) == [Status.OFFERED, Status.OFFERED, Status.WAITING]

    def test_a_session_without_dates_asks_for_nothing(self, world, session):
        known = world.sessions.sessions[session.id]
        answers = {name: value for name, value in known.answers.items() if name != "half_days"}
        world.sessions.sessions[session.id] = replace(known, answers=answers)
        assert morning(world, 2027, 4, 27) == 0
