"""The people of a session to take away: all of them, nothing of what they need, nothing that is a formula."""

import base64
import csv
import io

import openpyxl
import pytest

from chalicelib.trainings.bootstrap import registering
from tests.integration.trainings.desk_house import as_, clock, comes, empty_house, page_of, published

__all__ = ["clock", "empty_house"]

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def session():
    session = published(seats=1, price_cents=12_000)
    gone = comes(session, "Ana Roux", structure="Gîte A")
    comes(
        session, "=1+1 Max", structure="=cmd()", needs={"needs": "Boucle magnétique.", "diet": "Végétarien"}
    )
    comes(session, "Cléo Vit", structure="Gîte C")
    registering.registration_service().cancel(gone, "Noa Petit", "Au téléphone")
    return session


def lines(answer):
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return list(csv.DictReader(io.StringIO(answer.body.removeprefix("\ufeff")), delimiter=";"))


def test_everybody_is_in_it_with_where_they_stand(session):
    found = lines(as_("director").get(page_of(session, "/inscriptions.csv")))
    assert [(line["Nom"], line["État"], line["Rang"]) for line in found] == [
        ("Max", "Place proposée", ""), ("Vit", "Liste d’attente", "1"), ("Roux", "Annulée", ""),
    ]  # fmt: skip
    assert found[0]["Prénom"] == "'=1+1"
    assert found[0]["Structure"] == "'=cmd()"
    assert found[2]["Prix"] == "120,00"
    assert found[2]["Place depuis le"] == "03/03/2027"


def test_what_people_need_is_not_in_it_whoever_asks(session):
    for role in ("network_officer", "director"):
        for end in ("csv", "xlsx"):
            body = as_(role).get(page_of(session, f"/inscriptions.{end}"), accept="*/*").body
            assert "Boucle" not in str(body)
            assert "Végétarien" not in str(body)


def test_the_workbook_has_the_same_lines_as_texts(session):
    answer = as_("quality_officer").get(page_of(session, "/inscriptions.xlsx"))
    assert f"inscriptions-{session.reference}.xlsx" in answer.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(_bytes(answer.body))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 4
    assert rows[1][2] == "=1+1"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


def _bytes(body):
    return body if isinstance(body, bytes) else base64.b64decode(body)
