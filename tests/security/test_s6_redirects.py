"""S6: whatever stands in a parameter that a redirect is made of, the browser stays on this site."""

from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import pytest

from tests.inprocess import BASE_URL
from tests.security.http import Answer, Visitor
from tests.security.routes import REQUESTS, actor_of, registered
from tests.security.town import LOGIN, OWNER, Town

EVIL = (
    "//evil.example.com", "///evil.example.com", "////evil.example.com", "/\\evil.example.com", "\\\\evil.example.com",
    "\\/evil.example.com", "https:evil.example.com", "https:/evil.example.com", "https://evil.example.com",
    "HTTPS://evil.example.com", "//evil.example.com@pro.example.org", "https://pro.example.org@evil.example.com",
    "https://pro.example.org.evil.example.com", "%2f%2fevil.example.com", "/%2f%2fevil.example.com", "/%5cevil.example.com",
    "/%252f%252fevil.example.com", "/%09/evil.example.com", "/\t/evil.example.com", "\t//evil.example.com", "/\n/evil.example.com",
    "/\r/evil.example.com", "/espace\r\nLocation: https://evil.example.com", "/espace%0d%0aLocation:%20https://evil.example.com",
    "/\u2028/evil.example.com", "/\u3002/evil.example.com", "//evil\u3002example\u3002com", "/\u2044/evil.example.com",
    "\uff0f\uff0fevil.example.com", "/\0/evil.example.com", "javascript:alert(1)", "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "vbscript:x", "evil.example.com", ".evil.example.com", "@evil.example.com",
    "?//evil.example.com", "#//evil.example.com", "/./\\evil.example.com", "/..//evil.example.com", "//[::1]", "/;@evil.example.com",
)  # fmt: skip
BROWSERS_DROP = str.maketrans("", "", "\t\r\n")


def _leads_to(location: str) -> str:
    """The origin where a browser ends: it drops tabs and line breaks, and takes a backslash for a slash."""
    seen = location.translate(BROWSERS_DROP).strip().replace("\\", "/")
    parts = urlsplit(urljoin(f"{BASE_URL}/connexion", seen))
    return f"{parts.scheme}://{parts.netloc}"


def _check(answer: Answer) -> None:
    assert answer.status < 500
    assert not {"\r", "\n", "\0"} & set("".join(map(str, answer.headers.values())))
    if answer.location:
        assert _leads_to(answer.location) == BASE_URL, answer.location


def test_the_check_sees_where_a_browser_would_end() -> None:
    leaves = [one for one in EVIL if _leads_to(one) != BASE_URL]
    assert len(leaves) >= 15


@pytest.mark.parametrize("target", EVIL)
def test_a_login_never_leads_elsewhere(town: Town, target: str) -> None:
    browser = Visitor()
    form = browser.get(f"{LOGIN}?vers={quote(target, safe='')}")
    assert _leads_to(_kept(form) or "/") == BASE_URL
    asked = browser.post(LOGIN, {"email": OWNER, "vers": target})
    _check(asked)
    town.go_on()
    admitted = browser.post(town.link(OWNER, LOGIN))
    _check(admitted)
    assert admitted.status == 303


def _kept(form: Answer) -> str:
    return unescape(form.body.partition('name="vers" value="')[2].partition('"')[0])


@pytest.mark.parametrize(
    "route", [one for one in registered() if "{" in one and "/api/" not in one and "static" not in one]
)
def test_no_name_in_a_path_leads_elsewhere(town: Town, route: str) -> None:
    method, template = route.split()
    for target in EVIL:
        name = quote(target, safe="")
        path = "/".join(name if part.startswith("{") else part for part in template.split("/"))
        visitor = town.visitors[actor_of(route)]
        _check(visitor.post(path, REQUESTS[route].body) if method == "POST" else visitor.get(path))


@pytest.mark.parametrize("path", ["/espace", "/bureau", "/bureau/dossiers", "/espace/dossiers/ADH-7KQ4M2"])
def test_the_way_through_the_login_leads_back_to_this_site(town: Town, path: str) -> None:
    for target in EVIL:
        for asked in (f"{path}?{quote(target)}", f"{path}?vers={quote(target)}&q={quote(target, safe='')}"):
            sent = Visitor().get(asked)
            _check(sent)
            assert sent.location == "/" or sent.location.startswith(f"{LOGIN}?vers=")
            _check(Visitor().get(sent.location))
            assert _leads_to(_kept(Visitor().get(sent.location)) or "/") == BASE_URL
