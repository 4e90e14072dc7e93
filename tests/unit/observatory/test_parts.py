"""The territory read in parts says the same as read at once, and a part survives the way between two functions."""

import json
from collections.abc import Iterable
from dataclasses import replace

from chalicelib.adapters import school_holidays
from chalicelib.observatory.frames import frames_of_month
from chalicelib.observatory.model import MonthlyReturn, Sold
from chalicelib.observatory.parts import Part, from_json, joined, read_part, to_json
from chalicelib.observatory.voices import Said, Voice
from tests.observatory import HOTEL, a_return, given

FRAMES = frames_of_month("2027-03", school_holidays)
SECTORS = {"01210": "Piémont", "01160": "Léman"}
LAKE = replace(HOTEL, id="lake", commune="01160", category="campsite")
RETURNS = [
    given(a_return(), said=Said(Voice("hiver", "good", ("weather",)), {"2027-05": 300})),
    a_return(establishment=replace(HOTEL, id="silent")),
    given(a_return(establishment=LAKE), origins={"CH": 9}),
    given(
        a_return(establishment=replace(HOTEL, id="daily")), sold={"2027-03-01": Sold.by_day([(20, 10)] * 7)}
    ),
    given(a_return(month="2026-03"), sold={"2026-03-02": Sold(140, 70)}, said=Said(booked={"2026-05": 200})),
]


def _read(month: str, commune: str) -> Iterable[MonthlyReturn]:
    return [one for one in RETURNS if (one.month, one.establishment.commune) == (month, commune)]


def _part(*communes: str) -> Part:
    return read_part(communes, FRAMES, SECTORS, _read, "2027-03")


def test_parts_put_together_are_the_whole():
    assert joined([_part("01210"), _part("01160")]) == _part("01210", "01160")


def test_a_part_is_the_same_after_its_way():
    part = _part("01210", "01160")
    assert from_json(json.loads(json.dumps(to_json(part)))) == part


def test_the_panel_counts_who_was_asked_and_who_gave():
    panel = _part("01210", "01160").panel
    assert (dict(panel.asked), dict(panel.given)) == (
        {"hotel": 3, "campsite": 1},
        {"hotel": 2, "campsite": 1},
    )


def test_arrivals_are_counted_by_country():
    origins = _part("01210", "01160").origins
    assert (origins["CH"].count, origins["CH"].total, origins["CH"].largest) == (3, 69, 30)
    assert (origins["FR"].count, origins["FR"].total) == (2, 120)


def test_both_years_are_read():
    part = _part("01210", "01160")
    assert {kind.category for kind in part.before.kinds} == {"hotel"}


def test_what_was_said_beside_the_figures_is_counted_in_both_years():
    part = _part("01210", "01160")
    assert part.voices == {"hiver": {"good": 1, "weather": 1}}
    assert {month: (one.tally.total, one.stock) for month, one in part.booked.items()} == {
        "2027-05": (300, 620), "2026-05": (200, 620),
    }  # fmt: skip


def test_no_part_of_a_report_keeps_a_remark_or_a_name_with_what_was_said():
    told = json.dumps({key: to_json(_part("01210"))[key] for key in ("voices", "booked")})
    assert HOTEL.id not in told
