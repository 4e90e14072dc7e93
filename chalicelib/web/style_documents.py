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
        "wrong-type": "Ce fichier n’est ni un PDF ni une image\u00a0: prenez-le en photo.",
    },
)


def _slot(kind: str, title: str, state: str, hint: str = "", **attributes: Any) -> SimpleNamespace:
    asked = {"kind": kind, "title": title, "hint": hint, "required": True, **attributes.pop("asked", {})}
    nothing = {"files": (), "check": "", "refused_name": "", "error": "", "form": None, "add": ""}
    return SimpleNamespace(asked=SimpleNamespace(**asked), state=state, **{**nothing, **attributes})


def _sent(name: str, size: str, state: str = "sent") -> SimpleNamespace:
    opened = "/bureau/style" if state == "sent" else ""
    return SimpleNamespace(name=name, size=size, state=state, remove="/bureau/style", open=opened, note="")


SLOTS = (
    _slot("piece-devis", "Devis signé", "missing", "Celui de l’organisme de visite.", form=FORM),
    _slot("piece-plan", "Plan", "checking", check="/bureau/style", asked={"required": False}),
    _slot(
        "piece-photos", "Photos", "joined", add="/bureau/style",
        files=(_sent("facade.jpg", "1,2\u00a0Mo"), _sent("salon.jpg", "340\u00a0ko", "scanning")),
    ),
    _slot(
        "piece-facture", "Facture acquittée", "refused", form=FORM,
        refused_name="facture-du-12-mars-avec-un-nom-vraiment-tres-long.pdf",
        error="Ce PDF est protégé par un mot de passe\u00a0: enregistrez-le sans mot de passe, puis envoyez-le.",
    ),
)  # fmt: skip
