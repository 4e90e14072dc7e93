"""How often a request asks DynamoDB, in a warm function: a page at most 3 times, a form at most 4."""

import pytest

import app
from tests.harness.world import route_of
from tests.speed.calls import calls_by_use_case
from tests.speed.observatory_calls import OBSERVATORY_ABOVE, OBSERVATORY_CALLS, OBSERVATORY_RARE
from tests.speed.training_calls import TRAINING_ABOVE, TRAINING_CALLS, TRAINING_RARE

pytestmark = pytest.mark.xdist_group("calls")

PAGE, FORM = 3, 4
CALLS = {
    "GET /": 0,
    "GET /adhesion": 0,
    "GET /adhesion/demande/vous": 0,
    "GET /adhesion/demande/vous, with a draft": 1,
    "POST /adhesion/demande/vous, the first save, with a mistake": 1,
    "POST /adhesion/demande/vous, with a mistake": 2,
    "POST /adhesion/demande/{key}": 3,
    "GET /adhesion/pause": 1,
    "POST /adhesion/pause": 3,
    "GET /adhesion/verification": 1,
    "GET /adhesion/envoyee": 0,
    "GET /adhesion/confirmation/{token}": 3,
    "POST /adhesion/confirmation/{token}": 4,
    "GET /decisions/{token}": 3,
    "POST /decisions/{token}": 4,
    "GET /adhesion/corrections/{token}": 2,
    "POST /adhesion/corrections/{token}": 4,
    "GET /adhesion/verification, corrections": 2,
    "GET /connexion": 0,
    "GET /connexion/{token}": 2,
    "POST /connexion/{token}": 4,
    "GET /bureau/dossiers": 3,
    "POST /deconnexion": 3,
    "GET /api/v1/communes?postcode=01210": 0,
    "GET /subventions/demandes/{draft_id}/pages/{key}": 3,
    "GET /subventions/demandes/{draft_id}": 3,
    "POST /subventions/demandes/{draft_id}/pages/{key}": 4,
    "POST /subventions/demandes/{draft_id}/pieces": 3,
    "POST /decisions/{token}, an aid": 4,
    "GET /bureau/enveloppe/graphique.svg": 3,
    "GET /api/v1/classified-accommodations": 0,
    **TRAINING_CALLS,
    **OBSERVATORY_CALLS,
}
ABOVE = {
    # Draft, two counters, what holds its address or its SIRET, whose file that is: read also when there is none,
    # so that nobody can tell by the time; then file, line and draft in one.
    "POST /adhesion/verification": 6,
    "POST /api/v1/membership-applications": 5,
    # Draft, file, question; question and its line, its delivery.
    "POST /adhesion/verification, corrections": 5,
    # Two counters, the staff and the partners asked alike for known and unknown addresses, what was asked before.
    "POST /connexion": 6,
    # Behind the staff's door two calls are the session and the office file of this moment; one asks for the
    # addresses that refuse mails, or whether the file’s is one of them. The desk asks for late files and late payments, and
    # for sessions in two statuses.
    "GET /bureau": 12,
    "GET /bureau/dossiers/{reference}": 8,
    "GET /bureau/decisions/{decision_id}": 4,
    "POST /bureau/decisions/{decision_id}": 5,
    # Behind the partners' door: the session and the person's files; then reference, file, history.
    "GET /espace/dossiers/{reference}": 5,
    # Behind the partners' door two calls are the session and the person's partnerships; then what was begun and
    # sent, of every feature, and who may ask for an aid; whose lodgings they are, and the figures of each.
    "GET /espace": 8,
    "GET /espace, with an aid": 7,
    # The same two, then the partnerships with the history of each, what was sent of the aids and what was begun, who was
    # registered for sessions; the partnerships again and the months of figures of each.
    "GET /espace/donnees": 9,
    # The same two, the accommodation, what was begun before; the draft.
    "POST /subventions/demandes": 5,
    # The envelope and who waits for it; for who is logged in the partnerships again, to offer each, and what was begun.
    "GET /subventions": 6,
    "GET /subventions, with a draft": 6,
    # The link and its question; the menu asks who is logged in.
    "GET /subventions/corrections/{token}": 4,
    # The same door, the draft, the documents; the page is marked as done.
    "GET /subventions/demandes/{draft_id}/pages/{key}, documents": 4,
    "POST /subventions/demandes/{draft_id}/pages/{key}, documents": 5,
    "GET /subventions/demandes/{draft_id}/pieces/{upload_id}": 4,
    # All that the rules look at: the register of aids and its version, who holds the accommodation, the partnership,
    # the envelope, who waits for it. Sending reads draft and documents once more, then all is written at once.
    "GET /subventions/demandes/{draft_id}/verification": 13,
    "POST /subventions/demandes/{draft_id}/verification": 8,
    "GET /subventions/demandes/{draft_id}/verification, corrections": 14,
    "POST /subventions/demandes/{draft_id}/verification, corrections": 8,
    # The same door; reference, file, history; a form adds its write.
    "POST /espace/aides/{reference}/corriger": 5,
    "GET /espace/aides/{reference}, under review": 5,
    "GET /espace/aides/{reference}, granted": 5,
    "GET /espace/aides/{reference}/documents/{kind}": 4,
    "POST /espace/aides/{reference}/visite": 5,
    "GET /espace/aides/{reference}, proven": 5,
    "GET /espace/aides/{reference}, paid": 5,
    # The same, and the draft with its documents; sending withdraws what was still asked.
    "POST /espace/aides/{reference}/justificatifs": 6,
    "GET /espace/aides/{reference}/justificatifs/pages/{key}": 5,
    "POST /espace/aides/{reference}/justificatifs/pages/{key}": 6,
    "GET /espace/aides/{reference}/justificatifs/pages/{key}, documents": 6,
    "POST /espace/aides/{reference}/justificatifs/pages/{key}, documents": 7,
    "GET /espace/aides/{reference}/justificatifs/verification": 6,
    "POST /espace/aides/{reference}/justificatifs/verification": 9,
    # With the staff's door, who opens a mailed link and is logged in.
    "GET /decisions/{token}, an aid": 5,
    # With the staff's door; one file with its history, questions and mails, and what the rules say of it today.
    "GET /bureau/aides/{reference}, under review": 15,
    "GET /bureau/aides, by address": 4,
    # With the staff's door; a stage is a list for each of its statuses.
    "GET /bureau/aides": 7,
    "GET /bureau/aides/{reference}, granted": 15,
    "GET /bureau/aides/{reference}/documents/{kind}": 4,
    "GET /bureau/aides/{reference}, proven": 15,
    "GET /bureau/aides/{reference}, paid": 8,
    # With the staff's door; an order is begun, each of its payments read and moved, then closed.
    "GET /bureau/virements": 4,
    "POST /bureau/virements": 8,
    "GET /bureau/virements/{batch_id}": 5,
    "GET /bureau/virements/{batch_id}/fichier": 4,
    "POST /bureau/virements/{batch_id}/versements/{reference}/paye": 7,
    # With the staff's door; the years, and the files in each status that counts: as many whatever their number.
    "GET /bureau/enveloppe": 20,
    "GET /bureau/de-minimis": 17,
    # The files and the partners in each status that counts, read once for a while by everybody; the menu.
    "GET /hebergements-classes": 10,
    **TRAINING_ABOVE,
    **OBSERVATORY_ABOVE,
}
"""Above the aim, for the reason given."""
NOT_COUNTED = """
GET /accessibilite
GET /adhesion/corrigee
GET /adhesion/deja-envoyee
GET /adhesion/demande
GET /adhesion/reprise/{token}
GET /api/v1/health
GET /api/v1/openapi.json
GET /api/v1/schemas/membership_application
GET /bureau/aides/{reference}/pieces/{upload_id}
GET /bureau/de-minimis.csv
GET /bureau/decisions/{decision_id}/pieces/{upload_id}
GET /bureau/enveloppe.csv
GET /bureau/enveloppe.xlsx
GET /bureau/enveloppe/dossiers.csv
GET /bureau/lettre-d-information
GET /bureau/observatoire/imports
GET /bureau/observatoire/imports/{source_id}
GET /bureau/observatoire/imports/{source_id}/{ticket}
GET /bureau/observatoire/imports/{source_id}/{ticket}/erreurs.csv
GET /bureau/style
GET /bureau/subventions-scdl.csv
GET /confidentialite
GET /consentements/{token}
GET /decisions/{token}/pieces/{upload_id}
GET /deconnexion
GET /espace/aides/{reference}/justificatifs/pause
GET /espace/aides/{reference}/justificatifs/pieces/{upload_id}
GET /espace/aides/{reference}/pieces/{upload_id}
GET /espace/aides/{reference}/retrait
GET /espace/dossiers/{reference}/retrait
GET /favicon.ico
GET /hebergements-classes.csv
GET /robots.txt
GET /static/{version}/{name}
GET /subventions/demandes/{draft_id}/pause
GET /subventions/reprise/{token}
POST /adhesion/confirmation/{token}/lien
POST /adhesion/corrections/{token}/lien
POST /adhesion/deja-envoyee
POST /adhesion/reprise/{token}
POST /adhesion/reprise/{token}/lien
POST /bureau/adresses/{key}/retablissement
POST /bureau/aides/{reference}/depart
POST /bureau/aides/{reference}/lien
POST /bureau/aides/{reference}/prolongation
POST /bureau/aides/{reference}/remboursement
POST /bureau/aides/{reference}/reprise
POST /bureau/aides/{reference}/visite
POST /bureau/decisions/{decision_id}/lien
POST /bureau/dossiers/{reference}/lien
POST /bureau/dossiers/{reference}/reprise
POST /bureau/mails/{key}/classement
POST /bureau/mails/{key}/renvoi
POST /bureau/virements/{batch_id}/versements/{reference}/rejete
POST /bureau/virements/{batch_id}/versements/{reference}/reprise
POST /consentements/{token}
POST /decisions/{token}/lien
POST /espace/aides/{reference}/justificatifs/pieces
POST /espace/aides/{reference}/justificatifs/pieces/{upload_id}/retrait
POST /espace/aides/{reference}/lien
POST /espace/aides/{reference}/retrait
POST /espace/dossiers/{reference}/accords
POST /espace/dossiers/{reference}/corriger
POST /espace/dossiers/{reference}/lien
POST /espace/dossiers/{reference}/retrait
POST /subventions/corrections/{token}/lien
POST /subventions/demandes/{draft_id}/pieces/{upload_id}/retrait
POST /subventions/reprise/{token}/lien
GET /observatoire/saisie/{token}/fichier
GET /observatoire/saisie/{token}/fichier/{ticket}
POST /observatoire/saisie/{token}/fichier/{ticket}
POST /bureau/observatoire/imports
POST /bureau/observatoire/imports/{source_id}/{ticket}
POST /bureau/observatoire/imports/{source_id}/{ticket}/colonnes
"""
"""What is rarely asked for, or asks for nothing."""


