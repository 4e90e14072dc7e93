"""S4 for trainings: nobody learns of the registrations, certificates or codes of others, or acts with what was meant for others."""

import pytest

from chalicelib.links.bootstrap import signed_link_service
from chalicelib.links.signed import SignedRequest
from chalicelib.mail.bootstrap import mail_desk
from chalicelib.trainings.attendance import State
from chalicelib.trainings.bootstrap import planning, stores
from chalicelib.trainings.link_mails import guest_mail
from chalicelib.trainings.model import Person
from chalicelib.trainings.paths import PRESENCE
from chalicelib.trainings.presence_code import presence_path
from chalicelib.trainings.routes.trainer import TRAINER_COOKIE
from chalicelib.web.cookies import full_name
from tests.security.http import Visitor
from tests.security.town import OTHER_PARTNER, OWNER, Town
from tests.security.training_routes import (
    ANSWERED,
    CATALOGUE,
    DESK,
    INVITATION,
    MANAGE,
    NEWCOMER,
    OPINION,
    SPACE,
    TRAINER_LIST,
)
from tests.security.training_town import (
    CODE,
    COLLEAGUE,
    FOREIGN,
    GUEST,
    HALF_DAY,
    OFFICER,
    PENDING,
    REGISTRATION,
    SELECTIVE,
    SESSION,
    TRAINER,
    WAITING,
    answers_of_session,
    comes,
    registration_of_town,
    session_of_town,
    structure_of,
)

UNKNOWN = "INS-ZZZZZZ"
GONE, REFUSED = 410, 403


@pytest.mark.parametrize("after", ["", "/attestation"])
def test_a_registration_of_another_partner_is_byte_for_byte_an_unknown_one(
    whole_town: Town, after: str
) -> None:
    town = whole_town.at("training_closed")
    for actor, reference in (
        ("owner", FOREIGN),
        ("other_partner", REGISTRATION),
        ("other_applicant", WAITING),
    ):
        foreign, unknown = (town.visitors[actor].get(f"{SPACE}/{one}{after}") for one in (reference, UNKNOWN))
        assert (foreign.status, foreign) == (404, unknown)


def test_a_certificate_that_was_not_made_is_unknown_to_its_own_partner_too(whole_town: Town) -> None:
    owner = whole_town.at("training_closed").visitors["owner"]
    assert owner.get(f"{SPACE}/{REGISTRATION}/attestation").status == 303
    assert owner.get(f"{SPACE}/{WAITING}/attestation").status == 404


def test_a_certificate_leads_to_the_bucket_under_its_registration_for_minutes(whole_town: Town) -> None:
    town = whole_town.at("training_closed")
    for path in (f"{SPACE}/{REGISTRATION}/attestation", f"{town.link(OWNER, MANAGE)}/attestation"):
        led = town.visitors["owner"].get(path)
        assert led.status == 303
        assert f"/printed/{registration_of_town().id}/" in led.location
        assert "Expires=" in led.location


@pytest.mark.parametrize("reference", [PENDING, UNKNOWN])
def test_a_registration_of_another_session_is_unknown_under_this_one_at_the_desk(
    whole_town: Town, reference: str
) -> None:
    town = whole_town.at("training_waiting")
    before, staff = town.stored(), town.visitors["quality_officer"]
    page = f"{DESK}/{SESSION}/inscriptions/{reference}"
    assert staff.get(page).status == 404
    assert staff.post(f"{page}/annulation", {"motif": "Motif"}).status == 404
    assert (
        staff.post(f"{DESK}/{SESSION}/rang", {"personne": reference, "rang": "1", "raison": "x"}).status
        == 422
    )
    assert town.stored() == before


def test_somebody_of_another_session_cannot_be_marked_through_this_door(whole_town: Town) -> None:
    town = whole_town.at("training_on")
    before, door = town.stored(), town.link(TRAINER, TRAINER_LIST)
    for reference in (PENDING, FOREIGN):
        form = {"demi-journee": HALF_DAY, "personne": registration_of_town(reference).id, "etat": "present"}
        assert Visitor().post(door, form).status == 404
    assert town.stored() == before


@pytest.mark.parametrize("reference", [SESSION, "SES-ZZZZZZ"])
def test_a_draft_is_as_unknown_to_the_public_as_what_does_not_exist(whole_town: Town, reference: str) -> None:
    town = whole_town.at("training_draft")
    ends = ("", "/agenda.ics", "/inscription")
    seen = [
        town.visitors[who].get(f"{CATALOGUE}/{reference}{end}")
        for who in ("anonymous", "owner")
        for end in ends
    ]
    assert {answer.status for answer in seen} == {404}
    listed = [Visitor().get(path).body for path in ("/formations", "/formations.ics", "/formations.atom")]
    assert [body for body in listed if "photos" in body] == []


