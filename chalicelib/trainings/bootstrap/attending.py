"""The door and what follows it, for real: marks, certificates, questionnaires."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.mail.bootstrap import mail_desk
from chalicelib.runtime import config
from chalicelib.trainings.bootstrap import planning, registering, stores

if TYPE_CHECKING:
    from chalicelib.trainings.attendance_corrections import AttendanceCorrections
    from chalicelib.trainings.attending import AttendingService
    from chalicelib.trainings.certifying import Certifying
    from chalicelib.trainings.model import Certificate, Registration
    from chalicelib.trainings.retention import Retention
    from chalicelib.trainings.surveying import Surveys

LINK_SECONDS = 300


@lru_cache(maxsize=1)
def attending_service() -> AttendingService:
    """What marks people, and closes the attendance."""
    from chalicelib.trainings.attending import AttendingService

    return AttendingService(
        sessions=stores.sessions(),
        session_desk=planning.planning_service(),
        registrations=stores.registrations(),
        desk=registering.registration_service(),
        missed=stores.missed(),
        office=stores.office,
        clock=stores.now,
    )


@lru_cache(maxsize=1)
def corrections() -> AttendanceCorrections:
    """What corrects marks once the attendance is closed."""
    from chalicelib.trainings.attendance_corrections import AttendanceCorrections

    return AttendanceCorrections(stores.corrections(), stores.office, stores.now)


@lru_cache(maxsize=1)
def certifying() -> Certifying:
    """What prints certificates."""
    from chalicelib.adapters.qr import rows
    from chalicelib.documents.bootstrap import printer
    from chalicelib.trainings.certifying import Certifying
    from chalicelib.uploads.bootstrap import files

    return Certifying(
        sessions=stores.sessions(),
        registrations=stores.registrations(),
        store=files(),
        printer=printer(),
        rows_of=rows,
        site=config.base_url,
        office=stores.office,
        clock=stores.now,
    )


@lru_cache(maxsize=1)
def surveys() -> Surveys:
    """What asks those who came, and keeps what they answer."""
    from chalicelib.trainings.surveying import Surveys

    return Surveys(
        sessions=stores.sessions(),
        registrations=stores.registrations(),
        answers=stores.feedback(),
        enqueue=mail_desk().enqueue,
        office=stores.office,
        clock=stores.now,
    )


@lru_cache(maxsize=1)
def retention() -> Retention:
    """What forgets."""
    from chalicelib.trainings.retention import Retention
    from chalicelib.trainings.retention_repository import EndedSessions
    from chalicelib.uploads.bootstrap import files

    ended = EndedSessions(stores.sessions(), stores.registrations())
    return Retention(ended, files(), stores.office, stores.now)


def link_to_certificate(registration: Registration, made: Certificate) -> str:
    """An address that saves the certificate, for some minutes."""
    from chalicelib.kernel.files import Shown
    from chalicelib.uploads.bootstrap import files

    shown = Shown("application/pdf", f'attachment; filename="{registration.reference}.pdf"', LINK_SECONDS)
    return files().download_url(made.key, shown)
