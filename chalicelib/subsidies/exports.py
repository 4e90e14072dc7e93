"""The money as tables: totals that anybody of the office may see, and files for those who work with them."""

from collections.abc import Iterable, Iterator

from chalicelib.adapters.workbook import Column, Sheet
from chalicelib.office.categories import CATEGORY_LABELS
from chalicelib.office.model import Office
from chalicelib.office.schemes import DeMinimis
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.small_aid import Undertaking
from chalicelib.subsidies.totals import Accounts, Total, Year, total_of
from chalicelib.subsidies.wording import STATUS_WORDS

TOTAL_COLUMNS = (
    Column("Année", "number", 8), Column("Type d’hébergement", width=28), Column("Budget", "money"),
    Column("Aides accordées", "number", 12), Column("Accordé", "money"), Column("Réservé", "money"),
    Column("Versé", "money"), Column("Disponible", "money"), Column("Dossiers en attente", "number", 12),
    Column("En attente", "money"),
)  # fmt: skip
FILE_COLUMNS = (
    Column("Référence"), Column("Établissement", width=32), Column("Type d’hébergement", width=24),
    Column("Commune", width=24), Column("Bénéficiaire", width=28), Column("SIRET", width=18), Column("État", width=22),
    Column("Accordée le", "date", 12), Column("Enveloppe", "number", 10), Column("Accordé", "money"),
    Column("Réservé", "money"), Column("Versé", "money"), Column("En attente", "money"), Column("Payée le", "date", 12),
    Column("Fin du délai", "date", 14), Column("Étoiles", "number", 8), Column("Classé jusqu’au", "date", 14),
)  # fmt: skip
AID_COLUMNS = (
    Column("Entreprise unique", width=32), Column("SIREN réunis", width=26), Column("Bénéficiaire", width=32),
    Column("SIREN", width=12), Column("Référence"), Column("Accordée le", "date", 12), Column("Montant", "money"),
    Column("Compte aujourd’hui", width=12), Column("Total qui compte", "money"), Column("Plafond", "money"),
    Column("Texte", width=28),
)  # fmt: skip
EVERYTHING = "Ensemble"
Row = tuple[object, ...]


def totals_sheet(accounts: Accounts) -> Sheet:
    """A line for each year, then one for each kind of accommodation in it. No names."""
    return Sheet("Totaux", TOTAL_COLUMNS, [row for year in accounts.years for row in _year_rows(year)])


def files_sheet(files: Iterable[Subsidy], office: Office) -> Sheet:
    """A line for each file that money is about, by reference."""
    ordered = sorted(files, key=lambda file: file.reference)
    return Sheet("Dossiers", FILE_COLUMNS, [_file_row(file, office) for file in ordered])


def small_aid_sheet(undertakings: Iterable[Undertaking], rule: DeMinimis | None) -> Sheet:
    """A line for each aid of these undertakings, under the rule in force."""
    ceiling, regulation = (rule.ceiling_cents, rule.regulation) if rule else (None, "")
    rows = [
        (
            one.name, " ".join(one.sirens), aid.name, aid.siren, aid.reference, aid.granted_on, aid.cents,
            "oui" if aid.counts else "non", one.counted_cents, ceiling, regulation,
        )
        for one in undertakings
        for aid in one.aids
    ]  # fmt: skip
    return Sheet("De minimis", AID_COLUMNS, rows)


def _year_rows(year: Year) -> Iterator[Row]:
    envelope = year.envelope
    yield (envelope.year, EVERYTHING, envelope.budget, *_sums(year.whole, envelope.free))
    for category, label in CATEGORY_LABELS.items():
        if category in year.by_category:
            yield (envelope.year, label, None, *_sums(year.by_category[category], None))


def _sums(total: Total, free: int | None) -> Row:
    return (
        total.files, total.granted, total.reserved, total.consumed, free, total.waiting_files, total.waiting,
    )  # fmt: skip


def _file_row(file: Subsidy, office: Office) -> Row:
    total, request, commune = total_of(file), file.request, office.commune(file.request.commune)
    decided = file.classification
    return (
        file.reference, str(file.answers["establishment_name"]), CATEGORY_LABELS[request.category],
        commune.name if commune else "", file.beneficiary.contact_name, request.siret, STATUS_WORDS[file.status].label,
        file.granted_on, file.envelope_year or None, total.granted, total.reserved, total.consumed, total.waiting,
        file.paid_on, file.lapses_on, decided.level if decided else None, decided.expires_on if decided else None,
    )  # fmt: skip
