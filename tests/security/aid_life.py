"""An aid file whose every text is the same one: what its people do, and all pages, mails and papers that show it."""

from typing import Any

from tests.harness import objects
from tests.inprocess import ENVIRONMENT, client
from tests.security.aid_town import OWNER, REFERENCE
from tests.security.http import Visitor
from tests.security.markup import Pages, see
from tests.security.town import DECISIONS, Town

FREE_TEXT = ("text-line", "person-name")
OWN, DESK = f"/espace/aides/{REFERENCE}", f"/bureau/aides/{REFERENCE}"


class Life:
    """The town while an aid file full of `text` lives in it; `pages` and `letters` are what was seen of it."""

    def __init__(self, town: Town, text: str) -> None:
        self.town, self.text, self.pages = town.at("aid_draft"), text, Pages()
        self.owner = town.visitors["owner"]
        self.known, self.earlier = len(town.gate.letters), list[bytes]()

    @property
    def letters(self) -> list[bytes]:
        """The mails about it."""
        return self.earlier + [letter.raw for letter in self.town.gate.letters[self.known :]]

    def goes_back(self, checkpoint: Any) -> None:
        """Everything as it was then; what was seen and mailed since is kept."""
        self.earlier = self.letters
        self.town.restore(checkpoint)
        self.known = len(self.town.gate.letters)

    def papers(self) -> list[bytes]:
        """The PDFs that were printed for it."""
        printed = [key for key in objects.all_keys() if key.endswith(".pdf") and "incoming" not in key]
        bucket = ENVIRONMENT["FILES_BUCKET"]
        return [client("s3").get_object(Bucket=bucket, Key=key)["Body"].read() for key in printed]

    def texts(self, answers: dict[str, Any], form: Any) -> dict[str, Any]:
        """The answers with the text in the place of each that people write freely."""
        free = [one.name for one in form.fields if one.format in FREE_TEXT]
        return {**answers, **dict.fromkeys(free, self.text)}

    def decides(self, email: str, outcome: str) -> None:
        """An answer by the mailed link."""
        answered = {"outcome": outcome, "reason": self.text}
        assert Visitor().post(self.town.link(email, DECISIONS), answered).status == 303
        self.town.go_on()

    def marks(self, path: str, **form: str) -> None:
        """Accounting notes what a statement says."""
        fields = {f"{name}-{REFERENCE}": value for name, value in form.items()}
        assert self.town.visitors["accounting"].post(path, fields).status == 303
        self.town.go_on()

    def is_seen(self, when: str, asked: str) -> None:
        """Every page that somebody may open about the file while a question waits."""
        self.shows(when, "owner", [OWN, f"{OWN}/retrait", "/espace", "/subventions"])
        link = self.town.link(asked, DECISIONS)
        self.shows(when, "accounting", ["/bureau", f"/bureau/aides?q={OWNER}", DESK, link])

    def shows(self, when: str, actor: str, paths: list[str]) -> None:
        """Keep what these pages show to this person."""
        see(self.pages, f"{when} {actor}", self.town.visitors[actor], paths)
