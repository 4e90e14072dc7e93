"""The addresses of the membership form's pages."""

HOME = "/adhesion"
PAGES = "/adhesion/demande"
CHECK = "/adhesion/verification"
SENT = "/adhesion/envoyee"
ALREADY_SENT = "/adhesion/deja-envoyee"
CORRECTED = "/adhesion/corrigee"
PAUSED = "/adhesion/pause"
