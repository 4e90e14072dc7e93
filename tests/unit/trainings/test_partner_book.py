"""For which structure somebody registers as a partner."""

from types import SimpleNamespace

from chalicelib.partners.model import HOLDS_IDENTITY, Status
from chalicelib.trainings.partner_book import ACTIVE, FiledPartners


def book(*statuses):
    files = [
        SimpleNamespace(
            id=f"p{number}", status=status, business_name=f"Gîte {number}", email="ada@gite.example.org",
            contact_name="Ada Petit", answers={"category": "hotel", "commune": "01160"},
        )
        for number, status in enumerate(statuses)
    ]  # fmt: skip
    return FiledPartners(SimpleNamespace(list_by_email=lambda email: files))


def test_an_address_registers_for_its_active_partnership_and_for_no_other_file():
    partner = book(Status.AWAITING_CONFIRMATION, Status.ACTIVE, Status.REFUSED).find("ada@gite.example.org")
    assert (partner.structure.key, partner.structure.name) == ("partner:p1", "Gîte 1")
    assert (partner.visitor.is_partner, partner.visitor.category, partner.visitor.commune) == (
        True,
        "hotel",
        "01160",
    )


def test_without_an_active_partnership_there_is_none():
    assert book().find("ada@gite.example.org") is None
    assert book(Status.SUBMITTED, Status.REFUSED).find("ada@gite.example.org") is None


def test_an_address_has_one_active_partnership_at_most():
    """Why nobody is asked for which structure: an active file holds its address."""
    assert Status(ACTIVE) in HOLDS_IDENTITY
