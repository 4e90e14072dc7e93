"""The addresses of the pages about aid files."""

HOME = "/subventions"
FORM = "/subventions/demandes/{draft_id}"
PAGE = FORM + "/{key}"
DOCUMENTS = FORM + "/pieces"
CHECK = FORM + "/verification"
SENT = "/subventions/envoyee"
CORRECTED = "/subventions/corrigee"

FILES = "/bureau/aides"
FILE = FILES + "/{reference}"
OWN_FILE = "/espace/aides/{reference}"

RESUME_PAGE = "/subventions/reprise"
CORRECTIONS_PAGE = "/subventions/corrections"
"""The two that mailed links lead to."""
