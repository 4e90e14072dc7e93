"""S7: a text that tries to become markup, in every text field, on every page and in every mail that shows it.

What a browser makes of the page has the same elements and attributes as the page made from a harmless twin.
"""

from collections.abc import Callable
from urllib.parse import quote

import pytest

from chalicelib.decisions import applicants
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.bootstrap import outbox
from chalicelib.partners import bootstrap
from chalicelib.partners.application_form import membership_form
from chalicelib.partners.model import Event
from chalicelib.partners.submitting import Submission
from tests.security.corpus import CORPUS, twin
from tests.security.markup import HANDFULS, Pages, compare, compare_mails, see
from tests.security.reading import Tree
from tests.security.routes import REQUESTS, actor_of, fields_of, forms, paths_of
from tests.security.town import (
    CONFIRMATION,
    CORRECTIONS,
    DECISIONS,
    LOGIN,
    OWNER,
    STAFF,
    Town,
    Visitor,
    answers,
    logged_in,
)

FEW = [" ".join(CORPUS[start : start + 4]) for start in range(0, len(CORPUS), 4)]
CHOSEN = {"email", "commune", "category", "pack", "legal_nature"}
TEXT_FIELDS = [
    field.name for field in membership_form().fields if field.type == "string" and field.name not in CHOSEN
]


def test_the_corpus_is_as_large_as_asked_and_a_page_that_escapes_nothing_is_found() -> None:
    assert len(set(CORPUS)) >= 40
    found = [text for text in CORPUS if _unescaped(text) != _unescaped(twin(text))]
    assert len(found) >= 30


