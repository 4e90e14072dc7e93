"""How often the use cases of trainings ask DynamoDB; each number over the aim with its reason."""

TRAINING_CALLS = {
    "POST /bureau/formations": 3,
    "GET /formations": 3,
    "GET /formations.ics": 3,
    "GET /formations.atom": 2,
    "GET /formations/{reference}/agenda.ics": 2,
    "GET /formations/{reference}/inscription, as a guest": 2,
    "GET /formations/invitation/{token}": 3,
    "POST /formations/invitation/{token}": 4,
    "POST /formations/gestion/{token}/coordonnees": 3,
    "GET /formations/emargement/{token}": 3,
    "POST /formations/emargement/{token}": 4,
    "GET /formations/presence/{code}": 2,
    "POST /formations/presence/{code}": 4,
    "POST /formations/avis/{token}": 4,
}
TRAINING_ABOVE = {
    # A reference leads to a session in two calls; its seats; the menu asks who is logged in, which is two more.
    "GET /formations/{reference}": 5,
    # Reference and session, who is logged in, for whom they may register, who of them is registered; ranks where one waits.
    "GET /formations/{reference}/inscription": 6,
    "GET /formations/{reference}/inscription, registered": 7,
    "POST /formations/{reference}/inscription, with a mistake": 6,
    # The same without who is registered; the seats, then all in one.
    "POST /formations/{reference}/inscription": 7,
    "POST /formations/{reference}/inscription, full": 7,
    # Reference and session, two counters, the mail.
    "POST /formations/{reference}/invitation": 5,
    # Link, registration, session, history; with who is logged in, and the seats or the question where it has any.
    "GET /formations/gestion/{token}": 4,
    "GET /espace/formations/{reference}": 6,
    "GET /espace/formations/{reference}, waiting": 7,
    "GET /espace/formations/{reference}, offered": 7,
    # Link and question, registration and session; the menu asks who is logged in.
    "GET /formations/place/{token}": 6,
    # The same without the menu; the answer, and the run that goes on with it.
    "POST /formations/place/{token}": 6,
    # Link, registration and session; the menu.
    "GET /formations/avis/{token}": 5,
    # Behind the partners' door; reference and registration, all in one.
    "POST /espace/formations/{reference}/coordonnees": 5,
    "GET /espace/formations/{reference}/attestation": 4,
    # The same; whether it was done before, session, whether the colleague is there already, all in one.
    "POST /espace/formations/{reference}/remplacement": 8,
    # Link and registration, seats, session and the next who waits, all in one; questions that are left behind.
    "POST /formations/gestion/{token}/annulation": 7,
    # How many codes were tried from there; code, registration and session.
    "GET /verification/{code}": 4,
    # With the partners' door, its registrations and their sessions.
    "GET /espace, with a registration": 7,
    # With the staff's door, the statuses of the stage, all seats at once.
    "GET /bureau/formations": 5,
    # What the desk asks without sessions, then those that are near and their seats.
    "GET /bureau, with sessions": 13,
    # With the staff's door, reference and session; a form writes once.
    "GET /bureau/formations/{reference}/pages/{key}": 4,
    "POST /bureau/formations/{reference}/pages/{key}": 5,
    "GET /bureau/formations/{reference}/verification": 4,
    "POST /bureau/formations/{reference}/verification": 6,
    # The same; seats, people, what they need for who is in charge, questions, history, mails.
    "GET /bureau/formations/{reference}, full": 10,
    "GET /bureau/formations/{reference}/personnes": 6,
    "GET /bureau/formations/{reference}/historique": 6,
    # The same; reference and registration, questions, history, mails, whether the address refuses them.
    "GET /bureau/formations/{reference}/inscriptions/{registration}": 10,
    # The same door; seats; all in one.
    "GET /bureau/formations/{reference}/inscription": 5,
    "POST /bureau/formations/{reference}/inscription": 6,
    # The same door; the people, or the one who is marked.
    "GET /bureau/formations/{reference}/presences": 5,
    "POST /bureau/formations/{reference}/presences": 5,
    # The same; each of the three people is read, with seats and session, and moved; so is the session in the end, and
    # whoever was added meanwhile is looked for. Somebody waits: other open sessions are two queries, once for all of them.
    "POST /bureau/formations/{reference}/presences/cloture": 23,
    # The same door; the people, the answers to each questionnaire that is shown.
    "GET /bureau/formations/{reference}/resultats": 7,
    "GET /bureau/formations/{reference}/resultats/graphique.svg": 6,
}
TRAINING_RARE = """
GET /bureau/formations/{reference}/annulation
GET /bureau/formations/{reference}/inscriptions.csv
GET /bureau/formations/{reference}/inscriptions.xlsx
GET /bureau/formations/{reference}/presences/ajout
GET /bureau/formations/{reference}/presences/feuille
GET /formations/emargement/{token}/feuille
GET /formations/gestion/{token}/attestation
GET /verification
POST /bureau/formations/{reference}/annulation
POST /bureau/formations/{reference}/copie
POST /bureau/formations/{reference}/inscriptions/{registration}/annulation
POST /bureau/formations/{reference}/inscriptions/{registration}/coordonnees
POST /bureau/formations/{reference}/inscriptions/{registration}/lien
POST /bureau/formations/{reference}/inscriptions/{registration}/presence
POST /bureau/formations/{reference}/presences/ajout
POST /bureau/formations/{reference}/presences/intervenant
POST /bureau/formations/{reference}/rang
POST /espace/formations/{reference}/annulation
POST /espace/formations/{reference}/place
POST /formations/avis/{token}/lien
POST /formations/emargement/{token}/lien
POST /formations/gestion/{token}/lien
POST /formations/gestion/{token}/remplacement
POST /formations/invitation/{token}/lien
POST /formations/place/{token}/lien
"""
