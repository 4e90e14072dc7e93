"""The questions that the two machines put to people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.decisions.model import Addressee, Asked, Outcome, Question, Timetable
from chalicelib.kernel.clock import iso, paris_day
from chalicelib.kernel.french import french_integer, french_moment
from chalicelib.kernel.history import HistoryLine
from chalicelib.office.model import Office
from chalicelib.trainings.emails import facts, session_facts
from chalicelib.trainings.model import (
    PUBLICATION,
    REGISTRATION_PROCESS,
    SESSION_PROCESS,
    Registration,
    Session,
)
from chalicelib.trainings.paths import OFFER_PAGE
from chalicelib.trainings.plan import Trainer
from chalicelib.trainings.readers import READERS
from chalicelib.trainings.recounting import recounted
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.trainers import as_proposed

Sections = Sequence[tuple[str, Sequence[tuple[str, str]]]]

TAKE = Outcome(
    "accept", "Retenir cette personne", hint="La place est réservée, ou la personne entre en liste d’attente."
)
TURN_DOWN = Outcome("refuse", "Ne pas retenir", True, "Le motif est transmis à la personne.")
ACCEPT = Outcome("accept", "Je prends la place")
DECLINE = Outcome("decline", "Je laisse la place", hint="Elle est proposée à la personne suivante.")
PUBLISH = Outcome("accept", "Donner mon accord", hint="La session est publiée aussitôt.")
SEND_BACK = Outcome(
    "send_back", "Renvoyer pour correction", True, "La personne chargée de la session lit ce motif."
)
AGREE = Outcome(
    "accept",
    "Donner mon accord",
    hint="Le nouvel intervenant est annoncé aussitôt, et les personnes inscrites prévenues.",
)
DISAGREE = Outcome(
    "send_back",
    "Refuser ce changement",
    True,
    "L’intervenant prévu reste. La personne chargée de la session lit ce motif.",
)
KEEP = Outcome("keep", "Maintenir la session", hint="Les inscriptions restent ouvertes.")
CALL_OFF = Outcome(
    "call_off", "Annuler la session", True, "Toutes les personnes inscrites reçoivent ce motif."
)


@dataclass(frozen=True)
class SessionCase:
    """A session with what a question about it needs."""

    session: Session
    seats: Seats
    described: Sections
    office: Office
    history: Sequence[HistoryLine]
    at: datetime


@dataclass(frozen=True)
class RegistrationCase:
    """A registration with its session and what a question about it needs."""

    session: Session
    registration: Registration
    described: Sections
    office: Office
    history: Sequence[HistoryLine]
    at: datetime


def publication(case: SessionCase) -> Asked:
    """May a session with an external trainer be published? Of a published one: may another external trainer lead it?"""
    if case.session.asks_about_trainer:
        return _other_trainer(case)
    dossier = {"sections": _sections(case.described), "history": _history(case.history)}
    return _about_session(
        case, PUBLICATION, "session avec intervenant extérieur", (PUBLISH, SEND_BACK), dossier
    )


def _other_trainer(case: SessionCase) -> Asked:
    """Nobody answers about their own part in it."""
    proposed = replace(case, session=as_proposed(case.session))
    sections = [
        _trainers(case.session.plan.trainer, proposed.session.plan.trainer),
        *_sections(case.described),
    ]
    dossier = {"sections": sections, "history": _history(case.history)}
    return _about_session(proposed, PUBLICATION, "autre intervenant extérieur", (AGREE, DISAGREE), dossier)


def minimum(case: SessionCase) -> Asked:
    """Is a session with too few people kept?"""
    said = _about_numbers(case)
    dossier = {"sections": [{"title": "Inscriptions", "rows": said}], "history": _history(case.history)}
    return _about_session(case, "training_minimum", "session sous le minimum", (KEEP, CALL_OFF), dossier)


def approval(case: RegistrationCase) -> Asked:
    """Is this person taken for a session with selection?"""
    registration, session, office = case.registration, case.session, case.office
    role = office.role_for("training_registration")
    excluded = frozenset({registration.email, registration.structure.email})
    person = {
        "title": "Demande",
        "rows": [
            {"label": "Session", "value": session.plan.title},
            {"label": "Personne", "value": registration.person.name},
            {"label": "Structure", "value": registration.structure.name},
        ],
    }
    question = Question(
        record=registration.id,
        step="training_registration",
        round=registration.round,
        reference=registration.reference,
        title="inscription à une session avec sélection",
        subject_name=registration.person.name,
        role=role,
        outcomes=(TAKE, TURN_DOWN),
        timetable=_until_start(session, office, case.at),
        mail="decisions/request",
        reminder_mail="decisions/reminder",
        dossier={"sections": [person, *_sections(case.described)], "history": _history(case.history)},
        excluded=excluded,
        process=REGISTRATION_PROCESS,
        readers=READERS,
    )
    approver = office.approver(role, paris_day(case.at), excluded)
    return Asked(question, Addressee(approver.name, approver.email, approver.on_behalf_of or ""))


def offer(case: RegistrationCase) -> Asked:
    """Does the first who waits take the seat that was freed?"""
    registration = case.registration
    until = registration.offered_until or case.at
    question = Question(
        record=registration.id,
        step="offer",
        round=registration.round,
        reference=registration.reference,
        title="place libérée",
        subject_name=case.session.plan.title,
        role="",
        outcomes=(ACCEPT, DECLINE),
        timetable=Timetable((), 0, working_days=False, expires_at=iso(until)),
        mail="trainings/offer",
        reminder_mail="trainings/offer",
        page=OFFER_PAGE,
        dossier=facts(case.session, registration, case.office),
        process=REGISTRATION_PROCESS,
    )
    return Asked(question, Addressee(registration.person.name, registration.email))


def _about_session(
    case: SessionCase, step: str, title: str, outcomes: tuple[Outcome, ...], dossier: Mapping[str, Any]
) -> Asked:
    session, office = case.session, case.office
    role = office.role_for(step)
    excluded = frozenset({session.plan.trainer.email} - {""})
    question = Question(
        record=session.id,
        step=step,
        round=session.round,
        reference=session.reference,
        title=title,
        subject_name=session.plan.title,
        role=role,
        outcomes=outcomes,
        timetable=_timetable(case, step),
        mail="decisions/request",
        reminder_mail="decisions/reminder",
        dossier=dossier,
        excluded=excluded,
        process=SESSION_PROCESS,
        readers=READERS,
    )
    approver = office.approver(role, paris_day(case.at), excluded)
    return Asked(question, Addressee(approver.name, approver.email, approver.on_behalf_of or ""))


def _timetable(case: SessionCase, step: str) -> Timetable:
    if step != "training_minimum" or case.session.plan.starts_at is None:
        return _until_start(case.session, case.office, case.at)
    days = case.office.training_rules.minimum_answer_days
    latest = case.session.plan.starts_at - timedelta(days=1)
    until = max(case.at + timedelta(hours=1), min(case.at + timedelta(days=days), latest))
    return Timetable((1,), days, 1, expires_at=iso(until))


def _until_start(session: Session, office: Office, now: datetime) -> Timetable:
    """As any question to staff, and no longer than until the session begins."""
    delays = office.delays
    starts_at = session.plan.starts_at
    return Timetable(
        reminder_days=delays.decision_reminder_working_days,
        expiry_days=delays.decision_expiry_working_days,
        escalation_days=delays.decision_escalation_working_days,
        expires_at=iso(max(starts_at, now + timedelta(hours=1))) if starts_at else "",
    )


def _about_numbers(case: SessionCase) -> list[dict[str, str]]:
    plan = case.session.plan
    told = session_facts(case.session, case.office)
    return [
        {"label": "Personnes inscrites", "value": french_integer(case.seats.taken)},
        {"label": "Minimum prévu", "value": french_integer(plan.minimum)},
        {"label": "Places", "value": french_integer(plan.seats)},
        {"label": "Première date", "value": str(told["first_day"])},
    ]


def _trainers(before: Trainer, after: Trainer) -> dict[str, Any]:
    rows = (
        ("Intervenant prévu", before.name),
        ("Intervenant proposé", after.name),
        ("Son e-mail", after.email),
        ("En une phrase", after.about),
    )
    return {
        "title": "Changement d’intervenant",
        "rows": [{"label": label, "value": value} for label, value in rows if value],
    }


def _sections(described: Sections) -> list[dict[str, Any]]:
    return [
        {"title": title, "rows": [{"label": label, "value": value} for label, value in rows]}
        for title, rows in described
    ]


def _history(lines: Sequence[HistoryLine]) -> list[dict[str, str]]:
    return [
        {"when": french_moment(line.at), "who": line.who, "what": line.what, "reason": line.reason}
        for line in recounted(lines)
    ]
