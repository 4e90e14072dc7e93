"""The provider's files are read without a mistake, and say what the lodgings sold."""

from datetime import date

from chalicelib.adapters import school_holidays
from chalicelib.observatory.model import Establishment
from chalicelib.observatory.reading.reading import read_figures
from chalicelib.observatory.reading.sums import untrue
from chalicelib.office import loading
from infra.demo.applicants import applicants
from infra.demo.history import provider_csv
from infra.demo.joining import Joined
from infra.demo.nights import told
from infra.packaging.names import ROOT

DAY = date(2026, 11, 30)
OFFICE = loading.load_document(
    loading.read_file(ROOT / "offices" / "saint-marcellin-vercors-isere.json"), DAY
)
PARTNERS = [
    Joined(one, f"ADH-{number:06d}")
    for number, one in enumerate(applicants(30, OFFICE, DAY)[0])
    if one.lodging
]
MONTHS = ("2026-06", "2026-07")


def _establishment(one: Joined) -> Establishment:
    answers = one.applicant.answers
    return Establishment(
        one.reference, one.applicant.name, one.applicant.email, answers["category"], answers["commune"],
        answers["capacity_units"], answers["capacity_persons"],
    )  # fmt: skip


def test_a_file_of_the_provider_is_read_without_a_mistake():
    reading = read_figures(provider_csv(PARTNERS, MONTHS).encode())
    by_reference = {one.reference: _establishment(one) for one in PARTNERS}
    wrong = [
        problem
        for (who, _), month in reading.months.items()
        for problem in (*month.problems, *untrue(month, by_reference[who]))
    ]
    assert wrong == []
    assert reading.problems == ()


def test_the_weeks_of_a_month_add_up_to_what_was_sold():
    reading = read_figures(provider_csv(PARTNERS, MONTHS).encode())
    for one in PARTNERS:
        assert one.applicant.lodging
        said = told(one.applicant.lodging, "2026-07", school_holidays)
        found = reading.months.get((one.reference, "2026-07"))
        if said is None:
            assert found is None
            continue
        assert found
        sold = sum(week.occupied for week in found.sold.values())
        assert sold == sum(occupied for _, occupied, _, _ in said.slices.values())


def test_a_file_is_the_same_each_time():
    assert provider_csv(PARTNERS, MONTHS) == provider_csv(PARTNERS, MONTHS)
