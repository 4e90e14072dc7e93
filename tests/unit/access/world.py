"""The login room on fakes: a clock that is set by hand, stores in memory, mails that arrive when told."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from chalicelib.access.directory import Directory
from chalicelib.access.limits import Limiter
from chalicelib.access.model import SESSION_LIVES, LoginRequests, Session
from chalicelib.access.service import LoginService
from chalicelib.access.sessions import SessionService
from chalicelib.kernel import ids
from chalicelib.links.service import LinkService
from chalicelib.mail.model import Message
from tests.fakes.links import FakeLinks

BASE_URL = "https://pro.example.org"
PARTNER = "gite.noyers@example.org"
STAFF = "claire@office.example.org"
BOTH = "noa@office.example.org"
UNKNOWN = "nobody@example.com"
REPLY_TO = "accueil@office.example.org"


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    email: str
    roles: tuple[str, ...]


@dataclass
class Office:
    people: tuple[Person, ...] = (
        Person("claire", "Claire Martin", STAFF, ("director",)),
        Person("noa", "Noa Petit", BOTH, ("accounting", "quality_officer")),
    )

    def person_by_email(self, email: str) -> Person | None:
        return next((person for person in self.people if person.email == email), None)


@dataclass
class Partners:
    names: dict[str, str] = field(default_factory=lambda: {PARTNER: "Gîte des Noyers", BOTH: "Gîte Petit"})
    asked: list[str] = field(default_factory=list)

    def name_of(self, email: str) -> str | None:
        self.asked.append(email)
        return self.names.get(email)


class FakeRequests:
    def __init__(self, sessions: "FakeSessions") -> None:
        self.sessions = sessions
        self.kept: dict[str, LoginRequests] = {}
        self.mails: list[Message] = []
        self.writes = 0

    def get(self, email: str) -> LoginRequests:
        return self.kept.get(email, LoginRequests(email))

    def save(self, asked: LoginRequests, now: datetime) -> bool:
        if self.get(asked.email).version != asked.version:
            return False
        self.kept[asked.email] = replace(asked, version=asked.version + 1)
        self.writes += 1
        return True

    def save_with_mail(self, asked: LoginRequests, message: Message | None, now: datetime) -> bool:
        saved = self.save(asked, now)
        if saved and message:
            self.mails.append(message)
        return saved

    def save_with_session(self, asked: LoginRequests, session: Session, now: datetime) -> bool:
        assert session.sid_digest not in self.sessions.kept
        saved = self.save(asked, now)
        if saved:
            self.sessions.kept[session.sid_digest] = session
        return saved


class FakeSessions:
    def __init__(self) -> None:
        self.kept: dict[str, Session] = {}
        self.touches = 0
        self.reads = 0

    def find(self, sid_digest: str) -> Session | None:
        self.reads += 1
        return self.kept.get(sid_digest)

    def touch(self, session: Session) -> None:
        self.touches += 1
        if session.sid_digest in self.kept:
            self.kept[session.sid_digest] = session

    def remove(self, sid_digest: str) -> None:
        self.kept.pop(sid_digest, None)

    def list_by_email(self, email: str) -> list[Session]:
        return [session for session in self.kept.values() if session.email == email]


class FakeCounters:
    def __init__(self) -> None:
        self.kept: dict[str, tuple[int, datetime, str]] = {}

    def count(self, key: str, now: datetime, window: timedelta, what: str = "") -> int:
        counted, ends_at, last = self.kept.get(key, (0, now, ""))
        if now >= ends_at:
            counted, ends_at, last = 0, now + window, ""
        counted += not what or what != last
        self.kept[key] = (counted, ends_at, what)
        return counted

    def counted(self, key: str, now: datetime) -> int:
        counted, ends_at, _ = self.kept.get(key, (0, now, ""))
        return counted if now < ends_at else 0


class World:
    """Everything around the login, in memory."""

    def __init__(self) -> None:
        self.now = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
        self.office, self.partners = Office(), Partners()
        self.session_store, self.counters = FakeSessions(), FakeCounters()
        self.link_store, self.requests = FakeLinks(), FakeRequests(self.session_store)
        directory = Directory(lambda: self.office, self.partners)
        self.links = LinkService(self.link_store, BASE_URL, self.clock)
        self.sessions = SessionService(self.session_store, directory, self.clock, SESSION_LIVES)
        limiter = Limiter(self.counters, self.clock)
        self.login = LoginService(
            self.requests, self.links, directory, self.sessions, limiter, self.clock, lambda: REPLY_TO
        )

    def clock(self) -> datetime:
        return self.now

    def wait(self, **duration: float) -> None:
        self.now += timedelta(**duration)

    def browser(self) -> str:
        return ids.new_secret()

    def ask(self, email: str, browser: str, destination: str = "", ip: str = "192.0.2.1") -> None:
        self.login.ask_for_link(email, destination, ip, browser)

    def arriving_mails(self) -> list[str]:
        """Send what waits; the tokens of the links in these mails."""
        waiting, self.requests.mails = self.requests.mails, []
        return [self.links.mint(mail.link).rpartition("/")[2] for mail in waiting if mail.link]

    def token_for(self, email: str, browser: str, destination: str = "", ip: str = "192.0.2.1") -> str:
        self.ask(email, browser, destination, ip)
        return self.arriving_mails()[-1]

    def log_in(self, email: str, old_sid: str = "") -> str:
        """Log in as it goes best; the new cookie value."""
        browser = self.browser()
        return self.login.redeem(self.token_for(email, browser), browser, "", old_sid).sid
