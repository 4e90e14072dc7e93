"""Figures and a report whose every text is the same one: what happens to them, and all that shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.kernel import ids
from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory import bootstrap, content, emails
from chalicelib.observatory.effects import LocalEvent
from chalicelib.observatory.holidays import ForeignHoliday
from chalicelib.observatory.importing import ProviderSource
from chalicelib.observatory.model import MonthlyReturn, Sold, Status
from chalicelib.observatory.paths import (
    DESK_CALENDAR,
    DESK_PAGE,
    DESK_REMARKS,
    DESK_REPORTS,
    ENTRY_PAGE,
    IMPORTS,
    key_of,
)
from chalicelib.observatory.reports import Report, ReportKind, ReportStatus
from chalicelib.observatory.slices import last_month_of, slices_of_month
from chalicelib.observatory.voices import Said, Voice
from chalicelib.uploads.passing import PASSING
from tests.figure_files import by_week, csv_file
from tests.harness import objects
from tests.inprocess import ENVIRONMENT, client
from tests.security.http import Visitor
from tests.security.markup import Pages, see
from tests.security.observatory_town import FAIR, MONTH, return_of
from tests.security.town import DECISIONS, STAFF, Town
from tests.unit.documents.report_samples import a_report

SLUG, LEFT, ABOUT = "bilan-hostile", "bilan-abandonne", "hiver-2025-2026"
EMAIL, OBSERVER, DIRECTOR = "cimes@hotel.example.org", STAFF["observatory"], STAFF["director"]
SOURCE, HOLIDAYS = "6" * 32, "b" * 32
TICKETS = {name: f"{number:032x}" for number, name in enumerate(("wrong", "mapping"), 1)}
FILE_NAME, KEPT_MONTHS = 120, 36
NOT_TEXTS = {"kind", "state", "key", "published_on", "zones"}
"""What the application itself writes into a report."""
FULL = {one.id: Sold(12 * one.length_days, 12 * one.length_days) for one in slices_of_month(MONTH)}


class Life:
    """The town while a report full of `text` lives in it; `pages`, `files` and `letters` are what was seen of it."""

    def __init__(self, town: Town, text: str) -> None:
        self.town, self.text, self.pages = town.at("figures_asked"), text, Pages()
        self.files: dict[str, str] = {}
        self.known = len(town.gate.letters)

    @property
    def of_office(self) -> str:
        """The text as the office writes it: its people may send links, which are none of this."""
        return self.text.replace("https://", "//")

    @property
    def letters(self) -> list[bytes]:
        """The mails about it."""
        return [letter.raw for letter in self.town.gate.letters[self.known :]]

    def papers(self) -> list[bytes]:
        """The PDFs that were printed for it."""
        printed = [key for key in objects.all_keys() if key.startswith("printed/") and key.endswith(".pdf")]
        bucket = ENVIRONMENT["FILES_BUCKET"]
        return [client("s3").get_object(Bucket=bucket, Key=key)["Body"].read() for key in printed]

    def decides(self, email: str, outcome: str) -> None:
        """An answer by the mailed link."""
        link = self.town.link(email, DECISIONS)
        self.pages[f"question {outcome}"] = Visitor().get(link).body
        assert Visitor().post(link, {"outcome": outcome, "reason": self.of_office}).status == 303
        self.town.go_on()

    def shows(self, when: str, actor: str, paths: Sequence[str]) -> None:
        """Keep what these pages show to this person."""
        see(self.pages, f"{when} {actor}", self.town.visitors[actor], list(paths))

    def keeps(self, name: str, path: str) -> None:
        """Keep a file that everybody may take away."""
        self.files[name] = self.town.visitors["observatory"].get(path).body


def is_asked(life: Life) -> MonthlyReturn:
    """A lodging of this name is asked, reminded, gives figures, and is asked about them."""
    place = replace(return_of().establishment, id="hostile", name=life.text, email=EMAIL)
    asked = replace(return_of(), establishment=place, version=1)
    line, office, now = (
        HistoryLine(bootstrap.now(), life.text, life.text, life.text),
        bootstrap.office(),
        bootstrap.now(),
    )
    bootstrap.returns().ask(asked, line, emails.asked(asked, office, now), KEPT_MONTHS)
    late = replace(asked, reminders=1, reminded_at=now, version=2)
    bootstrap.returns().save(asked, late, line, [emails.reminder(late, office, now)], KEPT_MONTHS)
    life.town.go_on()
    link = life.town.link(EMAIL, ENTRY_PAGE)
    life.shows("asked", "anonymous", [link, f"{link}/fichier"])
    given = bootstrap.gathering().give(late, FULL, {}, life.text)
    (doubt,) = bootstrap.looking_after().doubts_of(given)
    bootstrap.gathering().question(given, replace(doubt, sentence=life.of_office), life.text)
    life.town.go_on()
    _says(life, asked)
    return given


def _says(life: Life, asked: MonthlyReturn) -> None:
    """It leaves a remark about the last season."""
    season = bootstrap.remarks().seasons()[0]
    before = replace(asked, month=last_month_of(season))
    line = HistoryLine(bootstrap.now(), life.text, life.text)
    bootstrap.returns().ask(before, line, None, KEPT_MONTHS)
    said = Said(Voice(season.id, remark=life.text))
    after = replace(before, status=Status.GIVEN, given_at=bootstrap.now(), said=said, version=2)
    bootstrap.returns().save(before, after, line, [], KEPT_MONTHS)
    life.shows("said", "observatory", [DESK_REMARKS, f"{DESK_PAGE}/chiffres/{key_of(after)}"])


def is_around(life: Life, given: MonthlyReturn) -> None:
    """An event and holidays of this name, and the pages on which they stand beside the figures."""
    day = date.fromisoformat(f"{MONTH}-09")
    kept: Mapping[str, Any] = {
        FAIR: LocalEvent(FAIR, life.of_office, day, day),
        HOLIDAYS: ForeignHoliday("geneve", life.of_office, day, day),
    }
    for key, entry in kept.items():
        bootstrap.calendar_keeping().add(key, entry, life.text)
    link = life.town.link(EMAIL, ENTRY_PAGE)
    life.shows("given", "anonymous", [link])
    figures = f"{DESK_PAGE}/chiffres/{key_of(given)}"
    life.shows("given", "observatory", [f"{DESK_PAGE}?mois={MONTH}", figures, DESK_CALENDAR])
    life.shows("kept", "observatory", [f"{DESK_CALENDAR}/{key}" for key in kept])
    life.files["own curve"] = Visitor().get(f"{link}/courbe.svg").body


def is_sent(life: Life) -> None:
    """The lodging and a provider of that name send files of that name, with columns and establishments of it."""
    first, *others = by_week(FULL)
    wrong = [(*first, life.text), *((life.text, *row[1:], life.text) for row in others)]
    _arrives(ids.id_of(f"figures\n{MONTH}-hostile"), "wrong", life.text, csv_file(wrong))
    link = life.town.link(EMAIL, ENTRY_PAGE)
    life.shows("sent", "anonymous", [f"{link}/fichier/{TICKETS['wrong']}"])
    bootstrap.sources().save(ProviderSource(SOURCE, life.text, {"who": life.text}))
    rows = [(*row, name) for name in (life.text, f"Inconnu {life.text}") for row in others]
    provider = ids.id_of(f"import\n{SOURCE}")
    _arrives(provider, "wrong", life.text, csv_file([(*first, life.text), *rows]))
    _arrives(provider, "mapping", life.text, csv_file([("Rien", life.text), ("1", "2")]))
    base = f"{IMPORTS}/{SOURCE}"
    life.shows("imported", "observatory", [IMPORTS, base, *(f"{base}/{one}" for one in TICKETS.values())])
    life.keeps("problems", f"{base}/{TICKETS['wrong']}/erreurs.csv")


def is_read(life: Life) -> None:
    """A report whose every text it is, at the desk and in both questions."""
    report = _stands(life, SLUG, ReportStatus.IN_REVIEW)
    bootstrap.report_service().process.start(report.run_name, report.run_input)
    life.town.go_on()
    report = bootstrap.report_service().get(report.id)
    bootstrap.report_service().comment(report, life.of_office, life.of_office)
    desk = f"{DESK_REPORTS}/{SLUG}"
    life.shows("read", "observatory", ["/bureau", DESK_REPORTS, desk, f"{desk}/projet"])
    life.keeps("draft picture", f"{desk}/projet/graphique.svg?partie=semaines")
    life.decides(OBSERVER, "submit")
    life.decides(DIRECTOR, "send_back")
    life.shows("sent back", "observatory", [desk])
    life.decides(OBSERVER, "submit")


def is_published(life: Life) -> None:
    """It is approved, printed, public and told."""
    life.decides(DIRECTOR, "accept")
    assert bootstrap.report_service().get_by_slug(SLUG).status is ReportStatus.PUBLISHED
    page = f"/observatoire/{SLUG}"
    life.shows("published", "anonymous", ["/observatoire", page])
    life.shows("published", "observatory", [f"{DESK_REPORTS}/{SLUG}"])
    for part in ("semaines", "secteurs", "types", "vacances", "perspectives"):
        life.keeps(f"picture {part}", f"{page}/graphique.svg?partie={part}&largeur=etroite")
    life.keeps("table", f"{page}/donnees.csv")
    life.keeps("workbook", f"{page}/donnees.xlsx")


def is_left(life: Life) -> None:
    """Another one is given up for a reason of that text."""
    report = _stands(life, LEFT, ReportStatus.OVERDUE)
    bootstrap.report_service().drop(report, life.of_office, life.of_office)
    life.shows("left", "observatory", [DESK_REPORTS, f"{DESK_REPORTS}/{LEFT}"])


def _stands(life: Life, slug: str, status: ReportStatus) -> Report:
    now = bootstrap.now()
    report = Report(
        ids.id_of(slug), slug, ReportKind.CLOSING, ABOUT, life.of_office, status, now, now, 1, life.of_office
    )
    assert bootstrap.reports().add(report, HistoryLine(now, *[life.of_office] * 3))
    bootstrap.report_files().keep_content(report.id, hostile_report(life.of_office))
    return report


def hostile_report(text: str) -> content.Content:
    """A report with the text in the place of each of its texts."""
    return content.from_json(_hostile(content.to_json(a_report()), text))


def _hostile(value: Any, text: str) -> Any:
    """The same document with the text in the place of each of its texts."""
    if isinstance(value, Mapping):
        return {name: one if name in NOT_TEXTS else _hostile(one, text) for name, one in value.items()}
    if isinstance(value, list):
        return [_hostile(one, text) for one in value]
    return text if isinstance(value, str) else value


def _arrives(owner: str, ticket: str, name: str, sent: bytes) -> None:
    key = f"{PASSING}{owner}/{TICKETS[ticket]}/{name[:FILE_NAME]}.csv"
    client("s3").put_object(Bucket=ENVIRONMENT["FILES_BUCKET"], Key=key, Body=sent)
