"""Whether an application may be helped: each rule with its verdict, so that people see why."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from chalicelib.kernel.days import add_months
from chalicelib.kernel.french import french_date, french_money
from chalicelib.kernel.verdicts import Level, Verdict
from chalicelib.office.schemes import DeMinimis, Scheme
from chalicelib.subsidies.amounts import Amount, amount_of
from chalicelib.subsidies.de_minimis import PastAid, room_for
from chalicelib.subsidies.request import Request

UNTIL_FURTHER_NOTICE = date.max
"""The end of a partnership that has none."""
REFERENCE_CATEGORY = "guest_house"
"""It cannot be classified: what is helped is the label Chambre d’hôtes référence."""


@dataclass(frozen=True)
class Background:
    """What is known beside the request, on the day `on` in Paris.

    `partner_until` is None for who is no active partner; `granted` are the aids of this office to the owner,
    `past_aids` those of anybody to the whole undertaking; `other_file` is the reference of another file for the same
    accommodation. `pivot` is the day on which the file was found complete, None before. `waiting_before` files wait
    for money already.
    """

    on: date
    scheme: Scheme | None
    partner_until: date | None
    commune_name: str
    free_cents: int
    de_minimis: tuple[DeMinimis, ...]
    granted: tuple[PastAid, ...] = ()
    past_aids: tuple[PastAid, ...] = ()
    other_file: str = ""
    missing: tuple[str, ...] = field(default=())
    pivot: date | None = None
    waiting_before: int = 0


@dataclass(frozen=True)
class Assessment:
    """What the rules say of a request, and what it would be given."""

    verdicts: tuple[Verdict, ...]
    amount: Amount

    @property
    def is_eligible(self) -> bool:
        """Whether no rule forbids."""
        return not any(verdict.is_blocking for verdict in self.verdicts)


def assess(request: Request, known: Background) -> Assessment:
    """Every rule's verdict, and the amount with its computation; 0 without a scheme."""
    amount = Amount(0, ())
    if known.scheme:
        year = sum(aid.cents for aid in known.granted if aid.granted_on.year == known.on.year)
        amount = amount_of(known.scheme, request.spending, year)
    return Assessment(tuple(_verdicts(request, known, amount)), amount)


def _verdicts(request: Request, known: Background, amount: Amount) -> Iterator[Verdict]:
    yield partnership(known.partner_until, known.on)
    yield _territory(known.commune_name)
    yield covered(known.scheme)
    if known.scheme:
        yield timing(known.scheme, request.classified_until, known.on)
        yield not_begun(request.visit_ordered_on, known.pivot)
        yield _once(known.scheme, known.granted)
        yield _units(known.scheme, request.unit_count)
        yield _amount(amount)
        yield from _small_aid(request, known, amount)
        yield _budget(amount, known)
    yield _single(known.other_file)
    yield _papers(known.missing)


def _ok(label: str, detail: str = "") -> Verdict:
    return Verdict(label, Level.OK, detail)


def _blocking(label: str, detail: str) -> Verdict:
    return Verdict(label, Level.BLOCKING, detail)


def partnership(until: date | None, on: date) -> Verdict:
    """The applicant is a partner on that day."""
    label = "Partenaire de l’office"
    if until is None or until < on:
        return _blocking(label, "L’aide est réservée aux partenaires actifs de l’office.")
    return _ok(label, f"Jusqu’au {french_date(until)}." if until != UNTIL_FURTHER_NOTICE else "")


def covered(scheme: Scheme | None) -> Verdict:
    """The office helps this kind of accommodation."""
    label = "Type d’hébergement aidé"
    if scheme is None:
        return _blocking(label, "L’office n’a pas d’aide pour ce type d’hébergement en ce moment.")
    return _ok(label, scheme.name)


