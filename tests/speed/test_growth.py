"""A page asks DynamoDB as often for many aid files as for one; what is done to each of them is told."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chalicelib.kernel import ids
from chalicelib.kernel.history import HistoryLine
from chalicelib.subsidies.bootstrap import awarding, stores
from chalicelib.subsidies.model import Subsidy
from tests import aid_steps
from tests.security import town as small_town
from tests.security.aid_town import OWNER, REFERENCE
from tests.security.town import Town
from tests.speed.calls import counted

pytestmark = pytest.mark.xdist_group("calls")

MANY = 7
PAGES = {
    "the space": ("owner", "/espace"),
    "the public page": ("owner", "/subventions"),
    "one's own file": ("owner", f"/espace/aides/{REFERENCE}"),
    "the desk": ("accounting", "/bureau"),
    "files by status": ("accounting", "/bureau/aides?etat=virements"),
    "files by address": ("accounting", f"/bureau/aides?q={OWNER}"),
    "files by name": ("accounting", "/bureau/aides?q=pont"),
    "one file": ("accounting", f"/bureau/aides/{REFERENCE}"),
    "what is to be paid": ("accounting", "/bureau/virements"),
    "the money": ("director", "/bureau/enveloppe"),
    "the files as a table": ("director", "/bureau/enveloppe/dossiers.csv"),
    "the aids of each company": ("director", "/bureau/de-minimis"),
    "the classified accommodations": ("owner", "/hebergements-classes"),
}
OF_A_BATCH = ("", "/fichier")


@pytest.fixture(scope="module")
def whole_town() -> Iterator[Town]:
    with small_town.town() as town:
        yield town


def more_files(town: Town) -> None:
    """Files like the owner's at this step, and as many drafts."""
    file = aid_steps.file_of(OWNER)
    for number in range(1, MANY):
        awarding.draft_service().begin({"email": OWNER, "establishment_name": f"Gîte {number}"})
        _add(file, number)


def _add(file: Subsidy, number: int) -> None:
    """Another accommodation of the same partner; its register and its money are not what this is about."""
    answers = {**file.answers, "registration_number": f"01160{number:06d}01"}
    other = replace(file, id=ids.new_id(), reference=f"SUB-22222{number}", answers=answers)
    assert stores.subsidies().add(other, HistoryLine(file.created_at, "Maëlle", "Demande envoyée"), [])


def calls(town: Town, actor: str, path: str) -> list[str]:
    """What the page asks for, in a warm function."""
    town.visitors[actor].get(path)
    with counted() as made:
        assert town.visitors[actor].get(path).status == 200
    return made


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_as_often_for_many_files_as_for_one(whole_town: Town, page: str) -> None:
    town = whole_town.at("aid_approved")
    of_one = calls(town, *PAGES[page])
    more_files(town)
    assert calls(town, *PAGES[page]) == of_one


def ordered(town: Town) -> list[str]:
    """Accounting prepares the order of all that is to be paid; what that asked for."""
    with counted() as made:
        assert town.visitors["accounting"].post("/bureau/virements").status == 303
    return made


@pytest.mark.parametrize("page", OF_A_BATCH)
def test_an_order_is_shown_with_as_many_calls_for_many_payments_as_for_one(
    whole_town: Town, page: str
) -> None:
    found = []
    for has_many in (False, True):
        town = whole_town.at("aid_approved")
        if has_many:
            more_files(town)
        ordered(town)
        batch = f"/bureau/virements/{aid_steps.file_of(OWNER).batch}"
        shown = town.visitors["accounting"].get(batch).body
        assert shown.count("Noter le paiement") == (MANY if has_many else 1)
        found.append(calls(town, "accounting", batch + page))
    assert found[0] == found[1]


def test_an_order_is_prepared_with_two_calls_for_each_payment(whole_town: Town) -> None:
    of_one = ordered(whole_town.at("aid_approved"))
    town = whole_town.at("aid_approved")
    more_files(town)
    assert len(ordered(town)) == len(of_one) + 2 * (MANY - 1)
