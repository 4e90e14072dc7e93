"""A report is printed whatever its texts are: no sign of them becomes markup in its drawings."""

from dataclasses import replace

import pytest

from chalicelib.observatory import printed
from chalicelib.observatory.content import Table
from tests.factories import an_office
from tests.unit.documents.report_samples import a_report, a_row
from tests.unit.documents.test_printing import NOW, PRINTER

BECOMES_MARKUP = ("＜script＞", "﹤b﹥", "＆lt", "≮b", "\u0338b", "<b>&amp;")
"""Signs that the typeface lacks and that have a nearest one, and one that joins the sign before it."""


def named(text):
    rows = (a_row(text), a_row("Piémont"))
    return replace(a_report(), tables=(Table("secteurs", text, "", rows),))


@pytest.mark.parametrize("text", BECOMES_MARKUP)
def test_a_report_with_such_a_name_is_printed(text):
    assert PRINTER.pdf(printed.REPORT, printed.season_report(an_office(), named(text)), NOW)
    assert PRINTER.png(printed.PICTURE, printed.picture(named(text), "secteurs"))