def timing(scheme: Scheme, classified_until: date | None, on: date) -> Verdict:
    """A first classification at any time, a renewal in the last months of the present one."""
    label = "Premier classement, ou renouvellement au bon moment"
    if classified_until is None or classified_until < on:
        return _ok(label, "Premier classement, ou classement expiré.")
    opens = add_months(classified_until, -scheme.renewal_window_months)
    if on < opens:
        return _blocking(
            label,
            f"Le classement actuel court jusqu’au {french_date(classified_until)}\u00a0: "
            f"le renouvellement est aidé à partir du {french_date(opens)}.",
        )
    return _ok(label, f"Renouvellement, avant la fin du classement le {french_date(classified_until)}.")


def not_begun(ordered_on: date | None, pivot: date | None) -> Verdict:
    """Nothing was ordered before the file was complete: an aid is not retroactive."""
    label = "Visite commandée après l’accusé de réception du dossier complet"
    if ordered_on is None or (pivot is not None and ordered_on >= pivot):
        return _ok(label)
    return _blocking(
        label,
        f"La visite a été commandée le {french_date(ordered_on)}, avant l’accusé de réception du dossier "
        "complet\u00a0: une dépense déjà engagée ne peut pas être aidée.",
    )


def _territory(commune_name: str) -> Verdict:
    label = "Hébergement sur le territoire"
    if commune_name:
        return _ok(label, commune_name)
    return _blocking(label, "La commune n’est pas du territoire de l’office.")


def _once(scheme: Scheme, granted: tuple[PastAid, ...]) -> Verdict:
    label = "Aides déjà accordées par l’office"
    if not granted:
        return _ok(label, "Aucune.")
    said = ", ".join(f"{french_money(aid.cents)} le {french_date(aid.granted_on)}" for aid in granted)
    if scheme.once_per_owner:
        return _blocking(label, f"Cette aide n’est accordée qu’une fois par propriétaire\u00a0: {said}.")
    return _ok(label, f"{said}.")


def _units(scheme: Scheme, count: int) -> Verdict:
    label = "Nombre d’hébergements du dossier"
    most = scheme.units_per_file
    if count > most:
        return _blocking(label, f"{count} hébergements\u00a0: une demande en réunit {most} au plus.")
    return _ok(label, str(count))


def _amount(amount: Amount) -> Verdict:
    label = "Montant de l’aide"
    if amount.cents:
        return _ok(label, french_money(amount.cents))
    return _blocking(label, "Le calcul ne laisse aucune aide\u00a0: un plafond est déjà atteint.")


def _small_aid(request: Request, known: Background, amount: Amount) -> Iterator[Verdict]:
    past = (*known.past_aids, *request.declared_aids)
    room = room_for(amount.cents, known.on, past, known.de_minimis)
    label = "Aides de minimis"
    if room is None:
        yield Verdict(label, Level.WARNING, "Aucun plafond n’est en vigueur ce jour-là\u00a0: à vérifier.")
        return
    ceiling, since = french_money(room.rule.ceiling_cents), french_date(room.since)
    said = (
        f"{french_money(room.total_cents)} avec cette aide depuis le {since}, pour un plafond de {ceiling}."
    )
    yield _ok(label, said) if room.is_enough else _blocking(label, said)


def _budget(amount: Amount, known: Background) -> Verdict:
    """Who waits already comes first, however little a new aid asks for."""
    label, left = "Enveloppe de l’année", f"Il reste {french_money(known.free_cents)}"
    if known.waiting_before:
        waiting = "dossier attend" if known.waiting_before == 1 else "dossiers attendent"
        left += f", et {known.waiting_before} {waiting} déjà"
    elif amount.cents <= known.free_cents:
        return _ok(label, f"{left}.")
    return Verdict(
        label, Level.WARNING, f"{left}\u00a0: accordée, l’aide attendrait son tour sur la liste d’attente."
    )


def _single(other_file: str) -> Verdict:
    label = "Une seule aide par hébergement et par classement"
    if other_file:
        return _blocking(label, f"Cet hébergement a déjà le dossier {other_file}.")
    return _ok(label)


def _papers(missing: tuple[str, ...]) -> Verdict:
    label = "Pièces jointes"
    if missing:
        return Verdict(label, Level.WARNING, f"Il manque\u00a0: {', '.join(missing)}.")
    return _ok(label, "Toutes les pièces demandées sont là.")
