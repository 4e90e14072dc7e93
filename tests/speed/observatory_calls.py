"""How often the pages of the observatory ask DynamoDB."""

OBSERVATORY_CALLS = {
    # Link and return; the return, its line, all in one.
    "POST /observatoire/saisie/{token}": 3,
    # Link and return; the own months and their figures.
    "POST /observatoire/saisie/{token}, with a mistake": 4,
}
OBSERVATORY_ABOVE = {
    # Link and return; the own months and their figures.
    "GET /observatoire/saisie/{token}": 4,
    "GET /observatoire/saisie/{token}, given": 4,
}
OBSERVATORY_RARE = """
POST /observatoire/saisie/{token}/lien
"""
