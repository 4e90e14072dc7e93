"""The past year as a data provider knows it: files that the office takes in at its desk."""

import csv
from collections.abc import Callable, Iterator, Sequence
from io import StringIO

from chalicelib.adapters import school_holidays
from infra.demo.crowd import together
from infra.demo.joining import Joined
from infra.demo.nights import told
from infra.demo.seasons import history_months
from infra.demo.stage import Stage
from infra.visitor.browser import Browser, Page
from infra.visitor.forms import forms_in

IMPORTS = "/bureau/observatoire/imports"
PROVIDER = "Observatoire régional d’exemple"
TITLES = ("Établissement", "Date", "Unités proposées", "Unités vendues", "Nuitées", "Arrivées")
MONTHS_IN_A_FILE = 3
BY_DAY = 3
"""One lodging of so many tells each day."""
AT_ONCE = 3
KEEP = "Enregistrer ces chiffres"
MOST_PRESSES = 60


class ImportStuck(Exception):
    """The site keeps showing what is left of a file, and takes no more of it."""


def history_files(stage: Stage, partners: Sequence[Joined]) -> list[tuple[str, str]]:
    """The names and contents of the files: the lines of each lodging and month, a few months in each."""
    months = history_months(stage.office.observatory_rules, stage.today)
    parts = [months[at : at + MONTHS_IN_A_FILE] for at in range(0, len(months), MONTHS_IN_A_FILE)]
    return [(f"chiffres-{part[0]}-{part[-1]}.csv", provider_csv(partners, part)) for part in parts]


def provider_csv(partners: Sequence[Joined], months: Sequence[str]) -> str:
    """A file of these months, as the provider writes it."""
    text = StringIO()
    lines = csv.writer(text, delimiter=";")
    lines.writerow(TITLES)
    lines.writerows(row for month in months for one in partners for row in _rows(one, month))
    return text.getvalue()


def was_imported(stage: Stage) -> bool:
    """Whether the provider's files were taken in before."""
    return PROVIDER in stage.staff("report_review").opens(IMPORTS).words


def import_all(stage: Stage, files: Sequence[tuple[str, str]], tick: Callable[[], None]) -> None:
    """Each file sent, looked at, and kept."""
    browser = stage.staff("report_review")
    source = browser.presses(browser.opens(IMPORTS), "Continuer", {"source": PROVIDER})
    together(lambda file: import_file(browser, source.path, *file), files, tick, AT_ONCE)


def import_file(browser: Browser, source: str, name: str, content: str) -> Page:
    """One file; the button is pressed until nothing is left of it. Raises `ImportStuck`."""
    page = browser.opens(source)
    form = next(form for form in forms_in(page.html) if form.takes_file)
    page = browser.uploads(page, form, name, content.encode("utf-8-sig"))
    for _ in range(MOST_PRESSES):
        if not page.has_button(KEEP):
            return page
        page = browser.presses(page, KEEP)
    raise ImportStuck(f"{name}: {page.words[:300]}")


def _rows(one: Joined, month: str) -> Iterator[tuple[str, str, int, int, int | str, int | str]]:
    """A line for each week, or for each day of those whose software counts days, and no people then."""
    lodging = one.applicant.lodging
    said = told(lodging, month, school_holidays) if lodging else None
    if said is None or lodging is None:
        return
    if lodging.number % BY_DAY == 0:
        yield from ((one.reference, day, *figures, "", "") for day, figures in said.days.items())
    else:
        yield from ((one.reference, week, *figures) for week, figures in said.slices.items())
