"""The round asks for the returns of each commune once, however many lodgings are in it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory import bootstrap
from tests.observatory import ASKED_AT, a_return
from tests.security import town as small_town
from tests.security.observatory_town import MONTH, return_of
from tests.security.town import Town
from tests.speed.calls import counted

pytestmark = pytest.mark.xdist_group("calls")

MANY = 30
KEPT_MONTHS = 36


@pytest.fixture(scope="module")
def whole_town() -> Iterator[Town]:
    with small_town.town() as town:
        yield town


def more_lodgings() -> None:
    """Lodgings of the owner's commune that were asked, too."""
    for number in range(MANY):
        other = replace(return_of().establishment, id=f"hotel-{number}")
        line = HistoryLine(ASKED_AT, "Cordée", "Chiffres demandés")
        assert bootstrap.returns().ask(a_return(month=MONTH, establishment=other), line, None, KEPT_MONTHS)


def of_round(town: Town) -> list[str]:
    """What a round asks for that has nothing to do."""
    with counted() as made:
        assert town.invoke("gather_figures") == {"asked": 0, "reminded": 0}
    return made


def test_the_round_asks_once_for_each_commune_whatever_their_lodgings(whole_town: Town) -> None:
    town = whole_town.at("figures_asked")
    of_few = of_round(town)
    more_lodgings()
    assert of_round(town) == of_few
    communes = len(bootstrap.office().communes)
    assert len([call for call in of_few if call == "Query observatory"]) == 2 * communes
