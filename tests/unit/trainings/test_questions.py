"""What people are asked about sessions and registrations, who is asked, who never is, and until when."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.decisions.model import DecisionState, Visitor, may_answer, may_read
from chalicelib.trainings import questions
from chalicelib.trainings.model import Person
from chalicelib.trainings.questions import RegistrationCase, SessionCase
from chalicelib.trainings.statuses import Event, SessionEvent
from tests.training_world import OFFICER, newcomer

DESCRIBED = [("L’essentiel", [("Intitulé", "Réussir ses photos")])]
CLAIRE, YANN, NOA = (
    "claire.martin@val.example.org",
    "yann.legoff@val.example.org",
    "noa.petit@val.example.org",
)
STARTS = datetime(2027, 5, 4, 7, tzinfo=UTC)


def asked_about(world, record, which):
    """The question about a session or a registration, as a task puts it."""
    return getattr(questions, which)(case_of(world, record))


def case_of(world, record):
    more = (DESCRIBED, world.rules)
    if hasattr(record, "person"):
        session = world.service.session_of(record)
        return RegistrationCase(
            session, record, *more, world.registrations.list_history(record), world.clock()
        )
    return SessionCase(record, world.seats(record), *more, world.sessions.list_history(record), world.clock())


def codes(asked):
    return [(outcome.code, outcome.needs_reason) for outcome in asked.question.outcomes]


def expires_at(asked):
    return datetime.fromisoformat(asked.question.timetable.expires_at)


class TestPublication:
    @pytest.fixture
    def asked(self, world):
        session = world.planning.publish(world.draft(trainer_kind="external"), OFFICER)
        return asked_about(world, session, "publication")

    def test_the_direction_reads_the_session_and_its_history(self, asked):
        dossier = asked.question.full_dossier
        assert asked.addressee.email == CLAIRE
        assert codes(asked) == [("accept", False), ("send_back", True)]
        assert dossier["sections"] == [
            {"title": "L’essentiel", "rows": [{"label": "Intitulé", "value": "Réussir ses photos"}]}
        ]
        assert [line["what"] for line in dossier["history"]] == [
            "Session créée",
            "Accord demandé à la direction",
        ]

    def test_the_question_ends_with_the_beginning_of_the_session(self, asked):
        assert expires_at(asked) == STARTS
        assert asked.question.timetable.reminder_days == (3, 6)

    def test_the_trainer_never_approves_their_own_session(self, world):
        session = world.planning.publish(
            world.draft(trainer_kind="external", trainer_email=CLAIRE.upper()), OFFICER
        )
        asked = asked_about(world, session, "publication")
        assert asked.question.excluded == {CLAIRE}
        assert asked.addressee.email == YANN

    def test_what_is_sent_back_is_asked_anew_as_another_question(self, world, asked):
        session = world.planning.get(asked.question.record)
        again = world.planning.publish(world.happens(session, SessionEvent.SENT_BACK), OFFICER)
        assert asked_about(world, again, "publication").question.decision_id != asked.question.decision_id


class TestOtherTrainer:
    @pytest.fixture
    def asked(self, world):
        session = world.published(trainer_kind="external", trainer_name="Inès Delacroix")
        proposed = world.edited(session, trainer_name="Claire Martin", trainer_email=CLAIRE)
        return asked_about(world, proposed, "publication")

    def test_the_direction_reads_who_was_to_lead_it_and_who_would(self, asked):
        assert asked.question.title == "autre intervenant extérieur"
        assert [(one.code, one.label) for one in asked.question.outcomes] == [
            ("accept", "Donner mon accord"),
            ("send_back", "Refuser ce changement"),
        ]
        first = asked.question.full_dossier["sections"][0]
        assert [(row["label"], row["value"]) for row in first["rows"]] == [
            ("Intervenant prévu", "Inès Delacroix"),
            ("Intervenant proposé", "Claire Martin"),
            ("Son e-mail", CLAIRE),
        ]

    def test_who_would_lead_it_never_approves_that(self, asked):
        assert asked.question.excluded == {CLAIRE}
        assert asked.addressee.email == YANN


class TestMinimum:
    def test_the_numbers_are_said_and_both_ways_offered(self, world):
        session = world.published(seats=4, minimum=3)
        world.comes(session)
        risky = world.happens(session, SessionEvent.MINIMUM_MISSED)
        asked = asked_about(world, risky, "minimum")
        assert codes(asked) == [("keep", False), ("call_off", True)]
        assert asked.question.full_dossier["sections"] == [
            {
                "title": "Inscriptions",
                "rows": [
                    {"label": "Personnes inscrites", "value": "1"},
                    {"label": "Minimum prévu", "value": "3"},
                    {"label": "Places", "value": "4"},
                    {"label": "Première date", "value": "4\u00a0mai 2027"},
                ],
            }
        ]

    @pytest.mark.parametrize(
        ("before", "ends"),
        [
            (timedelta(days=7), STARTS - timedelta(days=4)),
            (timedelta(days=3), STARTS - timedelta(days=1)),
            (timedelta(hours=20), STARTS - timedelta(hours=19)),
        ],
    )
    def test_an_answer_is_due_within_three_days_and_a_day_before_at_the_latest(self, world, before, ends):
        risky = world.happens(world.published(minimum=1), SessionEvent.MINIMUM_MISSED)
        world.clock.at = STARTS - before
        asked = asked_about(world, risky, "minimum")
        assert expires_at(asked) == ends
        timetable = asked.question.timetable
        assert (timetable.reminder_days, timetable.escalation_days, timetable.expiry_days) == ((1,), 1, 3)


class TestApproval:
    @pytest.fixture
    def session(self, world):
        return world.published(selects="yes")

    def test_who_chooses_reads_who_asks_and_what_they_said_but_nothing_of_their_needs(self, world, session):
        needs = {"needs": "Boucle magnétique"}
        [applied] = world.applies(session, newcomer("Ada Petit", needs=needs))
        asked = asked_about(world, applied.registration, "approval")
        assert codes(asked) == [("accept", False), ("refuse", True)]
        first, *others = asked.question.full_dossier["sections"]
        assert [row["value"] for row in first["rows"]] == [
            "Réussir ses photos au téléphone",
            "Ada Petit",
            "Hôtel du Pont",
        ]
        assert [section["title"] for section in others] == ["L’essentiel"]
        assert "Boucle" not in str(asked)

    def test_nobody_takes_themselves(self, world, session):
        [applied] = world.applies(session, newcomer("Claire Martin"))
        one = world.put(applied.registration, person=Person("Claire", "Martin", CLAIRE))
        asked = asked_about(world, one, "approval")
        assert asked.question.excluded == {CLAIRE, "maelle@hotel.example.fr"}
        assert asked.addressee.email == YANN

    def test_the_question_ends_with_the_beginning_and_an_hour_is_left_at_least(self, world, session):
        one = world.comes(session)
        assert expires_at(asked_about(world, one, "approval")) == STARTS
        world.clock.at = STARTS - timedelta(minutes=5)
        assert expires_at(asked_about(world, one, "approval")) == STARTS + timedelta(minutes=55)


class TestOffer:
    @pytest.fixture
    def offered(self, world, session, queue):
        world.cancels(queue[0])
        return world.now(queue[1])

    def test_the_person_alone_answers_by_a_page_of_their_own(self, world, offered):
        asked = asked_about(world, offered, "offer")
        assert (asked.addressee.name, asked.addressee.email) == ("Bob Petit", offered.email)
        assert codes(asked) == [("accept", False), ("decline", False)]
        assert (asked.question.role, asked.question.page) == ("", "/formations/place")
        assert asked.question.full_dossier["title"] == "Réussir ses photos au téléphone"
        decision = world.desk.open(asked.question, asked.addressee, "token")
        assert may_answer(decision, Visitor("Bob Petit", offered.email, "link"))
        for stranger in (CLAIRE, "other@example.org"):
            assert not may_answer(decision, Visitor("?", stranger, "desk", frozenset({"director"})))

    def test_it_ends_to_the_minute_when_the_seat_is_kept_no_longer(self, world, offered):
        asked = asked_about(world, offered, "offer")
        assert expires_at(asked) == offered.offered_until == world.clock() + timedelta(hours=48)
        decision = world.desk.open(asked.question, asked.addressee, "token")
        assert decision.expires_at == offered.offered_until
        assert decision.is_too_late(offered.offered_until)

    def test_who_waits_again_is_asked_another_question(self, world, session, offered):
        first = asked_about(world, offered, "offer")
        world.answers(offered, Event.DECLINED)
        again = world.comes(session, "Bob Petit")
        assert again.id != offered.id
        assert first.question.record == offered.id

    def test_the_offer_of_a_record_that_moved_on_is_withdrawn_by_the_round(self, world, session, offered):
        asked = asked_about(world, offered, "offer")
        decision = world.desk.open(asked.question, asked.addressee, "token")
        world.cancels(offered)
        world.clock.wait(minutes=5)
        world.reconciler.reconcile()
        assert world.desk.get(decision.id).state is DecisionState.WITHDRAWN


def test_each_process_closes_its_own_questions(world, session, queue):
    world.cancels(queue[0])
    risky = world.happens(session, SessionEvent.MINIMUM_MISSED)
    of_session = asked_about(world, risky, "minimum").question
    of_registration = asked_about(world, world.now(queue[1]), "offer").question
    assert (of_session.process, of_registration.process) == ("trainings_session", "trainings_registration")


def test_questions_to_staff_are_read_by_those_whose_work_they_are(world):
    risky = world.happens(world.published(minimum=1), SessionEvent.MINIMUM_MISSED)
    asked = asked_about(world, risky, "minimum")
    decision = world.desk.open(asked.question, asked.addressee, "token")
    reads = {
        role: may_read(decision, Visitor("?", "?@example.org", "desk", frozenset({role})))
        for role in ("director", "network_officer", "quality_officer", "accounting")
    }
    assert reads == {
        "director": True,
        "network_officer": True,
        "quality_officer": True,
        "accounting": False,
    }
