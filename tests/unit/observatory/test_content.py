"""What a report says is kept as JSON and comes back as it was."""

import json
from dataclasses import replace

import pytest

from chalicelib.observatory.content import Panel, Row, from_json, to_json
from tests.unit.documents.report_samples import a_bare_report, a_longest_report, a_report

REPORTS = {"ordinary": a_report(), "longest": a_longest_report(), "bare": a_bare_report()}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_comes_back_from_its_json_as_it_was(name):
    assert from_json(json.loads(json.dumps(to_json(REPORTS[name])))) == REPORTS[name]


def test_numbers_are_numbers_and_what_is_absent_is_null():
    document = to_json(a_report())
    assert document["weeks"][0]["rate"] == 50.0
    secret = document["tables"][0]["rows"][2]
    assert (secret["state"], secret["rate"], secret["before"], secret["change"]) == (
        "secret",
        None,
        None,
        None,
    )
    assert document["outlook"]["rows"][0]["label"] == "Mai 2027"


def test_parts_that_are_left_out_are_empty():
    head = ("kind", "title", "territory", "period", "compared_with", "published_on")
    document = {key: to_json(a_report())[key] for key in head}
    bare = from_json(document)
    assert (bare.weeks, bare.tables, bare.outlook, bare.panel) == ((), (), (), Panel())
    assert from_json({**document, "panel": None, "outlook": None, "satisfaction": None}) == bare


@pytest.mark.parametrize("broken", [{"title": "x"}, {**to_json(a_report()), "zones": [{"labels": "x"}]}])
def test_what_is_no_report_is_refused(broken):
    with pytest.raises((KeyError, TypeError)):
        from_json(broken)


def test_a_row_without_anything_but_its_label_is_open():
    document = to_json(replace(a_report(), zones=()))
    assert from_json({**document, "zones": [{"label": "0 zone"}]}).zones == (Row("0 zone"),)
