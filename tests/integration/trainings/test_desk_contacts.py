"""Staff correct the address or the phone of somebody who is registered."""

import pytest

from chalicelib.mail.bootstrap import outbox
from chalicelib.trainings.bootstrap import registering, stores
from chalicelib.trainings.paths import MANAGE_PAGE
from tests.integration.trainings.desk_house import (
    as_,
    clock,
    comes,
    empty_house,
    form_of,
    now_of,
    page_of,
    published,
)
from tests.integration.trainings.test_begun import link

__all__ = ["clock", "empty_house"]

NEW = "ana.roux@example.org"
SUMMARY = "Corriger l’adresse ou le téléphone"


@pytest.fixture
def session(clock):
    return published()


@pytest.fixture
def ana(session):
    return comes(session, "Ana Roux", email="ana@faute.example.org")


def path_of(session, one):
    return page_of(session, f"/inscriptions/{one.reference}")


def send(session, one, **typed):
    yann, path = as_("network_officer"), path_of(session, one)
    form = {**form_of(yann.get(path)), **typed}
    return yann.post(f"{path}/coordonnees", email=form["email"], phone=form["phone"])


def test_the_new_address_gets_a_link_and_the_old_link_is_dead(session, ana):
    old = link(MANAGE_PAGE, ana.id, ana.email)
    assert as_().get(old).status == 200
    assert send(session, ana, email=NEW).headers["Location"].endswith(path_of(session, ana))
    assert now_of(ana).email == NEW
    sent = [(mail.message.template, mail.message.to) for mail in outbox().list_by_record(ana.id)]
    assert ("trainings/fresh_link", NEW) in sent
    assert as_().get(old).status == 404
    assert as_().get(link(MANAGE_PAGE, ana.id, NEW)).status == 200
    assert stores.registrations().list_history(now_of(ana))[-1].who == "Yann Le Goff"


def test_a_mistake_is_told_at_its_field_and_what_was_typed_stays(session, ana):
    answer = send(session, ana, email="ana.example.org")
    assert answer.status == 422
    assert 'id="champ-email-erreur"' in answer.body
    assert 'id="champ-motif-erreur"' not in answer.body
    assert form_of(answer)["email"] == "ana.example.org"
    assert now_of(ana) == ana


def test_who_has_cancelled_is_corrected_no_more(session, ana):
    assert SUMMARY in as_("director").get(path_of(session, ana)).text
    registering.registration_service().cancel(ana, "Ana Roux")
    page = as_("director").get(path_of(session, ana))
    assert SUMMARY not in page.text
    assert as_("director").post(f"{path_of(session, ana)}/coordonnees", email=NEW, phone="").status == 409
    assert now_of(ana).email == ana.email


def test_a_person_of_another_session_is_not_found_here(session, ana):
    other = published("s2", title="Autre")
    assert as_("director").post(f"{path_of(other, ana)}/coordonnees", email=NEW, phone="").status == 404
    assert now_of(ana) == ana
