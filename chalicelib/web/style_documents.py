"""Documents to send in every state, for `/bureau/style`; names and figures are invented."""

from types import SimpleNamespace
from typing import Any

FORM = SimpleNamespace(
    ticket=SimpleNamespace(url="#documents", fields={"key": "incoming/exemple/${filename}"}),
    accept=".pdf,.jpg,.jpeg,.png",
    takes="PDF, JPEG ou PNG, 10\u00a0Mo au plus",
    most_bytes=10_485_760,
    words={
        "too-large": "Ce fichier dépasse 10\u00a0Mo\u00a0: enregistrez-le en plus léger.",
        "wrong-type": "Ce fichier n’est ni un PDF ni un JPEG ni un PNG\u00a0: prenez votre document en photo.",
        "empty": "Ce fichier est vide\u00a0: vérifiez qu’il s’ouvre sur votre appareil.",
        "cut-off": "L’envoi a été interrompu\u00a0: vérifiez votre connexion.",
        "stale": "Cette page est ouverte depuis trop longtemps\u00a0: rechargez-la.",
    },
)


def _slot(kind: str, title: str, state: str, hint: str = "", **attributes: Any) -> SimpleNamespace:
    asked = {"kind": kind, "title": title, "hint": hint, "required": True, **attributes.pop("asked", {})}
    nothing = {"files": (), "check": "", "refused_name": "", "error": "", "form": None, "add": ""}
    return SimpleNamespace(asked=SimpleNamespace(**asked), state=state, **{**nothing, **attributes})


def _sent(name: str, size: str, state: str = "sent") -> SimpleNamespace:
    opened = "/bureau/style" if state == "sent" else ""
    return SimpleNamespace(name=name, size=size, state=state, remove="/bureau/style", open=opened)


SLOTS = (
    _slot("devis", "Devis signé", "missing", "Celui de l’organisme qui visite l’hébergement.", form=FORM),
    _slot("plan", "Plan de l’hébergement", "missing", form=FORM, asked={"required": False}),
    _slot("assurance", "Attestation d’assurance", "checking", check="/bureau/style"),
    _slot(
        "attestation", "Attestation de classement", "joined", add="/bureau/style",
        files=(_sent("attestation-2027.pdf", "1,2\u00a0Mo"), _sent("page-2.jpg", "340\u00a0ko", "scanning")),
    ),
    _slot("photos", "Photos", "joined", files=(_sent("facade.jpg", "2,8\u00a0Mo"),)),
    _slot(
        "facture", "Facture acquittée", "refused", "Avec la mention «\u00a0acquittée\u00a0» et la date.", form=FORM,
        refused_name="facture-du-12-mars-avec-un-nom-vraiment-tres-long-que-personne-n-a-raccourci.pdf",
        error="Ce PDF est protégé par un mot de passe\u00a0: enregistrez-le sans mot de passe, puis envoyez-le.",
    ),
)  # fmt: skip
