"""One true request for every route of the aid: its stage, the path at that stage, the form."""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.decisions.model import question_id
from chalicelib.subsidies.application_form import subsidy_form
from chalicelib.subsidies.proofs_form import proofs_form
from tests import aid_steps
from tests.security.aid_town import OWNER, QUALITY, REFERENCE
from tests.security.town import DECISIONS, Town

Asked = tuple[str, Callable[[Town], str], Mapping[str, Any]]
RESUME, CORRECTIONS = "/subventions/reprise", "/subventions/corrections"
LODGING = aid_steps.typed(subsidy_form(), "hebergement", aid_steps.application())
ACCOUNT = aid_steps.typed(proofs_form(), "banque", aid_steps.proofs())
BATCH = "/bureau/virements/{batch_id}"
PAID, FAILED, RETRIED = (f"{BATCH}/versements/{{reference}}/{verb}" for verb in ("paye", "rejete", "reprise"))
IN_A_BATCH = tuple(f"{name}-{REFERENCE}" for name in ("jour", "releve", "motif"))
"""The fields that the page of a batch has for each payment."""


def _plain(path: str, stage: str, **fill: Any) -> Asked:
    return stage, lambda town: path, fill


def _draft(after: str = "", **fill: Any) -> Asked:
    return "aid_draft", lambda town: f"/subventions/demandes/{aid_steps.draft_of(OWNER)}{after}", fill


def _piece(after: str = "") -> Asked:
    def path(town: Town) -> str:
        draft = aid_steps.draft_of(OWNER)
        return f"/subventions/demandes/{draft}/pieces/{aid_steps.upload_of(draft, 'quote')}{after}"

    return "aid_draft", path, {}


def _file(page: str, after: str = "", stage: str = "aid_sent", **fill: Any) -> Asked:
    return stage, lambda town: f"{page}/{REFERENCE}{after}", fill


def _document(page: str, stage: str = "aid_sent", kind: str = "quote", after: str = "") -> Asked:
    def path(town: Town) -> str:
        return f"{page}/pieces/{aid_steps.upload_of(aid_steps.file_of(OWNER).id, kind)}{after}"

    return stage, path, {}


def _proofs(after: str = "", **fill: Any) -> Asked:
    return _file("/espace/aides", f"/justificatifs{after}", "aid_proofs", **fill)


def _link(page: str, stage: str, after: str = "") -> Asked:
    return stage, lambda town: f"{page}/{town.token(page)}{after}", {}


def _of_question(path: Callable[[Town], str]) -> Asked:
    """The quote, as who is asked about the application gets it."""
    find = _document("")[1]
    return "aid_sent", lambda town: path(town) + find(town), {}


def _question(town: Town) -> str:
    return f"/bureau/decisions/{question_id(aid_steps.file_of(OWNER).id, 'subsidy_check', 1)}"


def _batch(path: str, stage: str = "aid_ordered", **fill: Any) -> Asked:
    def found(town: Town) -> str:
        return path.format(batch_id=aid_steps.file_of(OWNER).batch, reference=REFERENCE)

    return stage, found, {f"{name}-{REFERENCE}": value for name, value in fill.items()}


