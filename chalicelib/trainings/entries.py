"""A session in somebody's calendar: an entry for each day, the same one from the confirmation to the cancellation."""

from datetime import datetime

from chalicelib.kernel.calendar import CalendarEntry
from chalicelib.office.model import Office
from chalicelib.trainings.half_days import Day
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.statuses import SessionStatus
from chalicelib.trainings.when import hours_of


def entries_for(
    session: Session, registration: Registration, office: Office, at: datetime, *, is_cancelled: bool = False
) -> tuple[CalendarEntry, ...]:
    """What the calendar of one person is told; days that the session has no more are cancelled.

    The version of the registration is the sequence: it rises with each change.
    """
    days = session.plan.days
    lost = max(0, registration.told_days - len(days)) if days else 0
    told = [(day, is_cancelled) for day in days] + [(days[-1], True)] * lost
    return tuple(
        _entry(session, office, day, at,
               uid=f"{registration.id}-{number}@{office.slug}.cordee",
               sequence=registration.version,
               attendee_name=registration.person.name,
               attendee_email=registration.email,
               location=_whole_place(session),
               is_cancelled=is_off)
        for number, (day, is_off) in enumerate(told, start=1)
    )  # fmt: skip


def public_entries(session: Session, office: Office, url: str) -> tuple[CalendarEntry, ...]:
    """What everybody's calendar may know of a session; who is registered alone knows the video link."""
    return tuple(
        _entry(session, office, day, session.status_since,
               uid=f"{session.id}-{number}@{office.slug}.cordee",
               sequence=session.version,
               location=session.plan.place.line,
               url=url,
               is_cancelled=session.status is SessionStatus.CANCELLED)
        for number, day in enumerate(session.plan.days, start=1)
    )  # fmt: skip


def _entry(session: Session, office: Office, day: Day, at: datetime, **more: object) -> CalendarEntry:
    described = [*map(hours_of, day.half_days), session.plan.summary, session.reference]
    return CalendarEntry(
        **{
            "starts_at": day.starts_at,
            "ends_at": day.ends_at,
            "summary": session.plan.title,
            "description": "\n".join(filter(None, described)),
            "url": "",
            "organizer_name": office.name,
            "organizer_email": office.reply_to,
            "changed_at": at,
            **more,
        }  # type: ignore[arg-type]
    )


def _whole_place(session: Session) -> str:
    place = session.plan.place
    return place.video_link or place.line if place.is_remote else place.line
