import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.web.pages import lead_to_file, redirect, safe_next

EVIL = [
    "//evil.example.com",
    "///evil.example.com",
    "https:evil.example.com",
    "https://evil.example.com",
    "/\\evil.example.com",
    "\\/evil.example.com",
    "%2f%2fevil.example.com",
    "/%2fevil.example.com",
    "/%2Fevil.example.com",
    "/%252fevil.example.com",
    "/%5cevil.example.com",
    "/\tevil",
    "/\t/evil.example.com",
    "/espace\r\nSet-Cookie: a=b",
    "/espace%0d%0aSet-Cookie:%20a=b",
    "javascript:alert(1)",
    "espace",
    " /espace",
    "/espace\n",
    "/é",
    "",
]


@pytest.mark.parametrize("target", EVIL)
def test_a_crafted_target_leads_home(target):
    assert safe_next(target) == "/"


@pytest.mark.parametrize("target", ["/", "/espace", "/espace/ADH-7KQ4M2?onglet=fichiers#suite", "/a%20b"])
def test_a_path_of_ours_is_kept(target):
    assert safe_next(target) == target


@given(st.text())
def test_whatever_the_target_the_result_is_a_plain_path(target):
    kept = safe_next(target)
    assert kept.startswith("/")
    assert not kept.startswith(("//", "/\\"))
    assert kept.isascii()
    assert kept.isprintable()


def test_a_redirect_is_303_to_a_path_of_this_site_with_its_cookies():
    response = redirect("/espace", cookies=["__Host-a=1", "__Host-b=2"])
    assert response.status_code == 303
    assert response.headers == {"Location": "/api/espace", "Set-Cookie": ["__Host-a=1", "__Host-b=2"]}


def test_a_redirect_elsewhere_leads_home():
    assert redirect("//evil.example.com").headers["Location"] == "/api/"


def test_the_way_to_a_file_leads_to_the_address_that_was_signed_as_it_is():
    response = lead_to_file("https://files.example.org/kept/a?X-Amz-Signature=b")
    assert response.status_code == 303
    assert response.headers == {"Location": "https://files.example.org/kept/a?X-Amz-Signature=b"}
