"""What the papers of a session say: texts ready to be read, in the shape of their templates."""

import re
from collections.abc import Sequence
from datetime import date

from chalicelib.documents.letterhead import office_on_paper
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import RuleBroken
from chalicelib.kernel.french import (
    NBSP,
    french_date,
    french_hours,
    french_moment,
    french_quoted,
    french_time,
)
from chalicelib.office.model import Office
from chalicelib.trainings.paper_words import (
    Data,
    dates_told,
    half_day_in_words,
    half_day_told,
    line_told,
    lines_told,
)
from chalicelib.trainings.papers import (
    CertificateFacts,
    HalfDayPaper,
    PersonPaper,
    Presence,
    SessionPaper,
    attended_minutes,
)
from chalicelib.web.public_formats import show_siren

Pairs = list[tuple[str, str]]
POSTCODE = re.compile(r"(?<=\b\d{5}) (?=\S)")
"""The space between a postcode and its town, where no line ends."""
REMOTE = "à distance"
ACTIVITY_NUMBER = re.compile(r"(\d\d)(\d\d)(\d{5})(\d\d)")
ACTIVITY_GROUPS = NBSP.join((r"\1", r"\2", r"\3", r"\4"))
"""Region, department, number of order, check digits."""


class NothingAttended(RuleBroken):
    """A certificate was asked for somebody who came to no half-day."""


def attendance_sheet(
    office: Office, session: SessionPaper, half_day: HalfDayPaper, presences: Sequence[Presence]
) -> Data:
    """What the sheet to sign for one half-day says; people in the order in which they are given."""
    return {
        "office": office_on_paper(office),
        "sheet": f"{session.reference} · {french_moment(half_day.starts_at)}",
        "title": session.title,
        "facts": _labelled([
            ("Nature", session.kind_words),
            ("Référence", session.reference),
            ("Demi-journée", half_day_in_words(half_day)),
            ("Lieu", ", ".join(_place(session))),
            (_trainer_label(session), session.trainer_name),
        ]),
        "people": [_row(number, presence, half_day) for number, presence in enumerate(presences, 1)],
        "trainer": {"label": _trainer_label(session), "name": session.trainer_name},
        "half_day": half_day_in_words(half_day),
    }  # fmt: skip


def certificate(
    office: Office, facts: CertificateFacts, verification_url: str, qr: Sequence[str] = ()
) -> Data:
    """What the certificate of a training action, or of the presence at any other session, says.

    `qr` are the rows of a QR code, `1` for a dark module, without the margin, which the layout adds; none, no drawing.
    Raises `NothingAttended`.
    """
    if not facts.attended:
        raise NothingAttended("Aucune demi-journée n’a été suivie\u00a0: il n’y a rien à certifier.")
    session = facts.session
    return {
        "office": office_on_paper(office),
        "heading": "Certificat de réalisation" if session.is_training_action else "Attestation de présence",
        "reference": session.reference,
        "statement": _statement(facts),
        "person": _person(facts.person),
        "took_part": "a suivi l’action de formation" if session.is_training_action else "a participé à",
        "title": session.title,
        "facts": _labelled(_certified(office, facts)),
        "half_days": [half_day_told(each) for each in facts.attended],
        "total": french_hours(attended_minutes(facts.attended)),
        "keeping": facts.keeping_sentence,
        "issued_on": french_date(facts.issued_on),
        "signed_by": {"name": facts.signed_by, "role": facts.signed_as, "on_behalf_of": ""},
        "verification": {"url": verification_url, "code": facts.code, "qr": list(qr)},
    }


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
        "place": [line_told(line) for line in _place(session)],
        "access": lines_told(session.access),
        "video_link": session.video_link,
        "trainer": {"label": _trainer_label(session), "name": session.trainer_name},
        "objectives": lines_told(session.objectives),
        "prerequisites": lines_told(session.prerequisites),
        "programme": lines_told(session.programme),
        "to_bring": lines_told(session.to_bring),
        "accessibility": lines_told(session.accessibility_contact),
        "regulations_url": session.regulations_url,
        "cancellation": session.cancellation_sentence,
    }


def _labelled(pairs: Pairs) -> list[Data]:
    return [{"label": label, "value": value} for label, value in pairs if value]


def _place(session: SessionPaper) -> list[str]:
    lines = [POSTCODE.sub(NBSP, line) for line in session.place if line]
    return [*lines, REMOTE] if session.is_remote else lines


def _trainer_label(session: SessionPaper) -> str:
    return "Formateur(trice)" if session.is_training_action else "Intervenant(e)"


def _subject(session: SessionPaper) -> str:
    return "Convocation à la formation" if session.is_training_action else "Votre inscription à"


def _row(number: int, presence: Presence, half_day: HalfDayPaper) -> Data:
    return {"number": str(number), **_person(presence.person), "present": _present(presence, half_day)}


def _person(person: PersonPaper) -> Data:
    return {"name": person.name, "structure": person.structure, "function": person.function}


def _present(presence: Presence, half_day: HalfDayPaper) -> str:
    """What stands in the place of a signature; the day too, if it was noted on another one."""
    at = presence.marked_at
    if at is None:
        return ""
    same_day = paris_day(at) == paris_day(half_day.starts_at)
    return "présent(e), relevé " + (f"à {french_time(at)}" if same_day else f"le {french_moment(at)}")


def _statement(facts: CertificateFacts) -> str:
    signer = ", ".join(each for each in (facts.signed_by, facts.signed_as) if each)
    verb = "certifie" if facts.session.is_training_action else "atteste"
    return f"{signer}, {verb} pour l’organisme nommé ci-dessous que"


def _certified(office: Office, facts: CertificateFacts) -> Pairs:
    """The facts in the order of the ministry's model of a certificate."""
    session = facts.session
    return [
        ("Nature", _nature(session)),
        dates_told(facts.attended),
        ("Durée suivie", french_hours(attended_minutes(facts.attended))),
        ("Durée prévue", french_hours(attended_minutes(session.half_days))),
        ("Lieu", ", ".join(_place(session))),
        (_trainer_label(session), session.trainer_name),
        ("Organisme", f"{office.legal_name}, SIREN\u00a0{show_siren(office.siren)}"),
        ("Enregistrement", _declared(session)),
    ]


def _nature(session: SessionPaper) -> str:
    return "Action de formation" if session.is_training_action else session.kind_words


def _declared(session: SessionPaper) -> str:
    if not session.is_training_action or not session.activity_number:
        return ""
    number = ACTIVITY_NUMBER.sub(ACTIVITY_GROUPS, session.activity_number)
    return f"déclaration d’activité n°\u00a0{number} (cet enregistrement ne vaut pas agrément de l’État)"