MONEY = (
    "/api/v1/classified-accommodations", "/bureau/de-minimis", "/bureau/de-minimis.csv", "/bureau/enveloppe",
    "/bureau/enveloppe.csv", "/bureau/enveloppe.xlsx", "/bureau/enveloppe/dossiers.csv", "/bureau/enveloppe/graphique.svg",
    "/bureau/subventions-scdl.csv", "/hebergements-classes", "/hebergements-classes.csv",
)  # fmt: skip
"""What is made of all the files together."""
OWN, DESK = "/espace/aides", "/bureau/aides"
AID_REQUESTS: dict[str, Asked] = {
    "GET /subventions": _plain("/subventions?category=hotel&is_partner=yes&visit_ordered=no", "aid_draft"),
    "POST /subventions/demandes": _plain("/subventions/demandes", "aid_draft"),
    "GET /subventions/demandes/{draft_id}": _draft(),
    "GET /subventions/demandes/{draft_id}/pages/{key}": _draft("/pages/hebergement"),
    "POST /subventions/demandes/{draft_id}/pages/{key}": _draft("/pages/hebergement", **LODGING),
    "GET /subventions/demandes/{draft_id}/pause": _draft("/pause"),
    "POST /subventions/demandes/{draft_id}/pieces": _draft("/pieces"),
    "GET /subventions/demandes/{draft_id}/pieces/{upload_id}": _piece(),
    "POST /subventions/demandes/{draft_id}/pieces/{upload_id}/retrait": _piece("/retrait"),
    "GET /subventions/demandes/{draft_id}/verification": _draft("/verification"),
    "POST /subventions/demandes/{draft_id}/verification": _draft("/verification"),
    "GET /subventions/reprise/{token}": _link(RESUME, "aid_draft"),
    "POST /subventions/reprise/{token}/lien": _link(RESUME, "aid_draft", "/lien"),
    "GET /subventions/corrections/{token}": _link(CORRECTIONS, "aid_corrections"),
    "POST /subventions/corrections/{token}/lien": _link(CORRECTIONS, "aid_corrections", "/lien"),
    "GET /espace/aides/{reference}": _file(OWN),
    "GET /espace/aides/{reference}/pieces/{upload_id}": _document(f"{OWN}/{REFERENCE}"),
    "GET /espace/aides/{reference}/documents/{kind}": _file(OWN, "/documents/receipt"),
    "POST /espace/aides/{reference}/corriger": _file(OWN, "/corriger", "aid_corrections"),
    "POST /espace/aides/{reference}/lien": _file(OWN, "/lien", "aid_corrections"),
    "GET /espace/aides/{reference}/retrait": _file(OWN, "/retrait"),
    "POST /espace/aides/{reference}/retrait": _file(OWN, "/retrait"),
    "POST /espace/aides/{reference}/visite": _file(
        OWN, "/visite", "aid_granted", etape="commandee", jour="03/03/2027"
    ),
    "POST /espace/aides/{reference}/justificatifs": _file(OWN, "/justificatifs", "aid_granted"),
    "GET /espace/aides/{reference}/justificatifs/pages/{key}": _proofs("/pages/banque"),
    "POST /espace/aides/{reference}/justificatifs/pages/{key}": _proofs("/pages/banque", **ACCOUNT),
    "GET /espace/aides/{reference}/justificatifs/pause": _proofs("/pause"),
    "POST /espace/aides/{reference}/justificatifs/pieces": _proofs("/pieces"),
    "GET /espace/aides/{reference}/justificatifs/pieces/{upload_id}": _document(
        f"{OWN}/{REFERENCE}/justificatifs", "aid_proofs", "invoice"
    ),
    "POST /espace/aides/{reference}/justificatifs/pieces/{upload_id}/retrait": _document(
        f"{OWN}/{REFERENCE}/justificatifs", "aid_proofs", "invoice", "/retrait"
    ),
    "GET /espace/aides/{reference}/justificatifs/verification": _proofs("/verification"),
    "POST /espace/aides/{reference}/justificatifs/verification": _proofs("/verification"),
    "GET /bureau/aides": _plain("/bureau/aides?q=pont", "aid_sent"),
    "GET /bureau/aides/{reference}": _file(DESK),
    "GET /bureau/aides/{reference}/pieces/{upload_id}": _document(f"{DESK}/{REFERENCE}"),
    "GET /bureau/aides/{reference}/documents/{kind}": _file(DESK, "/documents/receipt"),
    "POST /bureau/aides/{reference}/lien": _file(DESK, "/lien", "aid_corrections"),
    "POST /bureau/aides/{reference}/reprise": _file(DESK, "/reprise", "aid_overdue", reason="À reprendre."),
    "POST /bureau/aides/{reference}/visite": _file(DESK, "/visite", personne="inspector"),
    "GET /bureau/decisions/{decision_id}/pieces/{upload_id}": _of_question(_question),
    "GET /decisions/{token}/pieces/{upload_id}": _of_question(
        lambda town: f"{DECISIONS}/{town.token(DECISIONS, QUALITY)}"
    ),
    "GET /bureau/virements": _plain("/bureau/virements", "aid_approved"),
    "POST /bureau/virements": _plain("/bureau/virements", "aid_approved"),
    f"GET {BATCH}": _batch(BATCH),
    f"GET {BATCH}/fichier": _batch(f"{BATCH}/fichier"),
    f"POST {PAID}": _batch(PAID, jour="03/03/2027", releve="Relevé 12"),
    f"POST {FAILED}": _batch(FAILED, motif="Compte clos."),
    f"POST {RETRIED}": _batch(RETRIED, "aid_failed"),
    "POST /bureau/aides/{reference}/prolongation": _file(
        DESK, "/prolongation", "aid_granted", **{"motif-prolongation": "Le contrôleur est malade."}
    ),
    "POST /bureau/aides/{reference}/depart": _file(
        DESK, "/depart", "aid_paid", **{"jour-depart": "03/03/2027", "confirme": "oui"}
    ),
    "POST /bureau/aides/{reference}/remboursement": _file(
        DESK, "/remboursement", "aid_left", **{"releve-remboursement": "Relevé 30"}
    ),
    **{f"GET {page}": _plain(page, "aid_paid") for page in MONEY},
}
