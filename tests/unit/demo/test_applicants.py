"""Everybody who applies could: the answers are right by the form, and nobody applies twice."""

from collections import Counter
from datetime import date

import pytest

from chalicelib.office import loading
from chalicelib.partners.application_form import membership_form
from chalicelib.partners.choices import all_choices
from chalicelib.partners.rules import territory_errors
from infra.demo.applicants import End, applicants, siret
from infra.packaging.names import ROOT

DAY = date(2027, 3, 3)
OFFICES = {
    name: loading.load_document(loading.read_file(ROOT / "offices" / f"{name}.json"), DAY)
    for name in ("saint-marcellin-vercors-isere", "pays-de-gex")
}


@pytest.mark.parametrize("office", OFFICES)
def test_all_answers_are_right_by_the_form(office: str):
    panel, others = applicants(150, OFFICES[office], DAY)
    assert len(panel) + len(others) == 150
    for one in (*panel, *others):
        choices = all_choices(one.answers, OFFICES[office])
        _, errors = membership_form().validate_json(one.answers, choices)
        assert (one.name, errors, list(territory_errors(one.answers, OFFICES[office]))) == (one.name, [], [])


def test_addresses_keys_and_numbers_belong_to_one_applicant_each():
    panel, others = applicants(150, OFFICES["pays-de-gex"], DAY)
    everybody = [*panel, *others]
    for values in (
        [one.email for one in everybody],
        [one.key for one in everybody],
        [one.name for one in everybody],
        [one.answers["siret"] for one in everybody if "siret" in one.answers],
    ):
        assert len(values) == len(set(values))
    assert all(one.email.endswith("@example.org") for one in everybody)
    assert siret(1) != siret(2)


@pytest.mark.parametrize("count", [20, 150])
def test_most_become_partners_and_some_end_in_each_other_way(count: int):
    panel, _ = applicants(count, OFFICES["pays-de-gex"], DAY)
    ends = Counter(one.end for one in panel)
    assert set(ends) == set(End)
    assert ends[End.PARTNER] > len(panel) * 0.7


def test_the_same_people_apply_each_time():
    office = OFFICES["pays-de-gex"]
    assert applicants(20, office, DAY) == applicants(20, office, DAY)
