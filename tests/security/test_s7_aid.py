"""S7 for the aid: a text that tries to become markup, on every page and in every mail, PDF and bank order about a file."""

from unittest import mock
from xml.etree import ElementTree

import pytest

from chalicelib.decisions import applicants
from chalicelib.kernel.history import HistoryLine
from chalicelib.subsidies.application_form import subsidy_form
from chalicelib.subsidies.bootstrap import awarding, paying, stores
from chalicelib.subsidies.model import Beneficiary
from chalicelib.subsidies.proofs_form import proofs_form
from chalicelib.subsidies.statuses import Event
from tests import aid_steps
from tests.security.aid_life import DESK, OWN, Life
from tests.security.aid_town import ACCOUNTING, DIRECTOR, OWNER, QUALITY, REFERENCE
from tests.security.corpus import twin
from tests.security.http import Visitor
from tests.security.markup import HANDFULS, check_paper, compare, compare_mails
from tests.security.town import Town

FILE_NAME = 200
PROOFS = f"{OWN}/justificatifs"
ORDER = "<?xml"
MANY_PAGES = 60


@pytest.mark.parametrize("handful", range(len(HANDFULS)))
def test_every_page_mail_and_paper_of_an_aid_shows_its_texts_as_text(whole_town: Town, handful: int) -> None:
    text = " ".join(HANDFULS[handful])
    attacked, plain = (_lived(whole_town, one) for one in (text, twin(text)))
    assert len(attacked.pages) > MANY_PAGES
    assert sum("alert" in html for html in attacked.pages.values()) > MANY_PAGES / 2
    order, twin_order = (_order(life) for life in (attacked, plain))
    assert [one.tag for one in order.iter()] == [one.tag for one in twin_order.iter()]
    compare(attacked.pages, plain.pages)
    compare_mails(attacked.letters, plain.letters)


def _lived(town: Town, text: str) -> Life:
    """A life from the draft to the payment, and another end of it; its papers were looked at."""
    life = Life(town, text)
    _is_drafted(life)
    _is_sent(life)
    before = town.checkpoint()
    _is_reopened(life)
    life.goes_back(before)
    for step in (_is_corrected, _is_granted, _is_proven, _is_paid):
        step(life)
    for paper in life.papers():
        check_paper(paper)
    return life


def _order(life: Life) -> ElementTree.Element:
    """The file for the bank, out of the pages."""
    name = next(name for name, body in life.pages.items() if body.startswith(ORDER))
    return ElementTree.fromstring(life.pages.pop(name))


def _is_drafted(life: Life) -> None:
    """Every text of the form, and the name of a file."""
    draft = awarding.draft_service().get(aid_steps.draft_of(OWNER))
    aid_steps.join(life.town, draft.id, "quote", life.text[:FILE_NAME])
    hostile = {**draft.answers, **life.texts(aid_steps.application(), subsidy_form())}
    hostile |= {name: draft.answers[name] for name in ("email", "partner_id")}
    awarding.draft_service().revise(draft, lambda _: hostile)
    base = f"/subventions/demandes/{draft.id}"
    forms = [f"{base}/pages/{section.key}" for section in subsidy_form().sections]
    life.shows("draft", "owner", [*forms, f"{base}/verification", "/subventions", "/espace"])


def _is_sent(life: Life) -> None:
    """The file is made without the checks of the form; the partner is called by that text, too."""
    draft = awarding.draft_service().get(aid_steps.draft_of(OWNER))
    called = Beneficiary(draft.answers["partner_id"], OWNER, life.text, life.text)
    with (
        mock.patch("chalicelib.kernel.ids.new_reference", return_value=REFERENCE),
        mock.patch("chalicelib.subsidies.applicants.Partner.beneficiary", called),
    ):
        awarding.submission_service().submit(draft)
    life.town.go_on()
    life.is_seen("sent", QUALITY)


def _is_corrected(life: Life) -> None:
    """The office asks for changes, the same answers come back."""
    life.decides(QUALITY, "request_changes")
    link = life.town.link(OWNER, "/subventions/corrections")
    life.pages["corrections"] = Visitor().get(link).body
    life.shows("to correct", "owner", [OWN])
    life.shows("to correct", "director", [DESK])
    file = aid_steps.file_of(OWNER)
    applicants.answer(applicants.question_at(file, "subsidy_corrections"), "resubmit")
    life.town.go_on()


def _is_granted(life: Life) -> None:
    """Checked and granted."""
    life.decides(QUALITY, "complete")
    life.is_seen("complete", DIRECTOR)
    life.decides(DIRECTOR, "accept")
    life.shows("granted", "owner", [OWN])


def _is_proven(life: Life) -> None:
    """Every text of the proofs."""
    aid_steps.join(life.town, aid_steps.file_of(OWNER).id, "invoice", life.text[:FILE_NAME])
    assert life.owner.post(PROOFS).status == 303
    file, drafts = aid_steps.file_of(OWNER), paying.proofs_drafts()
    hostile = life.texts(aid_steps.proofs(), proofs_form())
    draft = drafts.revise(drafts.get(file.proofs_draft), lambda known: {**known, **hostile})
    forms = [f"{PROOFS}/pages/{section.key}" for section in proofs_form().sections]
    life.shows("proofs", "owner", [*forms, f"{PROOFS}/verification"])
    paying.payment_service().send_proofs(file, draft)
    life.town.go_on()
    life.is_seen("proven", QUALITY)


def _is_paid(life: Life) -> None:
    """Approved, ordered, come back, ordered again, paid."""
    life.decides(QUALITY, "accept")
    life.is_seen("checked", ACCOUNTING)
    life.decides(ACCOUNTING, "approve")
    life.shows("approved", "accounting", ["/bureau/virements"])
    paying.batch_service().create("first", life.text)
    batch = f"/bureau/virements/{aid_steps.file_of(OWNER).batch}"
    life.marks(f"{batch}/versements/{REFERENCE}/rejete", motif=life.text)
    life.shows("failed", "accounting", ["/bureau/virements", batch, f"{batch}/fichier"])
    life.marks(f"{batch}/versements/{REFERENCE}/paye", jour="03/03/2027", releve=life.text)
    life.shows("paid", "accounting", [batch, DESK])
    life.shows("paid", "owner", [OWN])


def _is_reopened(life: Life) -> None:
    """Taken up again, and refused."""
    line = HistoryLine(stores.now(), life.text, "Sans réponse", life.text)
    awarding.subsidy_service().record(aid_steps.file_of(OWNER).id, Event.DECISION_EXPIRED, line)
    life.town.go_on()
    life.shows("overdue", "director", ["/bureau", DESK])
    assert life.town.visitors["director"].post(f"{DESK}/reprise", {"reason": life.text}).status == 303
    life.town.go_on()
    life.is_seen("reopened", QUALITY)
    life.decides(QUALITY, "refuse")
    life.shows("refused", "owner", [OWN])
