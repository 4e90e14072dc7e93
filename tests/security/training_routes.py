"""One true request for every route of trainings: its stage, the path at that stage, the form."""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.kernel import ids
from chalicelib.trainings.model import new_registration_id
from chalicelib.trainings.presence_code import presence_path
from chalicelib.trainings.session_form import session_form
from tests import aid_steps
from tests.security.town import OWNER, Town
from tests.security.training_town import (
    CODE,
    COLLEAGUE,
    GUEST,
    HALF_DAY,
    LAST,
    REGISTRATION,
    SESSION,
    TRAINER,
    WAITING,
    answers_of_session,
    registration_of_town,
)

Asked = tuple[str, Callable[[Town], str], Mapping[str, Any]]
CATALOGUE, SPACE, DESK = "/formations", "/espace/formations", "/bureau/formations"
INVITATION, MANAGE, OFFER, TRAINER_LIST, OPINION = (
    f"{CATALOGUE}/{name}" for name in ("invitation", "gestion", "place", "emargement", "avis")
)
"""What mailed links lead to."""
KEY = "k" * 43
NEWCOMER = {
    "cle": KEY, "participants-0-first_name": "Noé", "participants-0-last_name": "Blanc", "accepts_terms": "on",
}  # fmt: skip
CANCELLED = {"confirme": "on", "motif": "Empêchée."}
CORRECTED = {"email": "maelle.legoff@hotel.example.fr", "phone": "06 39 98 00 11", "function": "Gérante"}
MARK_CORRECTED = {"demi-journee": HALF_DAY, "etat": "excused", "raison": "Partie malade.", "version-vue": "4"}
REPLACED = {"cle": KEY, "remplacant-first_name": "Noé", "remplacant-last_name": "Blanc"}
ANSWERED = {
    "overall": "good", "content": "good", "trainer": "very_good", "organisation": "good", "useful": "yes",
    "liked": "Le rythme.",
}  # fmt: skip
ON_THE_PHONE = {
    "cle": KEY, "first_name": "Noé", "last_name": "Blanc", "email": "noe@ferme.example.fr", "structure": "Ferme du Lac",
}  # fmt: skip
PERSON = new_registration_id(ids.id_of(SESSION), f"{REGISTRATION}#0")
"""The identifier of the owner's registration: it goes with what it was made under."""
CONTENTS = aid_steps.typed(
    session_form(), "contenu", answers_of_session(objectives="Cadrer et retoucher.", to_bring="Un téléphone.")
)
OF_TRAININGS = (
    "reponse", "demi-journee", "etat", "rang", "raison", "motif", "places_prises", "structure_name", "liste",
    "remplacant-first_name", "remplacant-last_name", "remplacant-email", "remplacant-phone", "remplacant-function",
    "phone", "function", "cle", "ajouter", "retirer", "pause", "personne", "confirme", "code", "version-vue", "outcome", "structure",
)  # fmt: skip
"""The fields that their pages have without a schema."""


def _plain(path: str, stage: str = "training_open", **fill: Any) -> Asked:
    return stage, lambda town: path, fill


def _session(after: str = "", stage: str = "training_open", page: str = CATALOGUE, **fill: Any) -> Asked:
    return _plain(f"{page}/{SESSION}{after}", stage, **fill)


def _desk(after: str = "", stage: str = "training_waiting", **fill: Any) -> Asked:
    return _session(after, stage, DESK, **fill)


def _own(after: str = "", stage: str = "training_open", reference: str = REGISTRATION, **fill: Any) -> Asked:
    return _plain(f"{SPACE}/{reference}{after}", stage, **fill)


def _link(page: str, after: str = "", stage: str = "training_open", to: str = OWNER, **fill: Any) -> Asked:
    return stage, lambda town: f"{page}/{town.token(page, to)}{after}", fill


def _mark(path: Callable[[Town], str]) -> Asked:
    """Somebody at the door is there."""
    return "training_on", path, {"demi-journee": HALF_DAY, "personne": PERSON, "etat": "present"}


