"""What the office decides about season reports: one season a day, secrecy every day, and mistakes by name."""

import json
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.school_holidays import zones_on_holiday
from chalicelib.office import loading
from chalicelib.office.observatory import (
    SEASON_KINDS,
    HolidayArea,
    NoObservatory,
    NoSecrecyRule,
    ObservatoryRules,
    Recipient,
    Season,
    SecrecyRule,
)
from chalicelib.office.periods import Period
from chalicelib.office.problems import OfficeFileRefused
from tests.factories import A_DAY, an_office, office_document
from tests.observatory_office import a_season, an_observatory_office, observatory_file, observatory_section

OFFICES = sorted((Path(__file__).resolve().parents[3] / "offices").glob("*.json"))
ONE_DAY = timedelta(days=1)


def refused(**changes: Any) -> dict[str, str]:
    """What is said of the file whose `observatory` section is changed so; None takes a field away."""
    section = {key: value for key, value in observatory_section(**changes).items() if value is not None}
    with pytest.raises(OfficeFileRefused) as refusal:
        loading.load_document(office_document(observatory=section), A_DAY)
    return {problem.path: problem.message.replace("\u00a0", " ") for problem in refusal.value.problems}


def accepted(**changes: Any) -> ObservatoryRules:
    return loading.load_document(observatory_file(**changes), A_DAY).observatory_rules


def winters(*periods: tuple[str, str]) -> list[dict[str, Any]]:
    return [a_season(f"s{n}", "winter", f"S{n}", *period) for n, period in enumerate(periods)]


def secrets(*periods: tuple[str, str | None]) -> list[dict[str, Any]]:
    ends = [{"valid_to": end} if end else {} for _, end in periods]
    return [{"valid_from": begin, **end} for (begin, _), end in zip(periods, ends, strict=True)]


def people(*emails: str) -> list[dict[str, str]]:
    return [{"name": "Nour", "email": email} for email in emails]


@pytest.mark.parametrize(
    ("day", "season"),
    [
        (date(2025, 6, 30), None),
        (date(2025, 7, 1), "ete-2025"),
        (date(2026, 12, 11), "basse-saison-2026"),
        (date(2026, 12, 12), "hiver-2026-2027"),
        (date(2027, 5, 2), "hiver-2026-2027"),
        (date(2027, 5, 3), "printemps-2027"),
        (date(2027, 8, 31), "ete-2027"),
        (date(2027, 9, 1), None),
    ],
)
def test_a_day_is_in_the_season_whose_first_or_last_day_it_is(day: date, season: str | None) -> None:
    found = an_observatory_office().observatory_rules.season_on(day)
    assert (found.id if found else None) == season


@pytest.mark.parametrize(
    ("season", "before"),
    [
        ("hiver-2026-2027", "hiver-2025-2026"),
        ("ete-2026", "ete-2025"),
        ("automne-2026", "automne-2025"),
        ("printemps-2027", "printemps-2026"),
        ("basse-saison-2026", "basse-saison-2025"),
        ("printemps-2026", None),
        ("hiver-2025-2026", None),
    ],
)
def test_a_season_is_compared_with_the_one_of_its_kind_a_year_before(season: str, before: str | None) -> None:
    rules = an_observatory_office().observatory_rules
    compared = rules.previous(rules.season(season))  # type: ignore[arg-type]
    assert (compared.id if compared else None) == before


@pytest.mark.parametrize(
    ("first", "is_compared"),
    [("2025-10-12", False), ("2025-10-13", True), ("2026-02-10", True), ("2026-02-11", False)],
)
def test_a_season_that_began_more_than_sixty_days_off_a_year_before_is_no_comparison(
    first: str, is_compared: bool
) -> None:
    one = a_season("one", "winter", "Un", first, "2026-12-11")
    rules = accepted(seasons=[one, a_season("two", "winter", "Deux", "2026-12-12", "2027-04-30")])
    assert (rules.previous(rules.seasons[1]) == rules.seasons[0]) is is_compared


def test_of_two_seasons_of_a_kind_the_nearest_to_a_year_before_is_compared() -> None:
    seasons = [
        a_season("a", "low", "A", "2025-10-20", "2025-11-04"), a_season("b", "low", "B", "2025-11-05", "2025-11-30"),
        a_season("c", "winter", "C", "2025-12-01", "2026-10-31"), a_season("d", "low", "D", "2026-11-01", "2026-12-11"),
    ]  # fmt: skip
    rules = accepted(seasons=seasons)
    assert rules.previous(rules.seasons[3]) == rules.seasons[1]


