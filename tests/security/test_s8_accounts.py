"""S8: a bank account is read by its holder, who typed it, and by who holds the accounting role; by nobody else, nowhere else.

Others see its first and last four signs. The table of aids and the file for the bank hold it whole: that is their task.
"""

import json
import re
from email import message_from_bytes, policy
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from chalicelib.subsidies.bootstrap import stores
from chalicelib.subsidies.proofs import BankAccount
from tests import aid_steps
from tests.security.aid_routes import AID_REQUESTS
from tests.security.aid_town import ACCOUNTING, OWNER, QUALITY, REFERENCE
from tests.security.http import Visitor
from tests.security.routes import REQUESTS
from tests.security.town import ACTORS, DECISIONS, STAFF, TABLES, Town

SECRET = aid_steps.IBAN[4:-4]
MASKED = re.compile(r"FR14\s*••••\s*2606")
STAGES = ("aid_proofs", "aid_payment", "aid_approved", "aid_ordered", "aid_failed")
HOLDS_ACCOUNTS = {"subsidies", "drafts"}
"""The tables of aid files with their orders, and of drafts."""
OWN_FORM = f"/espace/aides/{REFERENCE}/justificatifs/"
PAGES = [route for route in REQUESTS if route.startswith("GET ")]


def _shows(text: str) -> bool:
    """Whether the inner signs of the account stand somewhere, however they are grouped."""
    return SECRET in re.sub(r"[^A-Za-z0-9]", "", text)


def _pages(town: Town, actor: str, stage: str) -> dict[str, str]:
    """Every page of the aid at that stage, and the questions about it, as this person gets them."""
    town.at(stage)
    asked = {route: _path(town, route) for route in AID_REQUESTS if route.startswith("GET ")}
    questions = [f"/bureau/decisions/{row['pk']['S'].rpartition('#')[2]}" for row in _questions(town)]
    links = [town.link(email, DECISIONS) for email in (QUALITY, ACCOUNTING)]
    desk = ["/espace", "/bureau", "/bureau/aides", f"/bureau/aides?q={OWNER}", *questions, *links]
    return {path: town.visitors[actor].get(path).body for path in (*filter(None, asked.values()), *desk)}


def _path(town: Town, route: str) -> str:
    """The page at this stage; empty where there is none: no batch yet, no draft any more."""
    try:
        return REQUESTS[route].path(town)
    except (IndexError, StopIteration):
        return ""


def _questions(town: Town) -> list[dict[str, Any]]:
    return [row for row in town.rows("decisions") if "question" in row]


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("actor", ACTORS)
def test_no_page_shows_the_account_but_to_accounting_and_to_who_typed_it(
    whole_town: Town, actor: str, stage: str
) -> None:
    shown = {path for path, body in _pages(whole_town, actor, stage).items() if _shows(body)}
    if actor == "owner":
        shown = {path for path in shown if not path.startswith(OWN_FORM)}
    if actor == "accounting":
        assert bool(shown) == (stage != "aid_proofs")
        assert {
            path for path in shown if not path.startswith(("/bureau/aides/", "/bureau/virements/"))
        } == set()
    else:
        assert shown == set()


@pytest.mark.parametrize("actor", ["director", "quality_officer", "president"])
def test_who_may_read_the_file_sees_enough_to_recognise_the_account(whole_town: Town, actor: str) -> None:
    town = whole_town.at("aid_payment")
    assert MASKED.search(town.visitors[actor].get(f"/bureau/aides/{REFERENCE}").body)
    assert MASKED.search(town.visitors["owner"].get(f"/espace/aides/{REFERENCE}").body)


@pytest.mark.parametrize("stage", STAGES)
def test_neither_questions_nor_mails_nor_papers_nor_names_of_files_hold_the_account(
    whole_town: Town, stage: str
) -> None:
    town = whole_town.at(stage)
    stored = town.stored()
    assert {table for table in TABLES if _shows(json.dumps(stored[table], default=str))} <= HOLDS_ACCOUNTS
    assert not _shows(str(stored["bucket"]))
    for letter in town.gate.letters:
        assert [part for part in _parts(letter.raw) if _shows(part)] == []


def _parts(raw: bytes) -> list[str]:
    """The headers of a mail, its texts, and the words of the papers that go with it."""
    mail = message_from_bytes(raw, policy=policy.default)
    bodies = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
    papers = [PdfReader(BytesIO(part.get_content())) for part in mail.iter_attachments()]
    return [str(mail.items()), *bodies, *(page.extract_text() for paper in papers for page in paper.pages)]


def test_no_log_holds_the_account_from_its_page_to_the_statement(
    whole_town: Town, log: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    town = whole_town.at("aid_proofs")
    owner, accounting = town.visitors["owner"], town.visitors["accounting"]
    for typed in (aid_steps.IBAN, f"{aid_steps.IBAN}0", f"X{aid_steps.IBAN}", "FR76", aid_steps.IBAN):
        page = {"account_holder": "Maëlle", "iban": typed}
        owner.post(f"{OWN_FORM}pages/banque", page)
    _is_paid(town, owner, accounting)
    assert len(log) > len(STAGES)
    assert not _shows(repr(log) + "".join(capsys.readouterr()))


def _is_paid(town: Town, owner: Visitor, accounting: Visitor) -> None:
    assert owner.post(f"{OWN_FORM}verification").status == 303
    town.go_on()
    for email, outcome in ((QUALITY, "accept"), (ACCOUNTING, "approve")):
        assert Visitor().post(town.link(email, DECISIONS), {"outcome": outcome}).status == 303
        town.go_on()
    batch = accounting.post("/bureau/virements").location
    assert _shows(accounting.get(f"{batch}/fichier").body)
    for verb, form in (("rejete", {"motif": "Compte clos."}), ("reprise", {})):
        fields = {f"{name}-{REFERENCE}": value for name, value in form.items()}
        assert accounting.post(f"{batch}/versements/{REFERENCE}/{verb}", fields).status == 303
    town.go_on()


def test_a_fault_with_the_account_at_hand_logs_its_kind_only(
    whole_town: Town, log: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    town = whole_town.at("aid_ordered")

    def raises(*_: Any) -> Any:
        raise ValueError(f"{aid_steps.IBAN} {BankAccount('Maëlle', aid_steps.IBAN)}")

    monkeypatch.setattr("chalicelib.adapters.sepa.transfer_file", raises)
    path = f"/bureau/virements/{aid_steps.file_of(OWNER).batch}/fichier"
    answer = town.visitors["accounting"].get(path)
    assert answer.status == 500
    assert not _shows(answer.body + repr(log))


def test_what_programmers_print_of_accounts_tells_no_number(whole_town: Town) -> None:
    whole_town.at("aid_ordered")
    transfers = stores.batches().list_transfers(aid_steps.file_of(OWNER).batch)
    assert transfers[0].account.iban == aid_steps.IBAN
    assert not _shows(repr(transfers) + f"{transfers[0].account}")
    assert STAFF["accounting"] == ACCOUNTING
