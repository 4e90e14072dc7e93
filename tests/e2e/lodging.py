"""A lodging that is asked for its figures, and what it sends, so that a test reads like its story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Page, expect

from chalicelib.kernel.clock import paris_day, utc_now
from chalicelib.observatory.months import month_of, moved
from chalicelib.observatory.paths import ENTRY_PAGE
from chalicelib.observatory.slices import slices_of_month
from tests.cloud import Cloud
from tests.e2e import figure_stage, seeding
from tests.e2e.attendee import begin_afresh, invoke
from tests.figure_files import FRENCH, TITLES, csv_file
from tests.harness.mailbox import Post, link_of
from tests.harness.race import Racers
from tests.harness.starts import Work
from tests.harness.waiting import until
from tests.people import named

ROOMS = 12
ASKED = "trois minutes"


@dataclass
class Lodging:
    """A partner with twelve rooms, before a browser."""

    cloud: Cloud
    page: Page
    name: str
    email: str
    link: str

    def opens(self) -> "Lodging":
        """Follow the mailed link."""
        self.page.goto(self.cloud.url + self.link)
        return self

    def sold(self, *figures: int) -> "Lodging":
        """Type what was sold, week by week, and save; the last figure is that of all weeks that follow."""
        fields = self.page.get_by_label("Vendu")
        for number in range(fields.count()):
            fields.nth(number).fill(str(figures[min(number, len(figures) - 1)]))
        self.page.get_by_role("button", name="Enregistrer mes chiffres").click()
        return self

    def sold_everything(self) -> "Lodging":
        """Each room was let each night."""
        return self.sold(*(ROOMS * one.length_days for one in slices_of_month(last_month())))

    def sends(self, content: bytes) -> "Lodging":
        """Send a file, on the page that asks for one."""
        send_file(self.page, content)
        return self

    def is_told(self, words: str) -> None:
        """A notice says that it went well."""
        expect(self.page.locator(".notice.success")).to_contain_text(words)


def lodgings(cloud: Cloud, post: Post, racers: Racers, pages: Sequence[Page], name: str) -> list[Lodging]:
    """One for each page, asked for last month's figures by the round."""
    racers.each([Work(figure_stage.observing)])
    begin_afresh(cloud, "api_handler", "gather_figures")
    made = racers.each([Work(seeding.partner, (named(name),)) for _ in pages])
    emails = [str(one["email"]) for one in made]
    until(lambda: _asked(cloud, post, emails), lambda: f"mails to {emails}")
    found = [post.wait(email, ASKED) for email in emails]
    return [
        Lodging(cloud, page, _name_in(mail.text), email, link_of(mail, ENTRY_PAGE))
        for page, email, mail in zip(pages, emails, found, strict=True)
    ]


def _asked(cloud: Cloud, post: Post, emails: Sequence[str]) -> bool:
    invoke(cloud, "gather_figures")
    return all(post.mails(email, ASKED) for email in emails)


def _name_in(text: str) -> str:
    return next(line for line in text.splitlines() if "Établissement" in line).partition("\u00a0: ")[2]


def last_month() -> str:
    """The month that is asked for."""
    return moved(month_of(paris_day(utc_now())), -1)


def figures(sold: object = 42, titles: Sequence[str] = TITLES, who: str = "") -> bytes:
    """A file of that month, a line for each week; the first one sold what is given, and `who` did."""
    rows: list[tuple[object, ...]] = []
    for one in slices_of_month(last_month()):
        day = date.fromisoformat(one.id).strftime(FRENCH)
        said = sold if not rows else 42
        rows.append((*([who] if who else []), day, ROOMS * one.length_days, said, "", ""))
    return csv_file([titles, *rows])


def send_file(page: Page, content: bytes) -> None:
    """Choose a file and send it."""
    given = {"name": "chiffres.csv", "mimeType": "text/csv", "buffer": content}
    page.set_input_files("input[type=file]", given)  # type: ignore[arg-type]
    page.get_by_role("button", name="Envoyer ce fichier").click()
