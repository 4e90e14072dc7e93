"""What staff do about the obligations of an award, on its page."""

from datetime import date

import pytest

from chalicelib.mail import bootstrap as mail_room
from chalicelib.subsidies.bootstrap import stores
from chalicelib.subsidies.statuses import Status
from tests.integration.subsidies.house import as_, awarded, clock, paid

__all__ = ["clock"]

pytestmark = pytest.mark.usefixtures("clock")
FILE = "/bureau/aides/SUB-s1"


def stored():
    return stores.subsidies().find("s1")


def templates():
    return [mail.message.template for mail in mail_room.outbox().list_by_record("s1")]


def test_more_time_is_given_with_a_reason(clock):
    awarded("s1")
    officer = as_("quality_officer")
    assert "Prolonger jusqu’au 4 septembre 2028" in officer.get(FILE).text
    refused = officer.post(f"{FILE}/prolongation", **{"motif-prolongation": "  "})
    assert refused.status == 422
    assert "Indiquez pourquoi le délai est prolongé" in refused.text
    assert officer.post(f"{FILE}/prolongation", **{"motif-prolongation": "La neige."}).status == 303
    assert (stored().lapses_on, templates()) == (date(2028, 9, 4), ["subsidies/prolonged"])
    assert "ne peut plus être prolongé" in officer.get(FILE).text


def test_a_second_prolongation_is_refused_with_its_reason():
    awarded("s1", is_prolonged=True)
    again = as_("director").post(f"{FILE}/prolongation", **{"motif-prolongation": "Encore"})
    assert again.status in (409, 422)
    assert "une seule fois" in again.text


def test_a_departure_is_computed_first_and_noted_when_it_is_confirmed(clock):
    paid("s1")
    clock.at = clock.at.replace(year=2029)
    officer = as_("quality_officer")
    assert "Si le partenaire partait aujourd’hui : 106,20 €" in officer.get(FILE).text
    shown = officer.post(f"{FILE}/depart", **{"jour-depart": "30/12/2028"})
    assert "120,00 €" in shown.text
    assert stored().status is Status.PAID
    assert officer.post(f"{FILE}/depart", **{"jour-depart": "30/12/2028", "confirme": "oui"}).status == 303
    assert (stored().status, stored().left_on) == (Status.REPAYMENT_DUE, date(2028, 12, 30))
    assert templates() == ["subsidies/repayment_due"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Indiquez la date du départ"),
        ("hier", "date"),
        ("01/01/2040", "dans le futur"),
        ("30/06/2027", "versée que le 1er juillet 2027"),
        ("01/07/2030", "l’engagement est terminé"),
    ],
)
def test_a_day_that_cannot_be_is_told_at_its_field(clock, typed, said):
    paid("s1")
    clock.at = clock.at.replace(year=2031)
    answer = as_("director").post(f"{FILE}/depart", **{"jour-depart": typed, "confirme": "oui"})
    assert answer.status == 422
    assert said in answer.text
    assert f'value="{typed}"' in answer.body
    assert stored().status is Status.PAID


def test_a_repayment_needs_its_statement(clock):
    paid("s1", status=Status.REPAYMENT_DUE, left_on=date(2028, 12, 30))
    accountant = as_("accounting")
    assert "120,00 €" in accountant.get(FILE).text
    refused = accountant.post(f"{FILE}/remboursement", **{"releve-remboursement": " "})
    assert refused.status == 422
    assert 'href="#champ-releve-remboursement"' in refused.body
    assert accountant.post(f"{FILE}/remboursement", **{"releve-remboursement": "R-7"}).status == 303
    assert stored().status is Status.CLOSED


@pytest.mark.parametrize(
    ("action", "allowed"),
    [
        ("prolongation", {"director", "quality_officer"}),
        ("depart", {"director", "quality_officer"}),
        ("remboursement", {"director", "accounting"}),
    ],
)
def test_each_action_is_for_its_roles(action, allowed):
    awarded("s1")
    for who in ("director", "quality_officer", "accounting", "president", "network_officer", "elected"):
        assert (as_(who).post(f"{FILE}/{action}").status != 403) == (who in allowed), who
    assert as_().post(f"{FILE}/{action}").status == 303


def test_who_only_reads_the_file_sees_no_button():
    awarded("s1")
    assert "Prolonger le délai" not in as_("president").get(FILE).text
    assert "À classer et à justifier au plus tard" in as_("president").get(FILE).text


def test_an_unknown_file_is_not_found():
    assert (
        as_("director").post("/bureau/aides/SUB-none/prolongation", **{"motif-prolongation": "x"}).status
        == 404
    )
