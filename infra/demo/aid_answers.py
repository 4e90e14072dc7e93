"""What partners type when they ask for the aid to classification, and when they prove that they were classified."""

from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfWriter

DAY = "%d/%m/%Y"
IBAN = "FR76 3000 6000 0112 3456 7890 189"
"""The example of a French account number: it belongs to nobody."""
A4_POINTS = (595, 842)


def asked_for(number: int, on: date) -> dict[str, Any]:
    """The application, beside what the office knows of the lodging; amounts as people type them."""
    return {
        "unit_count": 1, "has_linked_companies": "no", "evaluator": "other", "evaluator_name": "Contrôle Étoiles",
        "quote_number": f"D-{on.year}-{number:03d}", "quote_date": f"{on:{DAY}}", **_visit("", number),
        "recovers_vat": "no", "visit_ordered": "no", "has_public_aid": "no", "has_de_minimis": "no",
        "agrees_engagement": True, "agrees_truth": True, "star_rating": 0, "wanted_rating": 3,
    }  # fmt: skip


def proven(number: int, holder: str, persons: int, on: date) -> dict[str, Any]:
    """What there is to say after the visit, all of it done on that day."""
    day = f"{on:{DAY}}"
    return {
        "outcome": "classified", "ordered_on": day, "visited_on": day, "decision_number": f"C-{on.year}-{number:05d}",
        "decided_on": day, "level": 3, "decided_capacity": persons, "invoice_number": f"F-{number}",
        "invoiced_on": day, "paid_on": day, **_visit("invoice_", number), "account_holder": holder, "iban": IBAN,
    }  # fmt: skip


def paper(title: str) -> bytes:
    """A document of one empty page."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(*A4_POINTS)
    writer.add_metadata({"/Title": title})
    writer.write(out)
    return out.getvalue()


def _visit(prefix: str, number: int) -> dict[str, str]:
    """What the visit costs: between 150 and 240 euros without VAT, and with its 20 %."""
    euros = 150 + number * 10 % 100
    return {f"{prefix}excl_vat_cents": str(euros), f"{prefix}incl_vat_cents": str(euros * 120 // 100)}
