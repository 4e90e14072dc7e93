"""The data of a report to take away: numbers are numbers, what is secret is not in it, nothing is a formula."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import openpyxl
import pytest

from chalicelib.adapters.workbook import workbook
from chalicelib.observatory.content import Row, Table
from chalicelib.observatory.exports import rates_sheet, sheets
from chalicelib.web.spreadsheet import BYTE_ORDER_MARK, csv_of
from tests.unit.documents.report_samples import a_bare_report, a_longest_report, a_report, a_row


def opened(content):
    return openpyxl.load_workbook(BytesIO(workbook(sheets(content), content.title)))


def csv_rows(content):
    text = csv_of(rates_sheet(content)).removeprefix(BYTE_ORDER_MARK)
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_there_is_a_sheet_for_each_table_and_one_for_the_method():
    assert opened(a_report()).sheetnames == [
        "Par semaine", "Par secteur", "Par type", "Selon les vacances scolaires", "Les mois qui viennent",
        "Événements", "Origines", "Satisfaction", "Raisons", "Qui a répondu", "Méthode",
    ]  # fmt: skip
    assert opened(a_bare_report()).sheetnames == ["Méthode"]


def test_rates_are_numbers_and_what_is_secret_or_closed_says_so():
    page = opened(a_report())["Par secteur"]
    assert [cell.value for cell in page[2]] == ["Haut-Jura gessien", 71.0, 66.2, 4.8]
    assert [cell.value for cell in page[4]] == ["Léman", "secret", None, None]
    assert page["B2"].number_format == '0.0\\ "%"'
    assert opened(a_report())["Par type"]["B3"].value == "fermé"


def test_a_secret_number_is_in_no_file_even_if_it_came_along():
    secret = Row("Léman", 41.7, 39.5, 2.2, state="secret")
    report = replace(a_bare_report(), tables=(Table("s", "Par secteur", "", (a_row("Piémont"), secret)),))
    assert [cell.value for cell in opened(report)["Par secteur"][3]] == ["Léman", "secret", 39.5, None]
    assert csv_rows(report)[2][1:5] == ["Léman", "secret", "39,5", ""]


def test_csv_has_every_rate_with_commas_and_what_was_on():
    head, *rows = csv_rows(a_report())
    assert head[:5] == ["Tableau", "Ligne", "Taux (%)", "Un an avant (%)", "Écart (points)"]
    assert len(rows) == 14 + 3 + 3 + 4 + 2
    assert rows[3][5:] == ["", "", "Foulée blanche"]
    assert rows[10][5:] == ["A, B", "Canton de Genève", ""]
    assert ["Par secteur", "Haut-Jura gessien", "71,0", "66,2", "4,8", "", "", ""] in rows


@pytest.mark.parametrize("title", ["=1+1", "@x", "+x", "-x"])
def test_nothing_is_a_formula(title):
    report = replace(a_report(), tables=(Table("t", "Par secteur", "", (a_row(title),)),))
    assert ["Par secteur", f"'{title}"] in [row[:2] for row in csv_rows(report)]
    cell = opened(report)["Par secteur"]["A2"]
    assert (cell.value, cell.data_type) == (title, "s")


def test_sheets_have_names_that_spreadsheets_take_and_no_two_alike():
    long = "Par type [et] secteur/commune : tout * ensemble ?"
    rows = (a_row("x"),)
    report = replace(
        a_report(),
        tables=(Table("a", long, "", rows), Table("b", long, "", rows), Table("c", "''", "", rows)),
    )
    names = opened(report).sheetnames
    assert len({name.lower() for name in names}) == len(names) == 12
    assert all(0 < len(name) <= 31 for name in names)


def test_the_longest_report_is_a_workbook():
    assert opened(a_longest_report())["Événements"].max_row == 31


def test_one_or_two_answers_are_not_told_apart():
    rows = {row[0].value: row[1].value for row in opened(a_report())["Satisfaction"].rows}
    assert (rows["Bonne"], rows["Mauvaise"]) == (20, "moins de 3")
