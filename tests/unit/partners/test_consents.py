"""Consents: given in the form, withdrawn as easily, each choice once with its line, the form's answers untouched."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.links.model import LinkUnknown
from chalicelib.links.signed import SignedLink
from chalicelib.partners.consent_links import PAGE, OvertakenLink, is_overtaken, link_to
from chalicelib.partners.consenting import ConsentService
from chalicelib.partners.consents import Consent
from chalicelib.partners.model import Event, Status
from chalicelib.partners.portable import portable
from chalicelib.partners.wording import consent_rows
from tests.world import World

NEWS, PUBLISHED = Consent.NEWSLETTER, Consent.PUBLICATION


@pytest.fixture
def world():
    return World()


@pytest.fixture
def service(world):
    return ConsentService(world.applications, world.office, world.clock)


@pytest.fixture
def partner(world):
    return world.file_in(Status.ACTIVE, consent_newsletter=True, consent_publication=False)


def a_link(file):
    request = link_to(file)
    return SignedLink(request.path, request.subject, request.version, 4_000_000_000)


def lines(world, file):
    return [(line.who, line.what) for line in world.applications.list_history(file.id)]


def test_a_consent_stands_as_the_form_said_since_the_form_was_sent(partner):
    news, published = partner.consent(NEWS), partner.consent(PUBLISHED)
    assert (news.is_given, published.is_given) == (True, False)
    assert news.since == published.since == partner.created_at
    assert [row.state for row in consent_rows(partner)] == [
        "Accord non donné dans la demande du 3\u00a0mars 2027",
        "Accord donné le 3\u00a0mars 2027 à 12\u00a0h\u00a000",
    ]


def test_what_was_not_asked_is_not_given(world):
    file = world.submit("f2", consent_newsletter=None, consent_publication="true")
    assert [file.consent(each).is_given for each in Consent] == [False, False]


def test_a_withdrawn_consent_leaves_a_line_and_the_answers_as_they_were_sent(world, service, partner):
    world.clock.wait(days=10)
    service.choose_by_link(a_link(partner), NEWS, is_given=False)
    after = world.applications.find(partner.id)
    assert (after.consent(NEWS).is_given, after.consent(NEWS).since) == (False, world.clock())
    assert after.answers == partner.answers
    assert (after.status, after.status_since, after.round) == (
        partner.status, partner.status_since, partner.round,
    )  # fmt: skip
    assert lines(world, after)[-1] == (
        "Maëlle Le Goff", "Accord retiré pour la lettre d’information, par le lien d’un mail",
    )  # fmt: skip


@pytest.mark.parametrize("consent", list(Consent))
def test_the_same_choice_again_changes_nothing(world, service, partner, consent):
    is_given = not partner.consent(consent).is_given
    once = service.choose(partner, consent, is_given=is_given)
    world.clock.wait(hours=1)
    before = lines(world, once)
    assert service.choose(partner, consent, is_given=is_given) == once
    assert lines(world, once) == before


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DUPLICATE}))
def test_a_consent_may_be_withdrawn_wherever_the_file_stands(world, service, status):
    file = world.file_in(status, consent_newsletter=True)
    after = service.choose(file, NEWS, is_given=False)
    assert (after.consent(NEWS).is_given, after.status) == (False, status)


def test_an_overtaken_link_withdraws_and_gives_nothing(world, service, partner):
    old = a_link(partner)
    following = service.choose_by_link(old, NEWS, is_given=False)
    assert is_overtaken(old, world.applications.find(partner.id))
    for consent in Consent:
        with pytest.raises(OvertakenLink):
            service.choose_by_link(old, consent, is_given=True)
    service.choose_by_link(following, PUBLISHED, is_given=True)
    assert world.applications.find(partner.id).consent(PUBLISHED).is_given
    service.choose_by_link(old, PUBLISHED, is_given=False)
    assert not world.applications.find(partner.id).consent(PUBLISHED).is_given


@pytest.mark.parametrize("consent", list(Consent))
def test_withdrawing_makes_no_overtaken_link_give_again(service, partner, consent):
    old = a_link(partner)
    service.choose(partner, NEWS, is_given=False)
    following = service.choose_by_link(old, consent, is_given=False)
    assert following == old
    with pytest.raises(OvertakenLink):
        service.choose_by_link(following, NEWS, is_given=True)


def test_pressing_the_same_button_twice_on_an_old_page_is_a_success(world, service, partner):
    link = a_link(partner)
    service.choose_by_link(link, PUBLISHED, is_given=True)
    first = world.applications.find(partner.id)
    service.choose_by_link(link, PUBLISHED, is_given=True)
    assert world.applications.find(partner.id) == first


def test_the_link_that_follows_is_the_one_of_now_and_ends_when_the_former_one_does(service, partner):
    link = a_link(partner)
    assert service.choose_by_link(link, NEWS, is_given=True) == link
    assert service.choose_by_link(link, NEWS, is_given=False) == replace(link, version=1)


def test_the_link_of_an_erased_file_is_unknown(service):
    with pytest.raises(LinkUnknown):
        service.choose_by_link(SignedLink(PAGE, "gone", 0, 4_000_000_000), NEWS, is_given=False)


def test_a_change_of_the_process_meanwhile_does_not_lose_the_choice(world, service, partner, monkeypatch):
    save, stopped = world.applications.save, []

    def overtaken_once(change, mails):
        if not stopped:
            stopped.append(change)
            world.applications.files[change.before.id] = replace(
                change.before, version=change.before.version + 7
            )
            raise ChangedMeanwhile
        save(change, mails)

    monkeypatch.setattr(world.applications, "save", overtaken_once)
    after = service.choose(partner, NEWS, is_given=False)
    assert (after.version, after.consent(NEWS).is_given) == (partner.version + 8, False)


def test_corrections_that_say_otherwise_are_a_choice_and_those_that_repeat_are_none(world, service):
    file = world.file_in(Status.CHANGES_REQUESTED, consent_newsletter=True, consent_publication=True)
    service.choose(file, PUBLISHED, is_given=False)
    world.clock.wait(days=1)
    draft = world.drafting.open_corrections(world.applications.find(file.id))
    world.drafting.revise(draft, lambda typed: {**typed, "consent_newsletter": False})
    corrected = world.record(world.applications.find(file.id), Event.CORRECTED)
    assert (corrected.consent(NEWS).is_given, corrected.consent(NEWS).since) == (False, world.clock())
    assert not corrected.consent(PUBLISHED).is_given
    assert corrected.consent(PUBLISHED).since == world.clock() - timedelta(days=1)
    assert corrected.consents_version == 2


def test_the_welcome_says_how_consents_stand_and_carries_the_lasting_link(world, service):
    file = world.file_in(Status.APPROVED, consent_newsletter=True, consent_publication=False)
    file = world.record(service.choose(file, NEWS, is_given=False), Event.ACTIVATED)
    (welcome,) = [mail for mail in world.outbox.messages if mail.template == "partners/welcome"]
    assert welcome.signed_link == link_to(file)
    assert (welcome.signed_link.subject, welcome.signed_link.version) == (file.id, 1)
    assert [state.split(" le ")[0] for _, state in welcome.context["consents"]] == [
        "Accord non donné dans la demande du 3\u00a0mars 2027", "Accord retiré",
    ]  # fmt: skip
    others = [mail for mail in world.outbox.messages if mail.template != "partners/welcome"]
    assert not any(mail.signed_link for mail in others)


def test_ones_own_data_tell_how_consents_stand_beside_what_the_form_said(service, partner):
    after = service.choose(partner, NEWS, is_given=False)
    told = portable(after, [])
    assert [(one["name"], one["is_given"]) for one in told["consents"]] == [
        ("publication", False), ("newsletter", False),
    ]  # fmt: skip
    assert told["answers"]["consent_newsletter"] is True


def told_the_office(world):
    return [mail for mail in world.outbox.messages if mail.template == "partners/publication_withdrawn"]


def test_the_office_is_told_once_that_it_may_publish_an_active_partner_no_longer(world, service):
    partner = world.file_in(Status.ACTIVE, consent_publication=True)
    for _ in range(2):
        service.choose(partner, PUBLISHED, is_given=False)
    (mail,) = told_the_office(world)
    assert (mail.to, mail.context["withdrawn_at"]) == (
        "yann.legoff@val.example.org", "3\u00a0mars 2027 à 12\u00a0h\u00a000",
    )  # fmt: skip


def test_what_leaves_the_office_nothing_to_do_is_not_told(world, service):
    refused = world.file_in(Status.REFUSED, consent_publication=True)
    service.choose(refused, PUBLISHED, is_given=False)
    partner = world.file_in(
        Status.ACTIVE,
        "f2",
        email="lea@gite.example.fr",
        siret=None,
        consent_publication=False,
        consent_newsletter=True,
    )
    service.choose(service.choose(partner, PUBLISHED, is_given=True), NEWS, is_given=False)
    assert told_the_office(world) == []
