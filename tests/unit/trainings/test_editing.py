"""A published session changes: what is news for whom, and what becomes of its seats."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile, InvalidAnswers
from chalicelib.trainings.plan import plan_of
from chalicelib.trainings.planning import SeatsUnderTaken, TrainerToApprove, is_news
from chalicelib.trainings.statuses import Status
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
        assert world.told(after)[-1] == HANDED_OVER
        assert (after.plan.in_charge, after.version, after.is_untold) == (
            "claire",
            session.version + 1,
            False,
        )

    def test_what_changes_with_it_has_another_line(self, world):
        after = world.edited(world.published(), in_charge="claire", place_name="Ailleurs", seats=5)
        assert world.told(after)[-2:] == [HANDED_OVER, "Session modifiée"]
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
    @pytest.mark.parametrize("roles", [(), ("network_officer", "quality_officer")])
    def test_an_external_trainer_comes_to_a_published_session_by_the_direction_alone(self, world, roles):
        session = world.published()
        with pytest.raises(TrainerToApprove, match="dupliquez la session"):
            world.edited(session, roles=roles, **EXTERNAL)
        assert world.planning.get(session.id) == session
        assert world.edited(session, roles=("director",), **EXTERNAL).plan.trainer.is_external

    def test_who_approves_is_said_by_the_office_file(self, world):
        session = world.published()
        world.rules = replace(world.rules, approvals={"training_publication": "quality_officer"})
        with pytest.raises(TrainerToApprove):
            world.edited(session, roles=("director",), **EXTERNAL)
        assert world.edited(session, roles=("quality_officer",), **EXTERNAL).plan.trainer.is_external

    def test_a_session_that_was_approved_with_one_is_changed_by_anybody(self, world):
        session = world.published(**EXTERNAL)
        assert world.edited(session, place_name="Ailleurs").plan.place.name == "Ailleurs"
        assert not world.edited(session, trainer_kind="internal").plan.trainer.is_external

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
