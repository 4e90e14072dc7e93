"""`/bureau/style`: every component in every state, for those who build pages and for the tests."""

from types import SimpleNamespace
from typing import Any

from chalice import Blueprint, Response

from chalicelib.kernel.errors import FieldError
from chalicelib.web import pages, style_rows
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
        slots=SLOTS,
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

FORM = SimpleNamespace(
    ticket=SimpleNamespace(url="#documents", fields={"key": "incoming/exemple/${filename}"}),
    accept=".pdf,.jpg,.jpeg,.png",
    takes="PDF, JPEG ou PNG, 10\u00a0Mo au plus",
    most_bytes=10_485_760,
    words={
        "too-large": "Ce fichier dépasse 10\u00a0Mo\u00a0: enregistrez-le en plus léger.",
        "wrong-type": "Ce fichier n’est ni un PDF ni un JPEG ni un PNG\u00a0: prenez votre document en photo.",
        "empty": "Ce fichier est vide\u00a0: vérifiez qu’il s’ouvre sur votre appareil.",
        "cut-off": "L’envoi a été interrompu\u00a0: vérifiez votre connexion.",
        "stale": "Cette page est ouverte depuis trop longtemps\u00a0: rechargez-la.",
    },
)


def _slot(kind: str, title: str, state: str, hint: str = "", **attributes: Any) -> SimpleNamespace:
    asked = {"kind": kind, "title": title, "hint": hint, "required": True, **attributes.pop("asked", {})}
    nothing = {"files": (), "check": "", "refused_name": "", "error": "", "form": None, "add": ""}
    return SimpleNamespace(asked=SimpleNamespace(**asked), state=state, **{**nothing, **attributes})


def _sent(name: str, size: str, state: str = "sent") -> SimpleNamespace:
    return SimpleNamespace(name=name, size=size, state=state, remove="/bureau/style")


SLOTS = (
    _slot("devis", "Devis signé", "missing", "Celui de l’organisme qui visite l’hébergement.", form=FORM),
    _slot("plan", "Plan de l’hébergement", "missing", form=FORM, asked={"required": False}),
    _slot("assurance", "Attestation d’assurance", "checking", check="/bureau/style"),
    _slot(
        "attestation", "Attestation de classement", "joined", add="/bureau/style",
        files=(_sent("attestation-2027.pdf", "1,2\u00a0Mo"), _sent("page-2.jpg", "340\u00a0ko", "scanning")),
    ),
    _slot("photos", "Photos", "joined", files=(_sent("facade.jpg", "2,8\u00a0Mo"),)),
    _slot(
        "facture", "Facture acquittée", "refused", "Avec la mention «\u00a0acquittée\u00a0» et la date.", form=FORM,
        refused_name="facture-du-12-mars-avec-un-nom-vraiment-tres-long-que-personne-n-a-raccourci.pdf",
        error="Ce PDF est protégé par un mot de passe\u00a0: enregistrez-le sans mot de passe, puis envoyez-le.",
    ),
)  # fmt: skip

PARTNERS = (
    {
        "name": "Gîte des Noyers",
        "kind": "Meublé de tourisme",
        "since": "3\u00a0jours",
        "fee": "1\u202f234,50\u00a0€",
    },
    {"name": "Hôtel du Belvédère", "kind": "Hôtel", "since": "1\u00a0jour", "fee": "90,00\u00a0€"},
)
