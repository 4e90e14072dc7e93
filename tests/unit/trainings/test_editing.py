"""A published session changes: what is news for whom, and what becomes of its seats."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile, InvalidAnswers
from chalicelib.trainings.plan import plan_of
from chalicelib.trainings.planning import SeatsUnderTaken, is_news
from chalicelib.trainings.statuses import SessionEvent, SessionStatus, Status
from tests.training import session_answers

HANDED_OVER = "Personne chargée de la session\u00a0: Yann Le Goff → Claire Martin"
EXTERNAL = {"trainer_kind": "external", "trainer_name": "Inès Delacroix"}
LATER = [{"on": "2027-06-01", "begins": "09:00", "ends": "12:30"}]


class TestNews:
    def test_it_may_not_become_incomplete(self, world):
        session = world.published()
        with pytest.raises(InvalidAnswers):
            world.edited(session, title="")
        assert world.planning.get(session.id) == session

    def test_a_new_date_is_news_and_a_run_tells_it(self, world):
        session = world.edited(world.published(), half_days=LATER)
        assert (session.plan_version, session.told_version, session.is_untold) == (1, 0, True)
        assert world.session_process.inputs == {session.run_name: {"session_id": session.id}}

    def test_what_does_not_concern_who_registered_is_no_news(self, world):
        session = world.edited(world.published(), summary="Autre résumé", price_cents=5_000)
        assert (session.plan_version, session.is_untold, session.run) == (0, False, 0)
        assert world.session_process.runs == {}

    @pytest.mark.parametrize(
        "changed",
        [
            {"title": "Autre titre"},
            {"half_days": LATER},
            {"place_name": "Ailleurs"},
            {"access": "Par la cour"},
            {"mode": "remote", "video_link": "https://visio.example.org/b"},
            {"trainer_name": "Inès Delacroix"},
        ],
    )
    def test_when_where_what_and_by_whom_are_news(self, changed):
        before = plan_of(session_answers())
        assert is_news(before, plan_of(session_answers(**changed)))
        assert not is_news(before, plan_of(session_answers(trainer_email="other@example.org", seats=99)))

    def test_a_second_change_before_all_were_told_goes_with_the_run_of_the_first(self, world):
        session = world.edited(world.published(), half_days=LATER)
        again = world.edited(session, place_name="Ailleurs")
        assert (again.plan_version, again.run) == (2, session.run)

    def test_a_session_that_is_under_way_may_be_changed_and_keeps_the_days_that_are_over(self, world):
        days = [{"on": f"2027-05-0{day}", "begins": "09:00", "ends": "12:30"} for day in (4, 5)]
        session = world.published(half_days=days)
        world.clock.at = session.plan.starts_at + timedelta(days=1)
        assert world.edited(session, place_name="Ailleurs").is_untold
        with pytest.raises(InvalidAnswers):
            world.edited(session, half_days=[{**days[0], "on": "2027-05-03"}, days[1]])


class TestHandingOver:
    def test_who_is_in_charge_of_it_from_now_on_has_a_line_that_names_both(self, world):
        session = world.published()
        after = world.edited(session, in_charge="claire")
        assert world.told(after)[1:] == ["Session publiée", HANDED_OVER]
        assert (after.plan.in_charge, after.version, after.is_untold) == (
            "claire",
            session.version + 1,
            False,
        )

    def test_what_changes_with_it_is_the_same_write_and_said_in_the_same_line(self, world):
        session = world.published()
        after = world.edited(session, in_charge="claire", place_name="Ailleurs", seats=5)
        assert world.told(after)[2:] == [f"{HANDED_OVER}. Session modifiée"]
        assert after.version == session.version + 1
        assert (after.plan.place.name, world.seats(after).wanted, after.is_untold) == ("Ailleurs", 5, True)

    def test_nothing_is_handed_over_by_a_change_that_is_refused(self, world):
        session = world.published(seats=2)
        world.come(session, "Ada Petit", "Bob Petit")
        for wrong, error in (({"title": ""}, InvalidAnswers), ({"seats": 1}, SeatsUnderTaken)):
            with pytest.raises(error):
                world.edited(session, in_charge="claire", **wrong)
        assert world.planning.get(session.id) == session

    def test_of_a_draft_nobody_needs_to_know_it(self, world):
        after = world.edited(world.draft(), in_charge="claire")
        assert world.told(after)[-1] == "Session modifiée"


class TestTrainers:
    """Another external trainer waits for the direction; until then the one of before leads the session."""

    @pytest.fixture
    def session(self, world):
        return world.published(**EXTERNAL)

    def proposed(self, world, session, **more):
        return world.edited(session, trainer_name="Sam Petit", trainer_email="sam@studio.example.org", **more)

    @pytest.mark.parametrize("roles", [(), ("network_officer", "quality_officer")])
    def test_another_external_trainer_is_proposed_and_nobody_sees_it_before_the_direction_agrees(
        self, world, session, roles
    ):
        after = self.proposed(world, session, roles=roles)
        assert (after.plan, after.plan_version, after.status) == (session.plan, 0, SessionStatus.PUBLISHED)
        assert after.proposed["trainer_name"] == "Sam Petit"
        assert (after.awaited_step, after.round) == ("training_publication", session.round + 1)
        assert world.session_process.inputs[after.run_name] == {"session_id": session.id}
        assert world.told(after)[-1] == "Autre intervenant proposé à la direction\u00a0: Sam Petit"
        assert world.outbox.messages == world.mails(session)[:1]

    def test_an_external_trainer_instead_of_one_of_the_house_is_proposed_too(self, world):
        session = world.edited(world.published(), **EXTERNAL)
        assert not session.plan.trainer.is_external
        assert session.proposed["trainer_kind"] == "external"

    def test_what_changes_with_it_counts_at_once_in_the_same_write(self, world, session):
        after = self.proposed(world, session, place_name="Ailleurs", in_charge="claire", seats=5)
        assert after.version == session.version + 1
        assert (after.plan.place.name, after.plan.in_charge, world.seats(after).wanted) == (
            "Ailleurs",
            "claire",
            5,
        )
        assert after.plan.trainer == session.plan.trainer
        assert world.told(after)[-1] == (
            f"{HANDED_OVER}. Autre intervenant proposé à la direction\u00a0: Sam Petit. Session modifiée"
        )

    def test_the_direction_names_one_itself(self, world, session):
        after = self.proposed(world, session, roles=("director",))
        assert (after.plan.trainer.name, after.proposed, after.is_untold) == ("Sam Petit", {}, True)

    def test_who_approves_is_said_by_the_office_file(self, world, session):
        world.rules = replace(world.rules, approvals={"training_publication": "quality_officer"})
        assert self.proposed(world, session, roles=("director",)).proposed
        assert not self.proposed(world, session, roles=("quality_officer",)).proposed

    def test_with_the_agreement_the_other_one_leads_it_and_everybody_is_told_once(self, world, session):
        ada = world.comes(session, "Ada Petit")
        asked = self.proposed(world, session)
        agreed = world.happens(asked, SessionEvent.APPROVED, "Claire Martin")
        assert (agreed.plan.trainer.name, agreed.proposed, agreed.status) == ("Sam Petit", {}, asked.status)
        assert (agreed.is_untold, agreed.run) == (True, asked.run), "the run that asked tells it too"
        assert world.told(agreed)[-1] == "Accord donné à un autre intervenant (Sam Petit)"
        world.news.tell(session.id)
        assert world.templates(ada) == ["confirmed", "rescheduled"]
        assert world.templates(session)[-2:] == ["trainer_approved", "trainer_replaced"]
        assert world.mails(session)[-1].to == session.plan.trainer.email

    @pytest.mark.parametrize(
        ("event", "line"),
        [
            (SessionEvent.SENT_BACK, "Autre intervenant refusé (Sam Petit)"),
            (
                SessionEvent.APPROVAL_EXPIRED,
                "Sans réponse de la direction dans le délai\u00a0: l’intervenant reste le même (Sam Petit)",
            ),
        ],
    )
    def test_without_it_the_one_of_before_stays(self, world, session, event, line):
        asked = self.proposed(world, session)
        after = world.happens(asked, event, "Claire Martin", "Pas cette fois.")
        assert (after.plan.trainer, after.proposed, after.is_untold) == (session.plan.trainer, {}, False)
        assert (after.status, after.note, after.is_in_progress) == (SessionStatus.PUBLISHED, "", False)
        assert world.told(after)[-1] == line
        assert world.templates(session)[-1] == "trainer_not_approved"
        assert world.happens(after, SessionEvent.APPROVED) == after

    def test_the_same_person_is_corrected_by_anybody(self, world, session):
        after = world.edited(session, trainer_name="INES  Delacroix", trainer_email="new@example.org")
        assert (after.plan.trainer.email, after.proposed) == ("new@example.org", {})
        assert world.templates(session)[-1] == "trainer_changed"

    def test_other_changes_leave_a_proposal_and_sent_again_it_is_one(self, world, session):
        asked = self.proposed(world, session)
        assert self.proposed(world, asked) == asked
        after = world.edited(asked, place_name="Ailleurs")
        assert (after.proposed, after.round) == (asked.proposed, asked.round)

    def test_another_proposal_is_another_question(self, world, session):
        asked = self.proposed(world, session)
        again = world.edited(asked, trainer_name="Lou Roux")
        assert (again.proposed["trainer_name"], again.round, again.run) == (
            "Lou Roux",
            asked.round + 1,
            asked.run + 1,
        )
        late = world.planning.record(session.id, SessionEvent.APPROVED, world.line("trop tard"), asked.round)
        assert late == again

    def test_somebody_of_the_house_counts_at_once_and_ends_the_proposal(self, world, session):
        asked = self.proposed(world, session)
        after = world.edited(asked, trainer_kind="internal", trainer_name="Noa Petit")
        assert (after.plan.trainer.name, after.proposed, after.awaited_step) == ("Noa Petit", {}, "")
        assert world.happens(after, SessionEvent.APPROVED) == after

    def test_a_session_that_is_called_off_asks_nobody(self, world, session):
        assert world.called_off(self.proposed(world, session)).awaited_step == ""

    def test_below_the_minimum_that_is_settled_first(self, world):
        risky = world.happens(world.published(minimum=2, **EXTERNAL), SessionEvent.MINIMUM_MISSED)
        asked = self.proposed(world, risky)
        assert (asked.awaited_step, asked.round, asked.run) == ("training_minimum", risky.round, risky.run)
        kept = world.happens(asked, SessionEvent.KEPT)
        assert (kept.awaited_step, kept.round) == ("training_publication", asked.round)

    def test_while_the_direction_is_asked_nobody_is_asked_about_the_minimum(self, world):
        session = world.published(minimum=2, **EXTERNAL)
        asked = self.proposed(world, session)
        world.clock.at = session.plan.starts_at - timedelta(days=5)
        world.watch.keep_dates()
        assert world.planning.get(session.id).status is SessionStatus.PUBLISHED
        world.happens(asked, SessionEvent.SENT_BACK)
        world.watch.keep_dates()
        assert world.planning.get(session.id).status is SessionStatus.AT_RISK

    def test_a_draft_asks_for_it_when_it_is_published(self, world):
        assert world.edited(world.draft(), **EXTERNAL).plan.trainer.is_external


class TestSeats:
    def test_more_seats_are_offered_to_those_who_wait_at_once(self, world, session, queue):
        world.edited(session, seats=3)
        assert world.stands(*queue) == [
            Status.CONFIRMED, Status.OFFERED, Status.OFFERED, Status.WAITING,
        ]  # fmt: skip
        assert (world.seats(session).capacity, world.seats(session).free) == (3, 0)

    def test_fewer_seats_than_are_held_ask_the_office_what_becomes_of_it(self, world):
        session = world.published(seats=3)
        world.come(session, "Ada Petit", "Bob Petit", "Cléo Petit")
        with pytest.raises(SeatsUnderTaken) as under:
            world.edited(session, seats=2)
        assert under.value.held == 3
        assert str(under.value).startswith("3\u00a0places sont déjà prises ou proposées.")
        assert world.seats(session).wanted == 3

    def test_seats_are_given_up_as_they_are_freed_once_the_office_said_so(self, world):
        session = world.published(seats=3)
        ada, bob, cleo, dan = world.come(session, "Ada P", "Bob P", "Cléo P", "Dan P")
        world.edited(session, shrink=True, seats=2)
        assert (world.seats(session).capacity, world.seats(session).wanted) == (3, 2)
        world.cancels(ada)
        assert (world.seats(session).capacity, world.now(dan).status) == (2, Status.WAITING)
        world.cancels(bob)
        assert (world.seats(session).capacity, world.now(dan).status) == (2, Status.OFFERED)
        assert world.now(cleo).status is Status.CONFIRMED

    def test_what_the_office_said_of_the_seats_is_not_asked_again_with_the_next_change(self, world):
        session = world.published(seats=3)
        world.come(session, "Ada P", "Bob P", "Cléo P")
        world.edited(session, shrink=True, seats=1)
        assert world.edited(session, title="Autre titre").plan.title == "Autre titre"
        assert world.edited(session, seats=2).plan.seats == 2
        with pytest.raises(SeatsUnderTaken):
            world.edited(session, seats=1)
        assert world.seats(session).wanted == 2

    def test_seats_that_are_just_offered_count_as_held(self, world, session, queue):
        world.edited(session, seats=2)
        with pytest.raises(SeatsUnderTaken):
            world.edited(session, seats=1)

    def test_a_change_made_while_people_register_is_refused_not_lost(self, world):
        session = world.published(seats=3)
        save = world.sessions.save

        def save_late(*given):
            world.sessions.save = save
            world.comes(session)
            save(*given)

        world.sessions.save = save_late
        with pytest.raises(ChangedMeanwhile):
            world.edited(session, seats=1)
        assert (world.seats(session).capacity, world.seats(session).taken) == (3, 1)


class TestTellingWhoLeadsIt:
    def test_another_day_is_told_once_and_what_concerns_nobody_is_not(self, world):
        session = world.published(trainer_email="ines@example.org")
        later = world.edited(session, half_days=LATER)
        world.edited(later, price_cents=2_000)
        [mail] = world.mails(session)
        assert (mail.template, mail.to) == ("trainings/trainer_changed", "ines@example.org")
        assert "1er\xa0juin 2027" in mail.context["first_day"]

    def test_a_session_without_the_address_of_who_leads_it_tells_nobody(self, world):
        session = world.published(trainer_email=None)
        world.edited(session, half_days=LATER)
        assert world.mails(session) == []
