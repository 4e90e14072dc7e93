"""Pages and mails that show a text that tries to become markup, held against those of its harmless twin."""

from email import message_from_bytes, policy

from tests.security.corpus import CORPUS
from tests.security.http import Visitor
from tests.security.reading import WEB_ADDRESS, Tree
from tests.unit.documents.reading import Paper
from tests.unit.documents.test_hostile_text import ACTIONS

AT_ONCE = 11
HANDFULS = [CORPUS[start : start + AT_ONCE] for start in range(0, len(CORPUS), AT_ONCE)]
EVIL = ("javascript:", "evil.example", "alert", "srcdoc")
FEWEST_MAILS = 13
Pages = dict[str, str]


def compare(attacked: Pages, plain: Pages) -> None:
    """Every page has the elements and attributes of its twin, and leads nowhere that the text says."""
    assert list(attacked) == list(plain)
    for name, html in attacked.items():
        tree = Tree(html)
        assert tree.elements == Tree(plain[name]).elements, name
        assert tree.others == Tree(plain[name]).others, name
        assert [one for one in tree.addresses for evil in EVIL if evil in one.lower()] == [], name


def compare_mails(attacked: list[bytes], plain: list[bytes], fewest: int = FEWEST_MAILS) -> None:
    """The same of mails: their headers, their recipients, their two bodies."""
    assert len(attacked) == len(plain) >= fewest
    for one, other in zip(attacked, plain, strict=True):
        mail, twin_mail = (message_from_bytes(raw, policy=policy.default) for raw in (one, other))
        assert mail.keys() == twin_mail.keys()
        assert mail["To"] == twin_mail["To"]
        html, plain_html = (each.get_body(("html",)).get_content() for each in (mail, twin_mail))
        compare({mail["Subject"]: html}, {mail["Subject"]: plain_html})
        words, plain_words = (
            _unquoted(each.get_body(("plain",)).get_content()) for each in (mail, twin_mail)
        )
        assert [link for link in WEB_ADDRESS.findall(words) if "evil" in link] == []
        assert len(WEB_ADDRESS.findall(words)) == len(WEB_ADDRESS.findall(plain_words))


def _unquoted(text: str) -> str:
    """Without what the office wrote: its people may send links."""
    return "\n".join(line for line in text.splitlines() if not line.startswith(">"))


def check_paper(content: bytes) -> None:
    """It does nothing when it is opened, and leads nowhere that the text says."""
    paper = Paper(content)
    assert paper.names & ACTIONS == set()
    assert [link for link in paper.links for evil in EVIL if evil in link.lower()] == []


def see(pages: Pages, when: str, visitor: Visitor, paths: list[str]) -> None:
    """Keep what these pages show; they must open."""
    for number, path in enumerate(paths):
        answer = visitor.get(path)
        assert answer.status in (200, 303), path
        pages[f"{when} {number} {path.split('/')[1]}"] = answer.body
