"""The way to a registration: who may come in, the form as people fill it in, and what they are told."""

import re
from datetime import UTC, datetime

import pytest

from chalicelib.links.bootstrap import link_service
from chalicelib.mail.bootstrap import outbox
from chalicelib.runtime import config
from chalicelib.trainings.bootstrap import stores
from chalicelib.trainings.link_mails import guest_mail
from chalicelib.trainings.statuses import Status
from tests.integration.subsidies.house import partner
from tests.integration.trainings.desk_house import as_, clock, comes, empty_house, form_of, published
from tests.integration.web.test_pages import HTML_LIMIT, outline

__all__ = ["clock", "empty_house"]

PARTNER, GUEST = "maelle@hotel.example.fr", "lou@jardin.example.fr"
PERSON = {"participants-0-first_name": "Noé", "participants-0-last_name": "Blanc", "accepts_terms": "on"}
SECOND = {"participants-1-first_name": "Ana", "participants-1-last_name": "Roux"}
KEY = re.compile(r'name="cle" value="([^"]+)"')


@pytest.fixture
def owner(clock):
    """The browser of an active partner."""
    partner(email=PARTNER)
    return as_(PARTNER)


def form(session):
    return f"/formations/{session.reference}/inscription"


def key_of(page):
    return KEY.search(page.body)[1]


def registered(session):
    return stores.registrations().list_of_session(session.id)


def guest_page(session):
    """The path that the mail of a guest leads to."""
    request = guest_mail(session, GUEST, stores.office(), stores.now()).link
    return link_service().mint(request).removeprefix(config.base_url())


def mails_to(session, address):
    return [mail for mail in outbox().list_by_record(session.id) if mail.message.to == address]


class TestTheWayIn:
    def test_who_is_not_logged_in_may_log_in_or_ask_for_a_link(self, clock):
        session = published()
        page = as_().get(form(session))
        assert page.status == 200
        assert "Me connecter" in page.text
        assert "Recevoir le lien" in page.text
        assert f"/connexion?vers=/formations/{session.reference}/inscription" in page.body.replace("%2F", "/")

    def test_a_session_for_partners_says_so_and_asks_for_no_address(self, clock):
        page = as_().get(form(published(audience="partners")))
        assert "réservée aux partenaires" in page.text
        assert "Recevoir le lien" not in page.text

    def test_others_are_told_the_day_from_which_it_is_theirs_too(self, clock):
        session = published(audience="partners_first", partners_first_days=14)
        assert "s’ouvre à tous le mardi 20 avril 2027" in as_().get(form(session)).text
        clock.at = datetime(2027, 4, 20, 8, 0, tzinfo=UTC)
        assert "Recevoir le lien" in as_().get(form(session)).text

    def test_an_address_that_is_none_is_told_at_its_field_and_kept(self, clock):
        session = published()
        page = as_().post(f"/formations/{session.reference}/invitation", email="lou@")
        assert page.status == 422
        assert 'value="lou@"' in page.body
        assert mails_to(session, "lou@") == []

    def test_an_address_gets_the_link_and_the_page_says_so(self, clock):
        session = published()
        page = as_().post(f"/formations/{session.reference}/invitation", email=" Lou@Jardin.example.fr ")
        assert page.status == 200
        assert "Ouvrez votre messagerie" in page.text
        assert len(mails_to(session, GUEST)) == 1

    def test_who_is_logged_in_and_no_partner_may_come_as_a_guest(self, clock):
        page = as_("accounting").get(form(published()))
        assert "Votre adresse n’est celle d’aucun partenaire" in page.text
        assert "Me connecter" not in page.text

    def test_a_post_without_a_login_leads_to_it_and_registers_nobody(self, clock):
        session = published()
        assert as_().post(form(session), **PERSON).headers["Location"].startswith("/connexion")
        assert registered(session) == []


