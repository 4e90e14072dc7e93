"""The people of a session as a table to take away; what somebody needs is never in it."""

from chalicelib.adapters.workbook import Column, Sheet
from chalicelib.kernel.clock import paris_day
from chalicelib.trainings.model import Registration
from chalicelib.trainings.roll import Roll
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.wording import STATUS_WORDS

COLUMNS = (
    Column("Référence", width=14), Column("Nom", width=20), Column("Prénom", width=16), Column("Fonction", width=20),
    Column("Structure", width=32), Column("E-mail", width=32), Column("Téléphone", width=18), Column("État", width=22),
    Column("Rang", "number", 8), Column("Inscription le", "date", 14), Column("Place depuis le", "date", 16),
    Column("Prix", "money", 12), Column("Reste dû", "money", 12),
)  # fmt: skip


def people_sheet(roll: Roll, seats: Seats) -> Sheet:
    """A line for each person, those with a seat first."""
    return Sheet("Inscriptions", COLUMNS, [_row(one, seats) for one in roll.everybody])


def _row(one: Registration, seats: Seats) -> tuple[object, ...]:
    person, since = one.person, one.confirmed_at
    return (
        one.reference, person.last_name, person.first_name, person.function, one.structure.name, one.email,
        person.phone, STATUS_WORDS[one.status].label, seats.rank(one.id) or None, paris_day(one.asked_at),
        paris_day(since) if since else None, one.price_cents, one.due_cents,
    )  # fmt: skip
