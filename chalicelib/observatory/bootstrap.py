"""The wiring of the observatory, each piece made once and imported where it is made."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.kernel.clock import iso_minute, utc_now
from chalicelib.mail.bootstrap import outbox
from chalicelib.office.bootstrap import office_repository

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from chalicelib.decisions.reconciling import Reconciler
    from chalicelib.observatory.beside import Beside, Group
    from chalicelib.observatory.calendar_keeping import CalendarKeeping
    from chalicelib.observatory.calendar_repository import CalendarRepository
    from chalicelib.observatory.effects import LocalEvent
    from chalicelib.observatory.forgetting import Forgetting
    from chalicelib.observatory.gathering import Gathering
    from chalicelib.observatory.importing import Importing
    from chalicelib.observatory.kept_calendar import KeptCalendar
    from chalicelib.observatory.looking_after import LookingAfter
    from chalicelib.observatory.making import Making
    from chalicelib.observatory.model import MonthlyReturn
    from chalicelib.observatory.own_weeks import OwnWeek
    from chalicelib.observatory.partner_book import FiledLodgings, FiledReaders
    from chalicelib.observatory.printing import Printing
    from chalicelib.observatory.published import PublishedReports
    from chalicelib.observatory.remarks import Remarks
    from chalicelib.observatory.report_files import ReportFiles
    from chalicelib.observatory.report_repository import ReportRepository
    from chalicelib.observatory.reporting import ReportService
    from chalicelib.observatory.reports import Report
    from chalicelib.observatory.repository import ReturnRepository
    from chalicelib.observatory.sending import Sending
    from chalicelib.observatory.source_repository import SourceRepository
    from chalicelib.office.model import Office

LINK_SECONDS = 300


def now() -> datetime:
    """The instant now, in UTC."""
    return utc_now()


def office() -> Office:
    """The office as its file says today."""
    return office_repository().current()


@lru_cache(maxsize=1)
def returns() -> ReturnRepository:
    """The monthly returns."""
    from chalicelib.observatory.repository import ReturnRepository

    return ReturnRepository(outbox())


@lru_cache(maxsize=1)
def lodgings() -> FiledLodgings:
    """The lodgings, out of the partners' room."""
    from chalicelib.observatory.partner_book import FiledLodgings
    from chalicelib.partners.bootstrap import applications

    return FiledLodgings(applications())


def lodgings_of(email: str) -> list[str]:
    """The identifiers of the partnerships of an address, lodgings or not."""
    from chalicelib.partners.bootstrap import address_book

    return [file.id for file in address_book().list_of(email)]


@lru_cache(maxsize=1)
def gathering() -> Gathering:
    """What asks for returns and takes them."""
    from chalicelib.observatory.gathering import Gathering

    return Gathering(lodgings(), returns(), office, now)


@lru_cache(maxsize=1)
def sources() -> SourceRepository:
    """Who sends files to the office."""
    from chalicelib.observatory.source_repository import SourceRepository

    return SourceRepository()


@lru_cache(maxsize=1)
def importing() -> Importing:
    """What takes files of providers in."""
    from chalicelib.observatory.importing import Importing

    return Importing(gathering(), returns(), lodgings().names, lodgings().list_active, office, now)


@lru_cache(maxsize=1)
def looking_after() -> LookingAfter:
    """What staff read of the figures of a month."""
    from chalicelib.observatory.looking_after import LookingAfter

    return LookingAfter(returns(), office, now)


@lru_cache(maxsize=1)
def remarks() -> Remarks:
    """What lodgings wrote to the office."""
    from chalicelib.observatory.remarks import Remarks

    return Remarks(returns(), office, now)


@lru_cache(maxsize=1)
def readers() -> FiledReaders:
    """Who reads reports, out of the partners' room."""
    from chalicelib.observatory.partner_book import FiledReaders
    from chalicelib.partners.bootstrap import applications

    return FiledReaders(applications())


@lru_cache(maxsize=1)
def reports() -> ReportRepository:
    """The reports."""
    from chalicelib.observatory.report_repository import ReportRepository

    return ReportRepository(outbox())


@lru_cache(maxsize=1)
def report_files() -> ReportFiles:
    """What reports say."""
    from chalicelib.observatory.report_files import ReportFiles
    from chalicelib.uploads.bootstrap import files

    return ReportFiles(files())


@lru_cache(maxsize=1)
def published_reports() -> PublishedReports:
    """What anybody may read."""
    from chalicelib.observatory.published import PublishedReports

    return PublishedReports(reports(), report_files(), link_to_document)


