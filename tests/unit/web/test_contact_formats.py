import pytest

from chalicelib.web import formats


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Marie@Example.FR", "marie@example.fr"),
        ("prenom.nom+pro@example.org", "prenom.nom+pro@example.org"),
        ("contact@hôtel.example.fr", "contact@xn--htel-vqa.example.fr"),
    ],
)
def test_an_address_is_stored_as_mail_is_sent_to_it(typed, stored):
    assert formats.normalise("email", typed) == stored
    assert formats.explain("email", stored) is None


@pytest.mark.parametrize(
    "typed",
    [
        "marie",
        "@example.fr",
        "marie@",
        "marie@example",
        "ma rie@example.fr",
        "marie@@example.fr",
        "marie..b@example.fr",
        "Marie <marie@example.fr>",
        "marie@example.fr, x@example.fr",
        "é@example.fr",
    ],
)
def test_an_address_that_cannot_exist_is_refused_with_the_mend(typed):
    assert formats.explain("email", typed)
    assert formats.normalise("email", typed) == typed


def test_mistakes_of_an_address_have_their_own_sentences():
    wrong = ["marie", "@example.fr", "marie@", "marie@example", "ma rie@example.fr", "a..b@example.fr"]
    assert len({formats.explain("email", text) for text in wrong}) == 6


def test_a_second_header_cannot_ride_in_an_address():
    assert "une seule ligne" in formats.explain("email", "a@example.fr\r\nBcc: b@example.fr")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("04 65 71 00 00", "+33465710000"),
        ("04.65.71.00.00", "+33465710000"),
        ("+33 (0)4 65 71 00 00", "+33465710000"),
        ("06 39 98 01 23", "+33639980123"),
        ("+41 22 767 11 11", "+41227671111"),
        ("0041 22 767 11 11", "+41227671111"),
        ("0262 90 10 20", "+262262901020"),
        ("+33 262 90 10 20", "+262262901020"),
    ],
)
def test_a_phone_number_is_stored_in_its_international_form(typed, stored):
    assert formats.normalise("phone", typed) == stored
    assert formats.explain("phone", stored) is None


@pytest.mark.parametrize(
    "typed", ["0465", "04 65 71 00 0x", "+999 123", "00 00 00 00 00", "", "0800 APPEL", "+33 1"]
)
def test_a_phone_number_that_cannot_be_dialled_is_refused_with_the_mend(typed):
    assert formats.explain("phone", typed)


def test_a_short_phone_number_says_how_many_digits_were_typed():
    said = formats.explain("phone", "04 65 71").replace("\u00a0", " ")
    assert said == "Un numéro français comporte 10 chiffres ; vous en avez saisi 6."


def test_french_numbers_are_shown_as_the_french_dial_them():
    assert formats.show("phone", "+33465710000").replace("\u00a0", " ") == "04 65 71 00 00"
    assert formats.show("phone", "+41227671111").replace("\u00a0", " ").startswith("+41 22")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("www.example.fr", "https://www.example.fr"),
        ("HTTP://Www.Example.FR/Gite?x=1", "http://www.example.fr/Gite?x=1"),
        ("example.fr:8080/page", "https://example.fr:8080/page"),
        ("https://gîte-des-noyers.example.fr", "https://gîte-des-noyers.example.fr"),
    ],
)
def test_a_site_is_stored_with_its_scheme(typed, stored):
    assert formats.normalise("http-url", typed) == stored
    assert formats.explain("http-url", stored) is None


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "javascript://example.fr/%0aalert(1)",
        "data:text/html,x",
        "ftp://example.fr",
        "mailto:a@example.fr",
        "https://user:pass@example.fr",
        "user@example.fr/a//b",
        "user:pass@example.fr",
        "https:example.fr",
        "http:///example.fr",
        "https://localhost",
        "https://127.0.0.1/",
        "https://[::1]/",
        "//example.fr",
        "https://",
        "https://exa mple.fr",
        "https://example.fr:99999",
        'https://example.fr/"><script>',
        "https://-x.fr",
        "example",
        "https://example.fr\\@evil.example.com",
        "vbscript:msgbox(1)",
    ],
)
def test_anything_but_a_public_web_address_is_refused_with_the_mend(typed):
    assert formats.explain("http-url", typed)
    assert formats.normalise("http-url", typed) == typed


def test_a_refused_scheme_is_named():
    assert "javascript:" in formats.explain("http-url", "javascript:alert(1)")
