"""The pages that come from the office file."""

from chalicelib.office.model import Purpose
from chalicelib.runtime.templating import environment
from chalicelib.web.pages import render_page
from tests.factories import an_office


def privacy_page(office) -> str:
    environment.cache_clear()
    return render_page("office/privacy.html", office=office, user=None)


def test_the_privacy_page_names_purposes_bases_retention_contact_and_cookies(monkeypatch):
    monkeypatch.setenv("BASE_URL", "https://pro.example.org")
    office = an_office()
    body = privacy_page(office)
    for purpose in office.privacy.purposes:
        assert isinstance(purpose, Purpose)
        assert purpose.name.replace("'", "&#39;") in body
        assert purpose.legal_basis_label in body
    for words in (
        "Base légale",
        office.privacy.dpo_email,
        "CNIL",
        "strictement nécessaires",
        "37&nbsp;jours",
    ):
        assert words in body
