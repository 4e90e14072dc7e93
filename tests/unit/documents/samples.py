"""The data of each document: its shape, with ordinary values and with the longest that a form lets through.

Every key is asked for: one that is missing stops the printing. Every value is a text, ready to be read (`240,00 €`,
`3 mars 2027`), a list, or an object of these. What a scheme does not ask for is an empty list or an empty text.
"""

from hashlib import sha256
from typing import Any

from chalicelib.documents.letterhead import office_on_paper
from tests.factories import an_office

SPACE_URL = "https://pro.val.example.org/espace"
LONG_NAME = "Résidence-" + "Hôtelière" * 7 + "-duVal"
"""79 signs without a space."""
LONG_SENTENCE = "Aide intercommunale au classement des hébergements touristiques et à la montée en qualité de l’offre 2027-2029"
NOTICE = [
    "Ne commandez aucune visite et ne payez aucune facture avant d’avoir reçu l’«\u00a0accusé de réception de dossier"
    " complet\u00a0»\u00a0: une dépense engagée avant cette date ne peut pas être aidée."
]
APPEAL = [
    "Vous pouvez contester cette décision dans les deux mois qui suivent sa réception, en écrivant à l’office"
    " (recours gracieux) ou devant le tribunal administratif de Lyon, par courrier ou sur www.telerecours.fr."
]


def a_file(title: str, name: str, size: str = "1,2\u00a0Mo") -> dict[str, str]:
    """One document that came with an application; the hash is a true one."""
    return {"title": title, "name": name, "size": size, "sha256": sha256(name.encode()).hexdigest()}


def a_receipt(**changes: Any) -> dict[str, Any]:
    """The data of `subsidies/receipt.typ`."""
    answers = [
        {
            "title": "Vous",
            "rows": [
                {"label": "Nom", "value": "Maëlle Durand"},
                {"label": "Adresse électronique", "value": "maelle@hotel.example.fr"},
                {"label": "Téléphone", "value": "04\u00a065\u00a071\u00a000\u00a012"},
            ],
        },
        {
            "title": "Le classement demandé",
            "rows": [
                {"label": "Étoiles aujourd’hui", "value": "2\u00a0étoiles, jusqu’au 12\u00a0mai 2027"},
                {"label": "Étoiles demandées", "value": "3\u00a0étoiles"},
                {"label": "Organisme choisi", "value": "Cabinet d’inspection de l’Exemple"},
                {"label": "Montant du devis hors taxes", "value": "300,00\u00a0€"},
                {"label": "Autres aides publiques", "value": "Aucune"},
            ],
        },
    ]
    data = {
        "office": office_on_paper(an_office()),
        "partner": "Hôtel du Pont SARL",
        "reference": "SUB-7KQ4M2",
        "received_at": "mercredi 3\u00a0mars 2027 à 14\u00a0h\u00a030",
        "establishment": {"name": "Hôtel du Pont", "type": "Hôtel", "commune": "Ferney-Voltaire"},
        "answers": answers,
        "documents": [
            a_file("Devis de l’organisme de contrôle", "devis-inspection-2027.pdf"),
            a_file("Avis de situation Sirene", "avis_situation_sirene_hotel_du_pont.pdf", "84\u00a0Ko"),
            a_file("Attestation d’aides de minimis", "attestation de minimis.jpg", "3,4\u00a0Mo"),
        ],
        "next_steps": [
            "Noa Petit vérifie que votre dossier est complet, en général en 5\u00a0jours ouvrés.",
            "S’il manque une pièce, vous recevez un mail qui dit laquelle, avec un lien pour l’ajouter.",
            "Quand tout y est, vous recevez l’«\u00a0accusé de réception de dossier complet\u00a0».",
        ],
        "notice": NOTICE,
    }
    return {**data, **changes}


def a_longest_receipt() -> dict[str, Any]:
    """Forty documents, long names without a space, long answers."""
    value = "Une réponse longue qui prend tout ce que le champ accepte, sur plusieurs lignes. " * 9
    rows = [{"label": f"{LONG_SENTENCE} ({number})", "value": value} for number in range(1, 5)]
    files = [a_file(f"{LONG_SENTENCE} ({number})", f"{LONG_NAME}_{number}.pdf") for number in range(1, 41)]
    return a_receipt(
        partner=LONG_NAME,
        establishment={"name": LONG_NAME, "type": "Meublé de tourisme", "commune": "Saint-Antoine-l’Abbaye"},
        answers=[{"title": LONG_SENTENCE, "rows": [*rows, {"label": LONG_NAME, "value": LONG_NAME}]}] * 3,
        documents=files,
        next_steps=[value] * 3,
        notice=NOTICE * 3,
    )


