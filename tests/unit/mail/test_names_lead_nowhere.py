"""A stranger types somebody's address and a name with a link: the office's mail must not carry it."""

import pytest

from tests.factories import some_answers
from tests.unit.mail.letters import letter
from tests.unit.mail.reading import Page

LURES = (
    "https://evil.example.com/gagnez", "HTTP://evil.example.com", "www.evil.example.com", "evil.example.com/x",
    "Gagnez sur evil.example", "ftp://evil.example.com", "https:/evil.example.com", "jean@evil.example.com",
)  # fmt: skip
BEFORE_CONFIRMATION = (
    "partners/address_confirmation",
    "partners/draft_link",
    "partners/draft_notice",
    "partners/unconfirmed",
    "trainings/confirmed",
    "trainings/waitlisted",
    "trainings/pending",
    "trainings/offer",
    "trainings/replaced",
)


@pytest.mark.parametrize("lure", LURES)
@pytest.mark.parametrize("template", BEFORE_CONFIRMATION)
def test_a_link_in_a_name_is_no_link_in_the_mail(template, lure):
    mail = letter(template, answers=some_answers(first_name=lure, business_name=f"Gîte {lure}"))
    for text in (mail.subject, mail.text, Page(mail.html).words):
        assert "evil.example" not in text
        assert "://evil" not in text.lower()
    assert "evil" in mail.text


def test_a_name_with_dots_reads_as_before():
    mail = letter(
        "partners/address_confirmation", answers=some_answers(business_name="Chez M. L. & Cie, J.C. Petit")
    )
    assert "Chez M. L. & Cie, J.C. Petit" in mail.text.replace("\u200b", "")