def _unescaped(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return Tree(f"<p>{text}</p><input value=\"{text}\"><option value='{text}'>").elements


@pytest.mark.parametrize("section", [section.key for section in membership_form().sections])
def test_the_form_shows_what_was_typed_as_text(whole_town: Town, section: str) -> None:
    for text in FEW:
        attacked, plain = (_typed(whole_town.at("submitted"), section, one) for one in (text, twin(text)))
        compare(attacked, plain)


def _typed(town: Town, section: str, text: str) -> Pages:
    """The page that answers, and the one that is opened again, when everything was filled in with this text."""
    path, visitor = f"/adhesion/demande/{section}", Visitor()
    fields = [field.name for field in membership_form().section(section).fields]
    answered = visitor.post(path, dict.fromkeys(fields, text))
    assert answered.status in (200, 303, 422)
    return {
        "answer": answered.body,
        "again": visitor.get(path).body,
        "check": visitor.get("/adhesion/verification").body,
    }


@pytest.mark.parametrize("route", forms())
def test_whatever_form_it_is_typed_into_a_text_comes_back_as_text(whole_town: Town, route: str) -> None:
    for text in map(" ".join, HANDFULS):
        attacked, plain = (_posted(whole_town, route, one) for one in (text, twin(text)))
        compare(attacked, plain)


def _posted(town: Town, route: str, text: str) -> Pages:
    """The pages that answer when every field of every form was filled in with this text."""
    paths, filled = (
        paths_of(town.at(REQUESTS[route].stage), route),
        dict.fromkeys(fields_of(route), text),
    )
    visitor = town.visitors[actor_of(route)]
    return {path: visitor.post(path, filled).body for path in paths}


@pytest.mark.parametrize(
    "path", ["/connexion", "/connexion/{token}", "/decisions/{token}", "/bureau/dossiers"]
)
def test_the_other_forms_show_what_was_typed_as_text(whole_town: Town, path: str) -> None:
    for text in map(" ".join, HANDFULS):
        attacked, plain = (_answered(whole_town.at("submitted"), path, one) for one in (text, twin(text)))
        compare(attacked, plain)


def _answered(town: Town, path: str, text: str) -> Pages:
    stranger, officer = Visitor(), town.visitors["network_officer"]
    asked: dict[str, Callable[[], str]] = {
        "/connexion": lambda: (
            stranger.post(path, {"email": text, "vers": f"/{text}"}).body
            + stranger.get(f"{path}?vers=/{quote(text)}").body
        ),
        "/connexion/{token}": lambda: stranger.post(town.link(OWNER, LOGIN), {"code": text}).body,
        "/decisions/{token}": lambda: (
            stranger.post(
                town.link(STAFF["network_officer"], DECISIONS), {"outcome": text, "reason": text}
            ).body
        ),
        "/bureau/dossiers": lambda: officer.get(f"{path}?q={quote(text)}&etat={quote(text)}").body,
    }
    return {path: asked[path]()}


@pytest.mark.parametrize("handful", range(len(HANDFULS)))
def test_every_page_and_every_mail_of_a_file_shows_its_answers_as_text(
    whole_town: Town, handful: int
) -> None:
    text = " ".join(HANDFULS[handful])
    attacked, sent = _life(whole_town, text)
    plain, plainly_sent = _life(whole_town, twin(text))
    assert len(attacked) > 35
    assert sum(OWNER[:6] in html or "alert(1)" in html for html in attacked.values()) > 15
    compare(attacked, plain)
    compare_mails(sent, plainly_sent)


def _life(town: Town, text: str) -> tuple[Pages, list[bytes]]:
    """Every page that shows the file from its draft to each of its ends, and every mail about it."""
    known = len(town.at("draft").gate.letters)
    pages: Pages = {}
    _as_draft(town, text, pages)
    _at_the_office(town, text, pages)
    before, mails, count = town.checkpoint(), town.gate.letters[known:], len(town.gate.letters)
    for end in (_changed_and_refused, _accepted_and_paid, _late_and_reopened):
        town.restore(before)
        end(town, text, pages)
        mails += town.gate.letters[count:]
    return pages, [letter.raw for letter in mails]


def _hostile(text: str) -> dict[str, object]:
    return {**answers(), **dict.fromkeys(TEXT_FIELDS, text), "siret": text}


def _as_draft(town: Town, text: str, pages: Pages) -> None:
    owner = town.visitors["owner"]
    draft = bootstrap.draft_service().find(town.rows("drafts")[0]["pk"]["S"].rpartition("#")[2])
    bootstrap.draft_service().revise(draft, lambda _: _hostile(text))
    paths = ["/adhesion", "/adhesion/verification", "/adhesion/pause", *_form_pages()]
    see(pages, "draft", owner, paths)
    pages["paused"] = owner.post("/adhesion/pause").body
    town.go_on()
    pages["resume"] = owner.get(town.link(OWNER, "/adhesion/reprise")).body
    bootstrap.submission_service().submit(Submission(draft.id, _hostile(text), "1"))
    bootstrap.draft_service().begin({**_hostile(text), "role": f"{text}!"}, draft_id=draft.id)
    see(pages, "sent again", owner, ["/adhesion/deja-envoyee", "/adhesion/envoyee"])
    town.go_on()


def _at_the_office(town: Town, text: str, pages: Pages) -> None:
    link = town.link(OWNER, CONFIRMATION)
    pages["to confirm"] = Visitor().get(link).body
    assert Visitor().post(link).status == 303
    town.go_on()
    pages["confirmed"] = Visitor().get(link).body
    _trouble(town)
    stranger = Visitor()
    stranger.post(LOGIN, {"email": OWNER})
    town.go_on()
    pages["login"] = stranger.get(town.link(OWNER, LOGIN)).body
    town.visitors["owner"] = logged_in("owner")
    _show(town, "submitted", pages)


def _trouble(town: Town) -> None:
    """The receipt did not arrive: the desk shows its subject."""
    file = bootstrap.applications().list_by_email(OWNER)[0]
    mail = outbox().list_by_record(file.id)[-1]
    outbox().record_event(mail.key, "bounced", bootstrap.now())


def _changed_and_refused(town: Town, text: str, pages: Pages) -> None:
    _decide(town, STAFF["network_officer"], "request_changes", text)
    _show(town, "changes", pages)
    link = town.link(OWNER, CORRECTIONS)
    pages["corrections"] = Visitor().get(link).body
    visitor = Visitor()
    assert visitor.post(link).status == 303
    see(pages, "correcting", visitor, ["/adhesion/verification", *_form_pages()])
    file = bootstrap.applications().list_by_email(OWNER)[0]
    applicants.answer(applicants.question_at(file, "corrections"), "resubmit")
    town.go_on()
    _show(town, "again", pages)
    _decide(town, STAFF["network_officer"], "refuse", text)
    _show(town, "refused", pages)


def _accepted_and_paid(town: Town, text: str, pages: Pages) -> None:
    _decide(town, STAFF["network_officer"], "accept", text)
    _show(town, "to pay", pages)
    pages["payment"] = Visitor().get(town.link(STAFF["accounting"], DECISIONS)).body
    _decide(town, STAFF["accounting"], "confirm", text)
    _show(town, "active", pages)
    pages["consents"] = Visitor().get(town.link(OWNER, "/consentements")).body


def _late_and_reopened(town: Town, text: str, pages: Pages) -> None:
    file = bootstrap.applications().list_by_email(OWNER)[0]
    line = HistoryLine(bootstrap.now(), "Cordée", "Sans réponse", text)
    bootstrap.application_service().record(file.id, Event.REVIEW_EXPIRED, line)
    town.go_on()
    _show(town, "late", pages)
    path = f"/bureau/dossiers/{file.reference}/reprise"
    assert town.visitors["director"].post(path, {"reason": text}).status == 303
    town.go_on()
    _show(town, "reopened", pages)


def _decide(town: Town, email: str, outcome: str, reason: str) -> None:
    assert Visitor().post(town.link(email, DECISIONS), {"outcome": outcome, "reason": reason}).status == 303
    town.go_on()


def _show(town: Town, when: str, pages: Pages) -> None:
    """Every page that somebody may open about the file now."""
    reference = town.reference()
    own, staff = f"/espace/dossiers/{reference}", town.visitors["network_officer"]
    desk = ["/bureau", "/bureau/dossiers", f"/bureau/dossiers?q={OWNER}", f"/bureau/dossiers/{reference}"]
    see(pages, when, town.visitors["owner"], ["/espace", own, f"{own}/retrait", "/", "/deconnexion"])
    see(pages, when, staff, [*desk, town.link(STAFF["network_officer"], DECISIONS)])


def _form_pages() -> list[str]:
    return [f"/adhesion/demande/{section.key}" for section in membership_form().sections]
