"""French for what happens to returns and for what they say."""

from chalicelib.observatory.reports import ReportEvent, ReportStatus

ASKED = "Chiffres demandés"
REMINDED = "Rappel envoyé"
GIVEN = "Chiffres donnés"
CORRECTED = "Chiffres corrigés"
IMPORTED = "Chiffres repris du fichier d’un fournisseur"
IMPORTED_ANEW = "Chiffres corrigés par le fichier d’un fournisseur"
BROUGHT = "Chiffres repris du fichier d’un fournisseur, sans avoir été demandés"
QUESTIONED = "Question posée"
CONFIRMED = "Chiffres confirmés"
ENTRY_ADDED = "Ligne ajoutée"
ENTRY_CHANGED = "Ligne modifiée"
ENTRY_REMOVED = "Ligne supprimée"
DOUBT_WORDS = {
    "jump": "le taux du mois, très loin de celui de l’an dernier",
    "full": "un mois entièrement loué",
    "same": "les mêmes nuits vendues que le mois d’avant",
}

BEGUN = "Bilan commencé"
REPORT_STATUS_WORDS = {
    ReportStatus.GATHERING: "Calcul en cours",
    ReportStatus.IN_REVIEW: "À relire",
    ReportStatus.AWAITING_APPROVAL: "Attend l’accord de la direction",
    ReportStatus.PRINTING: "Mise en page",
    ReportStatus.SENDING: "Envoi en cours",
    ReportStatus.PUBLISHED: "Publié",
    ReportStatus.OVERDUE: "Sans réponse",
    ReportStatus.DROPPED: "Abandonné",
}
REPORT_NEXT = {
    ReportStatus.GATHERING: "Les chiffres sont additionnés, puis le projet est à relire. Rien à faire.",
    ReportStatus.IN_REVIEW: "Qui tient l’observatoire relit le projet, ajoute un commentaire et le transmet.",
    ReportStatus.AWAITING_APPROVAL: "La direction le publie, le renvoie ou l’abandonne.",
    ReportStatus.PRINTING: "Le document est mis en page, puis la page paraît.",
    ReportStatus.SENDING: "La page est publique, les mails partent.",
    ReportStatus.PUBLISHED: "La page est publique, et ne change plus.",
    ReportStatus.OVERDUE: "Personne n’a répondu à temps\u00a0: reprenez-le ou abandonnez-le.",
    ReportStatus.DROPPED: "Il ne sera pas publié.",
}
"""What happens next with a report, in a sentence."""
REPORT_TONES = {
    ReportStatus.PUBLISHED: "success",
    ReportStatus.SENDING: "success",
    ReportStatus.OVERDUE: "stopped",
    ReportStatus.DROPPED: "neutral",
}
"""The tone of its tag, unless it waits."""
REPORT_EVENT_WORDS = {
    ReportEvent.DRAFTED: "Projet de bilan prêt",
    ReportEvent.REVIEWED: "Bilan relu, transmis à la direction",
    ReportEvent.REVIEW_EXPIRED: "Relecture sans réponse",
    ReportEvent.APPROVED: "Publication approuvée",
    ReportEvent.SENT_BACK: "Renvoyé à la relecture",
    ReportEvent.APPROVAL_EXPIRED: "Direction sans réponse",
    ReportEvent.PRINTED: "Bilan publié",
    ReportEvent.SENT: "Bilan envoyé à tous",
    ReportEvent.TAKEN_UP: "Relecture reprise",
    ReportEvent.DROPPED: "Bilan abandonné",
    ReportEvent.COMMENTED: "Commentaire modifié",
}
COUNTRIES = {
    "FR": "France",
    "CH": "Suisse",
    "DE": "Allemagne",
    "BE": "Belgique",
    "NL": "Pays-Bas",
    "GB": "Royaume-Uni",
    "IT": "Italie",
    "ES": "Espagne",
    "US": "États-Unis",
    "XX": "Autres pays",
}
"""Countries of residence, by their codes; those that are not told apart together."""
RATING_WORDS = {"very_good": "Très bonne", "good": "Bonne", "average": "Moyenne", "bad": "Mauvaise"}
"""How a season was, in the order of the form."""
REASON_WORDS = {
    "weather": "La météo",
    "holidays": "Le calendrier des vacances",
    "events": "Les événements",
    "prices": "Les prix",
    "competition": "La concurrence",
    "access": "Les travaux ou l’accès",
    "other": "Une autre raison",
}
"""Why it was so."""
