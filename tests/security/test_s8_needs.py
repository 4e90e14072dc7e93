"""S8 for trainings: what people need is read by who is in charge of the session, and by who said it; by nobody else.

It is health data: no page, mail, export, question, paper or log of anybody else holds it, whoever asks.
"""

import json
import re
from email import message_from_bytes, policy
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from chalicelib.trainings.bootstrap import planning, stores
from chalicelib.trainings.items import NEEDS
from tests.security.http import Visitor
from tests.security.routes import REQUESTS
from tests.security.town import ACTORS, DECISIONS, OWNER, STAFF, TABLES, Town
from tests.security.training_routes import (
    CATALOGUE,
    DESK,
    KEY,
    MANAGE,
    TRAINER_LIST,
    TRAINING_REQUESTS,
)
from tests.security.training_town import (
    COLLEAGUE,
    DIET,
    FOREIGN,
    HALF_DAY,
    NEED,
    OFFICER,
    REGISTRATION,
    SELECTIVE,
    SESSION,
    TRAINER,
    registration_of_town,
    session_of_town,
)

STAGES = ("training_open", "training_waiting", "training_offered", "training_on", "training_closed")
IN_CHARGE = "quality_officer"
OWN_DATA = "/espace/donnees"
PHONES = ("06 39 98 12 34", "06 39 98 11 22", "0639981234", "+33639981234")
PDF, ZIP = "%PDF", "PK"


def _shows(text: str) -> bool:
    return any(said in text for said in (NEED, DIET, "Fauteuil", "arachides", json.dumps(NEED)))


def _words(body: str) -> str:
    """What a body says, also where it is a PDF or a workbook."""
    raw = body.encode("latin-1", "replace")
    if body.startswith(PDF):
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(raw)).pages)
    if body.startswith(ZIP):
        with ZipFile(BytesIO(raw)) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist())
    return body


def _pages(town: Town, actor: str, stage: str) -> dict[str, str]:
    """Every page of trainings at that stage, and what lists or asks about them, as this person gets them."""
    town.at(stage)
    asked = {route: _path(town, route) for route in TRAINING_REQUESTS if route.startswith("GET ")}
    questions = [
        f"/bureau/decisions/{row['pk']['S'].rpartition('#')[2]}"
        for row in town.rows("decisions")
        if "question" in row
    ]
    links = [town.link(STAFF["director"], DECISIONS), town.link(OWNER, MANAGE)]
    people = [f"{DESK}/{SESSION}/personnes?liste={key}" for key in ("places", "attente", "parties")]
    more = ["/espace", OWN_DATA, "/bureau", f"{DESK}/{SELECTIVE}", *questions, *links, *people]
    return {
        path: _words(town.visitors[actor].get(path).body) for path in (*filter(None, asked.values()), *more)
    }


def _path(town: Town, route: str) -> str:
    """The page at this stage; empty where its link was not mailed yet."""
    try:
        return REQUESTS[route].path(town)
    except IndexError:
        return ""


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("actor", ACTORS)
def test_no_page_shows_a_need_but_to_who_is_in_charge_and_to_who_said_it(
    whole_town: Town, actor: str, stage: str
) -> None:
    pages = _pages(whole_town, actor, stage)
    shown = {path for path, body in pages.items() if _shows(body)}
    may_read = {IN_CHARGE: {f"{DESK}/{SESSION}", f"{DESK}/{SELECTIVE}"}, "owner": {OWN_DATA}}
    assert shown == may_read.get(actor, set())


def test_who_is_in_charge_no_more_reads_no_needs(whole_town: Town) -> None:
    town = whole_town.at("training_waiting")
    session, page = session_of_town(), f"{DESK}/{SESSION}"
    planning.planning_service().edit(session, {**session.answers, "in_charge": "director"}, OFFICER)
    read = {actor for actor in ACTORS if _shows(town.visitors[actor].get(page).body)}
    assert read == {"director"}


@pytest.mark.parametrize("stage", STAGES)
def test_needs_are_stored_in_one_place_and_no_mail_holds_them(whole_town: Town, stage: str) -> None:
    town = whole_town.at(stage)
    stored = town.stored()
    assert [
        table for table in TABLES if _shows(json.dumps(stored[table], default=str, ensure_ascii=False))
    ] == ["trainings"]
    rows = [row for row in town.rows("trainings") if _shows(json.dumps(row, default=str, ensure_ascii=False))]
    assert len(rows) == 2
    assert all(row["sk"]["S"].startswith(NEEDS) and "expires_epoch" in row for row in rows)
    for letter in town.gate.letters:
        assert [part for part in _parts(letter.raw) if _shows(part)] == []


