"""What the staff's front page says of sessions."""

import pytest

from chalicelib.mail import bootstrap as mail_room
from chalicelib.trainings import at_the_desk
from tests.integration.trainings.desk_house import (
    READERS,
    as_,
    clock,
    comes,
    drafted,
    empty_house,
    page_of,
    publish_office,
    published,
)

__all__ = ["clock", "empty_house"]

pytestmark = pytest.mark.usefixtures("clock")


def on(day, begins="14:00", ends="15:00"):
    return [{"on": day, "begins": begins, "ends": ends}]


@pytest.mark.parametrize("role", READERS)
def test_sessions_of_the_coming_fourteen_days_are_there_with_their_numbers(role):
    soon = published("s1", title="Dans dix jours", half_days=on("2027-03-13"), seats=3)
    comes(soon)
    published("s2", title="Le quatorzième jour", half_days=on("2027-03-17", "08:00", "09:00"))
    published("s3", title="Plus tard", half_days=on("2027-03-18"))
    drafted("s4", title="Brouillon", half_days=on("2027-03-13"))
    page = as_(role).get("/bureau")
    assert "Dans dix jours, samedi 13 mars 2027 : 1 sur 3" in page.text
    assert f'href="{page_of(soon)}"' in page.body
    assert "Le quatorzième jour" in page.text
    assert "Plus tard" not in page.text
    assert "Brouillon" not in page.text
    assert 'href="/bureau/formations"' in page.body


def test_a_session_whose_day_has_passed_waits_to_be_closed(clock):
    published("s1", title="Ce matin", half_days=on("2027-03-03", "13:00", "14:00"))
    clock.wait(hours=1, minutes=30)
    assert "Sessions passées" not in as_("director").get("/bureau").text
    clock.wait(hours=1)
    page = as_("director").get("/bureau").text
    assert "Sessions passées à clore Ce matin, passée le 3 mars 2027" in page
    assert "Prochaines sessions" not in page


def test_who_is_in_charge_of_a_session_that_is_over_is_led_to_its_list(clock):
    session = published("s1", title="Ce matin", half_days=on("2027-03-03", "13:00", "14:00"))
    clock.wait(hours=2, minutes=30)
    page = as_("network_officer").get("/bureau")
    assert "Présences à relever Ce matin, passée le 3 mars 2027" in page.text
    assert f'href="{page_of(session, "/presences")}"' in page.body
    assert "Sessions passées à clore" not in page.text
    assert "Présences à relever" not in as_("director").get("/bureau").text
    listed = as_("director").get("/bureau/formations?etat=a-relever").text
    assert "Ce matin" in listed


def test_other_roles_are_shown_nothing_of_it(clock):
    published("s1", title="Dans dix jours", half_days=on("2027-03-13"))
    for role in ("accounting", "inspector"):
        page = as_(role).get("/bureau")
        assert page.status == 200
        assert "Dans dix jours" not in page.text
        assert "/bureau/formations" not in page.body


def test_an_office_without_trainings_shows_nothing_of_it():
    published("s1", title="Dans dix jours", half_days=on("2027-03-13"))
    publish_office()
    page = as_("director").get("/bureau")
    assert page.status == 200
    assert "Dans dix jours" not in page.text
    assert "/bureau/formations" not in page.body


def in_trouble(registration):
    (mail,) = mail_room.outbox().list_by_record(registration.id)
    claimed = mail_room.outbox().claim(mail.key, mail.created_at)
    mail_room.outbox().mark_failed(claimed, "MessageRejected")


def test_a_mail_that_did_not_leave_leads_to_the_registration_that_it_is_about():
    session = published("s1")
    registration = comes(session)
    in_trouble(registration)
    way = page_of(session, f"/inscriptions/{registration.reference}")
    assert f'href="{way}"' in as_("director").get("/bureau").body
    assert way not in as_("accounting").get("/bureau").body


def test_what_a_record_leads_to():
    session = published("s1")
    registration = comes(session)
    assert at_the_desk.page_of(session.id) == page_of(session)
    assert at_the_desk.page_of(registration.id) == page_of(session, f"/inscriptions/{registration.reference}")
    assert at_the_desk.page_of(f"{session.id}-unknown") == ""
    assert at_the_desk.page_of("another") == ""
