import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.addresses import is_plausible_email, machine_behind, normalise_email


@pytest.mark.parametrize(
    "typed",
    [
        "Gite@Example.org",
        " gite@example.org ",
        "gite @ example.org",
        "\u202egite@example.org",
        "gite@example.org\0\n",
    ],
)
def test_the_spellings_of_one_address_fold_to_it(typed):
    assert normalise_email(typed) == "gite@example.org"


@given(st.text())
def test_folding_twice_is_folding_once(typed):
    once = normalise_email(typed)
    assert normalise_email(once) == once


@pytest.mark.parametrize("email", ["a@b.fr", "prénom@exemple.fr", "a+b@c.d.fr", "o'neil@example.org"])
def test_addresses_people_have_are_plausible(email):
    assert is_plausible_email(email)


@pytest.mark.parametrize(
    "email", ["", "a", "a@", "@b.fr", "a@b", "a@b..fr", "a@@b.fr", "a@b.fr@c.fr", "a@" + "b" * 250 + ".fr"]
)
def test_what_is_no_address_is_not(email):
    assert not is_plausible_email(email)


@pytest.mark.parametrize(
    ("ip", "machine"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_a_subscriber_with_many_ipv6_addresses_counts_once(ip, machine):
    assert machine_behind(ip) == machine
