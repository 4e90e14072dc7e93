"""The figures of one month as staff look after them: who answered, who is late, what is strange."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.observatory.doubts import Doubtful, doubts
from chalicelib.observatory.model import MonthlyReturn
from chalicelib.observatory.months import moved
from chalicelib.office.categories import CATEGORY_LABELS
from chalicelib.office.model import Office

A_YEAR = 12


@dataclass(frozen=True)
class Answered:
    """How many of those who were asked gave figures."""

    label: str
    asked: int
    given: int

    @property
    def percent(self) -> float:
        """The share, in percent; there is always somebody who was asked."""
        return 100 * self.given / self.asked


@dataclass(frozen=True)
class Strange:
    """A return whose figures are to be asked about, or were and await an answer."""

    given: MonthlyReturn
    doubtful: Doubtful

    @property
    def is_asked(self) -> bool:
        """Whether the question is put already."""
        return self.given.awaits_answer(self.doubtful.doubt)


@dataclass(frozen=True)
class Overview:
    """One month; `late` gave nothing yet, those who were reminded most first."""

    month: str
    by_category: tuple[Answered, ...]
    by_place: tuple[Answered, ...]
    late: tuple[MonthlyReturn, ...]
    strange: tuple[Strange, ...]
    total: Answered | None


def overview_of(
    month: str,
    found: Sequence[MonthlyReturn],
    month_before: Mapping[str, MonthlyReturn],
    year_before: Mapping[str, MonthlyReturn],
    office: Office,
) -> Overview:
    """What the returns of a month say; those of other months are by establishment."""
    late = sorted((one for one in found if not one.is_given), key=_most_reminded)
    return Overview(
        month,
        _answered(found, lambda one: CATEGORY_LABELS[one.establishment.category]),
        _answered(found, _place_in(office)),
        tuple(late),
        tuple(_strange(found, month_before, year_before, office)),
        next(iter(_answered(found, lambda one: "Tous")), None),
    )


def months_before(month: str) -> tuple[str, str]:
    """The month before, and the same one a year before: what a month is compared with."""
    return moved(month, -1), moved(month, -A_YEAR)


def _place_in(office: Office) -> Callable[[MonthlyReturn], str]:
    """The sector of a commune, or the commune where the office has no sectors for it."""
    names = {commune.insee: commune.name for commune in office.communes}
    sectors = {commune: sector.name for sector in office.sectors for commune in sector.communes}
    return lambda one: sectors.get(one.establishment.commune) or names.get(one.establishment.commune, "")


def _answered(found: Iterable[MonthlyReturn], label: Callable[[MonthlyReturn], str]) -> tuple[Answered, ...]:
    groups: dict[str, list[MonthlyReturn]] = defaultdict(list)
    for one in found:
        groups[label(one)].append(one)
    return tuple(
        Answered(name, len(group), sum(one.is_given for one in group))
        for name, group in sorted(groups.items())
    )


def _strange(
    found: Iterable[MonthlyReturn],
    month_before: Mapping[str, MonthlyReturn],
    year_before: Mapping[str, MonthlyReturn],
    office: Office,
) -> Iterable[Strange]:
    jump_percent = office.observatory_rules.jump_percent
    for one in sorted(found, key=_name):
        key = one.establishment.id
        for doubtful in doubts(one, month_before.get(key), year_before.get(key), jump_percent):
            yield Strange(one, doubtful)


def _name(one: MonthlyReturn) -> str:
    return one.establishment.name


def _most_reminded(one: MonthlyReturn) -> tuple[int, str]:
    return -one.reminders, one.establishment.name