def test_a_season_and_an_area_are_found_by_their_id_and_one_that_is_gone_is_not() -> None:
    rules = an_observatory_office().observatory_rules
    found = rules.season("ete-2026")
    assert found == Season("ete-2026", "summer", "Été 2026", Period(date(2026, 7, 1), date(2026, 8, 31)))
    assert (found.first_day, found.last_day) == (date(2026, 7, 1), date(2026, 8, 31))
    assert rules.season("ete-1999") is None
    assert rules.holiday_area("vaud") == HolidayArea("vaud", "Canton de Vaud")
    assert rules.holiday_area("berne") is None


def test_the_rule_of_secrecy_of_a_day_is_the_one_in_force_and_a_day_without_one_publishes_nothing() -> None:
    dated = secrets(("2026-01-01", "2026-12-31"), ("2027-01-01", None))
    dated[1] |= {"minimum_units": 5, "dominance_percent": 60, "source_url": "https://val.example.org/secret"}
    rules = accepted(secrecy=dated)
    assert rules.secrecy_on(date(2026, 12, 31)) == SecrecyRule(
        Period(date(2026, 1, 1), date(2026, 12, 31)), 3, 85
    )
    later = SecrecyRule(Period(date(2027, 1, 1)), 5, 60, "https://val.example.org/secret")
    assert rules.secrecy_on(date(2027, 1, 1)) == later
    with pytest.raises(NoSecrecyRule, match="ne vaut le 31\u00a0décembre 2025"):
        rules.secrecy_on(date(2025, 12, 31))


def test_an_office_whose_file_says_nothing_of_season_reports_publishes_none() -> None:
    assert an_office().observatory is None
    with pytest.raises(NoObservatory, match="ne publie pas de bilans"):
        _ = an_office().observatory_rules


def test_what_the_section_leaves_out_is_as_the_rules_say() -> None:
    short = {key: observatory_section()[key] for key in ("seasons", "secrecy")}
    read = loading.load_document(office_document(observatory=short), A_DAY).observatory_rules
    default = ObservatoryRules((), ())
    for name in {field.name for field in fields(ObservatoryRules)} - set(short):
        assert getattr(read, name) == getattr(default, name), name


def test_everything_that_the_section_says_is_read() -> None:
    read = accepted(
        entry_opens_day=3, entry_reminder_days=[8, 15], entry_closes_days=50, report_opens_days=13,
        report_closes_days=20, review_days=9, approval_days=6, kept_months=36, jump_percent=30,
    )  # fmt: skip
    default = ObservatoryRules((), ())
    same = [field.name for field in fields(read) if getattr(read, field.name) == getattr(default, field.name)]
    assert same == []
    assert read.entry_reminder_days == (8, 15)
    assert read.elected == (Recipient("Nour Blanc", "nour.blanc@mairie.example.org"),)
    assert read.press == (Recipient("La Gazette", "redaction@gazette.example.org"),)
    assert hash(read)


