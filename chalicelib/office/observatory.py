"""What the office decides about its season reports: seasons, secrecy, whose calendars count, when figures are asked.

All of it is data of the office file. Days are days in Paris.
"""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from chalicelib.kernel.errors import RuleBroken
from chalicelib.kernel.french import french_date
from chalicelib.office.periods import Period, in_force

SEASON_LABELS = MappingProxyType(
    {
        "winter": "Hiver",
        "summer": "Été",
        "shoulder": "Ailes de saison",
        "low": "Basse saison",
    }
)
SEASON_KINDS = tuple(SEASON_LABELS)

YEAR_DAYS = 365
SAME_SEASON_DAYS = 60
"""A season begins with the school holidays, whose first day wanders by weeks from year to year."""


class NoObservatory(RuleBroken):
    """The office file says nothing about season reports: the office makes none here."""


class NoSecrecyRule(RuleBroken):
    """No rule of secrecy holds on that day: nothing may be published under it."""


@dataclass(frozen=True)
class Season:
    """Some weeks that are counted together; `kind` is one of SEASON_KINDS. Its period has both its days."""

    id: str
    kind: str
    label: str
    period: Period

    @property
    def first_day(self) -> date:
        """The first day, included."""
        return self.period.valid_from

    @property
    def last_day(self) -> date:
        """The last day, included; the file never leaves it out."""
        return self.period.valid_to or date.max

    def days_off_a_year(self, other: "Season") -> int:
        """By how many days it begins sooner or later than a year after `other`."""
        return abs((self.first_day - other.first_day).days - YEAR_DAYS)


@dataclass(frozen=True)
class SecrecyRule:
    """From how many establishments a figure may come, and how much of it may be from one.

    The defaults are those of French public statistics: at least 3, and none with more than 85 %; exactly 85 % is
    published. Source: law 51-711 of 7 June 1951 and the rules of 7 July 1960, as Insee applies them.
    """

    period: Period
    minimum_units: int = 3
    dominance_percent: int = 85
    source_url: str = ""


@dataclass(frozen=True)
class HolidayArea:
    """Whose school holidays matter here although no French calendar has them: a canton of Switzerland."""

    id: str
    label: str


@dataclass(frozen=True)
class Recipient:
    """Who is sent the reports without being a partner: an elected member, a newspaper."""

    name: str
    email: str


@dataclass(frozen=True)
class ObservatoryRules:
    """The office's season reports; an office without any has none of this.

    The form of a month is asked from `entry_opens_day` of the next month on, asked again `entry_reminder_days`
    after that, and taken until `entry_closes_days` after the month; its bulletin is drafted the day after. The report
    on what a season promises is drafted `report_opens_days` before it, the one on how it was `report_closes_days` after
    it, and not before its last month is closed. A draft is reviewed within `review_days`, then approved within
    `approval_days`. The figures of single establishments are kept for `kept_months`, then only totals. A rate is
    questioned when it is more than `jump_percent` points away from that of the same month a year before.
    """

    seasons: tuple[Season, ...]
    secrecy: tuple[SecrecyRule, ...]
    holiday_areas: tuple[HolidayArea, ...] = ()
    entry_opens_day: int = 1
    entry_reminder_days: tuple[int, ...] = (7, 14, 21)
    entry_closes_days: int = 25
    report_opens_days: int = 14
    report_closes_days: int = 21
    review_days: int = 10
    approval_days: int = 7
    kept_months: int = 24
    jump_percent: int = 40
    elected: tuple[Recipient, ...] = ()
    press: tuple[Recipient, ...] = ()

    def season_on(self, day: date) -> Season | None:
        """The season that the day belongs to; None before the first one and after the last."""
        return in_force(self.seasons, day)

    def season(self, season_id: str) -> Season | None:
        """The season with that id; None for one that the file has no more."""
        return next((season for season in self.seasons if season.id == season_id), None)

    def previous(self, season: Season) -> Season | None:
        """The season to compare with: of the same kind, begun about a year before; None where the file has none."""
        alike = [other for other in self.seasons if other.kind == season.kind]
        near = [other for other in alike if season.days_off_a_year(other) <= SAME_SEASON_DAYS]
        return min(near, key=season.days_off_a_year, default=None)

    def secrecy_on(self, day: date) -> SecrecyRule:
        """The rule of secrecy in force on that day. Raises NoSecrecyRule: without a rule nothing is published."""
        rule = in_force(self.secrecy, day)
        if rule is None:
            raise NoSecrecyRule(
                f"Aucune règle de secret ne vaut le {french_date(day)}\u00a0: ajoutez-la au fichier de l’office."
            )
        return rule

    def holiday_area(self, area_id: str) -> HolidayArea | None:
        """The area with that id; None for one that the file has no more."""
        return next((area for area in self.holiday_areas if area.id == area_id), None)
