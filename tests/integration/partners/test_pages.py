"""The applicant's pages, as a browser asks for them: their own data, a form sent twice with other answers."""

import json

import pytest

from app import app
from chalicelib.access import bootstrap as access_room
from chalicelib.access.directory import NoPartners
from chalicelib.access.guard import SESSION_COOKIE, current_user
from chalicelib.adapters import dynamodb
from chalicelib.links import bootstrap as links_room
from chalicelib.office import bootstrap as office_room
from chalicelib.office.routes import current_office
from chalicelib.office.territories import with_communes
from chalicelib.partners import bootstrap
from chalicelib.partners.routes.draft_cookie import DRAFT_COOKIE
from chalicelib.partners.submitting import Submission
from chalicelib.runtime import config
from chalicelib.web import site
from chalicelib.web.cookies import full_name
from tests.factories import office_document
from tests.fakes.clock import Crash, FakeClock
from tests.fakes.process import FakeProcess
from tests.harness.sessions import begin_session
from tests.inprocess import forget_caches
from tests.integration.access.browser import Browser
from tests.integration.partners.running import answers, record

OWNER, STRANGER = "maelle@hotel.example.fr", "hugo@gite.example.fr"
OTHER_SIRET = "55208131766522"
SEND, SENT, ALREADY_SENT = "/adhesion/verification", "/adhesion/envoyee", "/adhesion/deja-envoyee"


@pytest.fixture
def clock(tables, monkeypatch):
    clock = FakeClock()
    forget_caches()
    for room in (access_room, bootstrap, links_room, office_room):
        monkeypatch.setattr(room, "utc_now", clock)
    monkeypatch.setattr(bootstrap, "StepFunctionsProcess", lambda name: FakeProcess())
    access_room.register_address_book(bootstrap.address_book)
    site.set_user_provider(current_user)
    site.set_office_provider(current_office)
    office_room.office_repository().publish(with_communes(office_document()))
    yield clock
    access_room.register_address_book(NoPartners)
    site.set_user_provider(None)
    site.set_office_provider(None)
    forget_caches()


@pytest.fixture
def file(clock):
    """A file whose address is confirmed; somebody else has one too."""
    bootstrap.submission_service().submit(Submission("f1", answers(), "1"))
    record("address_confirmed")
    other = answers(email=STRANGER, siret=OTHER_SIRET)
    bootstrap.submission_service().submit(Submission("f2", other, "1"))
    record("address_confirmed", application_id="f2")
    return bootstrap.application_service().get("f1")


def logged_in(email, kind="partner"):
    browser = Browser(app)
    sid = begin_session(email, kind)
    browser.cookies[full_name(SESSION_COOKIE)] = sid
    return browser


OWN_DATA = "/espace/donnees"


def stored():
    items = dynamodb.connection().scan(config.table_name("partners"))["Items"]
    return json.dumps(items, sort_keys=True)


def test_the_owner_downloads_the_whole_file_as_json_that_is_stored_nowhere(file):
    browser, before = logged_in(OWNER), stored()
    assert OWN_DATA in browser.get(f"/espace/dossiers/{file.reference}").body
    answer = browser.get(OWN_DATA)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mes-donnees.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    everything = json.loads(answer.body)
    assert (everything["email"], everything["aids"], everything["aid_drafts"]) == (OWNER, [], [])
    (data,) = everything["partnerships"]
    assert data["answers"] == answers()
    assert (data["reference"], data["status"], data["status_label"]) == (
        file.reference, "submitted", "En cours d’examen",
    )  # fmt: skip
    assert data["created_at"] == data["confirmed_at"] == "2027-03-03T11:00:00.000000+00:00"
    assert (data["decided_at"], data["active_from"]) == (None, None)
    assert data["fee"]["total_cents"] == file.fee.cents == sum(step["cents"] for step in data["fee"]["steps"])
    assert [line["what"] for line in data["history"]] == [
        "Demande envoyée", "Adresse confirmée, demande transmise à l’office",
    ]  # fmt: skip
    assert stored() == before


def test_nobody_else_downloads_it(file):
    others = json.loads(logged_in(STRANGER).get(OWN_DATA).body)
    assert others["email"] == STRANGER
    assert file.reference not in json.dumps(others)
    staff = logged_in("claire.martin@val.example.org", "staff").get(OWN_DATA)
    assert staff.status == 403
    assert "Content-Disposition" not in staff.headers


def test_who_is_not_logged_in_is_sent_to_the_login(file):
    answer = Browser(app).get(OWN_DATA)
    assert (answer.status, answer.body) == (303, "")
    assert answer.headers["Location"].startswith("/connexion?vers=")


