"""What partners prove agrees with what they asked for, and their documents open."""

from datetime import date
from io import BytesIO

from pypdf import PdfReader

from infra.demo.aid_answers import asked_for, paper, proven

DAY = date(2026, 11, 30)


def test_the_invoice_is_that_of_the_quote_with_its_tax():
    for number in (1, 7, 13):
        asked, given = asked_for(number, DAY), proven(number, "Ana Roux", 4, DAY)
        for kind in ("excl_vat_cents", "incl_vat_cents"):
            assert asked[kind] == given[f"invoice_{kind}"]
        assert int(asked["incl_vat_cents"]) * 10 == int(asked["excl_vat_cents"]) * 12


def test_a_document_has_a_page():
    assert len(PdfReader(BytesIO(paper("Devis"))).pages) == 1
