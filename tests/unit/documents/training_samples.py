"""A session of each kind, and the data of its papers as `trainings/printed.py` makes it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from chalicelib.adapters import qr
from chalicelib.trainings import printed, printed_certificate
from chalicelib.trainings.papers import CertificateFacts, HalfDayPaper, PersonPaper, Presence, SessionPaper
from tests.factories import an_office

VERIFY_URL = "https://pro.val.example.org/verification"
VIDEO_URL = "https://visio.example.org/salle/atelier-photo"
REGULATIONS_URL = "https://val.example.org/reglement-interieur"
CODE = "7KQ4-M2XB-9DTR"
LONG_NAME = "Anne-Sophie-" + "Montmorency" * 6 + "X"
"""79 signs, of which the last 67 without a hyphen."""
LONG_STRUCTURE = "S" * 80
ISSUED_ON = date(2027, 3, 12)


def a_half_day(day: int = 3, hour: int = 8, minutes: int = 210) -> HalfDayPaper:
    """One of March 2027; the hour is that of UTC."""
    starts_at = datetime(2027, 3, day, hour, tzinfo=UTC)
    return HalfDayPaper(starts_at, starts_at + timedelta(minutes=minutes))


FOUR_HALF_DAYS = (a_half_day(3), a_half_day(3, 13), a_half_day(10), a_half_day(10, 13))


def a_training(**changes: Any) -> SessionPaper:
    """A training action of two days."""
    return SessionPaper(**{
        "title": "Accueillir les visiteurs étrangers",
        "reference": "FOR-7KQ4M2",
        "kind_words": "Action de formation",
        "is_training_action": True,
        "half_days": FOUR_HALF_DAYS,
        "trainer_name": "Inès Carvalho",
        "place": ("Salle des mariages, mairie de Ferney-Voltaire", "4 avenue Voltaire", "01210 Ferney-Voltaire"),
        "objectives": "- Saluer et renseigner en anglais et en allemand\n- Expliquer un itinéraire à un groupe\n"
        "- Répondre à une réclamation avec calme",
        "prerequisites": "Un niveau A2 en anglais. Un test de dix minutes vous est envoyé une semaine avant.",
        "programme": "- Premier jour\u00a0: l’arrivée, la chambre, les horaires, la taxe de séjour\n"
        "- Second jour\u00a0: les itinéraires, la météo, les réclamations, mises en situation",
        "methods": "Exposés courts, jeux de rôle enregistrés puis commentés. Un lexique est remis à chacun.",
        "assessment": "Un test avant la formation, une mise en situation notée à la fin.",
        "to_bring": "Votre livret d’accueil et une carte du territoire.",
        "access": "Parking gratuit derrière la mairie. Bus F, arrêt Mairie, à 200 mètres.",
        "accessibility_contact": "La salle est de plain-pied. Si vous avez besoin d’un aménagement, dites-le à Noa "
        "Petit, référente handicap, 04\u00a065\u00a071\u00a000\u00a014.",
        "regulations_url": REGULATIONS_URL,
        "cancellation_sentence": "Vous pouvez annuler sans frais jusqu’au 20\u00a0février 2027\u00a0; après cette date, "
        "le prix reste dû, sauf si quelqu’un de votre structure vous remplace.",
        "activity_number": "84010234501",
        "siret": "12345678200010",
        **changes,
    })  # fmt: skip


def a_workshop(**changes: Any) -> SessionPaper:
    """A network event of one half-day, at a distance."""
    return SessionPaper(**{
        "title": "Photographier son hébergement avec un téléphone",
        "reference": "ATE-3XW9RB",
        "kind_words": "Atelier numérique",
        "is_training_action": False,
        "half_days": (a_half_day(),),
        "trainer_name": "Yann Le Goff",
        "is_remote": True,
        "video_link": VIDEO_URL,
        "programme": "Cadrer, éclairer, trier\u00a0: trois exercices avec vos propres photos.",
        "to_bring": "Un téléphone chargé.",
        "cancellation_sentence": "Dites-le dès que possible\u00a0: une autre personne attend une place.",
        **changes,
    })  # fmt: skip


def a_person(**changes: Any) -> PersonPaper:
    """The manager of a hotel."""
    return PersonPaper(
        **{
            "name": "Maëlle Durand",
            "structure": "Hôtel du Pont SARL",
            "function": "Gérante",
            "status": "employee",
            **changes,
        }
    )


NAMES = (
    "Maëlle Durand",
    "Noé Favre",
    "Jeanne d’Arçon",
    "Karim Benali",
    "Élodie Perrier-Vuillermoz",
    "Luc Blanc",
)
STRUCTURES = (
    "Hôtel du Pont SARL",
    "Gîte des Noyers",
    "Camping municipal de la Combe-aux-Loups",
    "Ferme de l’Arbaretan",
)


def some_people(number: int) -> list[Presence]:
    """That many, each with a name of their own; every fourth is noted as present."""
    return [
        Presence(
            PersonPaper(f"{NAMES[at % 6]} {'ABCDEFGHIJ'[at // 6]}.", STRUCTURES[at % 4], "Gérante" if at % 3 == 0 else ""),
            datetime(2027, 3, 3, 8, at, tzinfo=UTC) if at % 4 == 3 else None,
        )
        for at in range(number)
    ]  # fmt: skip


def a_sheet(number: int = 12, **changes: Any) -> dict[str, Any]:
    """The data of `trainings/attendance_sheet.typ` with that many people."""
    return printed.attendance_sheet(an_office(), a_training(), a_half_day(), some_people(number)) | changes


def a_longest_sheet() -> dict[str, Any]:
    """Names and structures that are as long as a form lets them be, with and without a space."""
    endless = PersonPaper(
        LONG_NAME, LONG_STRUCTURE, "Directrice générale adjointe chargée des publics et de la médiation"
    )
    wordy = PersonPaper(
        "Marie-Charlotte de la Rochefoucauld-Montmorency, princesse de Saint-Antoine-l’Abbaye",
        "Communauté de communes du Pays des Lacs, des Vallées et des Hauts Plateaux réunis",
    )
    marked = datetime(2027, 3, 4, 8, 5, tzinfo=UTC)
    people = [Presence(endless), Presence(wordy, marked), *some_people(3), Presence(endless, marked)]
    session = a_training(
        title="Accueillir les visiteurs étrangers, leur proposer un itinéraire et répondre à leurs réclamations",
        trainer_name=LONG_NAME, place=(LONG_STRUCTURE, "Bâtiment des Acacias"), is_remote=True,
    )  # fmt: skip
    return printed.attendance_sheet(an_office(), session, a_half_day(), people)


def facts_of(session: SessionPaper, **changes: Any) -> CertificateFacts:
    """All half-days attended."""
    known = {"attended": session.half_days, "code": CODE, "issued_on": ISSUED_ON,
             "signed_by": "Claire Martin", "signed_as": "directrice", "is_delegate": False, "proof_years": 3, "kept_years": 5}  # fmt: skip
    return CertificateFacts(**{"session": session, "person": a_person(), **known, **changes})


def a_certificate(session: SessionPaper | None = None, **changes: Any) -> dict[str, Any]:
    """The data of `trainings/certificate.typ`."""
    facts = facts_of(session or a_training(), **changes)
    return printed_certificate.certificate(
        an_office(), facts, VERIFY_URL, qr.rows(f"{VERIFY_URL}?code={facts.code}")
    )


def a_convocation(session: SessionPaper | None = None, **changes: Any) -> dict[str, Any]:
    """The data of `trainings/convocation.typ`."""
    return printed.convocation(an_office(), session or a_training(), a_person(**changes), date(2027, 2, 17))