@pytest.mark.parametrize(
    ("changes", "at", "words"),
    [
        ({"seasons": []}, "observatory.seasons", "au moins 1 élément"),
        ({"seasons": None}, "observatory.seasons", "il manque ce champ (« Saisons »)"),
        ({"secrecy": None}, "observatory.secrecy", "il manque ce champ"),
        ({"secrecy": []}, "observatory.secrecy", "au moins 1 élément"),
        ({"holiday_areas": [{"id": "a", "label": "A"}] * 2}, "observatory.holiday_areas[1].id", "identifiant"),
        ({"entry_opens_day": 29}, "observatory.entry_opens_day", "28 au plus"),
        ({"entry_reminder_days": [7, 14, 21, 28]}, "observatory.entry_reminder_days", "3 éléments au plus"),
        ({"entry_reminder_days": [7, 13]}, "observatory.entry_reminder_days", "à 7 jours d’écart au moins"),
        ({"entry_reminder_days": [14, 7]}, "observatory.entry_reminder_days", "dans l’ordre"),
        ({"entry_reminder_days": [7, 7]}, "observatory.entry_reminder_days", "à 7 jours d’écart au moins"),
        ({"entry_reminder_days": [24]}, "observatory.entry_reminder_days", "entry_closes_days (25 jours"),
        ({"entry_closes_days": 22}, "observatory.entry_reminder_days", "entry_closes_days (22 jours"),
        ({"entry_closes_days": 90}, "observatory.entry_closes_days", "89 au plus"),
        ({"review_days": 0}, "observatory.review_days", "1 au moins"),
        ({"approval_days": 0}, "observatory.approval_days", "1 au moins"),
        ({"kept_months": 12}, "observatory.kept_months", "13 au moins"),
        ({"jump_percent": 0}, "observatory.jump_percent", "1 au moins"),
        ({"elected": people("a@x.example.org", "A@x.example.org")}, "observatory.elected[1].email", "cette adresse"),
        ({"press": people("a@x.example.org", "a@x.example.org")}, "observatory.press[1].email", "cette adresse"),
        ({"press": people("gazette")}, "observatory.press[0].email", "ne convient pas"),
        ({"press": [{"email": "a@x.example.org"}]}, "observatory.press[0].name", "Nom"),
        ({"press": people(*(f"a{n}@x.example.org" for n in range(501)))}, "observatory.press", "500 éléments"),
        ({"review_day": 3}, "observatory.review_day", "« review_days »"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_at_its_path_with_the_mend(
    changes: dict[str, Any], at: str, words: str
) -> None:
    assert words in refused(**changes).get(at, "")


@pytest.mark.parametrize(
    ("seasons", "at", "words"),
    [
        (winters(("2027-01-01", "2026-12-31")), "[0].valid_to", "avant le premier"),
        (winters(("2026-01-01", "2026-06-30"), ("2026-06-30", "2026-12-31")), "[1]", "deux saisons le même jour"),
        (winters(("2026-01-01", "2026-06-30"), ("2026-07-02", "2026-12-31")), "[1].valid_from",
         "aucune saison du 2026-07-01 au 2026-07-01"),
        (winters(("2026-07-03", "2026-12-31"), ("2026-01-01", "2026-06-30")), "[0].valid_from",
         "aucune saison du 2026-07-01 au 2026-07-02"),
        ([a_season("a", "winter", "A", "2026-01-01", "2026-06-30"), a_season("a", "low", "B", "2026-07-01", "2026-12-31")],
         "[1].id", "une autre saison a cet identifiant"),
        ([a_season("a", "spring", "A", "2026-01-01", "2026-06-30")], "[0].kind", "« winter », « summer », « shoulder » ou « low »"),
        ([{"id": "a", "kind": "low", "label": "A", "valid_from": "2026-01-01"}], "[0].valid_to", "Dernier jour"),
    ],
)  # fmt: skip
def test_a_day_without_a_season_or_with_two_is_named(
    seasons: list[dict[str, Any]], at: str, words: str
) -> None:
    assert words in refused(seasons=seasons).get(f"observatory.seasons{at}", "")


@pytest.mark.parametrize(
    ("rules", "at", "words"),
    [
        (secrets(("2027-01-01", "2026-12-31")), "[0].valid_to", "avant le premier"),
        (secrets(("2026-01-01", None), ("2027-01-01", None)), "[1]", "même jour"),
        (secrets(("2026-01-01", "2026-12-31"), ("2027-01-02", None)), "[1].valid_from", "du 2027-01-01 au 2027-01-01"),
        (secrets(("2027-03-04", None)), "", "en vigueur le 2027-03-03"),
        (secrets(("2026-01-01", "2027-03-02")), "", "en vigueur le 2027-03-03"),
        ([{"valid_from": "2026-01-01", "minimum_units": 2}], "[0].minimum_units", "3 au moins"),
        ([{"valid_from": "2026-01-01", "dominance_percent": 86}], "[0].dominance_percent", "85 au plus"),
        ([{"valid_from": "2026-01-01", "dominance_percent": 49}], "[0].dominance_percent", "50 au moins"),
    ],
)  # fmt: skip
def test_a_day_without_a_rule_of_secrecy_or_with_a_weaker_one_than_the_law_is_named(
    rules: list[dict[str, Any]], at: str, words: str
) -> None:
    assert words in refused(secrecy=rules).get(f"observatory.secrecy{at}", "")


def test_the_bounds_of_each_number_are_taken() -> None:
    assert accepted(entry_reminder_days=[], entry_closes_days=1).entry_reminder_days == ()
    assert accepted(entry_reminder_days=[7], entry_opens_day=28, entry_closes_days=36).entry_closes_days == 36
    assert accepted(elected=people("a@x.example.org"), press=people("a@x.example.org")).press
    assert accepted(kept_months=13, jump_percent=100).kept_months == 13


@given(st.lists(st.integers(1, 200), min_size=1, max_size=12), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_of_seasons_that_follow_each_other_each_day_is_in_exactly_one(
    lengths: list[int], first: date
) -> None:
    begun, seasons = first, []
    for number, length in enumerate(lengths):
        last = begun + timedelta(days=length - 1)
        seasons.append(a_season(f"s{number}", "low", "S", begun.isoformat(), last.isoformat()))
        begun = last + ONE_DAY
    rules = accepted(seasons=seasons[::-1])
    for day in (first + timedelta(days=n) for n in range(-1, sum(lengths) + 1)):
        inside = [season for season in rules.seasons if season.period.includes(day)]
        assert len(inside) == (first <= day < begun)
        assert rules.season_on(day) == next(iter(inside), None)


@pytest.mark.parametrize(
    ("step", "usual"), [("report_review", "observatory"), ("report_approval", "director")]
)
def test_each_step_of_a_report_is_answered_by_the_role_that_the_file_names_or_the_usual_one(
    step: str, usual: str
) -> None:
    document = office_document()
    named = loading.load_document(
        {**document, "approvals": {**document["approvals"], step: "accounting"}}, A_DAY
    )
    watching = replace(an_office().people[1], roles=("network_officer", "observatory"))
    staffed = an_office(people=(an_office().people[0], watching))
    assert (named.role_for(step), staffed.role_for(step)) == ("accounting", usual)
    assert an_office().role_for(step) == "director"


def test_the_schema_has_the_kinds_of_seasons_of_the_model() -> None:
    section = json.loads(loading.SCHEMA.read_text(encoding="utf-8"))["properties"]["observatory"]
    kinds = section["properties"]["seasons"]["items"]["properties"]["kind"]["enum"]
    assert tuple(kinds) == SEASON_KINDS


@pytest.mark.parametrize("path", OFFICES, ids=lambda path: path.stem)
def test_each_shipped_office_has_its_seasons_from_spring_2025_to_the_end_of_2027(path: Path) -> None:
    office = loading.load_document(loading.read_file(path), A_DAY)
    rules = office.observatory_rules
    days = [date(2025, 5, 5) + timedelta(days=n) for n in range((date(2028, 1, 1) - date(2025, 5, 5)).days)]
    assert all(rules.season_on(day) for day in days)
    assert all(rules.previous(season) for season in rules.seasons if season.first_day > date(2026, 5, 3))
    assert (office.role_for("report_review"), office.role_for("report_approval")) == (
        "observatory",
        "director",
    )


@pytest.mark.parametrize("path", OFFICES, ids=lambda path: path.stem)
def test_each_winter_of_a_shipped_office_ends_with_the_spring_holidays_of_the_last_zone(path: Path) -> None:
    rules = loading.load_document(loading.read_file(path), A_DAY).observatory_rules
    for season in (each for each in rules.seasons if each.kind == "winter"):
        assert zones_on_holiday(season.last_day)
        assert zones_on_holiday(season.last_day + ONE_DAY) == frozenset()
        assert season.first_day.strftime("%A") == "Saturday"
        assert zones_on_holiday(season.first_day) == frozenset()
        assert zones_on_holiday(season.first_day + timedelta(days=7)) == frozenset("ABC")


@pytest.mark.parametrize("path", OFFICES, ids=lambda path: path.stem)
def test_each_shipped_office_tells_the_same_retention_of_figures_in_its_rules_and_in_its_purposes(
    path: Path,
) -> None:
    office = loading.load_document(loading.read_file(path), A_DAY)
    told = " ".join(purpose.retention.replace("\u00a0", " ") for purpose in office.privacy.purposes)
    assert f"{office.observatory_rules.kept_months} mois, puis sous forme de totaux" in told


def test_one_shipped_office_watches_two_cantons_and_the_other_none() -> None:
    found = [loading.load_document(loading.read_file(path), A_DAY).observatory_rules for path in OFFICES]
    assert [[area.label for area in rules.holiday_areas] for rules in found] == [
        ["Canton de Genève", "Canton de Vaud"],
        [],
    ]
