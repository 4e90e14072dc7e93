"""The staff of an office file: known deputies, roles that someone holds, decisions that someone can take."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from chalicelib.office.building import person, replacement
from chalicelib.office.checks_of_dates import no_overlap, ordered
from chalicelib.office.people import ROLE_LABELS, Staff
from chalicelib.office.problems import Problem

Document = dict[str, Any]


def staff_is_sound(document: Document, _on: date) -> Iterator[Problem]:
    """Each person once; deputies exist, are someone else, and only one at a time."""
    people, deputies = document["people"], document.get("deputies", [])
    yield from _once(people, "id", "cet identifiant")
    yield from _once(people, "email", "cette adresse")
    known = {each["id"] for each in people}
    for index, each in enumerate(people):
        yield from _other(f"people[{index}].usual_deputy", each.get("usual_deputy"), each["id"], known)
    for index, each in enumerate(deputies):
        yield from _other(f"deputies[{index}].person", each["person"], None, known)
        yield from _other(f"deputies[{index}].deputy", each["deputy"], each["person"], known)
    yield from ordered("deputies", deputies)
    yield from _one_deputy_at_a_time(deputies)


def someone_answers(document: Document, on: date) -> Iterator[Problem]:
    """The direction and every role of an approval are held, and a second person can always answer."""
    staff = _staff(document)
    if not staff.holders("director"):
        yield Problem(
            "people",
            "il faut une personne de rôle «\u00a0director\u00a0»\u00a0: elle répond en dernier recours.",
        )
    for step, role in document["approvals"].items():
        if not staff.holders(role):
            label = ROLE_LABELS[role]
            mend = f"personne n’a le rôle «\u00a0{role}\u00a0» ({label})\u00a0: ajoutez-le à une personne, dans people."
            yield Problem(f"approvals.{step}", mend)
        elif day := next((day for day in _turning_days(staff, on) if _alone(staff, role, day)), None):
            mend = f"le {day.isoformat()}, une seule personne peut répondre\u00a0: ajoutez un usual_deputy."
            yield Problem(f"approvals.{step}", mend)


def known_person(path: str, person_id: str, known: set[str]) -> Iterator[Problem]:
    """The identifier is one of `known`, the ids of people."""
    if person_id not in known:
        yield Problem(
            path, f"«\u00a0{person_id}\u00a0» n’est l’identifiant de personne\u00a0: écrivez un id de people."
        )


def _staff(document: Document) -> Staff:
    people = tuple(person(each) for each in document["people"])
    return Staff(people, tuple(replacement(each) for each in document.get("deputies", ())))


def _alone(staff: Staff, role: str, on: date) -> bool:
    return staff.escalation(role, on, frozenset()) is None


def _turning_days(staff: Staff, on: date) -> list[date]:
    """The days, from `on`, when the answer to "who is there?" can change."""
    days = {on}
    for deputy in staff.deputies:
        days.add(deputy.period.valid_from)
        if deputy.period.valid_to and deputy.period.valid_to < date.max:
            days.add(deputy.period.valid_to + timedelta(days=1))
    return sorted(day for day in days if day >= on)


def _once(people: list[Document], key: str, what: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, each in enumerate(people):
        first = seen.setdefault(each[key].casefold(), index)
        if first != index:
            yield Problem(
                f"people[{index}].{key}", f"{what} est déjà à people[{first}] : changez l’un des deux."
            )


def _other(path: str, person_id: str | None, self_id: str | None, known: set[str]) -> Iterator[Problem]:
    if person_id is None:
        return
    yield from known_person(path, person_id, known)
    if person_id == self_id:
        yield Problem(
            path, "une personne ne peut pas se remplacer elle-même\u00a0: choisissez quelqu’un d’autre."
        )


def _one_deputy_at_a_time(deputies: list[Document]) -> Iterator[Problem]:
    """Overlaps among the replacements of the same person, named by their place in the file."""
    numbered = sorted(enumerate(deputies), key=lambda pair: pair[1]["person"])
    for _, group in groupby(numbered, key=lambda pair: pair[1]["person"]):
        places, rules = zip(*group, strict=True)
        yield from no_overlap("deputies", rules, "deux remplaçants le même jour", places)
