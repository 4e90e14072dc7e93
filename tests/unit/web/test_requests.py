import pytest
from chalice.app import Request

from chalicelib.web import requests
from chalicelib.web.requests import BodyTooLarge, BodyUnreadable, MediaTypeRefused

FORM = "application/x-www-form-urlencoded"


def asked(body=b"", content_type=FORM, **headers):
    return Request(
        {
            "requestContext": {
                "httpMethod": "POST",
                "resourcePath": "/x",
                "identity": {"sourceIp": "203.0.113.7"},
            },
            "headers": {"content-type": content_type, **headers},
            "pathParameters": None,
            "stageVariables": None,
            "multiValueQueryStringParameters": None,
            "body": body,
        }
    )


def test_a_form_gives_every_value_of_every_field_in_order():
    fields = requests.form_fields(asked(b"labels=a&nom=G%C3%AEte+des+Noyers&labels=b&vide="))
    assert fields == {"labels": ["a", "b"], "nom": ["Gîte des Noyers"], "vide": [""]}


def test_an_empty_form_has_no_fields():
    assert requests.form_fields(asked(b"")) == {}


def test_the_charset_of_the_media_type_does_not_matter():
    assert requests.form_fields(asked(b"a=1", f"{FORM}; charset=UTF-8")) == {"a": ["1"]}


def test_newlines_are_one_character_and_nul_is_dropped():
    assert requests.form_fields(asked(b"texte=un%0D%0Adeux%0Dtrois%00")) == {"texte": ["un\ndeux\ntrois"]}


def test_emoji_and_right_to_left_text_come_through():
    text = "\U0001f3d4\ufe0f \u0645\u0631\u062d\u0628\u0627"
    from urllib.parse import quote

    assert requests.form_fields(asked(f"nom={quote(text)}".encode())) == {"nom": [text]}


@pytest.mark.parametrize("body", [b"nom=%E9", b"nom=%ED%A0%80", b"nom=\xff"])
def test_text_that_is_not_utf8_is_refused_in_french(body):
    with pytest.raises(BodyUnreadable, match="UTF-8"):
        requests.form_fields(asked(body))


def test_a_form_of_more_than_100_kb_is_refused():
    assert requests.form_fields(asked(b"a=" + b"x" * 99_998))
    with pytest.raises(BodyTooLarge, match="100"):
        requests.form_fields(asked(b"a=" + b"x" * 99_999))


def test_a_form_of_too_many_fields_is_refused():
    with pytest.raises(BodyTooLarge):
        requests.form_fields(asked(b"&".join(b"a=1" for _ in range(501))))


def test_another_media_type_is_refused():
    with pytest.raises(MediaTypeRefused, match="x-www-form-urlencoded"):
        requests.form_fields(asked(b"{}", "application/json"))


def test_json_gives_an_object():
    assert requests.json_body(asked('{"nom": "Gîte"}'.encode(), "application/json")) == {"nom": "Gîte"}


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1]", b'"x"', b'{"a": NaN}', b"\xff", b"[" * 50_000, b'{"a": Infinity}']
)
def test_malformed_json_is_unreadable(body):
    with pytest.raises(BodyUnreadable):
        requests.json_body(asked(body, "application/json"))


def test_json_under_another_media_type_is_refused():
    with pytest.raises(MediaTypeRefused, match="application/json"):
        requests.json_body(asked(b"{}", "text/plain"))


def test_json_of_2_mb_is_refused():
    with pytest.raises(BodyTooLarge):
        requests.json_body(asked(b'"' + b"x" * 2_000_000 + b'"', "application/json"))


def test_a_broken_transport_encoding_is_unreadable():
    request = asked("abc!")
    request._is_base64_encoded = True
    with pytest.raises(BodyUnreadable):
        requests.form_fields(request)


def test_our_cookie_is_found_among_others_and_only_with_its_prefix():
    request = asked(cookie="a=1; sid=wrong; __Host-sid=right=; __Host-pre=x")
    assert requests.cookie(request, "sid") == "right="
    assert requests.cookie(request, "__Host-pre") == "x"
    assert requests.cookie(request, "other") is None
    assert requests.cookie(asked(), "sid") is None


def test_the_address_is_the_one_the_gateway_saw():
    assert requests.client_ip(asked(**{"x-forwarded-for": "198.51.100.1"})) == "203.0.113.7"
