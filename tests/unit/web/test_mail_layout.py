from html.parser import HTMLParser

from chalicelib.runtime.templating import environment
from chalicelib.web.site import NeutralSite

LINK = "https://pro.example.org/decisions/abc.def"
OFFICE = NeutralSite(
    name="Office <X>", phone="04\u00a076", address="2 rue du Pont", email="bonjour@example.org"
)
HTML = """{% extends "web/email/layout.html" %}{% import "web/email/components.html" as mail %}
{% block title %}À décider{% endblock %}
{% block content %}{{ mail.deadline("Réponse attendue avant le", "12 mars 2027") }}
{{ mail.action("Lire et décider", link) }}{{ mail.summary([("Nom", name), ("Site", "")]) }}
{{ mail.quote(name) }}{% endblock %}
{% block why %}Vous validez les demandes.{% endblock %}"""
TEXT = HTML.replace(".html", ".txt")


def rendered(source):
    env = environment().overlay(autoescape=source is HTML)
    return env.from_string(source).render(office=OFFICE, link=LINK, name="<b>Noyers</b>")


def test_the_html_mail_has_button_visible_address_bold_deadline_reason_and_contact():
    html = rendered(HTML)
    assert html.count(f'href="{LINK}"') == 2
    assert f">{LINK}</a>" in html
    assert "<strong>12 mars 2027</strong>" in html
    for words in ("Vous validez", "2 rue du Pont", "04\u00a076", "bonjour@example.org", "Office &lt;X&gt;"):
        assert words in html
    assert "<b>Noyers" not in html


def test_the_html_mail_is_read_with_images_off_and_tracks_nobody():
    tags = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.append(tag)
            assert not {"src", "background"} & dict(attrs).keys()

    Reader().feed(rendered(HTML))
    assert tags.count("h1") == 1
    assert not {"img", "script", "link", "iframe"} & set(tags)


def test_the_text_mail_says_the_same_without_escapes():
    text = rendered(TEXT)
    for words in (
        LINK,
        "12 mars 2027",
        "<b>Noyers</b>",
        "Vous validez",
        "2 rue du Pont",
        "Office <X>",
        "\u00a0:",
    ):
        assert words in text
    assert "&" not in text
