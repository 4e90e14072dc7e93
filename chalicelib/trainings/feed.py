"""The sessions to come as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from datetime import datetime
from xml.etree import ElementTree as Xml  # nosec B405  # written here, nothing is parsed

from chalicelib.kernel.cells import flat
from chalicelib.office.model import Office
from chalicelib.trainings.model import Session
from chalicelib.trainings.paths import CATALOGUE, FEED, SESSION
from chalicelib.trainings.when import when_lines

ATOM = "http://www.w3.org/2005/Atom"
LATEST = 50


def feed(sessions: Sequence[Session], office: Office, site: str, now: datetime) -> bytes:
    """The feed of these sessions; `site` is the address of the site without a slash at the end."""
    Xml.register_namespace("", ATOM)
    root = Xml.Element(f"{{{ATOM}}}feed")
    updated = max(map(_updated, sessions), default=now)
    _text(root, "id", site + FEED)
    _text(root, "title", f"Formations et rencontres, {office.name}")
    _text(root, "updated", _instant(updated))
    _text(_child(root, "author"), "name", office.name)
    _child(root, "link", rel="self", href=site + FEED)
    _child(root, "link", rel="alternate", href=site + CATALOGUE)
    for one in sessions[:LATEST]:
        _entry(root, one, site)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: Xml.Element, session: Session, site: str) -> None:
    entry = _child(root, "entry")
    address = site + SESSION.format(reference=session.reference)
    _text(entry, "id", address)
    _text(entry, "title", session.plan.title)
    _text(entry, "updated", _instant(_updated(session)))
    _child(entry, "link", rel="alternate", href=address)
    said = ". ".join([*when_lines(session.plan), session.plan.place.line, session.plan.summary])
    _text(entry, "summary", said)


def _updated(session: Session) -> datetime:
    """The last change that readers see: the publication, or what was edited since."""
    return session.shown_since or session.status_since


def _child(parent: Xml.Element, name: str, **attributes: str) -> Xml.Element:
    return Xml.SubElement(parent, f"{{{ATOM}}}{name}", attributes)


def _text(parent: Xml.Element, name: str, text: str) -> None:
    _child(parent, name).text = flat(text)


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
