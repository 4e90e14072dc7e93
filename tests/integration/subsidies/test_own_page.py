"""What a partner tells of the visit, on the page of the own file."""

import pytest

from chalicelib.subsidies.bootstrap import stores
from chalicelib.subsidies.statuses import Status
from tests.integration.subsidies.house import as_, awarded, clock, partner

__all__ = ["clock"]

EMAIL = "maelle@gite.example.fr"
FILE = "/espace/aides/SUB-s1"


@pytest.fixture(autouse=True)
def known(clock):
    """Who owns the file is a partner."""
    partner("p1", email=EMAIL)
    awarded("s1")


def tell(**typed):
    return as_(EMAIL).post(f"{FILE}/visite", **typed)


def test_what_was_told_is_not_offered_again():
    assert 'value="commandee"' in as_(EMAIL).get(FILE).body
    assert tell(etape="commandee", jour="03/03/2027").status == 303
    page = as_(EMAIL).get(FILE).body
    assert 'value="commandee"' not in page
    assert 'value="faite"' in page
    assert tell(etape="faite", jour="03/03/2027").status == 303
    assert stores.subsidies().find("s1").status is Status.VISIT_DONE
    assert "Où en est la visite" not in as_(EMAIL).get(FILE).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"etape": "faite", "jour": ""}, "Indiquez la date"),
        ({"etape": "faite", "jour": "12/12/2099"}, "dans le futur"),
        ({"etape": "faite", "jour": "30/02/2027"}, "date"),
        ({"etape": "", "jour": "03/03/2027"}, "commandée ou faite"),
        ({"etape": "payee", "jour": "03/03/2027"}, "commandée ou faite"),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_is_kept(typed, said):
    answer = tell(**typed)
    assert answer.status == 422
    assert said in answer.text
    if typed["jour"]:
        assert f'value="{typed["jour"]}"' in answer.body
    if typed["etape"] == "faite":
        assert 'value="faite" checked' in answer.body.replace('checked="checked"', "checked")
    assert stores.subsidies().find("s1").status is Status.GRANTED
