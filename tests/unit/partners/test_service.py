"""What happens to membership files, by whatever door, once or twice."""

from dataclasses import replace

import pytest

from chalicelib.kernel.ports import RunState
from chalicelib.office.model import CapacityNeeded
from chalicelib.partners.model import AlreadyKnown, ApplicationUnknown, Event, OutOfStep, Status
from chalicelib.partners.service import INCOMPLETE, SIRET_TAKEN
from chalicelib.partners.submitting import SameKeyOtherAnswers, Submission
from chalicelib.partners.wording import EVENT_WORDS
from tests.factories import some_answers
from tests.fakes.clock import Crash
from tests.world import FREE, World

OTHER_SIRET = "55208131766522"
HUGO = {"email": "hugo@gite.example.fr", "siret": OTHER_SIRET}


@pytest.fixture
def world():
    return World()


def lines(world, file):
    return [line.what for line in world.applications.list_history(file.id)]


def test_a_form_that_is_sent_becomes_a_file_with_its_frozen_rules_and_a_run(world):
    file = world.submit()
    assert (file.status, file.version, file.office_version, file.form_version) == (
        Status.AWAITING_CONFIRMATION, 1, world.the_office.version, "form-1",
    )  # fmt: skip
    assert file.fee.cents > 0
    assert world.process.inputs == {"f1": {"application_id": "f1"}}
    assert lines(world, file) == ["Demande envoyée"]


def test_the_same_form_sent_again_is_the_same_file(world):
    assert world.submit() == world.submit()
    assert len(world.applications.files) == len(world.process.runs) == 1


def test_the_same_key_with_other_answers_is_refused(world):
    world.submit()
    with pytest.raises(SameKeyOtherAnswers):
        world.submit(business_name="Autre enseigne")


def test_a_start_that_was_lost_is_made_up_for_when_the_form_is_sent_again(world):
    def crash(name):
        raise Crash

    world.process.on_start = crash
    with pytest.raises(Crash):
        world.submit()
    world.process.on_start = None
    world.submit()
    assert world.process.runs == {"f1": RunState.RUNNING}


def test_a_form_sent_again_after_its_confirmation_starts_nothing(world):
    world.file_in(Status.SUBMITTED)
    world.process.runs.clear()
    world.submit()
    assert world.process.runs == {}


def test_a_reference_that_is_taken_is_drawn_again(world, monkeypatch):
    drawn = iter(["ADH-A", "ADH-A", "ADH-B"])
    monkeypatch.setattr("chalicelib.kernel.ids.new_reference", lambda prefix: next(drawn))
    assert world.submit().reference == "ADH-A"
    assert world.submit("f2", **HUGO).reference == "ADH-B"


@pytest.mark.parametrize("shared", [{"siret": OTHER_SIRET}, {"email": "autre@example.fr"}])
def test_a_second_file_is_set_aside_and_the_address_on_file_is_told(world, shared):
    world.file_in(Status.SUBMITTED)
    second = world.submit("f2", **shared)
    assert second.status is Status.DUPLICATE
    assert {"f1", "f2"} <= set(world.process.runs), "its run ends at once: the answer must take as long"
    (told,) = [message for message in world.outbox.messages if message.template == "partners/already_known"]
    assert (told.to, told.record) == ("maelle@hotel.example.fr", "f1")
    assert world.templates("f2") == []


def test_of_two_files_sent_at_once_the_second_to_confirm_is_set_aside(world):
    first, second = world.submit("f1"), world.submit("f2")
    world.record(first, Event.ADDRESS_CONFIRMED)
    aside = world.record(second, Event.ADDRESS_CONFIRMED)
    assert aside.status is Status.DUPLICATE
    assert lines(world, second)[-1] == EVENT_WORDS[Event.FOUND_DUPLICATE]
    assert world.templates("f2") == []
    assert world.templates("f1")[-1] == "partners/already_known"


