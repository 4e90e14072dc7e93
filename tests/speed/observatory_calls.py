"""How often the pages of the observatory ask DynamoDB."""

OBSERVATORY_CALLS = {
    # With the staff's door, the calendar; with its line in one.
    "POST /bureau/observatoire/calendrier/{line}": 4,
    # What is published, and what is being sent.
    "GET /observatoire": 2,
    # What the address leads to, and the report.
    "GET /observatoire/{slug}": 2,
    "GET /observatoire/{slug}/graphique.svg": 2,
    # With the staff's door; the return, its line, all in one.
    "POST /bureau/observatoire/chiffres/{entry}": 4,
    "POST /observatoire/saisie/{token}/confirmation": 3,
    # Link and return; the return, its line, all in one.
    "POST /observatoire/saisie/{token}": 3,
    # Link and return; the own months and their figures.
    "POST /observatoire/saisie/{token}, with a mistake": 4,
}
OBSERVATORY_ABOVE = {
    # The partners' door and the lodgings of the person; the return, the own months and their figures, the calendar,
    # published reports.
    "GET /espace/chiffres/{entry}": 9,
    # The same door and lodgings; the return, its line, all in one.
    "POST /espace/chiffres/{entry}": 5,
    # As without figures, and what is in them; with a session to come.
    "GET /espace, with figures": 10,
    # The staff's door; one question for each status that a report may be in.
    "GET /bureau/observatoire/bilans": 10,
    # The staff's door; what the address leads to, the report, its questions, its history, its mails.
    "GET /bureau/observatoire/bilans/{slug}": 7,
    # The staff's door; what the address leads to, and the report.
    "GET /bureau/observatoire/bilans/{slug}/projet": 4,
    # The same; the report and its line, all in one.
    "POST /bureau/observatoire/bilans/{slug}/commentaire": 5,
    # With the staff's door, the returns of each commune, those of the month and of the year before in one go each.
    "GET /bureau/observatoire": 7,
    "GET /bureau/observatoire, with a question": 7,
    # The same door; the return, the own months and their figures, the calendar, its history, published reports.
    "GET /bureau/observatoire/chiffres/{entry}": 9,
    # The same door and return; what it is compared with; the question, its line and its mail in one.
    "POST /bureau/observatoire/chiffres/{entry}/question": 6,
    # Link and return; the own months and their figures.
    "GET /observatoire/saisie/{token}": 4,
    # The same, the office's own calendar, what is published and what is being sent.
    "GET /observatoire/saisie/{token}, given": 7,
    "GET /observatoire/saisie/{token}/courbe.svg": 7,
    # With the staff's door, the calendar and its latest lines.
    "GET /bureau/observatoire/calendrier": 4,
}
OBSERVATORY_RARE = """
GET /bureau/observatoire/remarques
GET /espace/chiffres/{entry}/courbe.svg
POST /espace/chiffres/{entry}/confirmation
GET /bureau/observatoire/calendrier/{line}
POST /bureau/observatoire/calendrier/{line}/suppression
GET /bureau/observatoire/chiffres/{entry}/courbe.svg
POST /bureau/observatoire/chiffres/{entry}/confirmation
POST /observatoire/saisie/{token}/lien
GET /bureau/observatoire/bilans/{slug}/projet/graphique.svg
POST /bureau/observatoire/bilans/{slug}/abandon
POST /bureau/observatoire/bilans/{slug}/reprise
GET /observatoire/{slug}/bilan.pdf
GET /observatoire/{slug}/donnees.csv
GET /observatoire/{slug}/donnees.xlsx
"""