def link_to_document(report: Report) -> str:
    """An address that saves the document of a report, for some minutes."""
    from chalicelib.kernel.files import PDF, Shown
    from chalicelib.observatory.sending import document_key
    from chalicelib.uploads.bootstrap import files

    shown = Shown(PDF, f'attachment; filename="{report.slug}.pdf"', LINK_SECONDS)
    return files().download_url(document_key(report.id), shown)


@lru_cache(maxsize=1)
def report_service() -> ReportService:
    """What happens to reports."""
    from chalicelib.adapters.step_functions import StepFunctionsProcess
    from chalicelib.observatory.reporting import ReportService
    from chalicelib.observatory.reports import PROCESS

    return ReportService(reports(), returns(), StepFunctionsProcess(PROCESS), office, now)


@lru_cache(maxsize=1)
def making() -> Making:
    """What makes drafts."""
    from chalicelib.adapters import school_holidays
    from chalicelib.observatory.making import Making

    return Making(returns(), reports(), report_files(), school_holidays, abroad, events, office, now)


@lru_cache(maxsize=1)
def printing() -> Printing:
    """What prints reports: made where one is printed, because only that function has the layers for it."""
    from chalicelib.documents.bootstrap import printer
    from chalicelib.observatory.printing import Printing
    from chalicelib.uploads.bootstrap import files

    return Printing(files(), report_files(), printer(), office, now)


@lru_cache(maxsize=1)
def sending() -> Sending:
    """What tells everybody of a published report."""
    from chalicelib.mail.bootstrap import mail_desk
    from chalicelib.observatory.sending import Sending

    return Sending(readers(), returns(), report_files(), making().frame_of, mail_desk().enqueue, office, now)


@lru_cache(maxsize=1)
def report_reconciler() -> Reconciler[Report]:
    """What repairs reports."""
    from chalicelib.adapters.step_functions import StepFunctionsProcess
    from chalicelib.decisions.bootstrap import decision_repository, decision_service
    from chalicelib.decisions.reconciling import Reconciler
    from chalicelib.observatory.reports import PROCESS

    return Reconciler(
        records=reports(),
        questions=decision_repository(),
        decisions=decision_service(),
        process=StepFunctionsProcess(PROCESS),
        clock=now,
    )


@lru_cache(maxsize=1)
def forgetting() -> Forgetting:
    """What forgets the drafts that came to nothing."""
    from chalicelib.observatory.forgetting import Forgetting

    return Forgetting(reports(), report_files(), now)


@lru_cache(maxsize=1)
def calendars() -> CalendarRepository:
    """The office's own calendar."""
    from chalicelib.observatory.calendar_repository import CalendarRepository

    return CalendarRepository()


@lru_cache(maxsize=1)
def calendar_keeping() -> CalendarKeeping:
    """What changes it."""
    from chalicelib.observatory.calendar_keeping import CalendarKeeping

    return CalendarKeeping(calendars(), now)


@lru_cache(maxsize=1)
def _calendar_of(minute: str) -> KeptCalendar:
    """The calendar as it stood in that minute: a report asks for each of its days."""
    return calendars().get()


def abroad(day: date) -> frozenset[str]:
    """The areas abroad that are on school holiday, by the calendar that the office keeps."""
    return _calendar_of(iso_minute(now())).foreign.areas_on(day)


def events() -> list[LocalEvent]:
    """The events of the territory, by the calendar that the office keeps."""
    return list(calendars().get().events.values())


@lru_cache(maxsize=1)
def beside() -> Beside:
    """What was published, to stand beside one's own figures."""
    from chalicelib.observatory.beside import Beside

    return Beside(published_reports(), report_files(), office)


def own_weeks_of(own: Sequence[MonthlyReturn], month: str, group: Group) -> list[OwnWeek]:
    """The rates of one establishment week by week beside published ones, with the holidays and events around them."""
    from chalicelib.adapters import school_holidays
    from chalicelib.observatory.own_weeks import Around, own_weeks

    known = {area.id: area.label for area in office().observatory_rules.holiday_areas}
    kept = calendars().get()
    around = Around(
        zones=lambda day: school_holidays.zones_on_holiday(day) or (),
        foreign=lambda day: (known.get(area, area) for area in sorted(kept.foreign.areas_on(day))),
        events=lambda one: (event.label for event in kept.events.values() if event.touches(one)),
    )
    return own_weeks(own, month, around, group.weeks)


def drafted(report: Report) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    """What the draft of a report says, for reading."""
    from chalicelib.observatory.report_sections import sections_of

    return list(sections_of(report_files().content(report.id)))
