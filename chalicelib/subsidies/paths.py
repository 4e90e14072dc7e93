"""The addresses of the pages about aid files."""

HOME = "/subventions"
BEGIN = "/subventions/demandes"
DRAFT = BEGIN + "/{draft_id}"
PAGES = DRAFT + "/pages"
PAGE = PAGES + "/{key}"
UPLOAD = DRAFT + "/pieces/{upload_id}"
PAUSED = DRAFT + "/pause"
CHECK = DRAFT + "/verification"

SPACE = "/espace"
OWN_FILE = "/espace/aides/{reference}"
FILES = "/bureau/aides"
FILE = FILES + "/{reference}"

RESUME_PAGE = "/subventions/reprise"
CORRECTIONS_PAGE = "/subventions/corrections"
"""The two that mailed links lead to."""
