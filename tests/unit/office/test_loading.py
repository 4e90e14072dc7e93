"""Office files: the shipped ones are right, and each mistake is named at its path with the mend."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.office import loading
from chalicelib.office.categories import CATEGORIES
from chalicelib.office.formats import contrast_on_white
from chalicelib.office.problems import OfficeFileRefused
from chalicelib.office.tariffs import CapacityNeeded
from tests.aid import subsidies_section
from tests.factories import A_DAY, office_document
from tests.training_office import trainings_section

ROOT = Path(__file__).resolve().parents[3]
OFFICES = sorted((ROOT / "offices").glob("*.json"))


def refused(document: Any) -> dict[str, str]:
    with pytest.raises(OfficeFileRefused) as refusal:
        loading.load_document(document, A_DAY)
    return {problem.path: problem.message for problem in refusal.value.problems}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The valid document with one thing changed, at a path such as `people.2.roles`."""
    document: Any = office_document()
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place = document
    for part in parents:
        place = place[part]
    place[last] = value
    return document


@pytest.mark.parametrize("path", OFFICES, ids=lambda path: path.stem)
def test_each_shipped_office_is_valid(path: Path) -> None:
    office = loading.load_document(loading.read_file(path), A_DAY)
    assert office.slug == path.stem
    assert contrast_on_white(office.accent_color) >= 4.5


@pytest.mark.parametrize("path", OFFICES, ids=lambda path: path.stem)
def test_each_shipped_office_invents_its_people_under_example_domains(path: Path) -> None:
    office = loading.load_document(loading.read_file(path), A_DAY)
    addresses = [person.email for person in office.people] + [office.email, office.reply_to, office.dpo_email]
    assert all(address.endswith(".example.org") for address in addresses)


@pytest.mark.parametrize("path", OFFICES, ids=lambda path: path.stem)
def test_each_shipped_office_has_a_fee_for_every_category(path: Path) -> None:
    office = loading.load_document(loading.read_file(path), A_DAY)
    for category in CATEGORIES:
        for pack in office.packs_for(category, A_DAY):
            assert office.fee_cents(pack.id, category, 12, A_DAY) >= 0


def test_the_two_shipped_offices_have_their_real_communes() -> None:
    counts = {
        path.stem: len(loading.load_document(loading.read_file(path), A_DAY).communes) for path in OFFICES
    }
    assert counts == {"saint-marcellin-vercors-isere": 47, "pays-de-gex": 27}


def test_every_commune_of_gex_is_in_exactly_one_sector() -> None:
    office = loading.load_document(loading.read_file(ROOT / "offices" / "pays-de-gex.json"), A_DAY)
    assert sorted(code for sector in office.sectors for code in sector.communes) == sorted(
        commune.insee for commune in office.communes
    )


def test_the_hotels_of_the_default_office_pay_by_capacity() -> None:
    office = loading.load_document(loading.read_file(OFFICES[-1]), A_DAY)
    with pytest.raises(CapacityNeeded):
        office.fee_cents("essentiel", "hotel", None, A_DAY)


def test_the_document_of_the_factory_is_valid() -> None:
    assert loading.load_document(office_document(), A_DAY).name == "Office de tourisme du Val d’Exemple"


