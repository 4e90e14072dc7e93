"""What senders read when a file was not kept: why, and what to do about it."""

from chalicelib.kernel.french import french_size
from chalicelib.uploads.model import Fault
from chalicelib.uploads.rules import Rules

NEW_PDF = (
    "ouvrez-le, choisissez «\u00a0Imprimer\u00a0», puis «\u00a0Enregistrer au format PDF\u00a0», "
    "et envoyez ce nouveau fichier."
)
FAULT_WORDS: dict[Fault, str] = {
    Fault.EMPTY: (
        "Ce fichier est vide\u00a0: vérifiez qu’il s’ouvre sur votre appareil, puis envoyez-le à nouveau."
    ),
    Fault.TOO_LARGE: (
        "Ce fichier dépasse {size}\u00a0: enregistrez-le en plus léger, "
        "ou envoyez le document en plusieurs fichiers."
    ),
    Fault.WRONG_TYPE: (
        "Ce fichier n’est ni un {types}\u00a0: enregistrez votre document au format PDF "
        "ou prenez-le en photo, puis envoyez-le."
    ),
    Fault.BROKEN: (
        "Ce fichier est incomplet ou abîmé\u00a0: vérifiez qu’il s’ouvre sur votre appareil, "
        "enregistrez-le à nouveau, puis envoyez-le."
    ),
    Fault.ENCRYPTED: f"Ce PDF est protégé (mot de passe ou modification interdite)\u00a0: {NEW_PDF}",
    Fault.ACTIVE: f"Ce PDF contient un programme, comme un formulaire qui calcule\u00a0: {NEW_PDF}",
    Fault.ATTACHMENTS: (
        "Ce PDF contient d’autres fichiers en pièce jointe\u00a0: enregistrez chacun à part "
        "et envoyez-les l’un après l’autre."
    ),
    Fault.TOO_MANY_OF_KIND: (
        "Vous avez déjà joint {of_kind}\u00a0fichiers ici, le maximum\u00a0: "
        "retirez-en un, puis envoyez celui-ci à nouveau."
    ),
    Fault.TOO_MANY: (
        "Vous avez déjà joint {of_owner}\u00a0fichiers en tout, le maximum\u00a0: "
        "retirez-en un, puis envoyez celui-ci à nouveau."
    ),
    Fault.INFECTED: (
        "L’antivirus a trouvé un programme malveillant dans ce fichier, qui a été détruit\u00a0: "
        "envoyez un autre exemplaire, par exemple une photo du document."
    ),
}

CUT_OFF = (
    "L’envoi a été interrompu\u00a0: vérifiez votre connexion, "
    "puis appuyez à nouveau sur «\u00a0Envoyer ce fichier\u00a0»."
)
STALE = "Cette page est ouverte depuis trop longtemps\u00a0: rechargez-la, puis envoyez le fichier à nouveau."


def fault_sentence(fault: Fault, rules: Rules) -> str:
    """The sentence for the sender."""
    return FAULT_WORDS[fault].format(
        size=french_size(rules.most_bytes),
        types=" ni un ".join(each.name for each in rules.types),
        of_kind=rules.most_of_kind,
        of_owner=rules.most_of_owner,
    )
