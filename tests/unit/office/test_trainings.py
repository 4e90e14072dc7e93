"""What the office decides about trainings: who owes what from which day on, and the mistakes of the file by name."""

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.office import loading
from chalicelib.office.periods import Period
from chalicelib.office.problems import OfficeFileRefused
from chalicelib.office.trainings import CancellationRule, NoShowRule, NoTrainings, TrainingRules
from tests.aid import subsidies_section
from tests.factories import A_DAY, an_office, office_document
from tests.training_office import a_training_office, training_file, trainings_section

OFFICES = sorted((Path(__file__).resolve().parents[3] / "offices").glob("*.json"))
FIRST_DAY = date(2027, 3, 15)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def a_rule(within: int = 10, percent: int = 100) -> CancellationRule:
    return CancellationRule(Period(date(2026, 1, 1)), within, percent)


def refused(**changes: Any) -> dict[str, str]:
    """What is said of the file whose `trainings` section is changed so; None takes a field away."""
    section = {key: value for key, value in trainings_section(**changes).items() if value is not None}
    return refused_file(office_document(trainings=section))


def refused_file(document: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(OfficeFileRefused) as refusal:
        loading.load_document(document, A_DAY)
    return {problem.path: problem.message.replace("\u00a0", " ") for problem in refusal.value.problems}


def rules(*periods: tuple[str, str | None], **more: Any) -> list[dict[str, Any]]:
    """Dated rules of cancellation, or of a fund."""
    said = more or {"due_within_days": 10, "due_percent": 100}
    ends = [{"valid_to": end} if end else {} for _, end in periods]
    return [{**said, "valid_from": begin, **end} for (begin, _), end in zip(periods, ends, strict=True)]


@pytest.mark.parametrize(
    ("cancelled_on", "is_due"),
    [
        (date(2027, 3, 4), False),
        (date(2027, 3, 5), True),
        (date(2027, 3, 14), True),
        (date(2027, 3, 15), True),
        (date(2027, 3, 16), True),
    ],
    ids=["eleven days before", "ten days before", "the day before", "the first day", "afterwards"],
)
def test_a_seat_is_free_to_cancel_eleven_days_before_and_due_from_ten_days_before_on(
    cancelled_on: date, is_due: bool
) -> None:
    assert a_rule().is_due(cancelled_on, FIRST_DAY) is is_due


@pytest.mark.parametrize(
    ("first_day", "last_free"),
    [
        (date(2027, 3, 15), date(2027, 3, 4)),
        (date(2028, 3, 8), date(2028, 2, 26)),
        (date(2027, 1, 5), date(2026, 12, 25)),
        (date(2027, 4, 3), date(2027, 3, 23)),
    ],
    ids=["plain", "over a leap day", "over the new year and a holiday", "over the change of clocks"],
)
def test_the_last_free_day_is_counted_on_the_calendar(first_day: date, last_free: date) -> None:
    assert a_rule().last_free_day(first_day) == last_free


def test_with_no_day_before_a_seat_is_free_to_cancel_until_the_day_before() -> None:
    assert not a_rule(within=0).is_due(date(2027, 3, 14), FIRST_DAY)
    assert a_rule(within=0).is_due(FIRST_DAY, FIRST_DAY)


@given(DAYS, DAYS, st.integers(0, 89))
def test_what_is_due_one_day_is_due_the_next_and_the_last_free_day_is_the_last(
    cancelled_on: date, first_day: date, within: int
) -> None:
    rule = a_rule(within)
    assert rule.is_due(cancelled_on, first_day) is ((first_day - cancelled_on).days <= within)
    assert rule.is_due(cancelled_on, first_day) is (cancelled_on > rule.last_free_day(first_day))


@pytest.mark.parametrize(
    ("percent", "price", "due"),
    [(100, 12_345, 12_345), (0, 12_345, 0), (50, 12_345, 6_173), (50, 1, 1), (33, 100, 33), (50, 0, 0)],
)
def test_the_due_part_of_a_price_is_rounded_half_up(percent: int, price: int, due: int) -> None:
    assert a_rule(percent=percent).due_cents(price) == due


def test_the_rule_of_a_day_is_the_one_in_force() -> None:
    dated = rules(("2026-01-01", "2026-12-31"), ("2027-01-01", None))
    dated[1]["due_percent"] = 50
    found = a_training_office(cancellations=dated).training_rules
    on = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    told = [rule.due_percent if (rule := found.cancellation_on(day)) else None for day in on]
    assert told == [None, 100, 100, 50]


def test_who_signs_and_how_long_proofs_are_kept_are_those_of_the_day() -> None:
    dated = rules(("2026-01-01", "2026-12-31"), ("2027-01-01", None), person="noa", title="présidente")
    kept = rules(("2020-06-01", "2026-12-31"), ("2027-01-01", None), years=3)
    dated[1] |= {"person": "claire", "is_delegate": True}
    kept[1]["years"] = 4
    found = a_training_office(signers=dated, proofs_kept=kept).training_rules
    on = [date(2020, 5, 31), date(2026, 12, 31), date(2027, 1, 1)]
    assert [(one.person, one.is_delegate) if (one := found.signer_on(day)) else None for day in on] == [
        None, ("noa", False), ("claire", True),
    ]  # fmt: skip
    assert [found.proof_years_on(day) for day in on] == [0, 3, 4]


def test_a_theme_is_found_by_its_id_and_one_that_is_gone_is_not() -> None:
    found = a_training_office().training_rules.theme("numerique")
    assert found is not None
    assert found.label == "Numérique"
    assert a_training_office().training_rules.theme("marque") is None


def test_an_office_whose_file_says_nothing_of_trainings_holds_none() -> None:
    assert an_office().trainings is None
    with pytest.raises(NoTrainings, match="n’organise pas de formations"):
        _ = an_office().training_rules


def test_what_the_section_leaves_out_is_as_the_rules_say() -> None:
    short = {"themes": trainings_section()["themes"], "cancellations": rules(("2026-01-01", None))}
    office = loading.load_document(office_document(trainings=short), A_DAY)
    left_out = {field.name for field in fields(TrainingRules)} - set(short)
    default = TrainingRules((), ())
    for name in left_out:
        assert getattr(office.training_rules, name) == getattr(default, name), name


def test_everything_that_the_section_says_is_read() -> None:
    said = trainings_section(
        offer_hours=40, short_offer_hours=20, short_offer_within_days=2, last_offer_hours=4, reminder_days=[9, 2],
        convocation_days=15, minimum_check_days=8, minimum_answer_days=4, partners_first_days=13, per_structure=None,
        attendance_closes_hours=23, correction_days=29, satisfaction_hours=3, follow_up_months=4, answer_days=31,
        comments_from_answers=4, kept_years=6, needs_kept_days=1,
    )  # fmt: skip
    read = loading.load_document(office_document(trainings=said), A_DAY).training_rules
    default = TrainingRules((), ())
    assert [
        field.name for field in fields(read) if getattr(read, field.name) == getattr(default, field.name)
    ] == []
    assert read.reminder_days == (9, 2)
    assert read.no_shows == NoShowRule(2, 12)
    assert (read.funds[0].name, read.funds[0].minimum_hours) == ("AGEFICE", 7)
    assert hash(read)


def test_a_section_of_trainings_that_is_right_is_taken() -> None:
    assert loading.load_document(training_file(), A_DAY).trainings


@pytest.mark.parametrize(
    ("changes", "at", "words"),
    [
        ({"themes": []}, "trainings.themes", "au moins 1 élément"),
        ({"themes": [{"id": "a", "label": "A"}, {"id": "a", "label": "B"}]}, "trainings.themes[1].id", "identifiant"),
        ({"themes": [{"id": "Numérique", "label": "A"}]}, "trainings.themes[0].id", "lettres minuscules"),
        ({"activity_number": "84 01 00000 01"}, "trainings.activity_number", "11 chiffres"),
        ({"activity_number": "8401000000"}, "trainings.activity_number", "11 chiffres"),
        ({"is_qualiopi": "oui"}, "trainings.is_qualiopi", "true ou false"),
        ({"per_structure": "deux"}, "trainings.per_structure", "un nombre entier, sans guillemets ni virgule, ou null"),
        ({"per_structure": 0}, "trainings.per_structure", "1 au moins"),
        ({"accessibility_contact": "zed"}, "trainings.accessibility_contact", "« zed » n’est l’identifiant de personne"),
        ({"accessibility_contact": None}, "trainings.accessibility_contact", "référent handicap"),
        ({"complaints_email": None}, "trainings.complaints_email", "réclamations"),
        ({"terms_url": None}, "trainings.terms_url", "conditions de vente"),
        ({"regulations_url": None}, "trainings.regulations_url", "règlement intérieur"),
        ({"siret": None}, "trainings.siret", "porte le SIRET"),
        ({"siret": "123 456 782 00010"}, "trainings.siret", "14 chiffres"),
        ({"proofs_kept": None}, "trainings.proofs_kept", "combien de temps les justificatifs"),
        ({"kept_years": 2}, "trainings.proofs_kept[0].years", "augmentez kept_years"),
        ({"proofs_kept": rules(("2026-01-01", None), ("2027-01-01", None), years=3)}, "trainings.proofs_kept[1]",
         "même jour"),
        ({"signers": rules(("2026-01-01", None), ("2027-01-01", None), person="claire", title="directrice")},
         "trainings.signers[1]", "même jour"),
        ({"signers": rules(("2026-01-01", None), person="zed", title="directrice")}, "trainings.signers[0].person",
         "« zed » n’est l’identifiant de personne"),
        ({"activity_number": None}, "trainings.activity_number", "Qualiopi va avec un numéro"),
        ({"reminder_days": [1, 7]}, "trainings.reminder_days", "du plus lointain au plus proche"),
        ({"reminder_days": [7, 7]}, "trainings.reminder_days", "doublon"),
        ({"short_offer_hours": 49}, "trainings.short_offer_hours", "offer_hours (48 h)"),
        ({"offer_hours": 23}, "trainings.short_offer_hours", "offer_hours (23 h)"),
        ({"minimum_answer_days": 7}, "trainings.minimum_answer_days", "minimum_check_days (7)"),
        ({"minimum_check_days": 3}, "trainings.minimum_answer_days", "minimum_check_days (3)"),
        ({"comments_from_answers": 1}, "trainings.comments_from_answers", "2 au moins"),
        ({"kept_years": 0}, "trainings.kept_years", "1 au moins"),
        ({"needs_kept_days": 31}, "trainings.needs_kept_days", "30 au plus"),
        ({"correction_days": -1}, "trainings.correction_days", "0 au moins"),
        ({"correction_days": "un mois"}, "trainings.correction_days", "un nombre entier"),
        ({"no_shows": {"count": 2}}, "trainings.no_shows.months", "Mois"),
        ({"offer_hour": 48}, "trainings.offer_hour", "« offer_hours »"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_at_its_path_with_the_mend(
    changes: dict[str, Any], at: str, words: str
) -> None:
    assert words in refused(**changes).get(at, "")


@pytest.mark.parametrize(
    ("cancellations", "at", "words"),
    [
        ([], "trainings.cancellations", "au moins 1 élément"),
        (rules(("2027-01-01", "2026-12-31")), "trainings.cancellations[0].valid_to", "avant le premier"),
        (rules(("2026-01-01", "2027-06-30"), ("2027-06-30", None)), "trainings.cancellations[1]", "même jour"),
        (rules(("2026-01-01", "2027-06-30"), ("2027-07-02", None)), "trainings.cancellations[1].valid_from",
         "aucune règle d’annulation du 2027-07-01 au 2027-07-01"),
        (rules(("2027-08-01", None), ("2026-01-01", "2027-06-30")), "trainings.cancellations[0].valid_from",
         "du 2027-07-01 au 2027-07-31"),
        (rules(("2027-03-04", None)), "trainings.cancellations", "en vigueur le 2027-03-03"),
        (rules(("2026-01-01", "2027-03-02")), "trainings.cancellations", "en vigueur le 2027-03-03"),
        (rules(("2026-01-01", None), due_within_days=10, due_percent=101), "trainings.cancellations[0].due_percent",
         "100 au plus"),
    ],
)  # fmt: skip
def test_a_day_without_a_rule_of_cancellation_or_with_two_is_named(
    cancellations: list[dict[str, Any]], at: str, words: str
) -> None:
    assert words in refused(cancellations=cancellations).get(at, "")


@pytest.mark.parametrize("first", ["0001-01-01", "2026-01-01"])
def test_rules_that_follow_each_other_leave_no_gap_however_they_are_listed(first: str) -> None:
    dated = rules(("2027-07-01", "9999-12-31"), (first, "2027-06-30"))
    assert loading.load_document(training_file(cancellations=dated), A_DAY).trainings


def test_a_fund_has_one_rule_a_day_and_several_funds_may_help_at_once() -> None:
    ours = rules(("2024-01-01", None), name="AGEFICE", minimum_hours=7)
    other = rules(("2024-01-01", None), name="FIF PL", minimum_hours=6)
    assert loading.load_document(training_file(funds=ours + other), A_DAY).training_rules.funds
    again = rules(("2027-01-01", None), name="AGEFICE", minimum_hours=14)
    assert "même jour" in refused(funds=ours + other + again)["trainings.funds[2]"]
    assert (
        "avant le premier"
        in refused(funds=[{**ours[0], "valid_to": "2023-01-01"}])["trainings.funds[0].valid_to"]
    )


def test_an_office_without_an_activity_number_owes_nothing_of_an_organiser() -> None:
    events = {key: value for key, value in trainings_section().items() if key in ("themes", "cancellations")}
    assert (
        loading.load_document(office_document(trainings=events), A_DAY).training_rules.activity_number == ""
    )


@pytest.mark.parametrize("step", ["training_publication", "training_registration", "training_minimum"])
def test_each_step_of_a_training_is_answered_by_the_role_that_the_file_names(step: str) -> None:
    approvals = office_document()["approvals"]
    office = loading.load_document(office_document(approvals={**approvals, step: "network_officer"}), A_DAY)
    assert (office.role_for(step), an_office().role_for(step)) == ("network_officer", "director")


def test_a_yes_or_no_that_is_neither_is_named_wherever_it_stands() -> None:
    document = office_document(subsidies=subsidies_section(decisions_need_login="non"))
    assert "true ou false" in refused_file(document)["subsidies.decisions_need_login"]


@pytest.mark.parametrize("path", OFFICES, ids=lambda path: path.stem)
def test_each_shipped_office_tells_the_same_retention_in_its_rules_and_in_its_purposes(path: Path) -> None:
    office = loading.load_document(loading.read_file(path), A_DAY)
    told = " ".join(purpose.retention.replace("\u00a0", " ") for purpose in office.privacy.purposes)
    assert f"{office.training_rules.kept_years} ans après la fin de l’année" in told
    assert f"{office.training_rules.needs_kept_days} jour" in told


def test_one_shipped_office_trains_and_the_other_holds_network_events_only() -> None:
    found = [loading.load_document(loading.read_file(path), A_DAY) for path in OFFICES]
    assert [bool(office.training_rules.activity_number) for office in found] == [False, True]
    for office in found:
        steps = [
            office.approvals[step]
            for step in ("training_publication", "training_registration", "training_minimum")
        ]
        assert steps == ["director", "network_officer", "network_officer"]
