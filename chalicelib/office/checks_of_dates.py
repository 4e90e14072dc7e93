"""Periods that begin before they end and do not overlap; delays that follow one another."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any

from chalicelib.office.periods import period_of
from chalicelib.office.problems import Problem

NOTICE_DAYS = 7
ONE_DAY = timedelta(days=1)


def ordered(path: str, rules: Sequence[dict[str, Any]]) -> Iterator[Problem]:
    """Each dated rule ends on or after its first day."""
    for index, rule in enumerate(rules):
        end = rule.get("valid_to")
        if end and end < rule["valid_from"]:
            mend = "le dernier jour vient avant le premier\u00a0: corrigez l’une des deux dates."
            yield Problem(f"{path}[{index}].valid_to", mend)


def no_overlap(
    path: str, rules: Sequence[dict[str, Any]], what: str, places: Sequence[int] | None = None
) -> Iterator[Problem]:
    """No two of the dated rules hold on the same day.

    `what` names them in the sentence; `places` are their indexes in the list at `path`, all by default.
    """
    numbered = zip(places or range(len(rules)), rules, strict=True)
    for (first, one), (second, other) in combinations(numbered, 2):
        if period_of(one).overlaps(period_of(other)):
            mend = f"vérifiez les dates de {path}[{first}] et les siennes"
            yield Problem(f"{path}[{second}]", f"{what} : {mend}.")


def no_gap(path: str, rules: Sequence[dict[str, Any]], what: str) -> Iterator[Problem]:
    """No day between two of the dated rules is without one. `what` says so in the sentence."""
    begun = sorted(enumerate(map(period_of, rules)), key=lambda numbered: numbered[1].valid_from)
    for (_, one), (place, next_one) in pairwise(begun):
        last, first = one.valid_to, next_one.valid_from
        if last and (first - last).days > 1:
            days = f"du {(last + ONE_DAY).isoformat()} au {(first - ONE_DAY).isoformat()}"
            yield Problem(f"{path}[{place}].valid_from", f"{what} {days}\u00a0: rapprochez les dates.")


def delays_in_order(document: dict[str, Any], _on: date) -> Iterator[Problem]:
    """Notices and reminders come before the end of the wait that they are about."""
    delays = document["delays"]
    if delays["draft_purge_days"] < delays["draft_notice_days"] + NOTICE_DAYS:
        mend = f"laissez au moins {NOTICE_DAYS} jours après l’avis (draft_notice_days)."
        yield Problem("delays.draft_purge_days", mend)
    for name in ("correction", "payment"):
        if delays[f"{name}_reminder_days"] >= delays[f"{name}_days"]:
            mend = f"la relance doit venir avant la fin du délai ({name}_days)."
            yield Problem(f"delays.{name}_reminder_days", mend)
    yield from _decision_delays(delays)


def _decision_delays(delays: dict[str, Any]) -> Iterator[Problem]:
    reminders, end = delays["decision_reminder_working_days"], delays["decision_expiry_working_days"]
    if any(later <= earlier for earlier, later in pairwise(reminders)):
        mend = "écrivez les relances dans l’ordre, sans répétition."
        yield Problem("delays.decision_reminder_working_days", mend)
    if reminders[-1] >= end:
        mend = "toutes les relances doivent venir avant decision_expiry_working_days."
        yield Problem("delays.decision_reminder_working_days", mend)
    if delays["decision_escalation_working_days"] >= end:
        mend = "le suppléant doit être sollicité avant decision_expiry_working_days."
        yield Problem("delays.decision_escalation_working_days", mend)