@pytest.mark.parametrize("status", list(Status))
def test_an_event_that_comes_too_late_changes_nothing_and_mails_nothing(world, status):
    if status is Status.DUPLICATE:
        world.file_in(Status.SUBMITTED, "holder")
        file = world.submit("f1")
    else:
        file = world.file_in(status)
    mails = len(world.outbox.rows)
    late = Event.ACCEPTED if status is not Status.SUBMITTED else Event.PAYMENT_CONFIRMED
    assert world.record(file, late) == file
    assert len(world.outbox.rows) == mails


def test_an_event_of_an_earlier_round_says_nothing_of_this_one(world):
    file = world.file_in(Status.OVERDUE)
    reopened = world.service.reopen(file, "Claire Martin", "À reprendre.")
    late = world.line(Event.REVIEW_EXPIRED)
    assert world.service.record(file.id, Event.REVIEW_EXPIRED, late, file.round) == reopened


def test_a_repeated_event_leaves_one_line_and_one_mail(world):
    file = world.file_in(Status.SUBMITTED)
    world.record(file, Event.ACCEPTED)
    before = (lines(world, file), len(world.outbox.rows))
    world.record(file, Event.ACCEPTED)
    assert (lines(world, file), len(world.outbox.rows)) == before


def test_the_story_of_a_paid_file_is_told_by_its_mails(world):
    file = world.file_in(Status.ACTIVE)
    assert world.templates("f1") == ["partners/receipt", "partners/payment_due", "partners/welcome"]
    assert (file.active_from.isoformat(), file.active_until.isoformat()) == ("2027-03-03", "2027-12-31")


def test_a_free_file_is_approved_without_a_request_for_money(world):
    file = world.record(world.submit(**FREE), Event.ADDRESS_CONFIRMED, Event.ACCEPTED)
    assert file.status is Status.APPROVED
    assert world.service.activate("f1").status is Status.ACTIVE
    assert world.templates("f1") == ["partners/receipt", "partners/welcome"]


def test_activating_twice_welcomes_once(world):
    world.file_in(Status.APPROVED)
    assert world.service.activate("f1") == world.service.activate("f1")
    assert world.templates("f1").count("partners/welcome") == 1


def corrected(world, **answers):
    file = world.file_in(Status.CHANGES_REQUESTED)
    draft = world.drafting.open_corrections(file)
    world.drafting.revise(draft, lambda known: {**known, **answers})
    return world.record(file, Event.CORRECTED)


def test_a_form_that_is_sent_again_leaves_the_corrections_of_its_file_alone(world):
    file = world.file_in(Status.CHANGES_REQUESTED)
    draft = world.drafting.open_corrections(file)
    world.submissions.submit(Submission(file.id, file.answers, "1"))
    assert world.drafting.find(file.id) == draft


def test_corrections_are_taken_over_but_the_address_stays(world):
    file = corrected(world, business_name="Hôtel des Noyers", email="autre@example.fr")
    assert (file.business_name, file.email, file.round) == ("Hôtel des Noyers", "maelle@hotel.example.fr", 2)
    assert world.drafting.find("f1") is None


def test_a_corrected_category_gives_the_fee_of_the_frozen_tariffs(world):
    file = world.file_in(Status.CHANGES_REQUESTED)
    world.the_office = replace(world.the_office, version=2, packs=())
    world.office_at(1)
    frozen = World().the_office
    world.service = replace(world.service, office_at=lambda version: {1: frozen}[version])
    draft = world.drafting.open_corrections(file)
    world.drafting.revise(draft, lambda known: {**known, "capacity_units": 8})
    assert world.record(file, Event.CORRECTED).fee.cents < file.fee.cents


@pytest.mark.parametrize("broken", [{"pack": "inconnu"}, {"capacity_units": None}, {"business_name": ""}])
def test_corrections_that_do_not_hold_leave_the_former_answers_and_say_so(world, broken):
    file = corrected(world, **broken)
    assert (file.status, file.answers) == (Status.SUBMITTED, some_answers())
    assert world.applications.list_history("f1")[-1].reason == INCOMPLETE


