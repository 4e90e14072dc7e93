"""French typography of dates, hours, money and numbers. Pure text, no locale of the machine."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from math import ceil

from chalicelib.kernel.clock import PARIS

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def _day(moment: date | datetime) -> date:
    return moment.astimezone(PARIS).date() if isinstance(moment, datetime) else moment


def french_date(moment: date | datetime) -> str:
    """`3 mars 2027`, `1er mars 2027`; an instant is read in Paris."""
    day = _day(moment)
    return f"{_day_and_month(day)} {day.year}"


def french_period(first: date, last: date) -> str:
    """`du 1er au 7 mars 2027`, `du 29 mars au 4 avril 2027`, `du 28 décembre 2026 au 3 janvier 2027`.

    `le 1er mars 2027` when both are the same day.
    """
    if first == last:
        return f"le {french_date(first)}"
    if first.year != last.year:
        return f"du {french_date(first)} au {french_date(last)}"
    begin = _day_number(first) if first.month == last.month else _day_and_month(first)
    return f"du {begin} au {french_date(last)}"


def _day_number(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def _day_and_month(day: date) -> str:
    return f"{_day_number(day)}{NBSP}{MONTHS[day.month - 1]}"


def french_long_date(moment: date | datetime) -> str:
    """`mercredi 3 mars 2027`."""
    return f"{DAYS[_day(moment).weekday()]} {french_date(moment)}"


def french_month(day: date) -> str:
    """`mars 2027`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def french_of_month(day: date) -> str:
    """`de mars 2027`, `d’avril 2027`."""
    month = french_month(day)
    return f"d’{month}" if month[0] in "ao" else f"de {month}"


def french_time(at: datetime) -> str:
    """`14 h 30`, in Paris."""
    local = at.astimezone(PARIS)
    return f"{local.hour}{NBSP}h{NBSP}{local.minute:02d}"


def french_moment(at: datetime) -> str:
    """`3 mars 2027 à 14 h 30`, in Paris."""
    return f"{french_date(at)} à {french_time(at)}"


def french_long_moment(at: datetime) -> str:
    """`mercredi 3 mars 2027 à 14 h 30`, in Paris."""
    return f"{french_long_date(at)} à {french_time(at)}"


def french_integer(number: int) -> str:
    """`1 234`, with narrow non-breaking spaces."""
    return f"{number:,}".replace(",", NARROW_NBSP)


def french_money(cents: int) -> str:
    """`1 234,50 €` from integer cents; whole euros keep their two decimals."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    return f"{sign}{french_integer(euros)},{rest:02d}{NBSP}€"


def french_size(size_bytes: int) -> str:
    """`340 ko`, `1,2 Mo`, as file managers count: by 1024. At least `1 ko`."""
    kilo = max(1, ceil(size_bytes / 1024))
    if kilo < 1000:
        return f"{kilo}{NBSP}ko"
    return f"{size_bytes / 1024**2:.1f}".removesuffix(".0").replace(".", ",") + f"{NBSP}Mo"


def french_days(days: float) -> str:
    """`1 jour`, `4 jours`; rounded up, at least one day."""
    whole = max(1, ceil(days))
    return f"{whole}{NBSP}jour{'s' if whole > 1 else ''}"


def french_duration(days: int) -> str:
    """`3 ans` when the days are whole years of 365, else `500 jours`; at least one day."""
    years, rest = divmod(days, 365)
    if rest or not years:
        return french_days(days)
    return f"{years}{NBSP}an{'s' if years > 1 else ''}"


def french_hours(minutes: int) -> str:
    """`3 h 30`, `7 h`, `45 min`: how long something lasts."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h" + (f"{NBSP}{rest:02d}" if rest else "")


def french_deadline(end: datetime) -> str:
    """`le vendredi 12 mars 2027`: the last whole day before the instant `end`."""
    return f"le {french_long_date(end - timedelta(seconds=1))}"


def french_quoted(text: str) -> str:
    """`« texte »`, with its non-breaking spaces."""
    return f"«{NBSP}{text}{NBSP}»"


def continued(sentence: str) -> str:
    """`sentence` as it follows a colon: its first letter small, unless it begins with an abbreviation."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def capitalised(text: str) -> str:
    """`text` as it begins a line: its first letter a capital, the rest as it was."""
    return text[:1].upper() + text[1:]


def french_list(things: Iterable[str]) -> str:
    """`Hôtel, camping, meublé de tourisme`: the first one alone keeps its capital."""
    first, *others = things
    return ", ".join((first, *map(continued, others)))