class TestTheForm:
    def test_it_is_small_sound_and_names_who_fills_it_in(self, owner):
        page = owner.get(form(published(price_cents=150_00, serves_meal=True)))
        assert page.status == 200
        assert len(page.body.encode()) < HTML_LIMIT
        sound = outline(page.body)
        assert sound.tags.count("h1") == 1
        assert set(sound.references) <= set(sound.ids)
        assert form_of(page)["participants-0-last_name"]

    def test_mistakes_are_told_and_what_was_typed_is_kept(self, owner):
        session = published()
        typed = {**PERSON, "participants-0-email": "pas une adresse", "expectations": "Mes photos"}
        page = owner.post(form(session), **{**typed, "accepts_terms": ""})
        assert page.status == 422
        for kept in ('value="Noé"', 'value="Blanc"', 'value="pas une adresse"', ">\nMes photos<"):
            assert kept in page.body, kept
        assert "#champ-participants-0-email" in page.body
        assert "#champ-accepts_terms" in page.body
        assert registered(session) == []
        outline(page.body)

    def test_a_page_with_mistakes_keeps_its_key(self, owner):
        session = published()
        key = key_of(owner.get(form(session)))
        assert key_of(owner.post(form(session), cle=key)) == key

    def test_a_row_is_added_and_taken_away_and_the_rest_stays_as_typed(self, owner):
        session = published()
        more = owner.post(form(session), **PERSON, ajouter="participants")
        assert more.status == 200
        assert "participants-1-first_name" in more.body
        assert 'value="Noé"' in more.body
        fewer = owner.post(form(session), **PERSON, **SECOND, retirer="participants-0")
        assert 'value="Ana"' in fewer.body
        assert 'value="Noé"' not in fewer.body
        assert registered(session) == []

    def test_several_people_are_registered_at_once(self, owner):
        session = published()
        answer = owner.post(form(session), **PERSON, **SECOND)
        assert answer.status == 303
        assert {one.person.name for one in registered(session)} == {"Noé Blanc", "Ana Roux"}
        page = owner.get(answer.headers["Location"])
        assert "Votre place est réservée" in page.text
        assert "Noé Blanc" in page.text

    def test_a_form_that_is_sent_twice_registers_once(self, owner):
        session = published()
        key = key_of(owner.get(form(session)))
        first, second = (owner.post(form(session), **PERSON, cle=key) for _ in range(2))
        assert (first.status, second.status) == (303, 303)
        assert len(registered(session)) == 1

    def test_the_same_person_in_two_rows_is_told_before_anything_is_kept(self, owner):
        session = published()
        twice = {"participants-1-first_name": "NOE", "participants-1-last_name": "blanc"}
        page = owner.post(form(session), **PERSON, **twice)
        assert page.status == 422
        assert "déjà sur une autre ligne" in page.text
        assert registered(session) == []

    def test_who_is_registered_already_is_told_and_the_others_are_taken(self, owner):
        session = published(seats=5)
        owner.post(form(session), **PERSON)
        page = owner.post(form(session), **PERSON, **SECOND)
        assert page.status == 409
        assert "déjà inscrite" in page.text
        assert "Ana Roux" in page.text
        assert len(registered(session)) == 2

    def test_a_full_session_puts_people_in_its_queue_and_says_their_rank(self, owner):
        session = published(seats=1)
        comes(session, "Bo Petit", "Chez Bo")
        assert "liste d’attente" in as_().get(f"/formations/{session.reference}").text
        page = owner.get(owner.post(form(session), **PERSON).headers["Location"])
        assert "Vous êtes en liste d’attente" in page.text
        assert "rang 1" in page.text

    def test_a_full_session_without_a_queue_says_that_nobody_fits_in(self, owner):
        session = published(seats=1, has_waitlist="no")
        comes(session, "Bo Petit", "Chez Bo")
        page = owner.post(form(session), **PERSON)
        assert page.status == 409
        assert "Il n’y a plus de place" in page.text

    def test_a_session_with_selection_takes_demands(self, owner):
        session = published(selects="yes")
        assert "Envoyer ma demande" in owner.get(form(session)).text
        page = owner.get(owner.post(form(session), **PERSON).headers["Location"])
        assert "Votre demande est enregistrée" in page.text
        assert [one.status for one in registered(session)] == [Status.PENDING]

    def test_nobody_is_asked_for_a_diet_without_a_meal_or_for_funding_of_what_is_free(self, owner):
        free = owner.get(form(published("free"))).body
        assert "participants-0-diet" not in free
        assert 'name="funding"' not in free
        priced = owner.get(form(published("priced", price_cents=150_00, serves_meal=True))).body
        assert "participants-0-diet" in priced
        assert 'name="funding"' in priced

    def test_once_the_session_has_begun_the_form_says_that_it_is_closed(self, owner, clock):
        session = published()
        clock.at = datetime(2027, 5, 4, 7, 0, tzinfo=UTC)
        owner = as_(PARTNER)
        for answer in (owner.get(form(session)), owner.post(form(session), **PERSON)):
            assert answer.status >= 400
            assert "elle a commencé" in answer.text
        assert registered(session) == []

    def test_needs_are_kept_apart_from_the_registration(self, owner):
        session = published()
        owner.post(form(session), **PERSON, **{"participants-0-needs": "Fauteuil roulant"})
        [one] = registered(session)
        assert "Fauteuil" not in repr(one)
        assert stores.registrations().find_needs(one.id) == {"needs": "Fauteuil roulant"}


class TestAsAGuest:
    def test_the_link_opens_the_form_and_registers_in_the_name_of_the_address(self, clock):
        session = published()
        page = guest_page(session)
        assert as_().get(page).status == 200
        assert as_().post(page, **PERSON, structure_name="Jardin de Lou").status == 303
        [one] = registered(session)
        assert (one.structure.name, one.structure.email) == ("Jardin de Lou", GUEST)
        assert "Noé Blanc" in as_().get(page).text

    def test_mistakes_keep_what_a_guest_typed(self, clock):
        page = as_().post(guest_page(published()), **{**PERSON, "participants-0-last_name": ""})
        assert page.status == 422
        assert 'value="Noé"' in page.body
