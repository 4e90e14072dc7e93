"""Sessions: written, approved, published, changed, kept, copied, called off."""

from dataclasses import replace

import pytest

from chalicelib.kernel.errors import InvalidAnswers
from chalicelib.kernel.ports import RunState
from chalicelib.trainings.model import OutOfStep, SessionUnknown
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.statuses import SessionEvent, SessionStatus, Status
from tests.training_world import OFFICER

DRAFT, PUBLISHED = SessionStatus.DRAFT, SessionStatus.PUBLISHED
EXTERNAL = {"trainer_kind": "external"}
LATER = [{"on": "2027-06-01", "begins": "09:00", "ends": "12:30"}]


class TestDrafts:
    def test_a_new_session_is_a_draft_that_takes_nobody(self, world):
        session = world.draft()
        assert (session.status, session.created_by, session.run) == (DRAFT, OFFICER, 0)
        assert session.reference.startswith("SES-")
        assert world.seats(session) == Seats(session.id, 0, 0)
        assert world.told(session) == ["Session créée"]
        assert world.planning.get_by_reference(session.reference) == session

    def test_a_draft_that_is_sent_twice_is_one(self, world):
        first = world.planning.create("secret", {"title": "Photos"}, OFFICER)
        assert world.planning.create("secret", {"title": "Autre"}, "Noa Petit") == first
        assert len(world.sessions.sessions) == 1

    def test_a_draft_may_lack_anything_and_be_changed_at_will(self, world):
        session = world.draft(half_days=None, seats=None)
        edited = world.edited(session, title="Autre titre")
        assert (edited.status, edited.plan.title) == (DRAFT, "Autre titre")
        assert world.told(edited) == ["Session créée", "Session modifiée"]

    def test_the_same_answers_are_no_change(self, world):
        session = world.draft()
        assert world.edited(session) == session

    def test_a_copy_has_everything_but_the_dates_and_stands_for_itself(self, world):
        session = world.published(**EXTERNAL, kind="training_action")
        copy = world.planning.duplicate(session, "copy", "Noa Petit")
        assert copy.answers == {name: value for name, value in session.answers.items() if name != "half_days"}
        assert (copy.status, copy.created_by, copy.plan.first_day) == (DRAFT, "Noa Petit", None)
        assert copy.reference != session.reference

    def test_what_does_not_exist_is_not_found(self, world):
        for look in (world.planning.get, world.planning.get_by_reference):
            with pytest.raises(SessionUnknown):
                look("nothing")


class TestPublishing:
    def test_a_complete_session_opens_with_its_seats(self, world):
        session = world.planning.publish(world.draft(seats=12), OFFICER)
        assert (session.status, session.run, session.plan_version) == (PUBLISHED, 0, 0)
        assert world.seats(session) == Seats(session.id, 12, 12, is_open=True, version=1)
        assert world.session_process.runs == {}
        assert world.mails(session) == []

    def test_every_mistake_is_named_at_once_and_nothing_is_published(self, world):
        rows = [{"on": "2027-03-02", "begins": "12:00", "ends": "09:00"}]
        session = world.draft(title=None, seats=1, minimum=3, half_days=rows)
        with pytest.raises(InvalidAnswers) as wrong:
            world.planning.publish(session, OFFICER)
        fields = [error.field for error in wrong.value.errors]
        assert fields == ["title", "half_days-0-on", "half_days-0-ends", "minimum"]
        assert world.planning.get(session.id).status is DRAFT

    def test_with_an_external_trainer_the_direction_is_asked_first(self, world):
        session = world.planning.publish(world.draft(**EXTERNAL), OFFICER)
        assert (session.status, session.awaited_step) == (
            SessionStatus.AWAITING_APPROVAL, "training_publication",
        )  # fmt: skip
        assert (session.round, session.run) == (2, 1)
        assert world.session_process.inputs == {session.run_name: {"session_id": session.id}}
        assert not world.seats(session).is_open

    def test_an_approved_session_opens_and_its_officer_is_told(self, world):
        session = world.published(**EXTERNAL, seats=4)
        assert (session.status, world.seats(session).capacity) == (PUBLISHED, 4)
        [mail] = world.mails(session)
        assert (mail.template, mail.to) == ("trainings/session_approved", "yann.legoff@val.example.org")

    @pytest.mark.parametrize(
        ("event", "template"),
        [
            (SessionEvent.SENT_BACK, "session_sent_back"),
            (SessionEvent.APPROVAL_EXPIRED, "session_unanswered"),
        ],
    )
    def test_without_approval_it_is_a_draft_again_and_may_be_asked_anew(self, world, event, template):
        asked = world.planning.publish(world.draft(**EXTERNAL), OFFICER)
        back = world.happens(asked, event, "Claire Martin", "Trop court")
        assert (back.status, world.templates(back)) == (DRAFT, [template])
        assert world.mails(back)[0].context["reason"] == "Trop court"
        again = world.planning.publish(back, OFFICER)
        assert (again.round, again.run) == (3, 2)
        assert world.session_process.state(again.run_name) is RunState.RUNNING

    def test_an_answer_to_an_older_question_changes_nothing(self, world):
        asked = world.planning.publish(world.draft(**EXTERNAL), OFFICER)
        back = world.happens(asked, SessionEvent.SENT_BACK)
        again = world.planning.publish(back, OFFICER)
        assert world.happens(asked, SessionEvent.APPROVED) == again
        assert not world.seats(again).is_open

    def test_what_is_published_or_waits_for_approval_is_not_published_again(self, world):
        for session in (world.published(), world.planning.publish(world.draft(**EXTERNAL), OFFICER)):
            with pytest.raises(OutOfStep):
                world.planning.publish(session, OFFICER)

    def test_what_waits_for_approval_is_not_changed_behind_the_direction(self, world):
        asked = world.planning.publish(world.draft(**EXTERNAL), OFFICER)
        with pytest.raises(OutOfStep):
            world.edited(asked, title="Autre titre")


