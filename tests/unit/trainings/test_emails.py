"""Who is told what, and what their calendars are told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.trainings import emails
from chalicelib.trainings.changes import change
from chalicelib.trainings.entries import entries_for, public_entries
from chalicelib.trainings.model import OutOfStep
from chalicelib.trainings.statuses import MOVES, Event, SessionEvent, SessionStatus, Status
from tests.training import a_structure
from tests.training_world import newcomer

DAYS = [{"on": f"2027-05-0{day}", "begins": "09:00", "ends": "12:30"} for day in (4, 5, 6)]
AFTERNOON = {"on": "2027-05-04", "begins": "14:00", "ends": "17:00"}


@pytest.fixture
def session(world):
    return world.published(seats=1, half_days=DAYS[:2], access="Parking.", to_bring="Un téléphone.")


@pytest.fixture
def one(world, session):
    return world.comes(session)


def uids(mail):
    return [(entry.uid.partition("@")[0].rpartition("-")[2], entry.method) for entry in mail.calendar]


class TestWhoGetsWhat:
    def test_a_mail_goes_to_the_person_and_to_the_structure_where_the_person_has_no_address(
        self, world, session
    ):
        hotel = a_structure(email="Accueil@Hotel.example.fr")
        own = replace(newcomer("Ada Petit").person, email="Ada@Example.org")
        people = [newcomer("Bob Petit"), replace(newcomer("Ada Petit"), person=own)]
        world.applies(session, *people, structure=hotel)
        assert [mail.to for mail in world.outbox.messages] == ["accueil@hotel.example.fr", "ada@example.org"]

    @pytest.mark.parametrize(
        ("event", "status", "template"),
        [
            (Event.APPROVED, Status.PENDING, "confirmed"),
            (Event.REFUSED, Status.PENDING, "refused"),
            (Event.APPROVAL_EXPIRED, Status.PENDING, "unanswered"),
            (Event.ACCEPTED, Status.OFFERED, "confirmed"),
            (Event.DECLINED, Status.OFFERED, "declined"),
            (Event.OFFER_EXPIRED, Status.OFFERED, "lapsed"),
            (Event.REPLACED, Status.CONFIRMED, "replaced"),
            (Event.RESCHEDULED, Status.CONFIRMED, "rescheduled"),
            (Event.MOVED, Status.WAITING, "moved"),
            (Event.CANCELLED, Status.WAITING, "cancelled"),
            (Event.CALLED_OFF, Status.PENDING, "called_off"),
            (Event.ENDED, Status.WAITING, "unserved"),
            (Event.ENDED, Status.OFFERED, "unserved"),
        ],
    )
    def test_each_event_has_its_mail(self, world, session, one, event, status, template):
        made = change(replace(one, status=status), event, world.line("fait", reason="Un motif."))
        [mail] = emails.mails_of(session, made, world.rules)
        assert (mail.template, mail.record, mail.occasion) == (f"trainings/{template}", one.id, "version-2")
        assert mail.context["reason"] == "Un motif."
        assert mail.reply_to == world.rules.reply_to

    def test_all_other_events_are_told_by_nobody(self, world, session, one):
        silent = {event for _, event in MOVES} - set(emails.TO_PERSON) - {Event.APPROVED}
        assert silent == {
            Event.OFFERED, Event.CORRECTED, Event.SEATED, Event.MARKED, Event.MARK_CORRECTED, Event.FOUND_PRESENT, Event.FOUND_ABSENT, Event.FOUND_EXCUSED,
            Event.CERTIFIED,
        }  # fmt: skip
        for status, event in MOVES:
            if event in silent:
                made = change(replace(one, status=status), event, world.line("fait"))
                assert emails.mails_of(session, made, world.rules) == []

    def test_who_is_taken_when_all_seats_are_gone_is_told_to_wait(self, world, session, one):
        pending = replace(one, status=Status.PENDING)
        made = change(pending, Event.APPROVED, world.line("fait"), to=Status.WAITING)
        [mail] = emails.mails_of(session, made, world.rules)
        assert (mail.template, mail.calendar) == ("trainings/waitlisted", ())

    def test_an_event_leads_nowhere_else_than_where_it_may(self, world, one):
        for event, to in ((Event.ACCEPTED, None), (Event.CANCELLED, Status.WAITING)):
            with pytest.raises(OutOfStep):
                change(one, event, world.line("fait"), to=to)


class TestWords:
    def test_only_who_has_a_seat_reads_the_way_in(self, world, session, one):
        seated = emails.facts(session, one, world.rules)
        waits = emails.facts(session, replace(one, status=Status.WAITING), world.rules)
        assert [seated[name] for name in ("access", "to_bring")] == ["Parking.", "Un téléphone."]
        assert [waits[name] for name in ("access", "to_bring", "video_link")] == ["", "", ""]

    def test_the_days_the_place_and_the_price_are_said_in_french(self, world):
        session = world.published(half_days=[DAYS[0], AFTERNOON, DAYS[1]], price_cents=123_450)
        said = emails.facts(session, world.comes(session), world.rules)
        assert said["when"] == [
            "mardi 4\u00a0mai 2027, de 9\u00a0h\u00a000 à 12\u00a0h\u00a030 et de 14\u00a0h\u00a000 à 17\u00a0h\u00a000",
            "mercredi 5\u00a0mai 2027, de 9\u00a0h\u00a000 à 12\u00a0h\u00a030",
        ]
        assert said["price"] == "1\u202f234,50\u00a0€ hors taxes"
        assert (said["first_day"], said["due"]) == ("4\u00a0mai 2027", "")

    def test_the_link_opens_the_registration_until_long_after_the_session(self, world, session, one):
        link = world.mails(one)[0].link
        ends = session.plan.ends_at + timedelta(days=120)
        assert (link.path, link.subject, link.holder) == ("/formations/gestion", one.id, one.email)
        assert world.clock() + timedelta(seconds=link.valid_for_seconds) == ends

    def test_after_the_session_the_link_is_still_good_for_as_long(self, world, session, one):
        world.clock.at = session.plan.ends_at + timedelta(days=9)
        link = emails.link_to(session, one, world.clock())
        assert timedelta(seconds=link.valid_for_seconds) == timedelta(days=120)


class TestCalendar:
    def test_each_day_is_an_entry_with_its_hours(self, world):
        session = world.published(half_days=[DAYS[0], AFTERNOON, DAYS[1]])
        one = world.comes(session)
        first, second = world.mails(one)[0].calendar
        assert (first.starts_at, first.ends_at) == (session.plan.starts_at, session.plan.half_days[1].ends_at)
        assert first.uid == f"{one.id}-1@val-exemple.cordee"
        assert second.uid == f"{one.id}-2@val-exemple.cordee"
        assert (first.summary, first.method, first.sequence) == (session.plan.title, "REQUEST", 1)
        assert (first.attendee_name, first.attendee_email) == ("Maëlle Le Goff", one.email)
        assert first.description.splitlines()[:2] == [
            "de 9\u00a0h\u00a000 à 12\u00a0h\u00a030", "de 14\u00a0h\u00a000 à 17\u00a0h\u00a000",
        ]  # fmt: skip

    def test_an_entry_keeps_its_name_and_its_number_rises_with_each_change(self, world, session, one):
        for place in ("Ailleurs", "Encore ailleurs"):
            world.edited(session, place_name=place)
            world.news.tell(session.id)
        world.cancels(one)
        mails = [mail for mail in world.mails(one) if mail.calendar]
        assert [mail.template.rpartition("/")[2] for mail in mails] == [
            "confirmed", "rescheduled", "rescheduled", "cancelled",
        ]  # fmt: skip
        assert len({tuple(entry.uid for entry in mail.calendar) for mail in mails}) == 1
        assert [mail.calendar[0].sequence for mail in mails] == [1, 2, 3, 4]
        assert uids(mails[-1]) == [("1", "CANCEL"), ("2", "CANCEL")]

    def test_a_day_that_falls_away_is_struck_out_and_one_more_is_added(self, world, session, one):
        world.edited(session, half_days=DAYS[:1])
        world.news.tell(session.id)
        assert uids(world.mails(one)[-1]) == [("1", "REQUEST"), ("2", "CANCEL")]
        world.edited(session, half_days=DAYS)
        world.news.tell(session.id)
        assert uids(world.mails(one)[-1]) == [("1", "REQUEST"), ("2", "REQUEST"), ("3", "REQUEST")]
        assert world.now(one).told_days == 3

    def test_who_leaves_before_being_told_of_the_change_loses_the_days_they_knew(self, world, session, one):
        world.edited(session, half_days=DAYS[:1])
        world.cancels(one)
        assert uids(world.mails(one)[-1]) == [("1", "CANCEL"), ("2", "CANCEL")]

    def test_who_waited_while_a_day_fell_away_is_told_of_no_day_they_never_knew(self, world, session, one):
        late = world.comes(session, "Ada Petit")
        world.edited(session, half_days=DAYS[:1])
        world.cancels(one)
        world.answers(late, Event.ACCEPTED)
        assert uids(world.mails(late)[-1]) == [("1", "REQUEST")]

    def test_a_remote_session_is_at_its_link_for_who_has_a_seat_only(self, world):
        link = "https://visio.example.org/salle"
        session = world.published(mode="remote", video_link=link, place_name=None, place_address=None)
        one = world.comes(session)
        [entry] = entries_for(session, one, world.rules, world.clock())
        [public] = public_entries(session, world.rules, "https://pro.example.org/formations/x")
        assert (entry.location, public.location) == (link, "À distance")
        assert link not in str(public)

    def test_what_is_published_names_nobody(self, world, session, one):
        first, _ = public_entries(session, world.rules, "https://pro.example.org/formations/x")
        assert (first.attendee_name, first.attendee_email) == ("", "")
        assert first.url == "https://pro.example.org/formations/x"
        assert first.uid.startswith(session.id)

    @pytest.mark.parametrize(
        ("status", "is_cancelled"),
        [
            (SessionStatus.PUBLISHED, False),
            (SessionStatus.AT_RISK, False),
            (SessionStatus.CLOSED, False),
            (SessionStatus.CANCELLED, True),
        ],
    )
    def test_only_a_session_that_was_called_off_is_struck_out_of_the_public_calendar(
        self, world, session, status, is_cancelled
    ):
        entries = public_entries(replace(session, status=status), world.rules, "")
        assert {entry.is_cancelled for entry in entries} == {is_cancelled}


class TestOfficer:
    @pytest.mark.parametrize(
        ("event", "template"),
        [
            (SessionEvent.APPROVED, "session_approved"),
            (SessionEvent.SENT_BACK, "session_sent_back"),
            (SessionEvent.APPROVAL_EXPIRED, "session_unanswered"),
        ],
    )
    def test_who_is_in_charge_is_told_what_became_of_the_session(self, world, event, template):
        asked = world.planning.publish(world.draft(trainer_kind="external"), "Yann Le Goff")
        told = world.happens(asked, event, "Claire Martin", "Trop court")
        [mail] = world.mails(told)
        assert (mail.template, mail.to) == (f"trainings/{template}", "yann.legoff@val.example.org")
        assert (mail.context["name"], mail.context["reason"]) == ("Yann", "Trop court")

    def test_who_left_the_office_is_told_nothing_and_the_session_goes_on(self, world):
        asked = world.planning.publish(world.draft(trainer_kind="external"), "Yann Le Goff")
        people = tuple(person for person in world.rules.people if person.id != "yann")
        world.rules = replace(world.rules, people=people)
        told = world.happens(asked, SessionEvent.APPROVED)
        assert (told.status, world.mails(told)) == (SessionStatus.PUBLISHED, [])


def test_two_mails_about_one_registration_are_never_the_same(world, session, queue):
    world.cancels(queue[0])
    world.answers(queue[1], Event.ACCEPTED)
    world.edited(session, place_name="Ailleurs")
    world.news.tell(session.id)
    keys = [mail.key for mail in world.outbox.messages]
    assert len(keys) == len(set(keys))
