"""S4 for the aid: nobody learns of another partner's files, documents, drafts or aids, whatever numbers they type."""

import re
from typing import Any

import pytest

from chalicelib.office.bootstrap import office_repository
from chalicelib.office.territories import with_communes
from chalicelib.subsidies.bootstrap import awarding, stores
from tests import aid_steps
from tests.security.aid_town import OWNER, REFERENCE
from tests.security.routes import REQUESTS, actor_of, registered
from tests.security.town import OTHER_PARTNER, Town, office_document_of_the_town

OWNERS_SIRET = "73282932000074"
SERVING = [route for route in registered() if "{upload_id}" in route]
"""The routes that hand documents out or take them away."""
SERVING_LETTERS = [route for route in registered() if "/documents/{kind}" in route]


@pytest.mark.parametrize("route", SERVING)
def test_a_document_of_another_partner_is_unknown_by_every_route_that_serves_one(
    whole_town: Town, route: str
) -> None:
    request, town = REQUESTS[route], whole_town.at(REQUESTS[route].stage)
    before, path, visitor = town.stored(), request.path(town), town.visitors[actor_of(route)]
    own = next(part for part in path.split("/")[::-1] if len(part) == 32)
    foreign = aid_steps.upload_of(aid_steps.file_of(OTHER_PARTNER).id, "quote")
    method = route.split(maxsplit=1)[0]
    answers = [
        visitor.post(path.replace(own, one)) if method == "POST" else visitor.get(path.replace(own, one))
        for one in (foreign, "0" * 32, "x", "..")
    ]
    # What is gone stays gone: to take it away once more is a success, whosever it was.
    missing = 303 if method == "POST" else 404
    assert [answer.status for answer in answers] == [missing, missing, 404, 404]
    assert answers[0] == answers[1]
    assert town.stored() == before


@pytest.mark.parametrize("kind", ["award", "receipt.pdf", "..", "%2e%2e", "printed", "x"])
@pytest.mark.parametrize("route", SERVING_LETTERS)
def test_a_letter_that_was_not_written_is_unknown(whole_town: Town, route: str, kind: str) -> None:
    town = whole_town.at("aid_sent")
    path = REQUESTS[route].path(town).replace("/receipt", f"/{kind}")
    assert town.visitors[actor_of(route)].get(path).status == 404


def test_a_document_leads_to_the_bucket_under_the_file_that_it_belongs_to(whole_town: Town) -> None:
    for route in (one for one in (*SERVING, *SERVING_LETTERS) if one.startswith("GET ")):
        town = whole_town.at(REQUESTS[route].stage)
        led = town.visitors[actor_of(route)].get(REQUESTS[route].path(town))
        owner = aid_steps.draft_of(OWNER) if "/demandes/" in route else aid_steps.file_of(OWNER).id
        assert (led.status, f"/{owner}/" in led.location) == (303, True), route


@pytest.mark.parametrize("verb", ["paye", "rejete", "reprise"])
def test_a_payment_of_another_order_is_unknown_in_this_one(whole_town: Town, verb: str) -> None:
    town = whole_town.at("aid_ordered")
    before, other = town.stored(), aid_steps.file_of(OTHER_PARTNER).reference
    path = f"/bureau/virements/{aid_steps.file_of(OWNER).batch}/versements/{other}/{verb}"
    form = {f"jour-{other}": "03/03/2027", f"releve-{other}": "1", f"motif-{other}": "Motif"}
    assert town.visitors["accounting"].post(path, form).status == 404
    assert town.stored() == before


def test_who_types_the_number_of_another_company_learns_nothing_of_its_aids(whole_town: Town) -> None:
    town = whole_town.at("aid_granted")
    office_repository().publish(_office_that_helps_once())
    assert stores.register().read([OWNERS_SIRET[:9]]).all
    foreign, unknown = (_checked(town, siret=siret) for siret in (OWNERS_SIRET, "35600000000048"))
    assert _as_nobody(foreign) == _as_nobody(unknown)
    linked, alone = (_checked(town, **_linked_to(siren)) for siren in ("732829320", "356000000"))
    assert _as_nobody(linked) == _as_nobody(alone)
    assert "Dépense présentée" in foreign
    assert REFERENCE not in foreign


def test_who_types_the_own_number_is_told_of_the_own_aid(whole_town: Town) -> None:
    town = whole_town.at("aid_granted")
    office_repository().publish(_office_that_helps_once())
    draft = awarding.draft_service().begin(
        {**aid_steps.application(), "email": OWNER, "partner_id": stores.partners().list_of(OWNER)[0].id}
    )
    aid_steps.join(town, draft.id, "quote", "devis.pdf")
    page = town.visitors["owner"].get(f"/subventions/demandes/{draft.id}/verification").body
    assert "qu’une fois par propriétaire\u00a0: 240,00\u00a0€" in page
    assert REFERENCE in page


def _as_nobody(page: str) -> str:
    """The page without any number of a company."""
    return re.sub(r"\d{3}\s\d{3}\s\d{3}(\s\d{5})?", "NUMBER", page)


def _checked(town: Town, **changes: object) -> str:
    """The check page of the other partner's draft with these answers."""
    service, draft = awarding.draft_service(), aid_steps.draft_of(OTHER_PARTNER)
    service.revise(service.get(draft), lambda known: known | aid_steps.application(**changes))
    answer = town.visitors["other_partner"].get(f"/subventions/demandes/{draft}/verification")
    assert answer.status == 200
    return answer.body


def _office_that_helps_once() -> dict[str, Any]:
    document = office_document_of_the_town()
    for scheme in document["subsidies"]["schemes"]:
        scheme["once_per_owner"] = True
    return with_communes(document)


def _linked_to(siren: str) -> dict[str, object]:
    rows = [{"name": "SARL", "siren": siren}]
    return {"has_linked_companies": "yes", "linked_companies": rows} if siren else {}


def test_an_application_for_the_partner_of_somebody_else_is_answered_as_one_for_nobody(
    whole_town: Town,
) -> None:
    town = whole_town.at("aid_draft")
    partner = stores.partners().list_of(OWNER)[0].id
    before = town.stored()
    foreign, unknown = (
        town.visitors["other_applicant"].post("/subventions/demandes", {"partenaire": one})
        for one in (partner, "0" * 32)
    )
    assert foreign == unknown
    assert foreign.status == 422
    assert town.stored() == before
