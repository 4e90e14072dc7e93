"""What a certificate says: for a training action the fields of the ministry's model, in its words and its order.

The model of the « certificat de réalisation » is that of the ministry in charge of labour, in use since June 2020; it
proves that the service was rendered (arrêté du 21 décembre 2018).
"""

import re
from collections.abc import Mapping, Sequence

from chalicelib.documents.letterhead import office_on_paper
from chalicelib.kernel.errors import RuleBroken
from chalicelib.kernel.french import NBSP, french_date, french_hours
from chalicelib.office.model import Office
from chalicelib.trainings.paper_words import (
    Data,
    Pairs,
    dates_told,
    half_day_told,
    labelled,
    place_told,
    trainer_label,
)
from chalicelib.trainings.papers import CertificateFacts, PersonPaper, SessionPaper, attended_minutes
from chalicelib.web.public_formats import show_siren, show_siret

ACTIVITY_NUMBER = re.compile(r"(\d\d)(\d\d)(\d{5})(\d\d)")
ACTIVITY_GROUPS = NBSP.join((r"\1", r"\2", r"\3", r"\4"))
"""Region, department, number of order, check digits."""
NATURES = (
    "action de formation",
    "bilan de compétences",
    "action de VAE",
    "action de formation par apprentissage",
)
"""What develops skills (code du travail, art. L6313-1); an office holds the first alone."""
DONE = "×"
BONDS: Mapping[str, str] = {
    "employee": "salarié(e) de l’entreprise",
    "owner": "chef(fe) de l’entreprise",
    "spouse": "conjoint(e) collaborateur(trice) de l’entreprise",
    "volunteer": "bénévole de la structure",
}
"""The model knows employees only: nobody is said to be one who did not say so."""
STAMP = "Cachet et signature du responsable du dispensateur de formation"
KEEPING = (
    "L’organisateur garde les feuilles d’émargement et les relevés de présence pendant {years}\u00a0ans."
)
PROMISE = (
    "Sans préjudice des délais imposés par les règles fiscales, comptables ou commerciales, je m’engage à conserver "
    "l’ensemble des pièces justificatives qui ont permis d’établir le présent certificat pendant une durée de "
    "{years}\u00a0ans à compter de la fin de l’année du dernier paiement. En cas de cofinancement des fonds européens, "
    "la durée de conservation est étendue conformément aux obligations conventionnelles spécifiques."
)


class NothingAttended(RuleBroken):
    """A certificate was asked for somebody who came to no half-day."""


def certificate(
    office: Office, facts: CertificateFacts, verification_url: str, qr: Sequence[str] = ()
) -> Data:
    """What the certificate of a training action, or of the presence at any other session, says.

    `qr` are the rows of a QR code, `1` for a dark module, without the margin, which the layout adds; none, no drawing.
    Raises `NothingAttended`.
    """
    if not facts.attended:
        raise NothingAttended("Aucune demi-journée n’a été suivie\u00a0: il n’y a rien à certifier.")
    return {
        "office": office_on_paper(office),
        "reference": facts.session.reference,
        **(_of_training_action(office, facts) if facts.session.is_training_action else _of_presence(facts)),
        "title": facts.session.title,
        "facts": labelled(_facts(office, facts)),
        "half_days": [half_day_told(each) for each in facts.attended],
        "total": french_hours(attended_minutes(facts.attended)),
        "issued_on": french_date(facts.issued_on),
        "signed_by": {"name": facts.signed_by, "role": facts.signed_as},
        "verification": {"url": verification_url, "code": facts.code, "qr": list(qr)},
    }


def _of_training_action(office: Office, facts: CertificateFacts) -> Data:
    return {
        "heading": "Certificat de réalisation",
        "statement": _statement(office, facts),
        "person": {"name": facts.person.name, "bond": _bond(facts.person)},
        "took_part": "a suivi l’action",
        "natures": [{"mark": DONE if nature == NATURES[0] else "", "label": nature} for nature in NATURES],
        "took_place": _took_place(facts),
        "keeping": PROMISE.format(years=facts.proof_years) if facts.proof_years else _keeping(facts),
        "stamp": STAMP,
    }


def _of_presence(facts: CertificateFacts) -> Data:
    signer = ", ".join(filter(None, (facts.signed_by, facts.signed_as)))
    return {
        "heading": "Attestation de présence",
        "statement": f"{signer}, atteste pour l’organisme nommé ci-dessous que",
        "person": {
            "name": facts.person.name,
            "bond": _listed(facts.person.function, facts.person.structure),
        },
        "took_part": "a participé à",
        "natures": [],
        "took_place": "",
        "keeping": _keeping(facts),
        "stamp": "",
    }


def _statement(office: Office, facts: CertificateFacts) -> str:
    legal = "par délégation du représentant légal" if facts.is_delegate else "représentant légal"
    return (
        f"Je soussigné(e) {_listed(facts.signed_by, facts.signed_as, legal)} du dispensateur de l’action concourant au "
        f"développement des compétences {office.legal_name}, atteste que Mme\u00a0ou\u00a0M."
    )


def _bond(person: PersonPaper) -> str:
    """`Gérante, salarié(e) de l’entreprise Hôtel du Pont`; who comes for nobody else has no such line."""
    if person.structure in ("", person.name):
        return person.function
    return _listed(person.function, f"{BONDS.get(person.status, 'de la structure')} {person.structure}")


def _took_place(facts: CertificateFacts) -> str:
    """The days and the time of what the person followed, which is not always all of it."""
    label, days = dates_told(facts.attended)
    days = f"le {days}" if label == "Date" else days
    followed, planned = (attended_minutes(each) for each in (facts.attended, facts.session.half_days))
    told = f"qui s’est déroulée {days}, pour une durée de {french_hours(followed)}"
    return told + (
        f" suivies par cette personne, sur {french_hours(planned)} prévues." if followed < planned else "."
    )


def _keeping(facts: CertificateFacts) -> str:
    return KEEPING.format(years=facts.kept_years) if facts.kept_years else ""


def _facts(office: Office, facts: CertificateFacts) -> Pairs:
    session = facts.session
    return [
        *([] if session.is_training_action else _of_network_event(facts)),
        ("Lieu", ", ".join(place_told(session))),
        (trainer_label(session), session.trainer_name),
        ("Organisme", f"{office.legal_name}, {_number(office, session)}"),
        ("Enregistrement", _declared(session)),
    ]


def _of_network_event(facts: CertificateFacts) -> Pairs:
    return [
        ("Nature", facts.session.kind_words),
        dates_told(facts.attended),
        ("Durée suivie", french_hours(attended_minutes(facts.attended))),
        ("Durée prévue", french_hours(attended_minutes(facts.session.half_days))),
    ]


def _number(office: Office, session: SessionPaper) -> str:
    if session.is_training_action and session.siret:
        return f"SIRET\u00a0{show_siret(session.siret)}"
    return f"SIREN\u00a0{show_siren(office.siren)}"


def _declared(session: SessionPaper) -> str:
    if not session.is_training_action or not session.activity_number:
        return ""
    number = ACTIVITY_NUMBER.sub(ACTIVITY_GROUPS, session.activity_number)
    return f"déclaration d’activité n°\u00a0{number} (cet enregistrement ne vaut pas agrément de l’État)"


def _listed(*texts: str) -> str:
    return ", ".join(filter(None, texts))
