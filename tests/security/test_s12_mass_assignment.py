"""S12: keys that a form does not have, sent with it, change neither what is stored nor what is answered."""

import json
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest

from chalicelib.partners import bootstrap
from chalicelib.partners.application_form import membership_form
from chalicelib.subsidies.application_form import subsidy_form
from chalicelib.subsidies.bootstrap import stores
from chalicelib.subsidies.proofs_form import proofs_form
from chalicelib.subsidies.statuses import Status
from tests import aid_steps
from tests.security.aid_town import QUALITY, REFERENCE
from tests.security.routes import API, NEWCOMER, REQUESTS, actor_of, forms
from tests.security.town import CORRECTIONS, OTHER_PARTNER, OWNER, Town, answers, typed

EXTRA = {
    "id": "evil", "pk": "FILE#evil", "sk": "APPLICATION", "version": "99", "round": "9", "run": "9",
    "status": "active", "status_key": "active", "state": "decided", "amount_granted": "1000000", "fee": "0",
    "fee_cents": "0", "active_until": "2099-12-31", "office_version": "9", "form_version": "x", "origin": "api",
    "created_at": "2000-01-01", "expires_at": "2099-01-01", "kind": "corrections", "done": "formule",
    "reference": "ADH-222222", "holder": "evil@example.com", "to": "evil@example.com", "by_name": "Le préfet",
    "by_email": "evil@example.com", "on_behalf_of": "Le préfet", "via": "desk", "roles": "director",
    "person_id": "director", "is_staff": "1", "is_admin": "true", "task_tokens": "x", "__proto__": "x",
    "constructor": "x", "_method": "DELETE", "answers[siret]": "1", "answers.siret": "1", "siret[]": "1",
    "siret": "35600000000048", "business_name": "Evil", "pack": "premium", "consent_newsletter": "on",
    "partner_id": "evil", "beneficiary": "evil", "complete_on": "2020-01-01", "granted_on": "2020-01-01",
    "notified_on": "2020-01-01", "lapses_on": "2099-01-01", "amount": "1000000", "cents": "1000000",
    "payable": "1000000", "scheme_id": "evil", "envelope_year": "2099", "first_approver": "evil@example.com",
    "inspectors": "evil@example.com", "documents": "evil", "proofs": "evil", "printed": "evil", "batch": "evil",
    "execute_on": "2020-01-01", "is_closed": "0", "owner": "evil", "upload_id": "evil",
    "priority": "-1", "price_cents": "0", "due_cents": "0", "seats": "999", "capacity": "999", "taken": "0", "free": "999",
    "is_open": "1", "plan_version": "9", "told_version": "9", "is_settled": "1", "minimum_on": "x", "presence_code": "0",
    "person_key": "evil", "session_id": "evil", "registration_id": "evil", "replaces": "evil", "marks": "evil",
    "certificate": "evil", "offered_until": "2099-01-01", "confirmed_at": "2020-01-01", "partners_first_days": "0",
    "participants-0-status_key": "attended", "participants-0-priority": "-1", "participants-0-price_cents": "0",
    "by": "Le préfet", "visitor": "evil", "is_partner": "1",
}  # fmt: skip


