"""Why a file of figures is not read at all, in a sentence that says what to do."""

from enum import StrEnum

from chalicelib.kernel.errors import RuleBroken

MOST_BYTES = 50 * 1024 * 1024
MOST_LINES = 1_000_000

AS_CSV = (
    "Dans votre tableur, choisissez «\u00a0Enregistrer sous\u00a0», "
    "puis «\u00a0CSV UTF-8\u00a0» ou «\u00a0XLSX\u00a0»."
)


class Refusal(StrEnum):
    """Why."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_LINES = "too_many_lines"
    TOO_SLOW = "too_slow"
    NO_TABLE = "no_table"
    OLD_WORKBOOK = "old_workbook"
    ENCODING = "encoding"
    BROKEN = "broken"
    ONE_COLUMN = "one_column"
    NO_HEADER = "no_header"
    ONLY_HEADER = "only_header"
    TOO_MANY_PROBLEMS = "too_many_problems"


WORDS: dict[Refusal, str] = {
    Refusal.EMPTY: "Ce fichier est vide\u00a0: vérifiez qu’il s’ouvre sur votre appareil.",
    Refusal.TOO_LARGE: (
        "Ce fichier est trop grand\u00a0: n’y gardez que les lignes du mois, sans image ni mise en forme."
    ),
    Refusal.TOO_MANY_LINES: "Ce fichier a plus d’un million de lignes\u00a0: n’y gardez que celles du mois.",
    Refusal.TOO_SLOW: (
        "Ce fichier est trop long à lire\u00a0: enregistrez-le au format CSV, avec les seules lignes du mois."
    ),
    Refusal.NO_TABLE: f"Ce fichier n’est ni un CSV ni un classeur XLSX. {AS_CSV}",
    Refusal.OLD_WORKBOOK: f"Ce classeur est protégé par un mot de passe ou d’un ancien format (XLS). {AS_CSV}",
    Refusal.ENCODING: f"Les lettres de ce fichier ne se lisent pas. {AS_CSV}",
    Refusal.BROKEN: f"Ce fichier est abîmé ou incomplet. Ouvrez-le et enregistrez-le à nouveau. {AS_CSV}",
    Refusal.ONE_COLUMN: (
        "Ce fichier n’a qu’une colonne. Séparez les colonnes par des points-virgules, des virgules ou des tabulations."
    ),
    Refusal.NO_HEADER: (
        "La ligne des titres n’est pas reconnue. Il faut au moins trois colonnes, avec leur titre\u00a0: "
        "la date, ce qui était ouvert, ce qui était occupé."
    ),
    Refusal.ONLY_HEADER: "Ce fichier n’a que des titres\u00a0: aucune ligne de chiffres ne suit.",
    Refusal.TOO_MANY_PROBLEMS: (
        "Plus de 10\u202f000 lignes de ce fichier ne se lisent pas\u00a0: "
        "vérifiez que chaque titre est au-dessus de ses chiffres."
    ),
}


class FileRefused(RuleBroken):
    """The file is not read at all; `why` says what is the matter with it."""

    def __init__(self, why: Refusal, more: str = "") -> None:
        super().__init__(f"{WORDS[why]} {more}".strip())
        self.why = why
