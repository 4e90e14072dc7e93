"""The rules of the membership as the office would tell them: what follows what, and who is written to."""

SILENCE, MACHINE = "silence", "Cordée"
STEP = {
    "awaiting_confirmation": "confirmation",
    "submitted": "membership",
    "changes_requested": "corrections",
    "awaiting_payment": "payment",
}
ASKING_MAIL = {"confirmation": "partners/address_confirmation", "corrections": "partners/changes_requested"}
REMINDER = {step: f"{mail}_reminder" for step, mail in ASKING_MAIL.items()}
LABELS = {
    ("confirmation", "confirm"): "Confirmer mon adresse",
    ("membership", "accept"): "Accepter",
    ("membership", "request_changes"): "Demander des compléments",
    ("membership", "refuse"): "Refuser",
    ("corrections", "resubmit"): "Renvoyer mon dossier",
    ("payment", "confirm"): "Règlement reçu",
    ("payment", "cancel"): "Clore faute de règlement",
}
HOLDS_ITS_NAME = {"submitted", "changes_requested", "awaiting_payment", "approved", "active", "overdue"}
CLOSED = {"refused", "unconfirmed", "abandoned", "unpaid", "withdrawn", "duplicate"}
ENDS = CLOSED | {"active"}
OPEN = {*STEP, "approved", "overdue"}
KEPT_DAYS = 60
NOT_COMPLETE = "Les réponses corrigées sont incomplètes\u00a0: les précédentes sont gardées."
TAKEN = "Le SIRET corrigé appartient à un autre dossier\u00a0: l’ancien est gardé."
ANOTHER_FILE = "Un autre dossier existe pour cet établissement"

# (status, what was answered) -> (line of history, next status, mail to the applicant)
THEN: dict[tuple[str, str], tuple[str, str, str]] = {
    ("awaiting_confirmation", "confirm"): (
        "Adresse confirmée, demande transmise à l’office", "submitted", "partners/receipt"),
    ("awaiting_confirmation", SILENCE): (
        "Adresse non confirmée dans le délai", "unconfirmed", "partners/unconfirmed"),
    ("submitted", "accept"): ("Demande acceptée", "awaiting_payment", "partners/payment_due"),
    ("submitted", "refuse"): ("Demande refusée", "refused", "partners/refused"),
    ("submitted", "request_changes"): ("Compléments demandés", "changes_requested", ""),
    ("submitted", SILENCE): ("Sans réponse de l’office dans le délai", "overdue", "partners/late"),
    ("changes_requested", "resubmit"): ("Dossier corrigé et renvoyé", "submitted", ""),
    ("changes_requested", SILENCE): (
        "Compléments non reçus dans le délai", "abandoned", "partners/abandoned"),
    ("awaiting_payment", "confirm"): ("Règlement reçu", "approved", ""),
    ("awaiting_payment", "cancel"): ("Règlement abandonné", "unpaid", "partners/unpaid"),
    ("awaiting_payment", SILENCE): ("Règlement non reçu dans le délai", "unpaid", "partners/unpaid"),
    ("approved", "activate"): ("Partenariat actif", "active", "partners/welcome"),
    ("overdue", "reopen"): ("Dossier repris", "submitted", "partners/reopened"),
    ("unpaid", "reopen"): ("Dossier repris", "awaiting_payment", "partners/reopened"),
    **{(status, "withdraw"): ("Demande retirée", "withdrawn", "partners/withdrawn") for status in OPEN},
}  # fmt: skip