def test_a_siret_of_another_file_is_not_taken_by_correction(world):
    world.file_in(Status.SUBMITTED, "other", **HUGO)
    file = corrected(world, siret=OTHER_SIRET, business_name="Hôtel des Noyers")
    assert (file.siret, file.business_name) == ("73282932000074", "Hôtel des Noyers")
    assert world.applications.list_history("f1")[-1].reason == SIRET_TAKEN


def test_a_draft_left_over_from_the_first_sending_is_not_taken_for_corrections(world):
    file = world.file_in(Status.CHANGES_REQUESTED)
    left_over = world.drafting.begin({"business_name": "Vieux brouillon"})
    world.drafts.drafts["f1"] = replace(left_over, id="f1")
    assert world.record(file, Event.CORRECTED).answers == file.answers


def test_a_withdrawn_file_is_closed_by_its_applicant_and_told_once(world):
    file = world.service.withdraw(world.file_in(Status.SUBMITTED))
    assert file.status is Status.WITHDRAWN
    assert world.applications.list_history("f1")[-1].who == "Maëlle Le Goff"
    with pytest.raises(OutOfStep):
        world.service.withdraw(file)
    assert world.templates("f1").count("partners/withdrawn") == 1


@pytest.mark.parametrize(
    ("status", "again"), [(Status.OVERDUE, Status.SUBMITTED), (Status.UNPAID, Status.AWAITING_PAYMENT)]
)
def test_a_file_taken_up_again_goes_on_in_a_new_run_with_who_and_why(world, status, again):
    file = world.service.reopen(world.file_in(status), "Claire Martin", "À reprendre.")
    assert (file.status, file.run, file.round) == (again, 2, 2)
    assert world.process.inputs["f1-2"] == {"application_id": "f1"}
    line = world.applications.list_history("f1")[-1]
    assert (line.who, line.reason) == ("Claire Martin", "À reprendre.")


def test_an_unpaid_file_whose_siret_went_to_another_cannot_be_taken_up(world):
    file = world.file_in(Status.UNPAID)
    world.file_in(Status.SUBMITTED, "f2", email="autre@example.fr")
    with pytest.raises(AlreadyKnown):
        world.service.reopen(file, "Claire Martin", "À reprendre.")


@pytest.mark.parametrize(
    "status", [s for s in Status if s not in (Status.OVERDUE, Status.UNPAID, Status.DUPLICATE)]
)
def test_no_other_file_is_taken_up_again(world, status):
    with pytest.raises(OutOfStep):
        world.service.reopen(world.file_in(status), "Claire Martin", "À reprendre.")


def test_nobody_reaches_the_file_of_somebody_else(world):
    file = world.submit()
    assert world.service.get_for(file.reference, "MAELLE@hotel.example.fr") == file
    for reference, email in ((file.reference, "hugo@gite.example.fr"), ("ADH-0", file.email)):
        with pytest.raises(ApplicationUnknown):
            world.service.get_for(reference, email)
    with pytest.raises(ApplicationUnknown):
        world.service.get("unknown")


def test_an_overdue_file_is_told_to_the_applicant_and_to_every_director(world):
    world.file_in(Status.OVERDUE)
    told = [(m.template, m.to) for m in world.outbox.messages if m.template.startswith("partners/late")]
    assert told == [
        ("partners/late", "maelle@hotel.example.fr"),
        ("partners/late_for_director", "claire.martin@val.example.org"),
    ]


def test_a_form_whose_fee_cannot_be_known_is_not_taken(world):
    with pytest.raises(CapacityNeeded):
        world.submissions.submit(Submission("f1", some_answers(capacity_units=None), "1"))
    assert world.applications.files == {}
