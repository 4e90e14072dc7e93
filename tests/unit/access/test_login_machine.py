"""The whole login under arbitrary orders of events, against an oracle that knows only the promise."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from chalicelib.access.codes import code_for
from chalicelib.access.model import CodeNeeded, CodeWrong, LoginRefused
from tests.unit.access.world import PARTNER, STAFF, UNKNOWN, World

LIFE = timedelta(minutes=10)
ADDRESSES = st.sampled_from([PARTNER, STAFF, UNKNOWN])
BROWSERS = st.integers(0, 2)


@dataclass
class Asked:
    """What the oracle knows of one request that sent a mail."""

    email: str
    browser: int
    asked_at: datetime
    token: str
    guesses: int = 0
    dead: bool = False


class Login(RuleBasedStateMachine):
    links = Bundle("links")

    def __init__(self):
        super().__init__()
        self.world = World()
        self.browsers = [self.world.browser() for _ in range(3)]
        self.asked: list[Asked] = []
        self.asks: dict[str, list[datetime]] = {}
        self.sessions: dict[str, tuple[str, datetime]] = {}
        self.logins = 0

    def live(self, email):
        now = self.world.now
        return [
            each
            for each in self.asked
            if each.email == email and not each.dead and now < each.asked_at + LIFE
        ][-3:]

    @rule(target=links, email=ADDRESSES, browser=BROWSERS)
    def ask(self, email, browser):
        world = self.world
        world.counters.kept.clear()  # the limits have their own tests
        world.ask(email, self.browsers[browser])
        tokens = world.arriving_mails()
        assert len(tokens) == (0 if email == UNKNOWN else 1)
        if not tokens:
            return None
        asked = Asked(email, browser, world.now, tokens[0])
        self.asked.append(asked)
        return asked

    @rule(asked=links, browser=BROWSERS)
    def scan(self, asked, browser):
        if asked is None:
            return
        world = self.world
        before = (dict(world.link_store.links), dict(world.requests.kept), dict(world.session_store.kept))
        for visitor in ("", self.browsers[browser]):
            try:
                world.login.look(asked.token, visitor)
            except LoginRefused:
                assert asked not in self.live(asked.email) or asked.guesses == 5
        assert (world.link_store.links, world.requests.kept, world.session_store.kept) == before

    @rule(asked=links)
    def use_in_the_same_browser(self, asked):
        if asked is None:
            return
        self.use(asked, self.browsers[asked.browser], "", asked in self.live(asked.email))

    @rule(asked=links, right=st.booleans())
    def use_elsewhere_with_a_code(self, asked, right):
        if asked is None:
            return
        code = code_for(self.browsers[asked.browser], asked.email)
        if not right:
            code = f"{(int(code) + 1) % 10**6:06d}"
        takes_codes = asked in self.live(asked.email) and asked.guesses < 5
        asked.guesses += takes_codes
        self.use(asked, "", code, takes_codes and right)

    @rule(asked=links)
    def use_elsewhere_without_code(self, asked):
        if asked is not None:
            self.use(asked, "", "", False)

    def use(self, asked, browser, code, succeeds):
        if not succeeds:
            with pytest.raises((LoginRefused, CodeNeeded, CodeWrong)):
                self.world.login.redeem(asked.token, browser, code, "")
            return
        sid = self.world.login.redeem(asked.token, browser, code, "").sid
        assert sid not in self.sessions
        self.sessions[sid] = (asked.email, self.world.now)
        self.logins += 1
        for each in self.asked:
            each.dead = each.dead or each.email == asked.email

    @rule(minutes=st.sampled_from([1, 5, 10, 130]))
    def wait(self, minutes):
        self.world.wait(minutes=minutes)

    @rule(data=st.data())
    def log_out(self, data):
        if self.sessions:
            sid = data.draw(st.sampled_from(sorted(self.sessions)))
            self.world.sessions.end(sid)
            del self.sessions[sid]
            assert self.world.sessions.user_of(sid) is None

    @rule(data=st.data())
    def visit(self, data):
        if self.sessions:
            sid = data.draw(st.sampled_from(sorted(self.sessions)))
            email, begun_at = self.sessions[sid]
            user = self.world.sessions.user_of(sid)
            if self.world.now < begun_at + timedelta(hours=2):
                assert user.email == email
            if self.world.now >= begun_at + timedelta(hours=24):
                assert user is None

    @invariant()
    def a_session_exists_only_after_exactly_one_valid_use(self):
        known = {session.email for session in self.world.session_store.kept.values()}
        assert len(self.world.session_store.kept) == len(self.sessions) <= self.logins
        assert UNKNOWN not in known

    @invariant()
    def never_more_than_three_links_live(self):
        for email in (PARTNER, STAFF, UNKNOWN):
            usable = 0
            for asked in (each for each in self.asked if each.email == email):
                try:
                    self.world.login.look(asked.token, self.browsers[asked.browser])
                    usable += 1
                except LoginRefused:
                    pass
            assert usable == len(self.live(email)) <= 3


TestLogin = Login.TestCase
TestLogin.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
