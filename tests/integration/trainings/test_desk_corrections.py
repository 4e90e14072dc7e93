"""A mark of one person is corrected at the desk once the attendance is closed, and what was printed follows."""

import pytest

from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.bootstrap import outbox
from chalicelib.trainings.bootstrap import attending, stores
from chalicelib.trainings.changes import change
from chalicelib.trainings.items import PointerItem
from chalicelib.trainings.model import Certificate
from chalicelib.trainings.retention_repository import EndedSessions
from chalicelib.trainings.statuses import Event, SessionStatus, Status
from tests.integration.trainings.desk_house import (
    as_,
    clock,
    comes,
    empty_house,
    form_of,
    now_of,
    page_of,
    publish_office,
    published,
)
from tests.training_office import trainings_section

__all__ = ["clock", "empty_house"]

DAY = [
    {"on": "2027-03-03", "begins": "13:00", "ends": "14:00"},
    {"on": "2027-03-03", "begins": "15:00", "ends": "17:00"},
]
EARLY, LATE = "2027-03-03T13:00", "2027-03-03T15:00"
OLD, NEW = "7KQ4-M2XB-9DTR", "8KQ4-M2XB-9DTR"
FORM = "Corriger sa présence"
SEEN = "version-vue"
WRONG = {"etat": "absent", "raison": "Partie à la pause."}


@pytest.fixture(autouse=True)
def same_clock(clock):
    for made in (attending.attending_service, attending.corrections):
        made.cache_clear()
    yield
    for made in (attending.attending_service, attending.corrections):
        made.cache_clear()


def yann():
    """Logged in just now: days pass in these tests."""
    return as_("network_officer")


@pytest.fixture
def session(clock):
    return published(half_days=DAY)


@pytest.fixture
def ana(session, clock):
    """She came to both half-days; the attendance is closed and her certificate printed."""
    ana, _ = comes(session, "Ana Roux"), comes(session, "Bob Max")
    clock.wait(hours=7)
    for key in (EARLY, LATE):
        yann().post(
            page_of(session, "/presences"), **{"demi-journee": key, "personne": ana.id, "etat": "present"}
        )
    assert yann().post(page_of(session, "/presences/cloture")).status == 303
    return certified(ana, OLD, clock.at)


def certified(one, code, at):
    """Her certificate, as the round keeps it."""
    made = Certificate(code, f"printed/{code}.pdf", "hash", at)
    changed = change(
        now_of(one), Event.CERTIFIED, HistoryLine(at, "Cordée", "Attestation établie"), certificate=made
    )
    stores.registrations().save_certified(changed, code, [])
    return changed.after


def path_of(session, one):
    return page_of(session, f"/inscriptions/{one.reference}")


def send(session, one, half_day=LATE, **typed):
    """The form as it is shown, filled in."""
    browser, path = yann(), path_of(session, one)
    form = form_of(browser.get(path))
    return browser.post(f"{path}/presence", **{SEEN: form[SEEN], "demi-journee": half_day, **WRONG, **typed})


def test_the_way_there_is_the_name_in_the_closed_list(session, ana):
    page = yann().get(page_of(session, "/presences"))
    assert f'href="{path_of(session, ana)}"' in page.body
    person = yann().get(path_of(session, ana)).text
    assert FORM in person
    assert "Jusqu’au vendredi 2 avril 2027 inclus." in person


def test_the_person_is_told_why_and_the_page_says_where_they_stand(session, ana):
    assert send(session, ana).headers["Location"].endswith(path_of(session, ana))
    assert now_of(ana).status is Status.ATTENDED
    [mail] = [one.message for one in outbox().list_by_record(ana.id) if "corrected" in one.message.template]
    assert (mail.to, mail.context["reason"], mail.context["fate"]) == (
        ana.email,
        "Partie à la pause.",
        "replaced",
    )
    page = yann().get(path_of(session, ana)).text
    assert (
        "Présence corrigée : Absent(e), 3 mars 2027, de 15 h 00 à 17 h 00 ; l’attestation du 3 mars 2027"
        in page
    )
    assert "Partie à la pause." in page


