"""`/bureau/style`: every component in every state, for those who build pages and for the tests."""

from types import SimpleNamespace
from typing import Any

from chalice import Blueprint, Response

from chalicelib.kernel.errors import FieldError
from chalicelib.web import pages, style_documents, style_rows
from chalicelib.web.views import view

bp = Blueprint(__name__)


@bp.route("/bureau/style")
@view
def show_style() -> Response:
    """The pattern page; all names and figures on it are invented."""
    return pages.page(
        "web/style.html",
        f=_field,
        choice=_choice,
        found=[*ERRORS, *style_rows.mistakes()],
        money_and_rows=style_rows.groups()[0].rows,
        events=EVENTS,
        answers=[*ANSWERS, *style_rows.answers()],
        people=PARTNERS,
        slots=style_documents.SLOTS,
    )


def _field(kind: str, name: str, label: str, **attributes: Any) -> SimpleNamespace:
    return SimpleNamespace(kind=kind, name=name, label=label, **{"required": True, **attributes})


def _choice(value: str, label: str, hint: str = "") -> SimpleNamespace:
    return SimpleNamespace(value=value, label=label, hint=hint)


ERRORS = (
    FieldError("siret-faux", "Le SIRET comporte 14\u00a0chiffres\u00a0; vous en avez saisi\u00a013."),
    FieldError("nature-vide", "Choisissez la forme de votre activité."),
)

EVENTS = (
    {"at": "lundi 1er\u00a0mars 2027", "title": "Demande envoyée", "who": "Camille Durand", "state": "done"},
    {
        "at": "mercredi 3\u00a0mars 2027",
        "title": "Compléments demandés",
        "who": "Anne Morel, pour Paul Girard",
        "text": "Pouvez-vous préciser le nombre de chambres\u00a0?\nLe reste du dossier est complet.",
        "state": "done",
    },
    {
        "at": "depuis le jeudi 4\u00a0mars 2027",
        "title": "Votre correction est attendue",
        "who": "Réponse avant le 18\u00a0mars 2027",
        "state": "now",
    },
    {"at": "ensuite", "title": "Décision de l’office", "state": "later"},
)

ANSWERS = (
    {"label": "Nom de l’établissement", "value": "Gîte des Noyers", "change": "#nom"},
    {
        "label": "Adresse",
        "value": ["12 chemin des Noyers", "38160\u00a0Saint-Marcellin"],
        "change": "#adresse",
    },
    {"label": "Site internet", "value": "", "change": "#site"},
)

PARTNERS = (
    {
        "name": "Gîte des Noyers",
        "kind": "Meublé de tourisme",
        "since": "3\u00a0jours",
        "fee": "1\u202f234,50\u00a0€",
    },
    {"name": "Hôtel du Belvédère", "kind": "Hôtel", "since": "1\u00a0jour", "fee": "90,00\u00a0€"},
)
