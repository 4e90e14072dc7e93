"""Lines of history keep their stored names, whichever table they are in."""

from datetime import UTC, datetime

import pytest

from chalicelib.adapters.history import HistoryItem, line_attributes, line_from
from chalicelib.decisions.items import DecisionLineItem
from chalicelib.kernel.history import HistoryLine
from chalicelib.partners.items import LineItem

AT = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
LINE = HistoryLine(AT, "Maëlle Le Goff", "a accepté la demande", "Dossier complet.", "Yann Prigent")
TABLES = pytest.mark.parametrize("item", [LineItem, DecisionLineItem])


@TABLES
def test_a_line_comes_back_as_it_was_kept(item: type[HistoryItem]) -> None:
    stored = item("record", "LINE#1", **line_attributes(LINE)).serialize()
    assert line_from(item.from_raw_data(stored)) == LINE


@TABLES
def test_a_stored_line_has_the_names_that_it_always_had(item: type[HistoryItem]) -> None:
    stored = item("record", "LINE#1", **line_attributes(LINE)).serialize()
    assert stored == {
        "pk": {"S": "record"},
        "sk": {"S": "LINE#1"},
        "at": {"S": "2027-03-03T09:00:00.000000+0000"},
        "who": {"S": "Maëlle Le Goff"},
        "what": {"S": "a accepté la demande"},
        "reason": {"S": "Dossier complet."},
        "on_behalf_of": {"S": "Yann Prigent"},
    }