class TestTheOldCertificate:
    def test_its_page_says_that_another_stands_in_its_place_and_nothing_of_whose_it_was(self, session, ana):
        assert "Ce document est authentique" in as_().get(f"/verification/{OLD}").text
        send(session, ana)
        page = as_().get(f"/verification/{OLD}")
        assert page.status == 410
        assert (
            f"Le document de code {OLD} a été remplacé par un autre le 3 mars 2027 : il n’est plus valable."
            in page.text
        )
        for secret in ("Ana", "Roux", "Hôtel du Pont", "Réussir ses photos", "authentique"):
            assert secret not in page.text

    def test_the_one_in_its_place_is_genuine_and_the_old_one_is_not(self, session, ana, clock):
        send(session, ana)
        certified(ana, NEW, clock.at)
        page = as_().get(f"/verification/{NEW}")
        assert (page.status, "Ce document est authentique" in page.text) == (200, True)
        assert ("de 13 h 00 à 14 h 00" in page.text, "15 h 00" in page.text) == (True, False)
        assert as_().get(f"/verification/{OLD}").status == 410

    def test_without_hours_it_is_cancelled(self, session, ana):
        for half_day in (EARLY, LATE):
            send(session, ana, half_day)
        assert now_of(ana).status is Status.ABSENT
        assert (
            "a été annulé le 3 mars 2027 : il n’est plus valable." in as_().get(f"/verification/{OLD}").text
        )

    def test_it_is_forgotten_with_the_session(self, session, ana, clock):
        send(session, ana)
        certified(ana, NEW, clock.at)
        EndedSessions(stores.sessions(), stores.registrations()).erase(now_of(session))
        assert [item.pk for item in PointerItem.scan() if item.pk.startswith("CODE#")] == []
        assert as_().get(f"/verification/{OLD}").status == 404


class TestMistakes:
    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"demi-journee": ""}, "demi-journee"),
            ({"etat": ""}, "etat"),
            ({"etat": "peut-etre"}, "etat"),
            ({"raison": ""}, "raison"),
            ({"raison": "   "}, "raison"),
        ],
    )
    def test_each_is_told_at_its_field_and_what_was_typed_stays(self, session, ana, typed, field):
        answer = send(session, ana, **typed)
        assert answer.status == 422
        assert f'id="champ-{field}-erreur"' in answer.body
        kept = {"demi-journee": LATE, **WRONG, **typed}
        shown = form_of(answer)
        assert [name for name in ("demi-journee", "raison") if shown[name] != kept[name].strip()] == []
        assert now_of(ana) == ana

    def test_a_half_day_that_there_is_none(self, session, ana):
        assert send(session, ana, "2027-03-04T13:00").status == 404
        assert now_of(ana) == ana

    @pytest.mark.parametrize("version", ["3", "", "99", "quatre", "٤", "9" * 5000])
    def test_a_page_of_another_version_changes_nothing(self, session, ana, version):
        answer = send(session, ana, **{SEEN: version})
        assert (answer.status, "a changé entre-temps" in answer.text) == (409, True)
        assert now_of(ana) == ana

    def test_a_person_of_another_session_is_not_found_here(self, session, ana, clock):
        other = published("s2", half_days=[{**DAY[0], "on": "2027-05-04"}])
        form = {SEEN: str(ana.version), "demi-journee": LATE, **WRONG}
        assert yann().post(f"{path_of(other, ana)}/presence", **form).status == 404
        assert now_of(ana) == ana


def test_a_form_sent_twice_corrects_once(session, ana):
    browser, path = yann(), path_of(session, ana)
    form = {SEEN: form_of(browser.get(path))[SEEN], "demi-journee": LATE, **WRONG}
    assert [browser.post(f"{path}/presence", **form).status for _ in range(2)] == [303, 303]
    mails = [one for one in outbox().list_by_record(ana.id) if "corrected" in one.message.template]
    assert len(mails) == 1


def test_the_office_says_for_how_long(session, ana, clock):
    publish_office(trainings=trainings_section(correction_days=3))
    clock.wait(days=3)
    assert FORM in yann().get(path_of(session, ana)).text
    clock.wait(days=1)
    page = yann().get(path_of(session, ana)).text
    assert FORM not in page
    assert "Le temps pour la corriger est passé." in page
    answer = late(session, ana)
    assert (answer.status, "ne se corrigent plus, depuis le 7 mars 2027" in answer.text) == (422, True)
    assert now_of(ana) == ana


def late(session, one):
    form = {SEEN: str(one.version), "demi-journee": LATE, **WRONG}
    return yann().post(f"{path_of(session, one)}/presence", **form)


def test_before_it_is_closed_the_list_is_there(session, clock):
    ana = comes(session, "Ana Roux")
    clock.wait(hours=7)
    assert FORM not in yann().get(path_of(session, ana)).text
    answer = late(session, ana)
    assert (answer.status, "corrigez-les sur la liste des présences" in answer.text) == (422, True)
    assert now_of(session).status is SessionStatus.PUBLISHED
