"""What the papers of a session say: texts ready to be read, in the shape of their templates."""

from collections.abc import Sequence
from datetime import date

from chalicelib.documents.letterhead import office_on_paper
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.french import french_date, french_hours, french_moment, french_quoted, french_time
from chalicelib.office.model import Office
from chalicelib.trainings.paper_words import (
    Data,
    half_day_in_words,
    labelled,
    line_told,
    lines_told,
    person_told,
    place_told,
    trainer_label,
)
from chalicelib.trainings.papers import HalfDayPaper, PersonPaper, Presence, SessionPaper, attended_minutes


def attendance_sheet(
    office: Office, session: SessionPaper, half_day: HalfDayPaper, presences: Sequence[Presence]
) -> Data:
    """What the sheet to sign for one half-day says; people in the order in which they are given."""
    return {
        "office": office_on_paper(office),
        "sheet": f"{session.reference} · {french_moment(half_day.starts_at)}",
        "title": session.title,
        "facts": labelled([
            ("Nature", session.kind_words),
            ("Référence", session.reference),
            ("Demi-journée", half_day_in_words(half_day)),
            ("Lieu", ", ".join(place_told(session))),
            (trainer_label(session), session.trainer_name),
        ]),
        "people": [_row(number, presence, half_day) for number, presence in enumerate(presences, 1)],
        "trainer": {"label": trainer_label(session), "name": session.trainer_name},
        "half_day": half_day_in_words(half_day),
    }  # fmt: skip


def convocation(office: Office, session: SessionPaper, person: PersonPaper, on: date) -> Data:
    """What the letter to somebody who takes part says, written on that day."""
    return {
        "office": office_on_paper(office),
        "date": french_date(on),
        "addressee": [line for line in (person.structure, person.name) if line],
        "object": f"{_subject(session)} {french_quoted(session.title)}",
        "reference": session.reference,
        "kind": session.kind_words,
        "half_days": [line_told(half_day_in_words(each)) for each in session.half_days],
        "total": french_hours(attended_minutes(session.half_days)) if len(session.half_days) > 1 else "",
        "place": [line_told(line) for line in place_told(session)],
        "access": lines_told(session.access),
        "video_link": session.video_link,
        "trainer": {"label": trainer_label(session), "name": session.trainer_name},
        "objectives": lines_told(session.objectives),
        "prerequisites": lines_told(session.prerequisites),
        "programme": lines_told(session.programme),
        "methods": lines_told(session.methods),
        "assessment": lines_told(session.assessment),
        "to_bring": lines_told(session.to_bring),
        "accessibility": lines_told(session.accessibility_contact),
        "regulations_url": session.regulations_url,
        "cancellation": session.cancellation_sentence,
    }


def _subject(session: SessionPaper) -> str:
    return "Convocation à la formation" if session.is_training_action else "Votre inscription à"


def _row(number: int, presence: Presence, half_day: HalfDayPaper) -> Data:
    return {"number": str(number), **person_told(presence.person), "present": _present(presence, half_day)}


def _present(presence: Presence, half_day: HalfDayPaper) -> str:
    """What stands in the place of a signature; the day too, if it was noted on another one."""
    at = presence.marked_at
    if at is None:
        return ""
    same_day = paris_day(at) == paris_day(half_day.starts_at)
    return "présent(e), relevé " + (f"à {french_time(at)}" if same_day else f"le {french_moment(at)}")
