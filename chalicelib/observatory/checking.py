"""What cannot be true in a return: more sold than offered, more people than beds, more arrivals than nights."""

from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.kernel.french import french_integer
from chalicelib.observatory.model import Establishment, Sold


@dataclass(frozen=True)
class Mistake:
    """What is wrong in one figure of a slice, in a sentence that says what to do; `figure` names the column."""

    figure: str
    sentence: str


def mistakes(sold: Sold, days: int, establishment: Establishment) -> Iterator[Mistake]:
    """All that cannot be true of what was offered and sold in a slice of so many days."""
    most = establishment.units * days
    if sold.offered > most:
        yield Mistake("offered", _over(most, f"c’est votre capacité pendant {_days(days)}"))
    if sold.occupied > sold.offered:
        yield Mistake("occupied", _over(sold.offered, "c’est ce que vous avez ouvert"))
    if sold.guests is not None:
        yield from _of_guests(sold, days, establishment)


def day_mistakes(sold: Sold, establishment: Establishment) -> Iterator[tuple[int, Mistake]]:
    """What cannot be true of single days, each with its place in the slice; people are told of by slice."""
    for place, (offered, occupied) in enumerate(sold.days):
        for mistake in mistakes(Sold(offered, occupied), 1, establishment):
            yield place, mistake


def _of_guests(sold: Sold, days: int, establishment: Establishment) -> Iterator[Mistake]:
    guests, beds = sold.guests, establishment.persons * days
    if guests is None:
        return
    if guests.nights and not sold.occupied:
        yield Mistake("nights", "Des nuitées sans rien d’occupé\u00a0: corrigez l’un des deux chiffres.")
    elif beds and guests.nights > beds:
        yield Mistake(
            "nights", _over(beds, f"c’est ce que vous pouvez recevoir de personnes pendant {_days(days)}")
        )
    elif sold.occupied and guests.nights < sold.occupied:
        yield Mistake("nights", "Comptez au moins une personne par nuit occupée.")
    if guests.arrivals > guests.nights:
        yield Mistake(
            "arrivals", "Chaque arrivée compte au moins une nuitée\u00a0: vérifiez les deux chiffres."
        )


def _over(most: int, why: str) -> str:
    return f"Au plus {french_integer(most)}, {why}."


def _days(count: int) -> str:
    return "1\u00a0jour" if count == 1 else f"{count}\u00a0jours"
