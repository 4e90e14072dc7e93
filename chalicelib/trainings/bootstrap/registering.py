"""Registrations, for real: DynamoDB, the registration machine, the office file."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.adapters.step_functions import StepFunctionsProcess
from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.runtime.observability import logger
from chalicelib.trainings.bootstrap import stores
from chalicelib.trainings.model import REGISTRATION_PROCESS

if TYPE_CHECKING:
    from chalicelib.decisions.reconciling import Reconciler
    from chalicelib.trainings.model import Registration
    from chalicelib.trainings.questions import Sections
    from chalicelib.trainings.registering import RegisteringService
    from chalicelib.trainings.service import RegistrationService
    from chalicelib.trainings.walk_ins import WalkIns


@lru_cache(maxsize=1)
def registering_service() -> RegisteringService:
    """What takes people in."""
    from chalicelib.trainings.registering import RegisteringService

    return RegisteringService(
        registrations=stores.registrations(),
        missed=stores.missed().list_of,
        process=StepFunctionsProcess(REGISTRATION_PROCESS),
        office=stores.office,
        clock=stores.now,
    )


@lru_cache(maxsize=1)
def walk_ins() -> WalkIns:
    """What seats people who come without having registered."""
    from chalicelib.trainings.walk_ins import WalkIns

    return WalkIns(stores.sessions(), stores.registrations(), stores.office, stores.now)


@lru_cache(maxsize=1)
def registration_service() -> RegistrationService:
    """What happens to registrations."""
    from chalicelib.trainings.service import RegistrationService

    return RegistrationService(
        sessions=stores.sessions(),
        registrations=stores.registrations(),
        process=StepFunctionsProcess(REGISTRATION_PROCESS),
        office=stores.office,
        clock=stores.now,
        note_gone=_note_gone,
    )


def _note_gone(registration_id: str) -> None:
    """Somebody removed a row by hand; whose, is gone with it."""
    logger.warning("waiting registration gone", registration=registration_id)


@lru_cache(maxsize=1)
def reconciler() -> Reconciler[Registration]:
    """What repairs registrations."""
    from chalicelib.decisions.reconciling import Reconciler

    return Reconciler(
        records=stores.registrations(),
        questions=decision_repository(),
        decisions=decision_service(),
        process=StepFunctionsProcess(REGISTRATION_PROCESS),
        clock=stores.now,
    )


def describe(registration: Registration) -> Sections:
    """What was asked of a person, for reading; what they need is not in it."""
    from chalicelib.trainings.registration_form import described

    return described(registration)
