"""What staff see of an aid file, and which of its documents each of them may open."""

import pytest

from chalicelib.subsidies.model import JoinedDocument
from chalicelib.subsidies.statuses import Status
from tests.integration.subsidies.house import as_, awarded, clock, paid

__all__ = ["clock"]

pytestmark = pytest.mark.usefixtures("clock")
FILE = "/bureau/aides/SUB-s1"


@pytest.fixture
def details():
    """The bank details of a file that was paid."""
    joined = JoinedDocument(
        "bank-details", "RIB", "u9", "rib.pdf", "application/pdf", 9, "ab", ("accounting",)
    )
    paid("s1", proof_documents=(joined,))
    return joined


@pytest.mark.parametrize("role", ["director", "quality_officer", "president"])
def test_bank_details_are_named_for_all_and_opened_by_accounting_alone(details, role):
    page = as_(role).get(FILE)
    assert "RIB : rib.pdf (réservé : Comptabilité)" in page.text
    assert f"/pieces/{details.upload_id}" not in page.body
    assert as_(role).get(f"{FILE}/pieces/{details.upload_id}").status == 404
    assert f"/pieces/{details.upload_id}" in as_("accounting").get(FILE).body


def test_what_was_never_sent_is_opened_by_nobody(details):
    assert as_("accounting").get(f"{FILE}/pieces/u8").status == 404


def test_a_late_payment_is_on_the_desk_and_leads_there_for_who_works_on_files():
    awarded("s1", Status.PAYMENT_OVERDUE)
    desk = as_("quality_officer").get("/bureau")
    assert "paiement de l’aide sans réponse depuis le" in desk.text
    assert f'href="{FILE}"' in desk.body
    others = as_("network_officer").get("/bureau")
    assert "Gîte des Noyers (SUB-s1)" in others.text
    assert FILE not in others.body