class TestCallingOff:
    def test_a_published_session_shuts_and_a_run_tells_everybody(self, world):
        session = world.published()
        world.comes(session)
        off = world.called_off(session, "Intervenante malade")
        assert (off.status, off.note, off.is_untold) == (
            SessionStatus.CANCELLED, "Intervenante malade", True,
        )  # fmt: skip
        assert not world.seats(session).is_open
        assert world.session_process.state(off.run_name) is RunState.RUNNING

    def test_a_draft_is_called_off_and_nobody_has_to_be_told(self, world):
        off = world.called_off(world.draft())
        assert (off.status, off.is_untold) == (SessionStatus.CANCELLED, False)
        assert world.session_process.runs == {}

    def test_who_leads_it_is_told_why(self, world):
        session = world.published(trainer_email="ines@example.org")
        off = world.called_off(session, "Salle fermée")
        [mail] = world.mails(off)
        assert (mail.template, mail.to, mail.context["reason"]) == (
            "trainings/trainer_called_off", "ines@example.org", "Salle fermée",
        )  # fmt: skip

    def test_who_was_to_lead_a_draft_heard_nothing_of_it_and_hears_nothing_now(self, world):
        assert world.mails(world.called_off(world.draft(trainer_email="ines@example.org"))) == []

    def test_the_direction_is_asked_no_more_about_a_session_that_is_called_off(self, world):
        asked = world.planning.publish(world.draft(**EXTERNAL), OFFICER)
        off = world.called_off(asked)
        assert (off.awaited_step, off.is_in_progress) == ("", False)
        assert world.happens(asked, SessionEvent.APPROVED).status is SessionStatus.CANCELLED

    def test_what_is_called_off_stays_so(self, world):
        session = world.published()
        world.called_off(session)
        with pytest.raises(OutOfStep):
            world.called_off(session)
        with pytest.raises(OutOfStep):
            world.edited(session, title="Autre titre")


class TestMinimum:
    @pytest.fixture
    def risky(self, world, session):
        return world.happens(session, SessionEvent.MINIMUM_MISSED)

    def test_a_session_below_its_minimum_asks_by_a_run_and_takes_people_on(self, world, session, risky):
        assert (risky.status, risky.awaited_step) == (SessionStatus.AT_RISK, "training_minimum")
        assert world.session_process.state(risky.run_name) is RunState.RUNNING
        assert world.comes(session).status is Status.CONFIRMED

    @pytest.mark.parametrize(
        ("event", "templates"),
        [(SessionEvent.KEPT, []), (SessionEvent.MINIMUM_EXPIRED, ["session_kept"])],
    )
    def test_kept_by_an_answer_or_by_silence_it_is_settled(self, world, risky, event, templates):
        kept = world.happens(risky, event)
        assert (kept.status, kept.is_settled, kept.awaited_step) == (PUBLISHED, True, "")
        assert world.templates(kept) == templates

    def test_the_answer_may_be_to_call_it_off(self, world, risky):
        off = world.happens(risky, SessionEvent.CALLED_OFF, reason="Trop peu")
        assert (off.status, off.is_untold, world.seats(off).is_open) == (
            SessionStatus.CANCELLED, True, False,
        )  # fmt: skip
        assert off.run == risky.run, "the run that asked tells everybody too"

    def test_the_run_that_hears_so_tells_everybody_and_needs_no_other(self, world, risky):
        off = world.happens(risky, SessionEvent.CALLED_OFF, reason="Trop peu")
        assert (off.run, list(world.session_process.runs)) == (risky.run, [risky.run_name])

    def test_it_may_be_edited_and_stays_in_question(self, world, risky):
        edited = world.edited(risky, half_days=LATER)
        assert (edited.status, edited.is_untold) == (SessionStatus.AT_RISK, True)
        assert world.happens(edited, SessionEvent.KEPT).is_untold


def test_a_session_says_under_which_office_file_it_was_written(world):
    session = world.draft()
    world.rules = replace(world.rules, version=7)
    assert (session.office_version, world.draft().office_version) == (1, 7)
