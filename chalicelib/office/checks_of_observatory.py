"""The season reports of an office file: each day in one season, secrecy without a gap, reminders in time."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from chalicelib.office.building_observatory import observatory_rules
from chalicelib.office.checks_of_dates import no_gap, no_overlap, ordered
from chalicelib.office.checks_of_lists import each_once
from chalicelib.office.periods import period_of
from chalicelib.office.problems import Problem

Document = dict[str, Any]

REMINDERS_APART_DAYS = 7
"""A missing month is asked for once a week, and no more often."""


def observatory_is_sound(document: Document, on: date) -> Iterator[Problem]:
    """What the `observatory` section says goes together; nothing to say when there is none."""
    section = document.get("observatory")
    if section is None:
        return
    yield from _seasons(section["seasons"])
    yield from _secrecy(section["secrecy"], on)
    areas = section.get("holiday_areas", [])
    yield from each_once("observatory.holiday_areas", areas, "id", "une autre zone a cet identifiant")
    yield from _reminders(section)
    for name in ("elected", "press"):
        yield from _addresses(f"observatory.{name}", section.get(name, []))


def _seasons(seasons: list[Document]) -> Iterator[Problem]:
    path = "observatory.seasons"
    yield from each_once(path, seasons, "id", "une autre saison a cet identifiant")
    yield from ordered(path, seasons)
    yield from no_overlap(path, seasons, "deux saisons le même jour")
    yield from no_gap(path, seasons, "aucune saison")


def _secrecy(rules: list[Document], on: date) -> Iterator[Problem]:
    path = "observatory.secrecy"
    yield from ordered(path, rules)
    yield from no_overlap(path, rules, "deux règles de secret le même jour")
    yield from no_gap(path, rules, "aucune règle de secret")
    if not any(period_of(rule).includes(on) for rule in rules):
        yield Problem(path, f"aucune règle en vigueur le {on.isoformat()}\u00a0: ajoutez-en une.")


def _reminders(section: Document) -> Iterator[Problem]:
    rules, path = observatory_rules(section), "observatory.entry_reminder_days"
    days = rules.entry_reminder_days
    if any(later - earlier < REMINDERS_APART_DAYS for earlier, later in pairwise(days)):
        mend = f"écrivez les relances dans l’ordre, à {REMINDERS_APART_DAYS} jours d’écart au moins."
        yield Problem(path, mend)
    if days and rules.entry_opens_day + max(days) >= rules.entry_closes_days:
        limit = f"entry_closes_days ({rules.entry_closes_days} jours après la fin du mois)"
        yield Problem(path, f"toutes les relances doivent venir avant la clôture, {limit}.")


def _addresses(path: str, recipients: list[Document]) -> Iterator[Problem]:
    """Nobody is sent the same report twice; letter case does not count."""
    folded = [{"email": each["email"].casefold()} for each in recipients]
    yield from each_once(path, folded, "email", "cette adresse figure déjà dans la liste")
