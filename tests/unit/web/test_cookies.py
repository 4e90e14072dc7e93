import pytest

from chalicelib.web import cookies


def test_a_cookie_is_for_this_host_only_and_out_of_reach():
    assert cookies.set_cookie("sid", "abc-_.~1", 600) == (
        "__Host-sid=abc-_.~1; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600"
    )


def test_clearing_a_cookie_ends_it_at_once():
    assert cookies.clear_cookie("__Host-sid") == (
        "__Host-sid=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
    )


@pytest.mark.parametrize("value", ["a;b", "a\r\nb", "a b", "a,b"])
def test_a_value_that_could_break_the_header_is_refused(value):
    with pytest.raises(ValueError, match="URL-safe"):
        cookies.set_cookie("sid", value, 600)
