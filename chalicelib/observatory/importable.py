"""Which months take figures out of a provider's file: those that are over, kept still, and in no report."""

from datetime import date

from chalicelib.observatory.months import forgotten_on, is_over

NOT_OVER = "Ce mois n’est pas fini."
COVERED = "Ce mois est déjà dans un bilan\u00a0: ses chiffres ne changent plus."
TOO_OLD = "Ce mois est trop ancien\u00a0: les chiffres de chaque hébergement sont gardés {}\u00a0mois."


def why_refused(month: str, on: date, kept_months: int) -> str:
    """Why a month takes none of a file on that day, whether it is in a report or not; empty if it may."""
    if not is_over(month, on):
        return NOT_OVER
    return TOO_OLD.format(kept_months) if forgotten_on(month, kept_months) <= on else ""