def an_award(**changes: Any) -> dict[str, Any]:
    """The data of `subsidies/award.typ`."""
    data = {
        "office": office_on_paper(an_office()),
        "addressee": ["Hôtel du Pont SARL", "Madame Maëlle Durand", "12 rue du Pont", "01210 Ferney-Voltaire"],
        "object": "Attribution de l’aide au classement",
        "reference": "SUB-7KQ4M2",
        "decided_on": "3\u00a0mars 2027",
        "decided_by": {"name": "Claire Martin", "role": "directrice", "on_behalf_of": ""},
        "establishment": {"name": "Hôtel du Pont", "type": "Hôtel", "commune": "Ferney-Voltaire"},
        "amount": "240,00\u00a0€",
        "computation": {
            "steps": [
                {"label": "Coût de la visite, hors taxes", "value": "420,00\u00a0€", "note": "devis du 12\u00a0février 2027"},
                {"label": "Dépense retenue", "value": "300,00\u00a0€", "note": "plafond du dispositif"},
                {"label": "Taux de l’aide", "value": "80\u00a0%", "note": ""},
            ],
            "total": {"label": "Aide attribuée", "value": "240,00\u00a0€"},
        },
        "scheme": {
            "name": "Aide au classement 2027-2029",
            "source": "délibération du conseil d’administration du 12\u00a0décembre 2026",
        },
        "conditions": [
            {
                "title": "Délai",
                "text": "obtenez le classement avant le 3\u00a0mars 2028, soit douze mois\u00a0; après cette date,"
                " l’aide est perdue.",
            },
            {"title": "Engagement", "text": "restez partenaire de l’office pendant 5\u00a0ans."},
            {
                "title": "Justificatifs",
                "text": "envoyez la décision de classement, la facture acquittée et un RIB au nom du bénéficiaire.",
            },
            {
                "title": "Aide de minimis",
                "text": "cette aide relève du règlement (UE)\u00a02023/2831\u00a0; déclarez-la pour"
                " 240,00\u00a0€ pendant trois ans.",
            },
        ],
        "next_steps": ["Dès que vous avez la décision de classement, déposez vos justificatifs dans votre espace."],
        "space_url": SPACE_URL,
        "appeal": APPEAL,
    }  # fmt: skip
    return {**data, **changes}


def a_longest_award() -> dict[str, Any]:
    """A deputy signs, names are long, each list has all that the richest scheme asks for."""
    award = an_award()
    computation = {
        "steps": [
            {"label": f"Critère {number}\u00a0: {LONG_SENTENCE}", "value": "123\u202f456,78\u00a0€", "note": LONG_SENTENCE}
            for number in range(1, 7)
        ],
        "total": {"label": "Aide attribuée", "value": "123\u202f456,78\u00a0€"},
    }  # fmt: skip
    return an_award(
        addressee=[LONG_NAME, "Monsieur Jean-Christophe de la Rochefoucauld-Montmorency",
                   "Bâtiment des Acacias, escalier B, appartement 12", "1234 route départementale de l’Exemple",
                   "Lieu-dit La Combe-aux-Loups", "38160 Saint-Antoine-l’Abbaye"],
        object=LONG_SENTENCE,
        decided_by={"name": "Samir Kaddour", "role": "responsable de la qualité",
                    "on_behalf_of": "Hélène Bourgeat, directrice"},
        establishment={"name": LONG_NAME, "type": "Meublé de tourisme", "commune": "Saint-Antoine-l’Abbaye"},
        amount="123\u202f456,78\u00a0€",
        computation=computation,
        scheme={"name": LONG_SENTENCE, "source": LONG_SENTENCE},
        conditions=[*award["conditions"], *award["conditions"]],
        next_steps=award["next_steps"] * 3,
        appeal=APPEAL * 2,
    )  # fmt: skip
