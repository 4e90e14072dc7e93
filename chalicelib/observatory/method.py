"""What a report says of its own making: who was counted, how, what is left out and why."""

from collections.abc import Sequence

from chalicelib.kernel.french import NBSP
from chalicelib.observatory.frames import Frames
from chalicelib.observatory.reports import Report, ReportKind
from chalicelib.office.observatory import SecrecyRule

RATES = (
    f"Taux d’occupation{NBSP}: unités occupées rapportées aux unités proposées par les établissements ouverts. Un "
    "établissement fermé n’y entre pas. Le taux d’un groupe est celui des sommes, jamais une moyenne de taux."
)
USE = f"Taux d’utilisation{NBSP}: les mêmes unités occupées, sur toutes celles qui existent, ouvertes ou non."
CHANGES = (
    f"Les évolutions sont en points{NBSP}: de 67{NBSP}% à 70{NBSP}%, il gagne 3{NBSP}points. Une semaine est comparée "
    f"aux mêmes jours de la semaine, 52{NBSP}semaines plus tôt."
)
WEEKS = (
    "Les chiffres sont donnés par semaine, coupée à la fin des mois. Une semaine à cheval sur deux saisons est comptée "
    "dans celle qui a le plus de ses jours."
)
CLOSED_MONTHS = (
    "Ce bilan est fait de mois clos, dont les chiffres ne changent plus. Ceux qui sont arrivés après la clôture "
    "n’y sont pas."
)
ZONES = "Une semaine compte pour le nombre de zones (A, B, C) en vacances scolaires la plupart de ses jours."
NO_ZONES = (
    f"Les vacances scolaires de cette période ne sont pas encore connues{NBSP}: le bilan paraît sans la partie qui les "
    "concerne."
)
EVENTS = (
    f"Effet d’un événement{NBSP}: le taux de ses jours à côté de celui de jours comme eux, là où assez "
    "d’établissements ont donné leurs chiffres jour par jour, ou le taux de ses semaines à côté de celui de semaines "
    "comme elles. Il est dit de chacun ce qui est comparé. D’autres causes peuvent s’y ajouter."
)
BOOKED = (
    f"Déjà réservé{NBSP}: les nuits réservées, rapportées à toutes celles qui existent chez les hébergements qui l’ont "
    "dit, demandées avec les chiffres du mois, à la même date un an avant. Elles ne sont ni complétées ni redressées."
)
VOICES = (
    f"Ce que disent les professionnels{NBSP}: demandé avec les chiffres du dernier mois de la saison, sans obligation. "
    "Chacun compte une fois, et donne trois raisons au plus."
)
COUNTS = (
    f"Un nombre de réponses de 1 ou 2 n’est jamais écrit{NBSP}: «{NBSP}moins de 3{NBSP}» en tient lieu. Un autre, ou "
    "leur somme, est alors tu avec lui, pour qu’on ne puisse pas le retrouver."
)
NOTHING_BEFORE = f"Aucune saison comparable n’a été observée avant celle-ci{NBSP}: il n’y a pas d’évolution."


def method_of(rule: SecrecyRule, frames: Frames, report: Report, more: Sequence[str] = ()) -> tuple[str, ...]:
    """The paragraphs of the annex on method and secrecy; `more` are those of parts that not every report has."""
    told = [RATES, USE, CHANGES if report.compared else NOTHING_BEFORE, WEEKS]
    if report.kind is not ReportKind.OPENING:
        told.append(CLOSED_MONTHS)
    told.append(NO_ZONES if frames.zones is None else ZONES)
    if frames.events:
        told.append(EVENTS)
    return (*told, *more, *_secrecy(rule), COUNTS)


def _secrecy(rule: SecrecyRule) -> tuple[str, ...]:
    first = (
        f"Secret{NBSP}: un chiffre ne vient jamais de moins de {rule.minimum_units}{NBSP}établissements, aucun n’en "
        f"fait plus de {rule.dominance_percent}{NBSP}%. Sinon, «{NBSP}secret{NBSP}» est écrit à sa place."
    )
    second = (
        "D’autres chiffres sont retirés avec lui quand ils permettraient de le recalculer, dans ce bilan ou avec les "
        "précédents, même pour qui connaît ses propres chiffres. L’office suit la règle de la statistique publique "
        "(loi du 7 juin 1951)."
    )
    return first, second
