"""A file of figures is read as it was meant, however it was written, and what is wrong in it is told by line."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.observatory.figures import Guests
from chalicelib.observatory.model import Sold
from chalicelib.observatory.reading.reading import Reading, read_figures
from chalicelib.observatory.reading.refusals import FileRefused
from chalicelib.observatory.reading.sums import untrue
from chalicelib.observatory.slices import slices_of_month
from tests.figure_files import AMERICAN, FRENCH, ISO, TITLES, by_week, csv_file, march, xlsx_file
from tests.observatory import HOTEL

SOLD = st.builds(
    Sold,
    st.integers(0, 999_999),
    st.integers(0, 999_999),
    st.none() | st.builds(Guests, st.integers(0, 99_999), st.integers(0, 99_999)),
)
MONTHS = st.dates(date(2024, 1, 1), date(2031, 12, 31)).map(lambda day: f"{day:%Y-%m}")


def _told(reading: Reading) -> list[tuple[int, str]]:
    return [(one.line, one.sentence.replace("\u00a0", " ")) for one in reading.all_problems()]


def _march(rows: list) -> Reading:
    return read_figures(csv_file(rows))


def _with(line: int, *cells: object) -> list:
    rows = [list(row) for row in march()]
    rows[line - 1][: len(cells)] = cells
    return rows


@st.composite
def _months(draw):
    month = draw(MONTHS)
    return month, {one.id: draw(SOLD) for one in slices_of_month(month)}


@settings(max_examples=60)
@given(
    _months(),
    st.sampled_from(";,\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    st.sampled_from([FRENCH, ISO]),
)
def test_the_same_figures_come_out_of_every_encoding_separator_and_order_of_dates(
    month_sold, separator, encoding, order
):
    month, sold = month_sold
    read = read_figures(csv_file(by_week(sold, order), separator, encoding))
    assert read.months["", month].sold == sold
    assert not read.all_problems()


@settings(max_examples=15, deadline=None)
@given(_months())
def test_the_same_figures_come_out_of_a_workbook(month_sold):
    month, sold = month_sold
    read = read_figures(xlsx_file(by_week(sold, FRENCH)))
    assert read.months["", month].sold == sold


@pytest.mark.parametrize("order", [FRENCH, AMERICAN, ISO])
def test_days_are_added_up_to_weeks_in_either_order_of_dates(order):
    rows = [TITLES, *([row[0].strftime(order), *row[1:]] for row in march()[1:])]
    read = _march(rows)
    assert list(read.months) == [("", "2027-03")]
    assert read.months["", "2027-03"].sold["2027-03-29"] == Sold.by_day([(20, 14)] * 3, Guests(84, 42))
    assert sum(one.offered for one in read.months["", "2027-03"].sold.values()) == 31 * 20
    assert not read.all_problems()


def test_days_of_a_workbook_are_days():
    assert _march(march()).months == read_figures(xlsx_file(march())).months


def test_a_file_that_has_both_orders_says_so_at_each_line_that_could_be_either():
    rows = [TITLES, *([row[0].strftime(FRENCH), *row[1:]] for row in march()[1:])]
    rows[15][0] = "03/15/2027"
    told = dict(_told(_march(rows)))
    assert sorted(told) == [0, 2, 3, *range(5, 14)]
    assert "le jour et le mois ne se distinguent pas" in told[2]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("2027-03-01", "98,5"), "Proposé, « 98,5 » : ce nombre a des décimales : il faut un nombre entier."),
        (("2027-03-01", "1,234"), "Proposé, « 1,234 » : ce nombre a des décimales : il faut un nombre entier."),
        (("2027-03-01", 20, -3), "Vendu, « -3 » : ce nombre est négatif."),
        (("2027-03-01", 20, "n/a"), "Vendu, « n/a » : ce n’est pas un nombre."),
        (("2027-03-01", 20, "1_000"), "Vendu, « 1_000 » : ce n’est pas un nombre."),
        (("2027-03-01", 20, "٣"), "Vendu, « ٣ » : ce n’est pas un nombre."),
        (("2027-03-01", "", 3), "Proposé : la case est vide, mettez 0 s’il n’y a rien."),
        (("2027-03-01", 20, 14, 28, ""), "Donnez les nuitées et les arrivées, ou aucune des deux."),
        (("2027-03-01", 20, 14, "", ""), "Les nuitées et les arrivées manquent ici, alors que d’autres lignes de la semaine les donnent."),
        (("lundi", 20, 14), "« lundi » : ce n’est pas une date. Écrivez-la comme 09/03/2027 ou 2027-03-09."),
        (("31/02/2027", 20, 14), "« 31/02/2027 » : ce n’est pas une date. Écrivez-la comme 09/03/2027 ou 2027-03-09."),
        (("2027-03-02", 20, 14), "Le 2 mars 2027 est déjà donné à la ligne 2."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_line(cells, told):
    told_at = 3 if "déjà" in told else 2
    assert (told_at, told) in _told(_march(_with(2, *cells)))


@pytest.mark.parametrize("day", ["9999-12-31", "31/12/9999", "0001-01-01", "1899-12-31", "3000-01-01"])
def test_a_day_outside_of_every_calendar_is_none(day):
    rows = [["Établissement", "Date", "Proposé", "Vendu"], ["Le Pré", day, "3", "1"]]
    read = read_figures(csv_file(rows))
    assert [one.line for one in read.all_problems()] == [2]
    assert not read.months


@pytest.mark.parametrize("written", ["1 234", "1\u00a0234", "1\u202f234", "1234,00", "1234.0", "01234"])
def test_whole_numbers_are_read_as_software_writes_them(written):
    read = _march(_with(2, "2027-03-01", written, 14))
    assert read.months["", "2027-03"].sold["2027-03-01"].offered == 1234 + 6 * 20


def test_an_incomplete_month_names_what_is_missing():
    rows = march()
    assert _told(_march(rows[:-3])) == [
        (0, "Le mois de mars 2027 est incomplet. Il manque : du 29 au 31 mars 2027.")
    ]
    weeks = by_week({one.id: Sold(1, 1) for one in slices_of_month("2027-04")})
    weeks[1] = ("29/03/2027", *weeks[1][1:])
    told = dict(_told(_march(weeks)))
    assert "Le mois de mars 2027 est incomplet" in told[0] or "Le mois d’avril 2027 est incomplet" in told[0]
    april = _march(weeks).months["", "2027-04"].problems[0].sentence
    assert "du 1er au 4" in april.replace("\u00a0", " ")
    assert "à cheval" in april


def test_many_gaps_are_counted():
    rows = [row for number, row in enumerate(march()) if number % 5 or not number]
    assert "et 3 autres périodes" in _told(_march(rows))[0][1]


def test_nobody_came_where_nothing_was_sold():
    read = _march(_with(2, "2027-03-01", 0, 0, "", ""))
    assert not read.all_problems()
    assert read.months["", "2027-03"].sold["2027-03-01"].guests == Guests(6 * 28, 6 * 14)


def test_titles_are_known_by_many_names_and_stand_below_others():
    rows = [
        ["Logiciel Exemple, export du mois"],
        [],
        ["BUSINESS DATE", "nb de  chambres Vendues", "Rooms available", "Revenu"],
        *([row[0], row[2], row[1], "12,30"] for row in march()[1:]),
        ["Total", 434, 620, ""],
    ]
    read = _march(rows)
    assert read.columns.titles == {
        "day": "BUSINESS DATE", "occupied": "nb de  chambres Vendues", "offered": "Rooms available",
    }  # fmt: skip
    assert read.months["", "2027-03"].sold["2027-03-29"] == Sold.by_day([(20, 14)] * 3)
    assert not read.all_problems()


def test_titles_that_nobody_knows_can_be_named():
    rows = [["J", "O", "V"], *(row[:3] for row in march()[1:])]
    with pytest.raises(FileRefused, match="Date"):
        _march(rows)
    read = read_figures(csv_file(rows), {"day": "j", "offered": "O", "occupied": "V"})
    assert read.months["", "2027-03"].sold["2027-03-29"] == Sold.by_day([(20, 14)] * 3)


def test_each_establishment_of_a_file_has_its_own_months():
    rows = [
        ["Établissement", *TITLES],
        *(["Hôtel du Lac", *row] for row in march()[1:]),
        *(["Gîte", *row] for row in march(1, 1)[1:]),
    ]
    read = _march(rows)
    assert {key: month.sold["2027-03-29"].offered for key, month in read.months.items()} == {
        ("Hôtel du Lac", "2027-03"): 60, ("Gîte", "2027-03"): 3,
    }  # fmt: skip
    assert read.lines == 62


def _untrue(rows):
    read = _march(rows).months["", "2027-03"]
    return [(one.line, one.sentence.replace("\u00a0", " ")) for one in untrue(read, HOTEL)]


def test_what_cannot_be_true_is_told_with_its_day_and_line():
    told = _untrue(march(offered=21))
    assert told[1] == (3, "Le 2 mars 2027 : Au plus 20, c’est votre capacité pendant 1 jour.")
    assert len(told) == 31
    assert _untrue(_with(9, "2027-03-08", 13, 14, 28, 14)) == [
        (9, "Le 8 mars 2027 : Au plus 13, c’est ce que vous avez ouvert.")
    ]


def test_what_cannot_be_true_of_a_week_is_told_with_it():
    weeks = by_week({one.id: Sold(21 * one.length_days, 1) for one in slices_of_month("2027-03")})
    assert _untrue(weeks)[1] == (
        3,
        "Du 8 au 14 mars 2027 : Au plus 140, c’est votre capacité pendant 7 jours.",
    )


def test_days_are_kept_only_of_a_file_that_has_a_line_for_each():
    month = _march(march()).months["", "2027-03"]
    assert all(
        len(sold.days) == one.length_days
        for one, sold in zip(slices_of_month("2027-03"), month.sold.values(), strict=True)
    )
    weeks = by_week({one.id: Sold(140, 98) for one in slices_of_month("2027-03")})
    assert not any(sold.days for sold in _march(weeks).months["", "2027-03"].sold.values())


def test_a_formula_whose_result_was_not_saved_is_named():
    rows = [list(row) for row in march()]
    rows[4][2] = "=10+4"
    assert (
        5,
        "une formule n’a pas de résultat : ouvrez le fichier dans votre tableur et enregistrez les valeurs.",
    ) in _told(read_figures(xlsx_file(rows)))
