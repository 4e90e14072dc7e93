"""How the office speaks of joining: an association has members, a public office has partners."""

from dataclasses import dataclass, replace

NBSP = "\u00a0"


@dataclass(frozen=True)
class Words:
    """Nouns and phrases of one legal mode, ready for templates.

    A public office (EPIC, régie, SPL) sells a service: "cotisation" and "adhérent" are words that
    only an association may use.
    """

    joining: str
    the_joining: str
    of_joining: str
    request: str
    your_request: str
    become: str
    fee: str
    the_fee: str
    your_fee: str
    fees: str
    member: str
    members: str
    a_member: str
    our_members: str
    now_member: str
    pack: str
    packs: str
    terms: str
    payment_due: str
    fee_sentence: str


_ADHESION = Words(
    joining="adhésion",
    the_joining="l'adhésion",
    of_joining="d'adhésion",
    request="demande d’adhésion",
    your_request="votre demande d’adhésion",
    become="Adhérer à l’office",
    fee="cotisation",
    the_fee="la cotisation",
    your_fee="votre cotisation",
    fees="cotisations",
    member="adhérent",
    members="adhérents",
    a_member="un adhérent",
    our_members="nos adhérents",
    now_member="Vous êtes adhérent de l’office",
    pack="formule d’adhésion",
    packs="formules d’adhésion",
    terms="les statuts et le règlement intérieur de l’association",
    payment_due="Il reste à régler votre cotisation",
    fee_sentence="La cotisation est due une fois par an, à réception de l’appel de cotisation.",
)

_PAID = Words(
    joining="partenariat",
    the_joining="le partenariat",
    of_joining="de partenariat",
    request="demande de partenariat",
    your_request="votre demande de partenariat",
    become="Devenir partenaire de l’office",
    fee="tarif",
    the_fee="le tarif",
    your_fee="votre tarif",
    fees="tarifs",
    member="partenaire",
    members="partenaires",
    a_member="un partenaire",
    our_members="nos partenaires",
    now_member="Vous êtes partenaire de l’office",
    pack="formule de partenariat",
    packs="formules de partenariat",
    terms="les conditions générales de partenariat",
    payment_due="Il reste à régler le montant de votre partenariat",
    fee_sentence="Le partenariat est payable une fois par an, à réception de la facture.",
)

_FREE = replace(
    _PAID,
    terms="la charte de partenariat",
    payment_due="Vous n’avez rien à régler",
    fee_sentence=f"Le partenariat est gratuit{NBSP}: vous n’avez rien à régler.",
)

WORDS_BY_LEGAL_MODE = {"adhesion": _ADHESION, "paid_partnership": _PAID, "free": _FREE}
