"""The pages that come from the office file."""

from dataclasses import replace

import pytest

from chalicelib.office.model import Purpose
from chalicelib.runtime.templating import environment
from chalicelib.web.pages import render_page
from tests.aid import an_aiding_office
from tests.factories import an_office
from tests.training_office import a_training_office


@pytest.mark.parametrize(
    ("days", "told"), [(1095, "3\u00a0ans"), (730, "2\u00a0ans"), (500, "500\u00a0jours")]
)
def test_the_privacy_page_says_how_long_a_closed_file_is_kept_as_the_office_file_does(
    monkeypatch, days, told
):
    monkeypatch.setenv("BASE_URL", "https://pro.example.org")
    office = an_office()
    office = replace(office, delays=replace(office.delays, closed_file_purge_days=days))
    assert f"votre dossier est effacé {told} après sa clôture" in privacy_page(office)


def test_the_privacy_page_says_how_long_aid_files_and_accounts_are_kept_where_there_is_an_aid(monkeypatch):
    monkeypatch.setenv("BASE_URL", "https://pro.example.org")
    office = an_aiding_office()
    delays = replace(
        office.delays, paid_aid_kept_years=12, bank_details_kept_months=6, closed_file_purge_days=500
    )
    body = privacy_page(replace(office, delays=delays))
    for words in (
        "gardé 12\u00a0ans",
        "6\u00a0mois après le paiement",
        "effacé 500\u00a0jours après sa clôture, avec ses pièces",
    ):
        assert words in body.replace("&nbsp;", "\u00a0")
    assert "mené à aucun versement" not in privacy_page(
        replace(office, delays=replace(delays, closed_file_purge_days=None))
    )
    assert "relevé d’identité bancaire" not in privacy_page(an_office())


@pytest.mark.parametrize(
    ("years", "days", "told"),
    [
        (5, 2, ("gardées 5\u00a0ans", "effacé 2\u00a0jours après la fin de la session")),
        (1, 0, ("gardées 1\u00a0an à", "effacé la nuit qui suit la fin de la session")),
    ],
)
def test_the_privacy_page_says_how_long_registrations_and_needs_are_kept_where_there_are_trainings(
    monkeypatch, years, days, told
):
    monkeypatch.setenv("BASE_URL", "https://pro.example.org")
    office = a_training_office(kept_years=years, needs_kept_days=days, comments_from_answers=4)
    body = privacy_page(office).replace("&nbsp;", "\u00a0")
    for words in (*told, "à partir de 4\u00a0réponses"):
        assert words in body
    assert "vous inscrivez" not in privacy_page(an_office())


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
