"""How often a request asks DynamoDB, in a warm function: a page at most 3 times, a form at most 4."""

import pytest

import app
from tests.harness.world import route_of
from tests.speed.calls import calls_by_use_case

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
    "GET /espace": 3,
    "POST /deconnexion": 3,
    "GET /api/v1/communes?postcode=01210": 0,
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
    # addresses that refuse mails, or whether the file's is one of them.
    "GET /bureau": 8,
    "GET /bureau/dossiers/{reference}": 8,
    "GET /bureau/decisions/{decision_id}": 4,
    "POST /bureau/decisions/{decision_id}": 5,
    # Behind the partners' door: the session and the person's files; then reference, file, history.
    "GET /espace/dossiers/{reference}": 5,
    "GET /espace/dossiers/{reference}/donnees": 5,
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
GET /bureau/lettre-d-information
GET /bureau/style
GET /confidentialite
GET /consentements/{token}
GET /deconnexion
GET /espace/dossiers/{reference}/retrait
GET /favicon.ico
GET /robots.txt
GET /static/{version}/{name}
POST /adhesion/confirmation/{token}/lien
POST /adhesion/corrections/{token}/lien
POST /adhesion/deja-envoyee
POST /adhesion/reprise/{token}
POST /adhesion/reprise/{token}/lien
POST /bureau/adresses/{key}/retablissement
POST /bureau/decisions/{decision_id}/lien
POST /bureau/dossiers/{reference}/lien
POST /bureau/dossiers/{reference}/reprise
POST /bureau/mails/{key}/classement
POST /bureau/mails/{key}/renvoi
POST /consentements/{token}
POST /decisions/{token}/lien
POST /espace/dossiers/{reference}/accords
POST /espace/dossiers/{reference}/corriger
POST /espace/dossiers/{reference}/lien
POST /espace/dossiers/{reference}/retrait
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
    rare = set(NOT_COUNTED.split("\n")) - {""}
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
