"""The aid file from its application to the award, by what happens to it."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.drafts.model import CORRECTIONS, Draft
from chalicelib.kernel.history import HistoryLine
from chalicelib.subsidies.applicants import NoLodgingPartner
from chalicelib.subsidies.model import AWARD, RECEIPT, OutOfStep, SubsidyUnknown, UnitTaken
from chalicelib.subsidies.statuses import Event, Status
from tests.aid import PIVOT, a_partner, aid_answers, an_aiding_office
from tests.aid_world import World


@pytest.fixture
def world() -> World:
    return World()


class TestSending:
    def test_a_form_becomes_a_file_and_its_process_starts(self, world):
        file = world.sent()
        assert (file.status, file.scheme_id, file.round) == (Status.SUBMITTED, "plan", 1)
        assert [document.name for document in file.documents] == ["devis.pdf"]
        assert world.process.inputs == {"s1": {"subsidy_id": "s1"}}
        assert "email" not in file.answers

    def test_sent_twice_it_is_one_file(self, world):
        assert world.sent() == world.sent()
        assert len(world.subsidies.files) == 1

    def test_only_an_active_partner_with_an_accommodation_may_send(self, world):
        for partner in (a_partner(active_until=None), a_partner(category="restaurant")):
            world.partners.partners["p1"] = partner
            with pytest.raises(NoLodgingPartner):
                world.sent()

    def test_nobody_applies_for_somebody_else(self, world):
        typed = {**aid_answers(), "email": "other@example.fr", "partner_id": "p1"}
        with pytest.raises(NoLodgingPartner):
            world.submission.submit(Draft("s9", typed, world.clock(), world.clock(), version=1))

    def test_an_accommodation_has_one_file_at_a_time(self, world):
        world.sent()
        with pytest.raises(UnitTaken):
            world.sent("s2", registration_number="0116000000101")

    def test_an_accommodation_is_free_once_its_file_ended_without_aid(self, world):
        world.service.withdraw(world.sent())
        assert world.sent("s2", registration_number="0116000000101").status is Status.SUBMITTED

    def test_one_of_several_accommodations_is_enough_to_be_taken(self, world):
        world.sent()
        with pytest.raises(UnitTaken):
            world.sent("s2", other_registration_numbers="0116000000909, 0116000000101")


class TestReview:
    def test_the_pivot_date_is_the_day_on_which_the_file_was_found_complete(self, world):
        file = world.told(world.sent(), Event.FOUND_COMPLETE)
        assert (file.status, file.complete_on) == (Status.COMPLETE, date(2027, 3, 3))
        assert world.mails(file) == ["subsidies/complete"]

    def test_the_first_pivot_date_stays_when_the_file_is_found_complete_again(self, world):
        file = world.told(world.under_review(), Event.SENT_BACK)
        world.clock.wait(days=5)
        assert world.told(file, Event.FOUND_COMPLETE).complete_on == date(2027, 3, 3)

    def test_the_amount_is_worked_out_with_its_steps(self, world):
        file = world.under_review()
        assert file.status is Status.UNDER_REVIEW
        assert (file.cents, file.amount.steps[0].cents) == (24_000, 24_000)

    def test_what_a_rule_forbids_goes_back_to_who_checks_files(self, world):
        file = world.told(world.sent(), Event.FOUND_COMPLETE)
        world.partners.partners["p1"] = a_partner(active_until=date(2027, 3, 2))
        file = world.told(file, Event.WORKED_OUT)
        assert (file.status, file.round) == (Status.SUBMITTED, 2)
        assert world.subsidies.list_history("s1")[-1].reason == "Partenaire de l’office"

    def test_an_event_of_another_round_changes_nothing(self, world):
        file = world.told(world.under_review(), Event.SENT_BACK)
        line = HistoryLine(world.clock(), "Claire Martin", "Complet")
        assert world.service.record("s1", Event.FOUND_COMPLETE, line, 1) == file

    def test_a_repeated_event_changes_nothing(self, world):
        file = world.told(world.sent(), Event.FOUND_COMPLETE)
        assert world.told(file, Event.FOUND_COMPLETE) == file

    def test_a_late_office_makes_the_file_overdue_and_tells_both(self, world):
        file = world.told(world.sent(), Event.DECISION_EXPIRED)
        assert file.status is Status.OVERDUE
        assert world.mails(file) == ["subsidies/late", "subsidies/late_for_director"]

    def test_an_overdue_file_is_taken_up_again_in_a_new_run(self, world):
        file = world.told(world.sent(), Event.DECISION_EXPIRED)
        file = world.service.reopen(file, "Claire Martin", "Un oubli")
        assert (file.status, file.run, file.round) == (Status.SUBMITTED, 2, 2)
        assert "s1-2" in world.process.runs

    def test_corrections_are_taken_over_with_their_documents(self, world):
        file = world.told(world.sent(), Event.CHANGES_REQUESTED, reason="Le devis manque.")
        corrected = Draft(
            "s1", aid_answers(excl_vat_cents=10_000), world.clock(), world.clock(), CORRECTIONS, 1
        )
        world.drafts.drafts["s1"] = corrected
        world.documents = []
        file = world.told(file, Event.CORRECTED)
        assert (file.answers["excl_vat_cents"], file.documents, file.round) == (10_000, (), 2)
        assert world.drafts.find("s1") is None

    def test_incomplete_corrections_leave_the_answers_as_they_were(self, world):
        file = world.told(world.sent(), Event.CHANGES_REQUESTED)
        world.drafts.drafts["s1"] = Draft(
            "s1", {"category": "hotel"}, world.clock(), world.clock(), CORRECTIONS, 1
        )
        world.is_complete = False
        file = world.told(file, Event.CORRECTED)
        assert file.answers["category"] == "furnished_rental"
        assert "incomplètes" in world.subsidies.list_history("s1")[-1].reason

    def test_corrections_cannot_take_another_files_accommodation(self, world):
        world.sent("s2")
        file = world.told(world.sent(), Event.CHANGES_REQUESTED)
        taken = aid_answers(registration_number="0116000000201")
        world.drafts.drafts["s1"] = Draft("s1", taken, world.clock(), world.clock(), CORRECTIONS, 1)
        file = world.told(file, Event.CORRECTED)
        assert file.status is Status.SUBMITTED
        assert file.units == ("0116000000101",)


class TestAward:
    def test_an_acceptance_sets_the_money_aside(self, world):
        file = world.accepted()
        envelope = world.money.find_year(2027)
        assert (file.status, file.granted_on, file.envelope_year) == (Status.GRANTED, date(2027, 3, 3), 2027)
        assert (envelope.free, envelope.reserved) == (26_000, 24_000)

    def test_a_refusal_takes_no_money_and_tells_why(self, world):
        file = world.told(world.under_review(), Event.REFUSED, reason="Hors sujet.")
        assert (file.status, file.note) == (Status.REFUSED, "Hors sujet.")
        assert world.money.years == {}

    def test_a_large_aid_waits_for_a_second_person(self, world):
        file = world.accepted(excl_vat_cents=30_000, incl_vat_cents=30_000)
        assert file.status is Status.AWAITING_SECOND_APPROVAL
        assert file.first_approver == "claire.martin@val.example.org"
        assert world.told(file, Event.SECOND_ACCEPTED).status is Status.GRANTED

    def test_an_empty_envelope_makes_the_file_wait_in_its_turn(self, world):
        for key in ("s1", "s2"):
            assert world.accepted(key).status is Status.GRANTED
        third, fourth = world.accepted("s3"), world.accepted("s4", excl_vat_cents=1_000, incl_vat_cents=1_000)
        assert (third.status, fourth.status) == (Status.AWAITING_BUDGET, Status.AWAITING_BUDGET)
        assert world.money.list_waiting() == ["s3", "s4"]
        assert "subsidies/awaiting_budget" in world.mails(third)

    def test_money_that_comes_back_goes_to_who_waits_first(self, world):
        first, *_ = [world.accepted(key) for key in ("s1", "s2", "s3", "s4")]
        world.service.withdraw(first)
        assert world.waiting.serve() == 1
        assert world.service.get("s3").status is Status.GRANTED
        assert world.service.get("s4").status is Status.AWAITING_BUDGET
        assert "s3-2" in world.process.runs

    def test_nobody_is_passed_over_for_a_smaller_sum(self, world):
        for key in ("s1", "s2", "s3"):
            world.accepted(key)
        world.accepted("s4", excl_vat_cents=1_000, incl_vat_cents=1_000)
        assert world.waiting.serve() == 0

    def test_a_new_year_serves_who_waits(self, world):
        for key in ("s1", "s2", "s3"):
            world.accepted(key)
        world.clock.wait(days=365)
        assert world.waiting.serve() == 1
        assert world.service.get("s3").envelope_year == 2028

    def test_who_waits_and_may_not_be_helped_any_more_leaves_the_queue(self, world):
        for key in ("s1", "s2", "s3"):
            world.accepted(key)
        world.partners.partners["p1"] = a_partner(active_until=date(2027, 3, 4))
        world.clock.wait(days=365)
        assert world.waiting.serve() == 1
        file = world.service.get("s3")
        assert (file.status, file.run) == (Status.SUBMITTED, 2)
        assert world.money.queue().waiting == 0

    def test_the_rules_are_asked_again_at_the_moment_of_the_award(self, world):
        rules = an_aiding_office()
        capped = replace(rules.subsidies.schemes[0], owner_year_ceiling_cents=30_000)
        world.rules = replace(rules, subsidies=replace(rules.subsidies, schemes=(capped,)))
        one, two = world.under_review("s1"), world.under_review("s2")
        assert (world.told(one, Event.ACCEPTED).cents, two.cents) == (24_000, 24_000)
        assert world.told(two, Event.ACCEPTED).cents == 6_000

    def test_small_aid_is_counted_at_the_grant_over_the_whole_undertaking(self, world):
        ceiling = [{"regulation": "R", "ceiling_cents": 40_000, "years": 3, "valid_from": "2024-01-01"}]
        world.rules = an_aiding_office(de_minimis=ceiling)
        company = {"legal_nature": "company", "siret": "73282932000074", "legal_name": "SARL"}
        sister = {
            "legal_nature": "company", "siret": "55208131766522", "legal_name": "SAS", "has_linked_companies": "yes",
            "linked_companies": [{"name": "SARL", "siren": "732829320"}],
        }  # fmt: skip
        one, two = world.under_review("s1", **company), world.under_review("s2", **sister)
        assert world.told(one, Event.ACCEPTED).status is Status.GRANTED
        refused = world.told(two, Event.ACCEPTED)
        assert refused.status is Status.SUBMITTED
        told = world.assessor.assess(refused, PIVOT).assessment.verdicts
        assert ["pour un plafond de" in verdict.detail for verdict in told if verdict.is_blocking] == [True]

    def test_the_applicant_reads_which_rule_forbids_and_nothing_of_who_else_was_helped(self, world):
        ceiling = [{"regulation": "R", "ceiling_cents": 40_000, "years": 3, "valid_from": "2024-01-01"}]
        world.rules = an_aiding_office(de_minimis=ceiling)
        company = {"legal_nature": "company", "siret": "73282932000074", "legal_name": "SARL"}
        one, two = world.under_review("s1", **company), world.under_review("s2", **company)
        world.told(one, Event.ACCEPTED)
        world.told(two, Event.ACCEPTED)
        assert world.subsidies.list_history("s2")[-1].reason == "Aides de minimis"

    def test_a_withdrawn_award_gives_the_money_and_the_small_aid_back(self, world):
        file = world.service.withdraw(world.accepted())
        assert file.status is Status.WITHDRAWN
        assert world.money.find_year(2027).free == 50_000
        assert world.register.read([file.owner]).all == ()

    def test_a_file_that_waits_may_be_withdrawn(self, world):
        for key in ("s1", "s2"):
            world.accepted(key)
        world.service.withdraw(world.accepted("s3"))
        assert (world.money.queue().waiting, world.money.queue().cents) == (0, 0)

    def test_a_closed_file_cannot_be_withdrawn(self, world):
        file = world.told(world.under_review(), Event.REFUSED)
        with pytest.raises(OutOfStep):
            world.service.withdraw(file)


class TestPapers:
    def test_the_receipt_is_printed_once_and_sent(self, world):
        file = world.sent()
        assert file.document_due == RECEIPT
        file = world.printing.write("s1", RECEIPT)
        assert world.printing.write("s1", RECEIPT) == file
        assert (world.mails(file), list(world.store.files)) == (
            ["subsidies/received"],
            ["printed/s1/receipt-1.pdf"],
        )

    def test_a_corrected_file_gets_a_receipt_of_its_own(self, world):
        world.sent()
        file = world.told(world.printing.write("s1", RECEIPT), Event.CHANGES_REQUESTED)
        world.clock.wait(hours=1)
        assert world.told(file, Event.CORRECTED).document_due == RECEIPT

    def test_the_months_to_get_classified_count_from_the_letter(self, world):
        file = world.accepted()
        world.clock.wait(days=1)
        file = world.printing.write(file.id, AWARD)
        assert (file.notified_on, file.lapses_on) == (date(2027, 3, 4), date(2028, 3, 4))
        assert world.mails(file)[-1] == "subsidies/granted"
        assert not file.is_in_progress

    def test_a_letter_that_is_not_due_is_not_printed(self, world):
        file = world.sent()
        assert world.printing.write(file.id, AWARD) == file
        assert world.store.files == {}

    def test_nothing_is_printed_of_an_unknown_file(self, world):
        with pytest.raises(SubsidyUnknown):
            world.printing.write("nobody", AWARD)


class TestPermissions:
    def test_a_foreign_file_looks_like_an_unknown_one(self, world):
        file = world.sent()
        for reference, email in ((file.reference, "other@example.fr"), ("SUB-XXXXXX", file.email)):
            with pytest.raises(SubsidyUnknown):
                world.service.get_for(reference, email)

    def test_naming_the_inspector_asks_anew_without_them(self, world):
        file = world.under_review()
        named = world.service.name_inspector(
            file, "Noa Petit", "Claire Martin", "Claire.Martin@val.example.org"
        )
        assert (named.inspectors, named.round, named.status) == (
            ("claire.martin@val.example.org",), 2, Status.UNDER_REVIEW,
        )  # fmt: skip

    def test_naming_the_same_inspector_twice_asks_nobody_once_more(self, world):
        file = world.under_review()
        who = ("Noa Petit", "Claire Martin", "Claire.Martin@val.example.org")
        named = world.service.name_inspector(file, *who)
        assert world.service.name_inspector(named, *who) == named
        assert world.service.get("s1") == named
