"""The draft of a report: from sums to what may be said of them, in the words and rows of the report."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from chalicelib.kernel.french import french_period
from chalicelib.observatory.content import (
    Content,
    KeyFigure,
    Panel,
    PanelRow,
    Row,
    Satisfaction,
    Share,
    State,
    Table,
    WeekRow,
)
from chalicelib.observatory.counting import Counts
from chalicelib.observatory.due import title_of
from chalicelib.observatory.effect_rows import effects_of
from chalicelib.observatory.figures import one_decimal, tenths
from chalicelib.observatory.frames import Frames
from chalicelib.observatory.groups import ALL, SEASON, CellKey, GroupKey, PeriodKey
from chalicelib.observatory.method import BOOKED, VOICES, method_of
from chalicelib.observatory.origins import shares
from chalicelib.observatory.outlook import asking_month, outlook_of
from chalicelib.observatory.parts import Part
from chalicelib.observatory.reports import Report, ReportKind
from chalicelib.observatory.results import Figure, Results, Year, results
from chalicelib.observatory.satisfaction import satisfaction_of
from chalicelib.observatory.slices import Week
from chalicelib.observatory.small_counts import beside_sum, is_small
from chalicelib.observatory.tables import Cell
from chalicelib.observatory.wording import COUNTRIES
from chalicelib.office.categories import CATEGORIES, CATEGORY_LABELS
from chalicelib.office.model import Office
from chalicelib.office.observatory import SecrecyRule

RATED = ("hotel", "campsite", "tourist_residence", "furnished_rental", "leisure_park", "holiday_village")
"""The categories that have official stars."""
ZONE_LABELS = ("Aucune zone en vacances", "Une zone", "Deux zones", "Les trois zones")
KINDS_OF_CONTENT = {
    ReportKind.OPENING: "season_start",
    ReportKind.CLOSING: "season_end",
    ReportKind.BULLETIN: "bulletin",
}

Holidays = Callable[[date], tuple[frozenset[str], frozenset[str]]]
"""The zones and the areas abroad on holiday on a day."""


@dataclass(frozen=True)
class Draft:
    """What the report says, and what it makes known."""

    content: Content
    published: Sequence[Cell]


@dataclass(frozen=True)
class Source:
    """What a draft is made from."""

    report: Report
    frames: Frames
    part: Part
    office: Office
    rule: SecrecyRule
    holidays: Holidays
    on: date

    @property
    def is_ahead(self) -> bool:
        """Whether the season has not begun: there is nothing but the year before to tell of."""
        return self.report.kind is ReportKind.OPENING


def draft(source: Source, now: Sequence[Cell], before: Sequence[Cell]) -> Draft:
    """The draft; `now` and `before` are what earlier reports made known of both years."""
    frames, part = source.frames, source.part
    past = Year(part.before, frames.before.periods, before)
    if source.is_ahead:
        found = _as_past(results(past, Year(Counts({}), ()), source.rule, RATED))
    else:
        found = results(Year(part.now, frames.now.periods, now), past, source.rule, RATED)
    return Draft(_content(source, found), found.published)


def _as_past(found: Results) -> Results:
    """The figures of a year before, beside those of a season that has not begun: these are not there yet."""
    moved = {
        key: replace(one, rate=None, use_rate=None, before=one.rate) for key, one in found.figures.items()
    }
    return Results(moved, found.published)


def _content(source: Source, found: Results) -> Content:
    report, frames = source.report, source.frames
    satisfaction, outlook = _satisfaction(source), _outlook(source)
    more = [*([BOOKED] if outlook else []), *([VOICES] if satisfaction.rows else [])]
    return Content(
        kind=KINDS_OF_CONTENT[report.kind],  # type: ignore[arg-type]
        title=title_of(report.kind, report.about, report.subject),
        territory=source.office.territory_name,
        period=french_period(frames.now.slices[0].first, frames.now.slices[-1].last),
        compared_with=report.compared,
        published_on=source.on.isoformat(),
        key_figures=tuple(_key_figures(source, found)),
        panel=_panel(source.part),
        weeks=tuple(_week(week, found, source) for week in frames.weeks),
        tables=tuple(
            table for table in _tables(source, found) if any(row.state == "open" for row in table.rows)
        ),
        zones=tuple(_zones(found)),
        effects=tuple(effects_of(frames, source.part.now, found)),
        origins=tuple(_origins(source)),
        satisfaction=satisfaction,
        outlook=outlook,
        method=method_of(source.rule, frames, report, more),
    )


def _key_figures(source: Source, found: Results) -> Iterator[KeyFigure]:
    whole = found.figures.get(CellKey(ALL, SEASON), Figure())
    if source.is_ahead and whole.before is not None:
        yield KeyFigure(f"Taux d’occupation\u00a0: {source.report.compared}", one_decimal(whole.before))
    if whole.rate is None:
        return
    yield KeyFigure("Taux d’occupation", one_decimal(whole.rate), tenths(whole.change))
    if whole.use_rate is not None:
        yield KeyFigure("Taux d’utilisation de tout le parc", one_decimal(whole.use_rate))


def _panel(part: Part) -> Panel:
    asked, given = sum(part.panel.asked.values()), sum(part.panel.given.values())
    rate = one_decimal(Fraction(given, asked)) if asked else None
    kinds = [one for one in CATEGORIES if one in part.panel.asked]
    told = beside_sum([part.panel.given.get(one, 0) for one in kinds])
    rows = tuple(PanelRow(CATEGORY_LABELS[one], count) for one, count in zip(kinds, told, strict=False))
    return Panel(asked, None) if is_small(given) else Panel(asked, given, rate, rows)


def _week(week: Week, found: Results, source: Source) -> WeekRow:
    figure = found.figures.get(CellKey(ALL, PeriodKey("week", week.monday.isoformat())))
    told = Row(week.label) if figure is None and source.is_ahead else row(week.label, figure or Figure())
    days = [source.holidays(day) for one in week.slices for day in one.days]
    zones = sorted(set().union(*(zones for zones, _ in days)))
    abroad = sorted(set().union(*(areas for _, areas in days)))
    events = [event.label for event in source.frames.events if any(map(event.touches, week.slices))]
    return WeekRow(**vars(told), zones=tuple(zones), foreign=tuple(abroad), events=tuple(events))


def _tables(source: Source, found: Results) -> Iterator[Table]:
    sectors = [(one.name, GroupKey("sector", one.name)) for one in source.office.sectors]
    categories = [(CATEGORY_LABELS[one], GroupKey("category", category=one)) for one in CATEGORIES]
    yield _table("sectors", "Par secteur", sectors, found)
    yield _table("categories", "Par type d’hébergement", categories, found)
    yield _table("stars", "Par classement", list(_starred()), found)
    for sector in source.office.sectors:
        both = [(CATEGORY_LABELS[one], GroupKey("sector_category", sector.name, one)) for one in CATEGORIES]
        yield _table(f"types-{sector.name}", f"{sector.name}, par type", both, found)


def _starred() -> Iterator[tuple[str, GroupKey]]:
    for category in RATED:
        for stars in range(1, 6):
            label = f"{CATEGORY_LABELS[category]}, {stars}\u00a0étoile{'s' if stars > 1 else ''}"
            yield label, GroupKey("stars", category=category, stars=stars)


def _table(key: str, title: str, groups: Iterable[tuple[str, GroupKey]], found: Results) -> Table:
    listed = ((label, found.figures.get(CellKey(group, SEASON))) for label, group in groups)
    return Table(key, title, rows=tuple(row(label, figure) for label, figure in listed if figure))


def _zones(found: Results) -> Iterator[Row]:
    for count, label in enumerate(ZONE_LABELS):
        figure = found.figures.get(CellKey(ALL, PeriodKey("zones", str(count))))
        if figure:
            yield row(label, figure)


def _origins(source: Source) -> Iterator[Share]:
    for country, share in shares(source.part.origins, source.rule):
        yield Share(COUNTRIES.get(country, country), one_decimal(share))


def _satisfaction(source: Source) -> Satisfaction:
    """Of the season that the report is about, once it is over."""
    is_over = source.report.kind is ReportKind.CLOSING
    return satisfaction_of(source.part.voices.get(source.report.about, {}) if is_over else {})


def _outlook(source: Source) -> tuple[Row, ...]:
    month = asking_month(source.report, source.office.observatory_rules)
    return outlook_of(source.part.booked, month, source.rule) if month else ()


def row(label: str, figure: Figure) -> Row:
    """A figure as a row of a table: nothing but its state where there is no rate of either year."""
    is_told = figure.rate is not None or figure.before is not None
    state: State = "open" if is_told else "secret" if figure.secret else "closed"
    if figure.rate is None:
        return Row(label, before=_percent(figure.before), state=state)
    return Row(label, one_decimal(figure.rate), _percent(figure.before), tenths(figure.change), state)


def _percent(rate: Fraction | None) -> float | None:
    return None if rate is None else one_decimal(rate)