def _code(town: Town) -> str:
    return presence_path(registration_of_town())


def _desk_path(after: str) -> Callable[[Town], str]:
    return lambda town: f"{DESK}/{SESSION}{after}"


PUBLIC: dict[str, Asked] = {
    "GET /formations": _plain("/formations?theme=numerique&type=workshop&mois=2027-03"),
    "GET /formations/{reference}": _session(),
    "GET /formations.ics": _plain("/formations.ics"),
    "GET /formations.atom": _plain("/formations.atom"),
    "GET /formations/{reference}/agenda.ics": _session("/agenda.ics"),
    "GET /formations/{reference}/inscription": _session("/inscription"),
    "POST /formations/{reference}/inscription": _session("/inscription", **NEWCOMER),
    "POST /formations/{reference}/invitation": _session("/invitation", email="noe@ferme.example.fr"),
    "GET /formations/presence/{code}": ("training_on", _code, {}),
    "POST /formations/presence/{code}": ("training_on", _code, {}),
    "GET /verification": _plain(f"/verification?code={CODE}", "training_closed"),
    "GET /verification/{code}": _plain(f"/verification/{CODE}", "training_closed"),
}
BEHIND_LINKS: dict[str, Asked] = {
    "GET /formations/invitation/{token}": _link(INVITATION, to=GUEST),
    "POST /formations/invitation/{token}": _link(INVITATION, to=GUEST, **NEWCOMER, structure_name="Jardin de Lou"),
    "POST /formations/invitation/{token}/lien": _link(INVITATION, "/lien", to=GUEST),
    "GET /formations/gestion/{token}": _link(MANAGE),
    "GET /formations/gestion/{token}/attestation": _link(MANAGE, "/attestation", "training_closed"),
    "POST /formations/gestion/{token}/annulation": _link(MANAGE, "/annulation", **CANCELLED),
    "POST /formations/gestion/{token}/coordonnees": _link(MANAGE, "/coordonnees", **CORRECTED),
    "POST /formations/gestion/{token}/remplacement": _link(MANAGE, "/remplacement", **REPLACED),
    "POST /formations/gestion/{token}/lien": _link(MANAGE, "/lien"),
    "GET /formations/place/{token}": _link(OFFER, "", "training_offered", COLLEAGUE),
    "POST /formations/place/{token}": _link(OFFER, "", "training_offered", COLLEAGUE, reponse="accept"),
    "POST /formations/place/{token}/lien": _link(OFFER, "/lien", "training_offered", COLLEAGUE),
    "GET /formations/emargement/{token}": _link(TRAINER_LIST, "", "training_on", TRAINER),
    "POST /formations/emargement/{token}": _mark(lambda town: f"{TRAINER_LIST}/{town.token(TRAINER_LIST, TRAINER)}"),
    "GET /formations/emargement/{token}/feuille": _link(
        TRAINER_LIST, f"/feuille?demi-journee={HALF_DAY}", "training_on", TRAINER
    ),
    "POST /formations/emargement/{token}/lien": _link(TRAINER_LIST, "/lien", "training_on", TRAINER),
    "GET /formations/avis/{token}": _link(OPINION, "", "training_closed"),
    "POST /formations/avis/{token}": _link(OPINION, "", "training_closed", **ANSWERED),
    "POST /formations/avis/{token}/lien": _link(OPINION, "/lien", "training_closed"),
}  # fmt: skip
OWN: dict[str, Asked] = {
    "GET /espace/formations/{reference}": _own(),
    "GET /espace/formations/{reference}/attestation": _own("/attestation", "training_closed"),
    "POST /espace/formations/{reference}/annulation": _own("/annulation", **CANCELLED),
    "POST /espace/formations/{reference}/coordonnees": _own("/coordonnees", **CORRECTED),
    "POST /espace/formations/{reference}/remplacement": _own("/remplacement", **REPLACED),
    "POST /espace/formations/{reference}/place": _own(
        "/place", "training_offered", WAITING, reponse="accept"
    ),
}
AT_THE_DESK: dict[str, Asked] = {
    "GET /bureau/formations": _plain(DESK, "training_waiting"),
    "POST /bureau/formations": _plain(DESK, cle=KEY),
    "POST /bureau/formations/{reference}/copie": _desk("/copie", cle=KEY),
    "GET /bureau/formations/{reference}/pages/{key}": _desk("/pages/contenu", "training_draft"),
    "POST /bureau/formations/{reference}/pages/{key}": _desk("/pages/contenu", "training_draft", **CONTENTS),
    "GET /bureau/formations/{reference}/verification": _desk("/verification", "training_draft"),
    "POST /bureau/formations/{reference}/verification": _desk("/verification", "training_draft"),
    "GET /bureau/formations/{reference}": _desk(),
    "GET /bureau/formations/{reference}/personnes": _desk("/personnes?liste=attente"),
    "GET /bureau/formations/{reference}/historique": _desk("/historique"),
    "GET /bureau/formations/{reference}/annulation": _desk("/annulation"),
    "POST /bureau/formations/{reference}/annulation": _desk("/annulation", motif="Intervenant malade."),
    "GET /bureau/formations/{reference}/inscriptions/{registration}": _desk(f"/inscriptions/{REGISTRATION}"),
    "POST /bureau/formations/{reference}/inscriptions/{registration}/annulation": _desk(
        f"/inscriptions/{REGISTRATION}/annulation", motif="Demandée au téléphone."
    ),
    "POST /bureau/formations/{reference}/inscriptions/{registration}/coordonnees": _desk(
        f"/inscriptions/{REGISTRATION}/coordonnees", email="m.legoff@hotel.example.fr", phone="06 39 98 00 11"
    ),
    "POST /bureau/formations/{reference}/inscriptions/{registration}/lien": _desk(
        f"/inscriptions/{WAITING}/lien", "training_offered"
    ),
    "POST /bureau/formations/{reference}/inscriptions/{registration}/presence": _desk(
        f"/inscriptions/{REGISTRATION}/presence", "training_closed", **MARK_CORRECTED
    ),
    "POST /bureau/formations/{reference}/rang": _desk(
        "/rang", personne=LAST, rang="1", raison="Trajet partagé."
    ),
    "GET /bureau/formations/{reference}/inscription": _desk("/inscription"),
    "POST /bureau/formations/{reference}/inscription": _desk("/inscription", **ON_THE_PHONE),
    "GET /bureau/formations/{reference}/inscriptions.csv": _desk("/inscriptions.csv"),
    "GET /bureau/formations/{reference}/inscriptions.xlsx": _desk("/inscriptions.xlsx"),
    "GET /bureau/formations/{reference}/presences": _desk("/presences", "training_on"),
    "POST /bureau/formations/{reference}/presences": _mark(_desk_path("/presences")),
    "GET /bureau/formations/{reference}/presences/ajout": _desk("/presences/ajout", "training_on"),
    "POST /bureau/formations/{reference}/presences/ajout": _desk(
        "/presences/ajout", "training_more_seats", **ON_THE_PHONE
    ),
    "GET /bureau/formations/{reference}/presences/feuille": _desk(
        f"/presences/feuille?demi-journee={HALF_DAY}", "training_on"
    ),
    "POST /bureau/formations/{reference}/presences/cloture": _desk("/presences/cloture", "training_over"),
    "POST /bureau/formations/{reference}/presences/intervenant": _desk(
        "/presences/intervenant", "training_on"
    ),
    "GET /bureau/formations/{reference}/resultats": _desk("/resultats", "training_closed"),
    "GET /bureau/formations/{reference}/resultats/graphique.svg": _desk(
        "/resultats/graphique.svg", "training_closed"
    ),
}
TRAINING_REQUESTS: dict[str, Asked] = {**PUBLIC, **BEHIND_LINKS, **OWN, **AT_THE_DESK}
