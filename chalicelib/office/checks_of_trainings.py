"""The trainings of an office file: rules of cancellation without a gap, delays in order, what an organiser owes."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from chalicelib.office.building_trainings import training_rules
from chalicelib.office.checks_of_dates import no_gap, no_overlap, ordered
from chalicelib.office.checks_of_lists import each_once
from chalicelib.office.checks_of_people import known_person
from chalicelib.office.periods import period_of
from chalicelib.office.problems import Problem

Document = dict[str, Any]

OWED_BY_ORGANISERS = {
    "terms_url": "un organisme de formation publie ses conditions de vente",
    "regulations_url": "un organisme de formation remet son règlement intérieur aux stagiaires",
    "siret": "un certificat de réalisation porte le SIRET de l’organisme",
    "proofs_kept": "un certificat de réalisation dit combien de temps les justificatifs sont gardés",
}
"""What goes with a declaration of activity (code du travail, art. L6352-3 and L6353-8; the ministry's certificate)."""

OWED_BY_CERTIFIED = {
    "activity_number": "la certification Qualiopi va avec un numéro de déclaration d’activité",
    "accessibility_contact": "la certification Qualiopi demande un référent handicap",
    "complaints_email": "la certification Qualiopi demande une adresse pour les réclamations",
}
"""What goes with Qualiopi: among others its indicators 26 (disability) and 31 (complaints)."""


def trainings_are_sound(document: Document, on: date) -> Iterator[Problem]:
    """What the `trainings` section says goes together; nothing to say when there is none."""
    section = document.get("trainings")
    if section is None:
        return
    yield from each_once("trainings.themes", section["themes"], "id", "un autre thème a cet identifiant")
    yield from _cancellations(section["cancellations"], on)
    yield from _funds(section.get("funds", []))
    yield from _one_a_day("signers", section, "deux signataires le même jour")
    yield from _one_a_day("proofs_kept", section, "deux durées le même jour")
    yield from _kept_as_promised(section)
    yield from _delays(section)
    if "activity_number" in section:
        yield from _owed(section, OWED_BY_ORGANISERS)
    if section.get("is_qualiopi"):
        yield from _owed(section, OWED_BY_CERTIFIED)


def people_of_trainings_are_known(document: Document, _on: date) -> Iterator[Problem]:
    """Who is named for people with a disability, and who signs certificates, works at the office."""
    section = document.get("trainings", {})
    known = {person["id"] for person in document["people"]}
    if "accessibility_contact" in section:
        yield from known_person("trainings.accessibility_contact", section["accessibility_contact"], known)
    for index, signer in enumerate(section.get("signers", [])):
        yield from known_person(f"trainings.signers[{index}].person", signer["person"], known)


def _cancellations(rules: list[Document], on: date) -> Iterator[Problem]:
    path = "trainings.cancellations"
    yield from ordered(path, rules)
    yield from no_overlap(path, rules, "deux règles d’annulation le même jour")
    yield from no_gap(path, rules, "aucune règle d’annulation")
    if not any(period_of(rule).includes(on) for rule in rules):
        yield Problem(path, f"aucune règle en vigueur le {on.isoformat()}\u00a0: ajoutez-en une.")


def _funds(funds: list[Document]) -> Iterator[Problem]:
    """A fund has one minimum a day; several funds may help at once."""
    path = "trainings.funds"
    yield from ordered(path, funds)
    for name in sorted({fund["name"] for fund in funds}):
        places, rules = zip(*((i, fund) for i, fund in enumerate(funds) if fund["name"] == name), strict=True)
        yield from no_overlap(path, rules, "deux règles du même financeur le même jour", places)


def _one_a_day(key: str, section: Document, what: str) -> Iterator[Problem]:
    path, rules = f"trainings.{key}", section.get(key, [])
    yield from ordered(path, rules)
    yield from no_overlap(path, rules, what)


def _kept_as_promised(section: Document) -> Iterator[Problem]:
    """The application erases no presence before the day until which certificates promise to keep it."""
    kept = training_rules(section).kept_years
    for index, promise in enumerate(section.get("proofs_kept", [])):
        if promise["years"] > kept:
            mend = f"les présences sont effacées avant, après {kept}\u00a0ans\u00a0: augmentez kept_years."
            yield Problem(f"trainings.proofs_kept[{index}].years", mend)


def _delays(section: Document) -> Iterator[Problem]:
    rules = training_rules(section)
    if any(later >= earlier for earlier, later in pairwise(rules.reminder_days)):
        mend = "écrivez les jours du plus lointain au plus proche, sans répétition."
        yield Problem("trainings.reminder_days", mend)
    if rules.short_offer_hours > rules.offer_hours:
        mend = f"ce délai ne dépasse pas le délai ordinaire, offer_hours ({rules.offer_hours} h)."
        yield Problem("trainings.short_offer_hours", mend)
    if rules.minimum_answer_days >= rules.minimum_check_days:
        mend = "la réponse doit venir avant la session"
        limit = f"restez sous minimum_check_days ({rules.minimum_check_days})"
        yield Problem("trainings.minimum_answer_days", f"{mend}\u00a0: {limit}.")


def _owed(section: Document, what: dict[str, str]) -> Iterator[Problem]:
    for key, why in what.items():
        if key not in section:
            yield Problem(f"trainings.{key}", f"{why}\u00a0: ajoutez ce champ.")
