"""An address that was wrong is corrected at any time until the registration is at rest."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.trainings.attendance import State, marked
from chalicelib.trainings.model import Certificate, OutOfStep
from chalicelib.trainings.statuses import PRESENT_OR_NOT, Status
from tests.training_world import OFFICER

NEW = "ada.petit@example.org"
MADE = Certificate("7KQ4-M2XB-9DTR", "printed/ada/certificate-3.pdf", "hash", None)


@pytest.fixture
def ada(world, session):
    return world.comes(session, "Ada Petit")


def correct(world, one, email=NEW, **more):
    known = world.now(one)
    return world.service.correct(known, replace(known.person, email=email, **more), OFFICER)


@pytest.mark.parametrize("status", sorted(PRESENT_OR_NOT))
def test_after_the_session_a_new_address_gets_the_link(world, session, ada, status):
    world.clock.at = session.plan.ends_at + timedelta(days=3)
    world.put(ada, status=status)
    corrected = correct(world, ada)
    assert (corrected.status, corrected.email) == (status, NEW)
    assert [(mail.template, mail.to) for mail in world.mails(ada)][1:] == [("trainings/fresh_link", NEW)]
    assert world.told(ada)[-1] == "Coordonnées modifiées"


@pytest.mark.parametrize(("kind", "name"), [("workshop", "attestation"), ("training_action", "certificat")])
def test_with_the_link_goes_the_certificate_as_it_was_printed(world, kind, name):
    session = world.published(kind=kind)
    ada = world.comes(session, "Ada Petit")
    marks = marked(ada, session.plan.half_days[0], State.PRESENT, OFFICER, world.clock())
    world.put(ada, status=Status.ATTENDED, marks=marks, certificate=replace(MADE, made_at=world.clock()))
    correct(world, ada)
    *_, link, certificate = world.mails(ada)
    assert (link.template, certificate.template) == ("trainings/fresh_link", "trainings/certificate")
    assert {link.to, certificate.to} == {NEW}
    [paper] = certificate.attachments
    assert (paper.key, paper.name) == (MADE.key, f"{ada.reference}-{name}.pdf")


def test_another_phone_is_told_to_nobody(world, ada):
    known = len(world.outbox.messages)
    assert correct(world, ada, email="", phone="06 39 98 12 34").person.phone == "06 39 98 12 34"
    assert len(world.outbox.messages) == known


def test_the_same_details_are_no_change(world, ada):
    assert correct(world, ada, email="") == world.now(ada) == ada


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.REFUSED, Status.REPLACED, Status.UNSERVED])
def test_who_is_gone_is_corrected_no_more(world, ada, status):
    world.put(ada, status=status)
    with pytest.raises(OutOfStep):
        correct(world, ada)