def _parts(raw: bytes) -> list[str]:
    """The headers of a mail, its texts, and the words of what goes with it."""
    mail = message_from_bytes(raw, policy=policy.default)
    bodies = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
    added = [part.get_content() for part in mail.iter_attachments()]
    words = [_words(one.decode("latin-1") if isinstance(one, bytes) else str(one)) for one in added]
    return [str(mail.items()), *bodies, *words]


def test_needs_are_purged_days_after_the_session_and_its_page_says_nothing_of_them(whole_town: Town) -> None:
    town = whole_town.at("training_closed")
    assert stores.registrations().find_needs(registration_of_town().id)
    town.clock.wait(days=3)
    town.invoke("purge_trainings")
    assert not stores.registrations().find_needs(registration_of_town().id)
    assert not _shows(
        str([row for row in town.rows("trainings") if "hash" not in row and _is_of_session(row)])
    )


def _is_of_session(row: dict[str, Any]) -> bool:
    return session_of_town().id in row["pk"]["S"]


def test_no_log_holds_a_need_from_the_form_to_the_door(
    whole_town: Town, log: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    town = whole_town.at("training_draft")
    service = planning.planning_service()
    service.publish(session_of_town(), OFFICER)
    person = {
        "first_name": "Noé",
        "last_name": "Blanc",
        "phone": "06 39 98 12 34",
        "needs": NEED,
        "diet": DIET,
    }
    for accepts in ({}, {"accepts_terms": "on"}, {"accepts_terms": "on"}):
        form = {f"participants-0-{name}": value for name, value in person.items()} | {"cle": KEY} | accepts
        answer = town.visitors["owner"].post(f"{CATALOGUE}/{SESSION}/inscription", form)
        assert answer.status == (303 if accepts else 422)
    town.go_on()
    assert _shows(town.visitors[IN_CHARGE].get(f"{DESK}/{SESSION}").body)
    assert len(log) > 3
    written = repr(log) + "".join(capsys.readouterr())
    assert not _shows(written)
    assert [word for word in ("Noé", "Blanc", *PHONES, OWNER) if word in written] == []


def test_a_form_with_mistakes_is_the_only_page_that_gives_a_need_back_to_who_typed_it(
    whole_town: Town,
) -> None:
    town = whole_town.at("training_open")
    form = {"participants-0-first_name": "Noé", "participants-0-needs": NEED, "cle": KEY}
    answer = town.visitors["owner"].post(f"{CATALOGUE}/{SESSION}/inscription", form)
    assert (answer.status, _shows(answer.body)) == (422, True)
    assert "no-store" in answer.headers["Cache-Control"]
    assert not _shows(town.visitors["owner"].get(f"{CATALOGUE}/{SESSION}/inscription").body)


def test_the_colleague_who_comes_instead_inherits_no_need(whole_town: Town) -> None:
    town = whole_town.at("training_open")
    form = {"cle": KEY, "remplacant-first_name": "Noé", "remplacant-last_name": "Blanc"}
    assert town.visitors["owner"].post(f"/espace/formations/{REGISTRATION}/remplacement", form).status == 303
    comes = stores.registrations().find(registration_of_town().replaced_by)
    assert comes is not None
    assert not stores.registrations().find_needs(comes.id)
    page = town.visitors[IN_CHARGE].get(f"{DESK}/{SESSION}").body
    assert not _shows(page)


@pytest.mark.parametrize("after", ["", f"/feuille?demi-journee={HALF_DAY}"])
def test_the_trainers_list_and_sheet_hold_names_and_structures_only(whole_town: Town, after: str) -> None:
    town = whole_town.at("training_on")
    said = _words(Visitor().get(town.link(TRAINER, TRAINER_LIST) + after).body)
    assert "Le Goff" in said
    assert not _shows(said)
    assert [private for private in (*PHONES, OWNER, COLLEAGUE) if private in re.sub(r"\s", " ", said)] == []


def test_exports_hold_no_needs_and_no_name_of_another_session(whole_town: Town) -> None:
    town = whole_town.at("training_waiting")
    for ending in ("csv", "xlsx"):
        answer = town.visitors[IN_CHARGE].get(f"{DESK}/{SESSION}/inscriptions.{ending}")
        said = _words(answer.body)
        assert answer.status == 200
        assert "Le Goff" in said
        assert not _shows(said)
        assert "Roux" not in said


def test_the_data_of_another_partner_hold_nothing_of_the_owners_people(whole_town: Town) -> None:
    town = whole_town.at("training_closed")
    own, other = (town.visitors[actor].get(OWN_DATA).body for actor in ("owner", "other_partner"))
    assert REGISTRATION in own
    assert FOREIGN in other
    assert [word for word in (REGISTRATION, "Yannick", "Lou Martin", OWNER) if word in other] == []
    assert FOREIGN not in own