@pytest.fixture
def draft(clock):
    """A form that is filled in, and the browser that holds its key."""
    return bootstrap.draft_service().begin(answers())


@pytest.fixture
def browser(draft):
    browser = Browser(app)
    browser.cookies[full_name(DRAFT_COOKIE.name)] = (
        DRAFT_COOKIE.key_to(draft).partition("=")[2].partition(";")[0]
    )
    return browser


@pytest.fixture
def begun_again(draft, browser):
    """The form was sent; then the person went back to its very first page and filled it in otherwise."""
    bootstrap.submission_service().submit(Submission(draft.id, dict(draft.answers), "1"))
    changed = {"business_name": "Auberge <du> Pont", "phone": "+33465719999"}
    return bootstrap.draft_service().begin({**draft.answers, **changed}, draft_id=draft.id)


def die(name):
    raise Crash


def test_a_button_pressed_again_after_a_crash_starts_the_process_that_was_not(draft, browser, monkeypatch):
    process = FakeProcess(on_start=die)
    monkeypatch.setattr(bootstrap, "StepFunctionsProcess", lambda name: process)
    with pytest.raises(Crash):
        bootstrap.submission_service().submit(Submission(draft.id, dict(draft.answers), "1"))
    process.on_start = None
    assert browser.post(SEND).headers["Location"] == SENT
    assert list(process.runs) == [bootstrap.applications().find(draft.id).run_name]


def test_a_form_begun_again_with_the_same_answers_is_simply_sent(draft, browser):
    bootstrap.submission_service().submit(Submission(draft.id, dict(draft.answers), "1"))
    bootstrap.draft_service().begin(draft.answers, draft_id=draft.id)
    assert browser.post(SEND).headers["Location"] == SENT
    assert bootstrap.draft_service().find(draft.id) is None


def test_a_form_sent_again_with_other_answers_says_what_was_received_and_what_was_not(begun_again, browser):
    sent = browser.post(SEND)
    assert (sent.status, sent.headers["Location"]) == (303, ALREADY_SENT)
    page = browser.get(ALREADY_SENT)
    assert page.status == 200
    for words in (
        "Votre demande était déjà envoyée", "le 3 mars 2027 à 12 h 00", "n’a pas été repris",
        "Auberge &lt;du&gt; Pont", "04 65 71 99 99", "accusé de réception", "04 65 71 00 10",
        "accueil@val.example.org",
    ):  # fmt: skip
        assert words in page.text, words
    assert "clé" not in page.text
    assert "Maëlle" not in page.text


def test_nothing_typed_is_lost_until_the_person_leaves_it(begun_again, browser, clock):
    for _ in range(2):
        browser.post(SEND)
        browser.get(ALREADY_SENT)
    clock.wait(days=30)
    bootstrap.draft_service().sweep()
    assert bootstrap.draft_service().find(begun_again.id) == begun_again
    assert "Auberge &lt;du&gt; Pont" in browser.get(SEND).body
    assert bootstrap.applications().find(begun_again.id).business_name == "Hôtel du Pont"
    left = browser.post(ALREADY_SENT)
    assert (left.status, left.headers["Location"]) == (303, "/adhesion")
    assert bootstrap.draft_service().find(begun_again.id) is None
    assert full_name(DRAFT_COOKIE.name) not in browser.cookies


def test_a_draft_that_was_never_sent_cannot_be_left_that_way(draft, browser):
    assert browser.get(ALREADY_SENT).headers["Location"] == SEND
    assert browser.post(ALREADY_SENT).headers["Location"] == SEND
    assert bootstrap.draft_service().find(draft.id) == draft


def test_corrections_are_not_taken_for_a_form_sent_twice(file, clock):
    record("changes_requested")
    corrections = bootstrap.draft_service().open_corrections(bootstrap.application_service().get("f1"))
    browser = Browser(app)
    browser.cookies[full_name(DRAFT_COOKIE.name)] = (
        DRAFT_COOKIE.key_to(corrections).partition("=")[2].partition(";")[0]
    )
    assert browser.post(ALREADY_SENT).headers["Location"] == SEND
    assert bootstrap.draft_service().find("f1") == corrections


def test_without_a_draft_there_is_nothing_to_show(clock):
    assert Browser(app).get(ALREADY_SENT).status == Browser(app).post(ALREADY_SENT).status == 404


def test_the_api_still_speaks_of_its_sending_key(clock):
    def send(**changes):
        headers = {"content-type": "application/json", "idempotency-key": "k1"}
        body = json.dumps(answers(**changes))
        return Browser(app).send("POST", "/api/v1/membership-applications", headers, body)

    assert send().status == 201
    refused = send(business_name="Auberge du Pont")
    assert refused.status == 409
    assert "clé d’envoi" in json.loads(refused.body)["detail"]