@pytest.mark.parametrize("route", forms())
def test_keys_that_a_form_does_not_have_change_nothing(
    whole_town: Town, route: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = _sent(whole_town, route, monkeypatch)
    assert plain[0].status < 400
    assert _sent(whole_town, route, monkeypatch, **EXTRA) == plain
    assert _sent(whole_town, route, monkeypatch, "?" + urlencode(EXTRA)) == plain


def _sent(
    town: Town, route: str, monkeypatch: pytest.MonkeyPatch, query: str = "", **extra: str
) -> tuple[Any, Any]:
    """The answer and all that is stored after it."""
    _leave_nothing_to_chance(monkeypatch)
    request = REQUESTS[route]
    path = request.path(town.at(request.stage)) + query
    visitor = town.visitors[actor_of(route)]
    return visitor.post(path, {**request.fill, **extra}), town.stored()


def _leave_nothing_to_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Identifiers and secrets are counted from one, so that two runs can be compared."""
    numbers = count(1)
    monkeypatch.setattr("secrets.token_hex", lambda size=16: f"{next(numbers):0{2 * size}x}")
    monkeypatch.setattr("secrets.token_urlsafe", lambda size=32: f"{next(numbers):043d}")
    monkeypatch.setattr("secrets.choice", lambda signs: signs[next(numbers) % len(signs)])


def test_the_api_names_the_key_that_it_does_not_know_and_stores_nothing(town: Town) -> None:
    before, program = town.stored(), town.visitors["anonymous"]
    for name in (name for name in EXTRA if name not in membership_form().by_name):
        answer = program.post_json(API, {**NEWCOMER, name: EXTRA[name]})
        assert answer.status == 422
        assert [error["field"] for error in json.loads(answer.body)["errors"]] == [name]
    assert town.stored() == before


def test_a_key_of_another_partners_file_in_the_form_does_not_touch_that_file(town: Town) -> None:
    other = bootstrap.applications().list_by_email(OTHER_PARTNER)[0]
    town.visitors["owner"].post(
        "/adhesion/demande/vous",
        {**typed(answers(), "vous"), "id": other.id, "draft_id": other.id, "application_id": other.id},
    )
    assert bootstrap.applications().find(other.id) == other
    assert bootstrap.draft_service().find(other.id) is None


def test_corrections_cannot_move_a_file_to_another_address(whole_town: Town) -> None:
    town = whole_town.at("corrections")
    owner = town.visitors["owner"]
    assert owner.post(town.link(OWNER, CORRECTIONS)).status == 303
    changed = {**typed(answers(), "vous"), "email": "evil@example.com", "last_name": "Martin"}
    assert owner.post("/adhesion/demande/vous", changed).status == 303
    assert owner.post("/adhesion/verification").status == 303
    town.go_on()
    (file,) = bootstrap.applications().list_by_email(OWNER)
    assert (file.email, file.answers["email"], file.answers["last_name"]) == (OWNER, OWNER, "Martin")
    assert bootstrap.applications().list_by_email("evil@example.com") == []
    assert [letter for letter in town.gate.letters if "evil" in letter.to] == []


def test_corrections_cannot_move_an_aid_to_another_address_or_partner(whole_town: Town) -> None:
    town = whole_town.at("aid_corrections")
    owner, file = town.visitors["owner"], aid_steps.file_of(OWNER)
    assert owner.post(f"/espace/aides/{REFERENCE}/corriger").status == 303
    other = stores.partners().list_of(OTHER_PARTNER)[0]
    page = aid_steps.typed(subsidy_form(), "structure", aid_steps.application(last_name="Martin"))
    changed = {**page, "email": OTHER_PARTNER, "partner_id": other.id}
    assert owner.post(f"/subventions/demandes/{file.id}/pages/structure", changed).status == 303
    assert owner.post(f"/subventions/demandes/{file.id}/verification").status == 303
    town.go_on()
    sent = aid_steps.file_of(OWNER)
    assert (sent.id, sent.status, sent.beneficiary) == (file.id, Status.SUBMITTED, file.beneficiary)
    assert sent.answers == {**file.answers, "last_name": "Martin"}


def test_the_amount_of_an_aid_is_worked_out_and_never_taken_from_a_form(whole_town: Town) -> None:
    town = whole_town.at("aid_proofs")
    path = f"/espace/aides/{REFERENCE}/justificatifs"
    proven = aid_steps.typed(proofs_form(), "facture", aid_steps.proofs(invoice_incl_vat_cents=90_000_00))
    assert town.visitors["owner"].post(f"{path}/pages/facture", {**proven, **EXTRA}).status == 303
    assert town.visitors["owner"].post(f"{path}/verification", EXTRA).status == 303
    town.go_on()
    aid_steps.decide(town, QUALITY, "accept")
    file = aid_steps.file_of(OWNER)
    assert (file.status, file.cents, file.payable_cents) == (Status.CLASSIFIED, 240_00, 240_00)
