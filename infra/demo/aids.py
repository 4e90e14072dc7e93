"""Aid files in every state that can be reached within minutes."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from infra.demo.aid_answers import DAY
from infra.demo.aid_file import AidFile
from infra.demo.crowd import together
from infra.demo.joining import Joined
from infra.demo.stage import Stage

BATCHES, ORDER = "/bureau/virements", "Préparer l’ordre de virement"
AT_ONCE = 4


class Reach(StrEnum):
    """How far a file gets."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    TO_CORRECT = "changes_requested"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    UNDER_REVIEW = "under_review"
    GRANTED = "granted"
    VISIT_ORDERED = "visit_ordered"
    PROVEN = "payment_requested"
    CLASSIFIED = "classified"
    APPROVED = "payment_approved"
    ORDERED = "payment_ordered"
    PAID = "paid"


REACHES: tuple[tuple[Reach, ...], ...] = (
    (Reach.PAID,), (Reach.GRANTED,), (Reach.REFUSED, Reach.DRAFT), (Reach.UNDER_REVIEW,), (Reach.ORDERED,),
    (Reach.WITHDRAWN, Reach.SUBMITTED), (Reach.TO_CORRECT,), (Reach.VISIT_ORDERED,), (Reach.PROVEN,),
    (Reach.CLASSIFIED,), (Reach.APPROVED,),
)  # fmt: skip
"""Of each partner one file after the other, in the order in which they are worth seeing: a small demonstration has
the first ones. Some partners ask twice, for each one logs in, and a machine may do that twenty times an hour."""
TO_TRANSFER = (Reach.ORDERED, Reach.PAID)
AWARDED = (
    Reach.GRANTED, Reach.VISIT_ORDERED, Reach.PROVEN, Reach.CLASSIFIED, Reach.APPROVED, *TO_TRANSFER,
)  # fmt: skip
PAYING = (Reach.PROVEN, Reach.CLASSIFIED, Reach.APPROVED, *TO_TRANSFER)

Planned = tuple[AidFile, tuple[Reach, ...]]


def planned(stage: Stage, partners: Sequence[Joined]) -> list[Planned]:
    """Who asks for aid, and how far that gets: lodgings without stars, of a kind that may have some."""
    rules = stage.office.subsidies
    kinds = rules.schemes[0].categories if rules else ()
    hopeful = [one for one in partners if one.applicant.lodging and _may_ask(one, kinds)]
    return list(zip([AidFile(stage, one) for one in hopeful], REACHES, strict=False))


def ask_all(plan: Sequence[Planned], tick: Callable[[], None]) -> None:
    """Every file as far as it is to get: those to be paid first, since one order takes all that is approved."""
    first, rest = [[pair for pair in plan if (pair[1][0] in TO_TRANSFER) is due] for due in (True, False)]
    together(_go, first, tick, AT_ONCE)
    if first:
        _transfer(first[0][0].stage, [file for file, reaches in first if Reach.PAID in reaches])
    together(_go, rest, tick, AT_ONCE)


def _may_ask(one: Joined, kinds: Sequence[str]) -> bool:
    answers = one.applicant.answers
    return answers["category"] in kinds and not answers["star_rating"]


def _go(plan: Planned) -> None:
    """One partner; who asked in an earlier demonstration is left alone."""
    file, reaches = plan
    if file.find():
        return
    for reach in reaches:
        if reach is Reach.DRAFT:
            file.begin()
        else:
            file.apply()
            _answer(file, reach)


def _answer(file: AidFile, reach: Reach) -> None:
    if reach is Reach.WITHDRAWN:
        file.withdraw()
    elif reach is Reach.TO_CORRECT:
        file.decide("subsidy_check", "request_changes", "La date du devis ne se lit pas.")
    elif reach is not Reach.SUBMITTED:
        file.decide("subsidy_check", "complete")
        _after_check(file, reach)


def _after_check(file: AidFile, reach: Reach) -> None:
    if reach is Reach.REFUSED:
        file.decide("subsidy_award", "refuse", "L’hébergement est loué toute l’année au même locataire.")
        file.is_told("Réponse de l’office")
    elif reach in AWARDED:
        file.decide("subsidy_award", "accept")
        file.is_told("Accordée")
    if reach is Reach.VISIT_ORDERED:
        file.order_visit()
    elif reach in PAYING:
        _pay(file, reach)


def _pay(file: AidFile, reach: Reach) -> None:
    file.prove()
    if reach is not Reach.PROVEN:
        file.decide("subsidy_proofs", "accept", number=2)
    if reach in (Reach.APPROVED, *TO_TRANSFER):
        file.decide("subsidy_payment", "approve")


def _transfer(stage: Stage, paid: Sequence[AidFile]) -> None:
    """One order for the bank; what the statement says of some."""
    browser = stage.staff("subsidy_payment")
    page = browser.opens(BATCHES)
    if not page.has_button(ORDER):
        return
    page = browser.presses(page, ORDER)
    for file in paid:
        day = {f"jour-{file.reference}": f"{stage.today:{DAY}}", f"releve-{file.reference}": "Relevé 12"}
        note = f"Noter le paiement de {file.partner.applicant.name}"
        page = browser.presses(page, note, day) if page.has_button(note) else page
