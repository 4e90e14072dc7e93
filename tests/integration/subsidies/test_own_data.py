"""What a partner downloads of their aids: all that is theirs, and nothing of anybody else's."""

import json

import pytest

from chalicelib.subsidies.amounts import Amount, Step
from chalicelib.subsidies.bootstrap import awarding, stores
from chalicelib.subsidies.statuses import Event, Status
from tests.fakes.clock import NOON
from tests.integration.subsidies.house import as_, clock, paid, partner
from tests.integration.subsidies.test_repository import a_file, a_line, moved

__all__ = ["clock"]

pytestmark = pytest.mark.usefixtures("clock")
OWNER, OTHER = "maelle@gite.example.fr", "lou@gite.example.fr"
DATA = "/espace/donnees"


@pytest.fixture(autouse=True)
def partners(clock):
    return [partner("p1", email=OWNER), partner("p2", email=OTHER)]


def of(email):
    answer = as_(email).get(DATA)
    assert answer.status == 200
    return json.loads(answer.body)


def test_a_file_comes_with_its_amounts_documents_answers_and_bank_details():
    file = paid(
        "s1", cents=18_000, amount=Amount(24_000, (Step("Dépense", 24_000, "toutes taxes comprises"),))
    )
    (told,) = of(OWNER)["aids"]
    assert (told["reference"], told["status"], told["status_label"]) == ("SUB-s1", "paid", "Payée")
    assert told["answers"] == file.answers
    assert told["proofs"]["iban"] == "FR7630006000011234567890189"
    assert told["amount"] == {
        "total_cents": 24_000, "steps": [{"label": "Dépense", "cents": 24_000, "note": "toutes taxes comprises"}],
    }  # fmt: skip
    assert told["payable"]["total_cents"] == 18_000
    assert (told["granted_on"], told["paid_on"], told["left_on"]) == ("2027-03-03", "2027-07-01", None)
    assert told["created_at"] == "2027-03-03T11:00:00.000000+00:00"
    assert (told["classification"]["level"], told["classification"]["expires_on"]) == (3, "2032-06-20")
    (document,) = told["documents"]
    assert (document["title"], document["name"], document["sha256"]) == ("Devis", "d.pdf", "ab")
    assert set(document) == {"kind", "title", "name", "content_type", "size", "sha256"}


def test_its_history_and_what_was_begun_come_too_and_staff_are_named_as_on_the_page():
    class Stores:
        subsidies = stores.subsidies()

    file = a_file("s1", office_version=1)
    assert stores.subsidies().add(file, a_line("Demande envoyée"), [])
    moved(Stores, file, Event.REFUSED, first_approver="secret@val.example.org")
    awarding.draft_service().begin({"email": OWNER, "partner_id": "p1", "establishment_name": "Le Pré"})
    mine = of(OWNER)
    (told,) = mine["aids"]
    line = {"at": "2027-03-03T11:00:00.000000+00:00", "who": "Noa Petit", "reason": "Un motif."}
    assert told["history"] == [{**line, "what": "Demande envoyée"}, {**line, "what": "refused"}]
    (draft,) = mine["aid_drafts"]
    assert draft["answers"] == {"establishment_name": "Le Pré"}
    assert "secret@val.example.org" not in json.dumps(mine)


def test_files_and_drafts_of_others_are_not_in_it():
    paid("s1")
    awarding.draft_service().begin({"email": OWNER, "partner_id": "p1"})
    others = of(OTHER)
    assert (others["aids"], others["aid_drafts"]) == ([], [])
    assert [one["reference"] for one in others["partnerships"]] == ["ADH-p2"]
    assert as_("director").get(DATA).status == 403
    assert as_().get(DATA).status == 303


def test_every_status_and_every_gap_can_be_downloaded():
    for number, status in enumerate(Status):
        paid(
            f"s{number}",
            status=status,
            payable=None,
            classification=None,
            amount=None,
            proofs={},
            accepted_at=None,
        )
    told = of(OWNER)["aids"]
    assert len(told) == len(Status)
    assert {one["payable"] for one in told} == {None}
    assert NOON.isoformat(timespec="microseconds") == told[0]["created_at"]


def test_the_way_there_is_on_the_space_and_on_each_file():
    paid("s1")
    owner = as_(OWNER)
    for path in ("/espace", "/espace/aides/SUB-s1"):
        assert f'href="{DATA}"' in owner.get(path).body