def test_the_code_for_the_door_does_nothing_in_the_hands_of_its_holder_and_tells_no_name(
    whole_town: Town,
) -> None:
    town = whole_town.at("training_on")
    before, path = town.stored(), presence_path(registration_of_town())
    for actor in ("anonymous", "owner", "other_partner", "accounting"):
        shown, pressed = town.visitors[actor].get(path), town.visitors[actor].post(path)
        assert (shown.status, pressed.status) == (200, REFUSED)
        said = shown.body.partition("<main")[2].partition("</main")[0]
        assert [word for word in ("Le Goff", "Noter la présence", REGISTRATION) if word in said] == []
    assert town.stored() == before


def test_the_code_works_in_the_browser_that_opened_the_trainers_list(whole_town: Town) -> None:
    town, trainer = whole_town.at("training_on"), Visitor()
    assert trainer.get(town.link(TRAINER, TRAINER_LIST)).status == 200
    path = presence_path(registration_of_town())
    assert "Noter la présence" in trainer.get(path).body
    assert trainer.post(path).status == 303
    assert registration_of_town().marks[HALF_DAY].state == "present"


@pytest.mark.parametrize("wrong", ["", "x", "0" * 32])
def test_a_code_with_another_secret_is_unknown_to_the_trainer_too(whole_town: Town, wrong: str) -> None:
    town, trainer = whole_town.at("training_on"), Visitor()
    assert trainer.get(town.link(TRAINER, TRAINER_LIST)).status == 200
    path = f"{PRESENCE}/{registration_of_town().id}.{wrong}"
    assert (trainer.get(path).status, trainer.post(path).status) == (404, 404)


def test_a_trainers_browser_marks_nobody_in_another_session_or_once_somebody_else_leads_it(
    whole_town: Town,
) -> None:
    town, trainer = whole_town.at("training_on"), Visitor()
    assert trainer.get(town.link(TRAINER, TRAINER_LIST)).status == 200
    assert trainer.post(presence_path(registration_of_town(PENDING))).status == REFUSED
    session = session_of_town()
    planning.planning_service().edit(
        session, {**session.answers, "trainer_email": "lea@studio.example.org"}, OFFICER
    )
    assert trainer.post(presence_path(registration_of_town())).status == REFUSED
    assert trainer.get(town.link(TRAINER, TRAINER_LIST)).status == 404
    assert not registration_of_town().marks


def test_the_cookie_of_a_trainer_ends_after_a_day_and_cannot_be_made(whole_town: Town) -> None:
    town, trainer = whole_town.at("training_on"), Visitor()
    trainer.get(town.link(TRAINER, TRAINER_LIST))
    path, name = presence_path(registration_of_town()), full_name(TRAINER_COOKIE)
    made = [session_of_town().id, f"{session_of_town().id}.0.9999999999.1.x", trainer.cookies[name][:-1]]
    other = signed_link_service().token_for(SignedRequest("/autre", session_of_town().id, 0, 86_400))
    for value in (*made, other):
        assert Visitor({name: value}).post(path).status == REFUSED
    town.clock.wait(hours=24)
    assert trainer.post(path).status == REFUSED


def test_the_trainers_link_ends_with_the_attendance_and_no_fresh_one_comes(whole_town: Town) -> None:
    town = whole_town.at("training_over")
    link = town.link(TRAINER, TRAINER_LIST)
    town.clock.wait(hours=24)
    assert Visitor().get(link).status == GONE
    known = len(town.gate.letters)
    assert Visitor().post(f"{link}/lien").status == 200
    town.go_on()
    assert len(town.gate.letters) == known


def test_after_the_attendance_is_closed_by_hand_the_trainers_link_marks_nobody(whole_town: Town) -> None:
    town = whole_town.at("training_closed")
    before, link = town.stored(), town.link(TRAINER, TRAINER_LIST)
    form = {"demi-journee": HALF_DAY, "personne": registration_of_town().id, "etat": "absent"}
    assert Visitor().get(link).status == 200
    assert Visitor().post(link, form).status in (404, 409)
    assert town.stored() == before


def test_an_expired_link_of_a_guest_opens_nothing_and_is_renewed_while_registrations_are_taken(
    whole_town: Town,
) -> None:
    town = whole_town.at("training_draft")
    longer = {"half_days": [{"on": "2027-03-12", "begins": "09:00", "ends": "12:30"}]}
    service = planning.planning_service()
    session = service.publish(service.edit(session_of_town(), answers_of_session(**longer), OFFICER), OFFICER)
    mail_desk().enqueue(guest_mail(session, GUEST, stores.office(), stores.now()))
    town.go_on()
    old = town.link(GUEST, INVITATION)
    town.clock.wait(days=2)
    before = town.stored()
    assert (Visitor().get(old).status, Visitor().post(old, NEWCOMER).status) == (GONE, GONE)
    assert town.stored() == before
    assert Visitor().post(f"{old}/lien").status == 200
    town.go_on()
    fresh = town.link(GUEST, INVITATION)
    assert fresh != old
    assert Visitor().post(fresh, NEWCOMER).status == 303
    town.clock.wait(days=8)
    assert Visitor().post(f"{old}/lien").status == 200
    town.go_on()
    assert town.link(GUEST, INVITATION) == fresh


