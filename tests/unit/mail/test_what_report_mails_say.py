"""The mail about a report: the same figures for all, an own position for who gave figures, and none for anybody else."""

import pytest

from chalicelib.observatory.content import Row
from chalicelib.observatory.sending import picture_key
from tests.factories import an_office
from tests.unit.mail.letters import SITE, letter_of
from tests.unit.mail.reading import Page
from tests.unit.mail.report_letters import sent, told

AUDIENCES = ("partner", "elected", "press")


def letters(content=None):
    return {audience: letter_of(one, an_office()) for audience, one in sent(content or told()).items()}


def bodies(letter):
    return letter.text, Page(letter.html).words


@pytest.mark.parametrize("audience", AUDIENCES)
def test_everybody_reads_the_key_figures_the_picture_in_words_and_the_way_to_the_rest(audience):
    mail = letters()[audience]
    for words in bodies(mail):
        assert "62,4\u00a0%" in words
        assert "+3,1\u00a0points sur un an" in words
        assert "Le plus haut\u00a0: 79,9\u00a0%, semaine du 6 au 12" in words
        assert "Un hiver porté par les vacances de février." in words
        assert f"{SITE}/observatoire/bilan-hiver-2026-2027" in words
    assert mail.subject == "Bilan\u00a0: hiver 2026-2027, les chiffres sont publiés"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_picture_is_attached(audience):
    (picture,) = letters()[audience].attachments
    assert (picture.name, picture.content_type) == ("bilan-hiver-2026-2027.png", "image/png")
    assert picture.content == picture_key("r1").encode()


def test_a_report_without_weeks_has_no_picture_and_speaks_of_none():
    mail = letters(told(weeks=()))["press"]
    assert mail.attachments == ()
    assert all("image jointe" not in words for words in bodies(mail))


def test_a_partner_reads_their_own_position_and_nobody_else_does():
    found = letters()
    for words in bodies(found["partner"]):
        assert "Votre taux\u00a0: 60,0\u00a0%. Le groupe «\u00a0Hôtel\u00a0»\u00a0: 61,0\u00a0%." in words
    for audience in ("elected", "press"):
        assert all("Votre taux" not in words and "60,0" not in words for words in bodies(found[audience]))


def test_a_group_that_is_secret_is_not_told_even_beside_the_own_rate():
    mail = letters(told(Row("Hôtel", 41.7, state="secret")))["partner"]
    for words in bodies(mail):
        assert "Votre taux\u00a0: 60,0\u00a0%. Celui du groupe «\u00a0Hôtel\u00a0» n’est pas publié." in words
        assert "41,7" not in words


def test_the_press_may_quote_and_whoever_is_no_partner_may_ask_to_be_left_in_peace():
    found = letters()
    assert "citer ces chiffres" in found["press"].text
    assert "citer ces chiffres" not in found["partner"].text + found["elected"].text
    for audience in ("elected", "press"):
        assert "ne plus" in found[audience].text


def test_what_the_office_wrote_is_text():
    mail = letters(told(commentary=('<img src="https://evil.example/x">',)))["press"]
    assert "<img" not in mail.html
