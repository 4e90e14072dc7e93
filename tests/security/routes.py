"""One true request for every route: with an existing object, at the stage of the file where it makes sense."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import app
from chalicelib.mail.model import address_key
from chalicelib.partners.application_form import membership_form
from chalicelib.rooms import OBSERVATORY, TRAININGS
from chalicelib.subsidies.application_form import subsidy_form
from chalicelib.subsidies.proofs_form import proofs_form
from chalicelib.trainings.session_form import session_form
from tests.harness.schemas import FIELDS, TRAINING_FIELDS
from tests.security.aid_routes import AID_REQUESTS, IN_A_BATCH
from tests.security.observatory_routes import OBSERVATORY_REQUESTS, OF_OBSERVATORY
from tests.security.town import (
    CONFIRMATION,
    CONSENTS,
    CORRECTIONS,
    DECISIONS,
    LOGIN,
    OTHER_PARTNER,
    OWNER,
    REFUSING,
    RESUME,
    STAFF,
    Answer,
    Town,
    Visitor,
    answers,
    typed,
)
from tests.security.training_routes import OF_TRAININGS, TRAINING_REQUESTS

EVERYWHERE = (
    "vers",
    "code",
    "outcome",
    "reason",
    "again",
    "partout",
    "accord",
    "choix",
    "ajouter",
    "retirer",
    "cle",
    "partenaire",
    "pause",
    "etape",
    "jour",
    "personne",
    "motif-prolongation",
    "jour-depart",
    "releve-remboursement",
    "confirme",
    *IN_A_BATCH,
)
"""The fields that pages have without a schema; a new one belongs here, or with those of its feature."""


def fields_of(route: str) -> tuple[str, ...]:
    """The fields of every form of the feature that the route belongs to."""
    path = route.split(maxsplit=1)[1]
    if path.startswith(OBSERVATORY.paths):
        return OF_OBSERVATORY
    is_of_trainings = path.startswith(TRAININGS.paths)
    return (*TRAINING_FIELDS, *OF_TRAININGS) if is_of_trainings else (*FIELDS, *EVERYWHERE)


API = "/api/v1/membership-applications"
OFFICER = STAFF["network_officer"]


@dataclass(frozen=True)
class Request:
    """What to ask for: `path` finds the object at that stage, `fill` the form or the JSON document."""

    stage: str
    path: Callable[[Town], str]
    fill: Mapping[str, Any] = field(default_factory=dict)
    is_json: bool = False

    @property
    def body(self) -> bytes:
        """The form as a browser encodes it."""
        return urlencode(self.fill, doseq=True).encode()

    def send(self, town: Town, method: str, visitor: Visitor, **more: Any) -> Answer:
        """Ask as this visitor; `more` are fields beside those of the form."""
        path, filled = self.path(town), {**self.fill, **more}
        if self.is_json:
            return visitor.post_json(path, filled)
        return visitor.post(path, filled) if method == "POST" else visitor.ask(method, path)


def _plain(path: str, stage: str = "submitted", **fill: Any) -> Request:
    return Request(stage, lambda town: path, fill)


def _file(page: str, after: str = "", stage: str = "submitted", **fill: Any) -> Request:
    return Request(stage, lambda town: f"{page}/{town.reference()}{after}", fill)


def _link(page: str, stage: str, after: str = "", to: str = OWNER, **fill: Any) -> Request:
    return Request(stage, lambda town: f"{page}/{town.token(page, to)}{after}", fill)


def _question(after: str = "", **fill: Any) -> Request:
    return Request("submitted", lambda town: f"/bureau/decisions/{town.question()}{after}", fill)


def _mail(after: str) -> Request:
    return Request("submitted", lambda town: f"/bureau/mails/{town.troubled_mail()}{after}")


class Requests(dict[str, Request]):
    """The requests by route; a route that has none says so."""

    def __missing__(self, route: str) -> Request:
        raise AssertionError(f"{route}: give it a true request in REQUESTS of {__file__}")


NEWCOMER = answers("jean@ferme.example.fr", siret="35600000000048", business_name="Ferme du Lac")
WITHDRAW = {"accord": "publication", "choix": "retirer"}
ACCEPT = {"outcome": "accept", "reason": "Bienvenue"}
REQUESTS = Requests({
    "GET /": _plain("/"),
    "GET /accessibilite": _plain("/accessibilite"),
    "GET /confidentialite": _plain("/confidentialite"),
    "GET /robots.txt": _plain("/robots.txt"),
    "GET /favicon.ico": _plain("/favicon.ico"),
    "GET /static/{version}/{name}": _plain("/static/x/cordee.css"),
    "GET /bureau/style": _plain("/bureau/style"),
    "GET /api/v1/communes": _plain("/api/v1/communes?postcode=01210"),
    "GET /api/v1/health": _plain("/api/v1/health"),
    "GET /api/v1/openapi.json": _plain("/api/v1/openapi.json"),
    "GET /api/v1/schemas/membership_application": _plain("/api/v1/schemas/membership_application"),
    "POST /api/v1/membership-applications": Request("submitted", lambda town: API, NEWCOMER, is_json=True),
    "GET /adhesion": _plain("/adhesion", "draft"),
    "GET /adhesion/demande": _plain("/adhesion/demande", "draft"),
    "GET /adhesion/demande/{key}": _plain("/adhesion/demande/vous", "draft"),
    "POST /adhesion/demande/{key}": _plain("/adhesion/demande/vous", "draft", **typed(NEWCOMER, "vous")),
    "GET /adhesion/pause": _plain("/adhesion/pause", "draft"),
    "POST /adhesion/pause": _plain("/adhesion/pause", "draft"),
    "GET /adhesion/verification": _plain("/adhesion/verification", "draft"),
    "POST /adhesion/verification": _plain("/adhesion/verification", "draft"),
    "GET /adhesion/envoyee": _plain("/adhesion/envoyee", "sent"),
    "GET /adhesion/corrigee": _plain("/adhesion/corrigee", "sent"),
    "GET /adhesion/deja-envoyee": _plain("/adhesion/deja-envoyee", "sent_again"),
    "POST /adhesion/deja-envoyee": _plain("/adhesion/deja-envoyee", "sent_again"),
    "GET /adhesion/reprise/{token}": _link(RESUME, "draft"),
    "POST /adhesion/reprise/{token}": _link(RESUME, "draft"),
    "POST /adhesion/reprise/{token}/lien": _link(RESUME, "draft", "/lien"),
    "GET /adhesion/confirmation/{token}": _link(CONFIRMATION, "sent"),
    "POST /adhesion/confirmation/{token}": _link(CONFIRMATION, "sent"),
    "POST /adhesion/confirmation/{token}/lien": _link(CONFIRMATION, "sent", "/lien"),
    "GET /adhesion/corrections/{token}": _link(CORRECTIONS, "corrections"),
    "POST /adhesion/corrections/{token}": _link(CORRECTIONS, "corrections"),
    "POST /adhesion/corrections/{token}/lien": _link(CORRECTIONS, "corrections", "/lien"),
    "GET /decisions/{token}": _link(DECISIONS, "submitted", to=OFFICER),
    "POST /decisions/{token}": _link(DECISIONS, "submitted", to=OFFICER, **ACCEPT),
    "POST /decisions/{token}/lien": _link(DECISIONS, "submitted", "/lien", to=OFFICER, again="1"),
    "GET /connexion": _plain("/connexion"),
    "POST /connexion": _plain("/connexion", email=OWNER, vers="/espace"),
    "GET /connexion/{token}": _link(LOGIN, "submitted"),
    "POST /connexion/{token}": _link(LOGIN, "submitted"),
    "GET /consentements/{token}": _link(CONSENTS, "submitted", to=OTHER_PARTNER),
    "POST /consentements/{token}": _link(CONSENTS, "submitted", to=OTHER_PARTNER, **WITHDRAW),
    "GET /deconnexion": _plain("/deconnexion"),
    "POST /deconnexion": _plain("/deconnexion", partout="1"),
    "GET /espace": _plain("/espace"),
    "GET /espace/donnees": _plain("/espace/donnees"),
    "GET /espace/dossiers/{reference}": _file("/espace/dossiers"),
    "GET /espace/dossiers/{reference}/retrait": _file("/espace/dossiers", "/retrait"),
    "POST /espace/dossiers/{reference}/retrait": _file("/espace/dossiers", "/retrait"),
    "POST /espace/dossiers/{reference}/corriger": _file("/espace/dossiers", "/corriger", "corrections"),
    "POST /espace/dossiers/{reference}/lien": _file("/espace/dossiers", "/lien", "corrections"),
    "POST /espace/dossiers/{reference}/accords": _file("/espace/dossiers", "/accords", **WITHDRAW),
    "GET /bureau/lettre-d-information": _plain("/bureau/lettre-d-information"),
    "GET /bureau": _plain("/bureau"),
    "GET /bureau/dossiers": _plain("/bureau/dossiers?q=pont"),
    "GET /bureau/dossiers/{reference}": _file("/bureau/dossiers"),
    "POST /bureau/dossiers/{reference}/lien": _file("/bureau/dossiers", "/lien", "corrections"),
    "POST /bureau/dossiers/{reference}/reprise": _file(
        "/bureau/dossiers", "/reprise", "overdue", reason="La réponse était prête."
    ),
    "GET /bureau/decisions/{decision_id}": _question(),
    "POST /bureau/decisions/{decision_id}": _question(**ACCEPT),
    "POST /bureau/decisions/{decision_id}/lien": _question("/lien", again="1"),
    "POST /bureau/adresses/{key}/retablissement": _plain(
        f"/bureau/adresses/{address_key(REFUSING)}/retablissement"
    ),
    "POST /bureau/mails/{key}/renvoi": _mail("/renvoi"),
    "POST /bureau/mails/{key}/classement": _mail("/classement"),
    **{route: Request(*asked) for route, asked in AID_REQUESTS.items()},
    **{route: Request(*asked) for route, asked in TRAINING_REQUESTS.items()},
    **{route: Request(*asked) for route, asked in OBSERVATORY_REQUESTS.items()},
})  # fmt: skip
"""Those of every feature; each also has a line in `access_matrix.csv`."""


AT_THE_DESK = {
    "/bureau/virements": "accounting",
    "/bureau/enveloppe": "director",
    "/bureau/de-minimis": "director",
    "/bureau/subventions-scdl": "director",
    "/bureau/aides/{reference}/remboursement": "accounting",
    "/bureau/aides": "quality_officer",
    "/bureau/decisions/{decision_id}/pieces": "quality_officer",
    "/bureau/formations": "quality_officer",
    "/formations/presence": "quality_officer",
    "/bureau/observatoire": "director",
    "/bureau": "network_officer",
}
"""Whose work pages of the desk are: the first that fits."""


def actor_of(route: str) -> str:
    """Somebody who may ask for it."""
    path = route.split(maxsplit=1)[1]
    return next((actor for page, actor in AT_THE_DESK.items() if path.startswith(page)), "owner")


FORMS = {
    "/adhesion/demande/{key}": membership_form,
    "/subventions/demandes/{draft_id}/pages/{key}": subsidy_form,
    "/espace/aides/{reference}/justificatifs/pages/{key}": proofs_form,
    "/bureau/formations/{reference}/pages/{key}": session_form,
}


def paths_of(town: Town, route: str) -> list[str]:
    """The path of the route at its stage; of a form that has several pages, all of them."""
    path, form = REQUESTS[route].path(town), FORMS.get(route.split(maxsplit=1)[1])
    page = path.rpartition("/")[0]
    return [f"{page}/{section.key}" for section in form().sections] if form else [path]


def registered() -> list[str]:
    """Every route and method of the application, such as `GET /bureau`."""
    return [f"{method} {path}" for path, methods in app.app.routes.items() for method in methods]


def posts() -> list[str]:
    """The routes that may change something."""
    return [route for route in registered() if not route.startswith("GET ")]


def forms() -> list[str]:
    """The pages that take a form."""
    return [route for route in posts() if "/api/" not in route]