def test_the_link_of_a_guest_shows_the_people_of_that_address_only(whole_town: Town) -> None:
    town = whole_town.at("training_waiting")
    page = Visitor().get(town.link(GUEST, INVITATION)).body
    assert "Lou Martin" in page
    assert [name for name in ("Le Goff", "Hugo", "Yannick") if name in page] == []


def test_a_questionnaire_is_answered_once_and_a_second_time_changes_nothing(whole_town: Town) -> None:
    town = whole_town.at("training_closed")
    link = town.link(OWNER, OPINION)
    assert Visitor().post(link, ANSWERED).status == 303
    before = town.stored()
    assert Visitor().post(link, {**ANSWERED, "overall": "bad"}).status == 303
    assert town.stored() == before


def test_the_answers_of_a_questionnaire_lead_to_nobody(whole_town: Town) -> None:
    town = whole_town.at("training_closed")
    known = [str(row) for row in town.rows("trainings")]
    Visitor().post(town.link(OWNER, OPINION), ANSWERED)
    new = [str(row) for row in town.rows("trainings") if str(row) not in known]
    held = [row for row in new if "very_good" in row]
    assert len(held) == 1
    suffix = registration_of_town().id.rpartition("-")[2]
    assert [word for word in (suffix, OWNER, "Le Goff", "2027-03-05T13") if word in held[0]] == []


def test_a_link_dies_with_the_address_that_it_was_mailed_to(whole_town: Town) -> None:
    town = whole_town.at("training_open")
    link = town.link(OWNER, MANAGE)
    corrected = {"email": "nouvelle@hotel.example.fr", "phone": "", "function": ""}
    assert Visitor().post(f"{link}/coordonnees", corrected).status == 303
    assert Visitor().get(link).status == 404
    assert Visitor().post(f"{link}/annulation", {"confirme": "on"}).status == 404
    town.go_on()
    assert Visitor().get(town.link("nouvelle@hotel.example.fr", MANAGE)).status == 200


def test_a_verified_code_tells_what_the_paper_tells_and_no_address(whole_town: Town) -> None:
    town = whole_town.at("training_closed")
    page = Visitor().get(f"/verification/{CODE}").body
    assert "Maëlle Le Goff" in page
    assert [word for word in (OWNER, "06 39 98", COLLEAGUE, REGISTRATION) if word in page] == []
    assert town.reference() not in page


def test_who_may_not_register_cannot_by_the_address_of_the_form(whole_town: Town) -> None:
    town = whole_town.at("training_draft")
    service, session = planning.planning_service(), session_of_town()
    service.publish(service.edit(session, answers_of_session(audience="partners"), OFFICER), OFFICER)
    before, path = town.stored(), f"{CATALOGUE}/{SESSION}"
    assert Visitor().post(f"{path}/invitation", {"email": GUEST}).status >= 400
    assert town.visitors["other_applicant"].post(f"{path}/inscription", NEWCOMER).status == 200
    assert town.stored() == before


def test_a_structure_of_somebody_else_in_the_form_is_none_of_ones_own(whole_town: Town) -> None:
    town = whole_town.at("training_open")
    other = structure_of(OTHER_PARTNER)
    form = {**NEWCOMER, "structure": other.key}
    path = f"{CATALOGUE}/{SESSION}/inscription"
    assert town.visitors["owner"].post(f"{path}?structure={other.key}", form).status == 303
    came = stores.registrations().list_of_session(session_of_town().id)
    assert [one.structure.key for one in came if one.person.first_name == "Noé"] == [structure_of(OWNER).key]


def test_who_is_marked_by_staff_stands_there_by_name(whole_town: Town) -> None:
    town = whole_town.at("training_on")
    assert town.visitors["quality_officer"].post(presence_path(registration_of_town())).status == 303
    mark = registration_of_town().marks[HALF_DAY]
    assert (mark.state, mark.by) == (State.PRESENT, "Anne Quality Officer")


def test_the_page_of_a_session_for_which_people_are_chosen_does_not_tell_that_somebody_asked(
    whole_town: Town,
) -> None:
    whole_town.at("training_open")
    page = Visitor().get(f"{CATALOGUE}/{SELECTIVE}").body
    assert "sur sélection" in page
    comes("INS-666666", structure_of(OTHER_PARTNER), Person("Hugo", "Roche"), SELECTIVE)
    assert Visitor().get(f"{CATALOGUE}/{SELECTIVE}").body == page
