"""Links that carry their own proof: what they say cannot be changed, and a key is replaced without killing them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.links.model import LinkUnknown
from chalicelib.links.signed import Key, SignedLink, SignedLinkExpired, SignedRequest, link_in, token_of
from chalicelib.links.signing import KEPT, SETTLED, Keyring, SignedLinkService
from tests.fakes.clock import NOON, FakeClock

PAGE, SITE = "/consentements", "https://pro.example.org"
KEY = Key("0a1b2c3d", "s" * 64)
LINK = SignedLink(PAGE, "f1", 2, int(NOON.timestamp()) + 60)
REQUEST = SignedRequest(PAGE, "f1", 2, 3600)
A_SIGN = st.sampled_from("0123456789abcdefXYZ-_.~%\n é")


def test_a_link_says_what_was_signed():
    assert link_in(token_of(LINK, KEY), PAGE, [KEY], NOON) == LINK


@given(st.data())
def test_no_altered_token_is_taken(data):
    token = token_of(LINK, KEY)
    at = data.draw(st.integers(0, len(token)))
    cut = data.draw(st.integers(0, 2))
    altered = token[:at] + data.draw(st.text(A_SIGN, max_size=3)) + token[at + cut :]
    if altered != token:
        with pytest.raises(LinkUnknown):
            link_in(altered, PAGE, [KEY], NOON)


@pytest.mark.parametrize(
    "made_for",
    [
        SignedLink("/fichiers", "f1", 2, LINK.expires_epoch),
        SignedLink(PAGE, "f2", 2, LINK.expires_epoch),
        SignedLink(PAGE, "f1", 3, LINK.expires_epoch),
        SignedLink(PAGE, "f1", 2, LINK.expires_epoch + 1),
    ],
    ids=["page", "subject", "version", "end"],
)
def test_the_signature_of_one_link_is_good_for_no_other(made_for):
    signature = token_of(made_for, KEY).rpartition(".")[2]
    with pytest.raises(LinkUnknown):
        link_in(f"{token_of(LINK, KEY).rpartition('.')[0]}.{signature}", PAGE, [KEY], NOON)


def test_a_link_is_bound_to_its_page():
    with pytest.raises(LinkUnknown):
        link_in(token_of(LINK, KEY), "/fichiers", [KEY], NOON)


@pytest.mark.parametrize("keys", [[], [Key(KEY.id, "t" * 64)], [Key("ffffffff", KEY.secret)]])
def test_another_key_knows_nothing_of_it_even_under_the_same_name(keys):
    with pytest.raises(LinkUnknown):
        link_in(token_of(LINK, KEY), PAGE, keys, NOON)


@pytest.mark.parametrize("number", ["02", "+2", " 2", "٢", "2_0"])
def test_a_number_is_written_in_one_way_only(number):
    token = token_of(LINK, KEY).replace(".2.", f".{number}.", 1)
    with pytest.raises(LinkUnknown):
        link_in(token, PAGE, [KEY], NOON)


def test_a_true_link_that_is_too_old_is_said_to_be_expired_and_a_forged_one_is_not():
    later = NOON + timedelta(seconds=60)
    with pytest.raises(SignedLinkExpired):
        link_in(token_of(LINK, KEY), PAGE, [KEY], later)
    with pytest.raises(LinkUnknown):
        link_in(token_of(LINK, KEY)[:-1] + "A", PAGE, [Key(KEY.id, "t" * 64)], later)


def test_a_key_does_not_show_its_secret():
    assert KEY.secret not in f"{KEY} {KEY!r} {Keyring(list, FakeClock(), [KEY])!r}"


class Vault:
    """A secret with the values that are in use, as Secrets Manager rotates them."""

    def __init__(self, clock) -> None:
        self.clock = clock
        self.values = [("11111111-aaaa", "one", clock())]
        self.reads = 0

    def read(self):
        self.reads += 1
        return self.values

    def rotate(self, version, value):
        self.values = [(version, value, self.clock()), self.values[0]]


@pytest.fixture
def vault(clock):
    return Vault(clock)


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def service(vault, clock):
    return SignedLinkService(Keyring(vault.read, clock), SITE, clock)


def token(service):
    return service.mint(REQUEST).removeprefix(f"{SITE}{PAGE}/")


def test_a_minted_link_opens_its_page_until_it_ends(service, clock):
    minted = token(service)
    assert service.open(minted, PAGE).subject == "f1"
    clock.wait(seconds=3599)
    assert service.open(minted, PAGE).version == 2
    clock.wait(seconds=1)
    with pytest.raises(SignedLinkExpired):
        service.open(minted, PAGE)


def test_keys_are_read_when_they_are_needed_and_then_kept_for_minutes(service, vault, clock):
    assert vault.reads == 0
    for _ in range(3):
        service.open(token(service), PAGE)
    assert vault.reads == 1
    clock.wait(seconds=KEPT.total_seconds())
    token(service)
    assert vault.reads == 2


def test_a_link_outlives_one_rotation_and_not_two(service, vault, clock):
    minted = token(service)
    vault.rotate("22222222-bbbb", "two")
    clock.wait(seconds=KEPT.total_seconds())
    assert ".22222222." in token(service)
    assert service.open(minted, PAGE).subject == "f1"
    vault.rotate("33333333-cccc", "three")
    clock.wait(seconds=KEPT.total_seconds())
    with pytest.raises(LinkUnknown):
        service.open(minted, PAGE)


@pytest.mark.parametrize("seconds", [0, 1, 29, 30, 31, 59, 60, 61, 299, 300, 301])
def test_a_link_that_another_function_makes_at_any_time_after_a_rotation_is_known_at_once(
    service, vault, clock, seconds
):
    service.open(token(service), PAGE)
    vault.rotate("22222222-bbbb", "two")
    clock.wait(seconds=seconds)
    other_function = SignedLinkService(Keyring(vault.read, clock), SITE, clock)
    assert service.open(token(other_function), PAGE).subject == "f1"


def test_a_new_key_signs_once_everybody_has_looked_since_it_was_made(service, vault, clock):
    assert ".11111111." in token(service)
    vault.rotate("22222222-bbbb", "two")
    fresh = SignedLinkService(Keyring(vault.read, clock), SITE, clock)
    assert ".11111111." in token(fresh)
    clock.wait(seconds=SETTLED.total_seconds())
    assert ".22222222." in token(fresh)


def test_who_sends_made_up_key_names_does_not_make_us_read_the_secret_each_time(service, vault):
    forged = token(service).replace(".11111111.", ".99999999.")
    for _ in range(20):
        with pytest.raises(LinkUnknown):
            service.open(forged, PAGE)
    for unreadable in ("", "f1", "f1.2.3", "a.b.c.d.e"):
        with pytest.raises(LinkUnknown):
            service.open(unreadable, PAGE)
    assert vault.reads == 1