@pytest.fixture(scope="module")
def found():
    return calls_by_use_case()


def route_named(use_case):
    """`GET /adhesion/demande/{key}` for `GET /adhesion/demande/vous, with a draft`."""
    method, path = use_case.partition(",")[0].split()
    return f"{method} {route_of(path)}"


def test_every_route_is_counted_or_rare():
    routes = {f"{method} {path}" for path, methods in app.app.routes.items() for method in methods}
    counted = {route_named(use_case) for use_case in CALLS | ABOVE}
    rare = set((NOT_COUNTED + TRAINING_RARE + OBSERVATORY_RARE).split("\n")) - {""}
    assert counted & rare == set()
    assert routes ^ (counted | rare) == set(), (
        "a walk in tests/speed/calls.py and a line in CALLS, or NOT_COUNTED"
    )


def test_no_use_case_asks_dynamodb_more_often_than_the_table_says(found):
    allowed = CALLS | ABOVE
    assert {name: calls for name, calls in found.items() if len(calls) > allowed.get(name, 0)} == {}


def test_the_table_says_no_more_than_what_is_asked(found):
    assert {name: len(calls) for name, calls in found.items()} == CALLS | ABOVE


def test_only_the_named_use_cases_are_above_the_aim():
    aims = {name: PAGE if name.startswith("GET") else FORM for name in CALLS | ABOVE}
    assert [name for name, calls in CALLS.items() if calls > aims[name]] == []
    assert [name for name, calls in ABOVE.items() if calls <= aims[name]] == []


def test_the_desk_asks_as_often_whatever_waits(found):
    assert [call for call in found["GET /bureau"] if call.startswith("GetItem decisions")] == []