@pytest.mark.parametrize(
    ("path", "value", "at", "words"),
    [
        ("slug", "Pays de Gex", "slug", "lettres minuscules"),
        ("identity.siren", "123456789", "identity.siren", "9 chiffres"),
        ("identity.siren", "000000000", "identity.siren", "9 chiffres"),
        ("identity.siren", 123456782, "identity.siren", "guillemets"),
        ("identity.phone", "12 34", "identity.phone", "numéro français"),
        ("identity.phone", "+41 22 730 00 00", "identity.phone", "numéro français"),
        ("identity.email", "accueil@", "identity.email", "adresse complète"),
        ("identity.website", "ftp://example.org", "identity.website", "https://"),
        ("identity.accent_color", "#ffcc00", "identity.accent_color", "plus foncée"),
        ("identity.legal_mode", "gratuit", "identity.legal_mode", "« free »"),
        ("identity.name", "Office\r\nBcc: x@example.org", "identity.name", "retour à la ligne"),
        ("identity.name", "", "identity.name", "vide"),
        ("identity.name", "x" * 161, "identity.name", "160"),
        ("territory.slug", "pays-de-gex", "territory", "pas les deux"),
        ("territory.communes.0.insee", "1160", "territory.communes[0].insee", "5 caractères"),
        ("territory.communes.1.insee", "01160", "territory.communes", "deux fois"),
        ("territory.sectors", [{"name": "S", "communes": ["01410"]}],
         "territory.sectors[0].communes[0]", "code INSEE et non le code postal"),
        ("people.2.roles", ["boss"], "people[2].roles[0]", "« accounting »"),
        ("people.2.roles", [], "approvals.payment", "personne n’a le rôle"),
        ("people.0.roles", [], "people", "director"),
        ("people.2.email", "YANN.legoff@val.example.org", "people[2].email", "people[1]"),
        ("people.2.id", "yann", "people[2].id", "people[1]"),
        ("people.1.usual_deputy", "zed", "people[1].usual_deputy", "« zed »"),
        ("people.1.usual_deputy", "yann", "people[1].usual_deputy", "elle-même"),
        ("people.0.phone", "0", "people[0].phone", "numéro français"),
        ("deputies.0.deputy", "zed", "deputies[0].deputy", "« zed »"),
        ("deputies.0.valid_to", "2027-02-30", "deputies[0].valid_to", "date qui existe"),
        ("deputies.0.valid_to", "2027-07-01", "deputies[0].valid_to", "avant le premier"),
        ("approvals.payment", "observatory", "approvals.payment", "personne n’a le rôle"),
        ("packs.0.tariffs.0.amount_cents", 90.5, "packs[0].tariffs[0].amount_cents", "nombre entier"),
        ("packs.0.tariffs.0.amount_cents", 9000.0, "packs[0].tariffs[0].amount_cents", "nombre entier"),
        ("packs.0.tariffs.0.amount_cents", -1, "packs[0].tariffs[0].amount_cents", "0 au moins"),
        ("packs.0.tariffs.1.amount_cents", 5, "packs[0].tariffs[1].amount_cents", "retirez-le"),
        ("packs.0.tariffs.1.bands.1.up_to", 90, "packs[0].tariffs[1].bands", "retirez up_to"),
        ("packs.0.tariffs.1.categories", ["hotel", "shop"], "packs[0].tariffs[1]", "shop"),
        ("packs.0.tariffs.1.valid_to", "2026-12-31", "packs", "« hotel »"),
        ("fees.part_year.0.from_day", "02-29", "fees.part_year[0].from_day", "MM-JJ"),
        ("fees.part_year.0.from_day", "11-01", "fees.part_year[0].from_day", "next_year_from"),
        ("fees.surcharges.0.valid_to", "2019-01-01", "fees.surcharges[0].valid_to", "avant le premier"),
        ("delays.draft_purge_days", 33, "delays.draft_purge_days", "7 jours"),
        ("delays.payment_days", 90, "delays.payment_days", "89 au plus"),
        ("delays.closed_file_purge_days", 499, "delays.closed_file_purge_days", "500 au moins"),
        ("delays.closed_file_purge_days", 1096, "delays.closed_file_purge_days", "1095 au plus"),
        ("delays.paid_aid_kept_years", 9, "delays.paid_aid_kept_years", "10 au moins"),
        ("delays.bank_details_kept_months", 1, "delays.bank_details_kept_months", "2 au moins"),
        ("delays.payment_reminder_days", 45, "delays.payment_reminder_days", "avant la fin"),
        ("delays.decision_reminder_working_days", [6, 3], "delays.decision_reminder_working_days", "ordre"),
        ("delays.decision_reminder_working_days", [20], "delays.decision_reminder_working_days", "avant"),
        ("delays.decision_escalation_working_days", 20, "delays.decision_escalation_working_days", "avant"),
        ("delais", {}, "delais", "« delays »"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_at_its_path_with_the_mend(path: str, value: Any, at: str, words: str) -> None:
    problems = refused(changed(path, value))
    assert at in problems
    assert words in problems[at].replace("\u00a0", " ")


def test_a_missing_field_is_named_with_its_french_title() -> None:
    document = office_document()
    del document["mail"]["reply_to"]
    assert "Adresse de réponse" in refused(document)["mail.reply_to"]


def test_an_unknown_territory_lists_the_known_ones() -> None:
    document = office_document()
    document["territory"] = {"slug": "atlantide", "outside": document["territory"]["outside"]}
    assert "pays-de-gex" in refused(document)["territory.slug"]


def test_two_deputies_for_the_same_person_on_the_same_day_are_refused() -> None:
    document = office_document()
    document["deputies"].append(
        {"person": "yann", "deputy": "claire", "valid_from": "2027-08-13", "valid_to": "2027-08-20"}
    )
    assert "même jour" in refused(document)["deputies[1]"]


def test_a_day_on_which_only_one_person_could_answer_is_named() -> None:
    document = office_document(
        deputies=[
            {"person": "claire", "deputy": "yann", "valid_from": "2027-09-01", "valid_to": "2027-09-03"}
        ]
    )
    for person in document["people"]:
        person.pop("usual_deputy")
    assert "2027-09-01" in refused(document)["approvals.membership"]


def test_a_free_office_has_only_free_tariffs() -> None:
    assert "free" in refused(changed("identity.legal_mode", "free"))["packs[0].tariffs[0].rule"]


def test_all_mistakes_are_told_at_once_in_one_text() -> None:
    document = changed("identity.siren", "1")
    document["people"][0]["email"] = "x"
    document["delays"]["payment_reminder_days"] = 60
    with pytest.raises(OfficeFileRefused) as refusal:
        loading.load_document(document, A_DAY)
    text = str(refusal.value)
    assert "3 points" in text
    assert all(path in text for path in ("identity.siren", "people[0].email", "delays.payment_reminder_days"))


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 400)
    | st.floats()
    | st.text(max_size=8)
    | st.just("2027-01-01"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)


def whole_document() -> dict[str, Any]:
    """The valid document with all that an office may do without."""
    return office_document(subsidies=subsidies_section(), trainings=trainings_section())


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [found for key, each in inner for found in _places(each, (*path, key))]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(_places(whole_document())), ANYTHING)
def test_whatever_is_put_anywhere_the_file_loads_or_is_refused_in_words(path: Any, value: Any) -> None:
    document: Any = whole_document()
    place = document
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    with suppress(OfficeFileRefused):
        loading.load_document(document, A_DAY)


@pytest.mark.parametrize("document", [None, [], "office", 3, {}])
def test_anything_else_than_an_office_is_refused_in_french(document: Any) -> None:
    assert refused(document)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"slug": "x",}', "ligne 1"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"slug": "x", "slug": "x"}', "deux fois"),
        (b'{"slug": "y"}', "nom du fichier"),
    ],
)
def test_an_unreadable_file_says_where_and_what_to_do(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(OfficeFileRefused, match=words):
        loading.read_file(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OfficeFileRefused, match=r"none\.json"):
        loading.read_file(tmp_path / "none.json")
