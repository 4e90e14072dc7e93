import pytest

from tests.factories import office_document
from tests.integration.access.conftest import PARTNER, STAFF

NOA = "noa.petit@val.example.org"


def test_nobody_is_sent_to_the_login_from_every_guarded_page(site):
    for path in ("/espace", "/espace/ADH-1", "/bureau", "/bureau/paiements"):
        answer = site.browser().get(path)
        assert (answer.status, answer.headers["Location"]) == (
            303,
            "/connexion?vers=" + path.replace("/", "%2F"),
        )


def test_a_post_without_a_session_goes_to_the_login_and_is_not_replayed(site):
    assert site.browser().post("/espace/ADH-1").headers["Location"] == "/connexion"


def test_a_partner_is_told_that_the_desk_is_for_the_staff(site):
    answer = site.log_in(PARTNER).get("/bureau")
    assert (answer.status, "réservée à l’équipe" in answer.text) == (403, True)


def test_staff_without_the_role_are_told_so_and_pass_elsewhere(site):
    browser = site.log_in(STAFF)
    refused = browser.get("/bureau/qualite")
    assert (refused.status, "ne fait pas partie de vos rôles" in refused.text) == (403, True)
    assert browser.get("/bureau/paiements").status == 200


def test_staff_who_are_no_partners_are_told_where_the_files_are(site):
    answer = site.log_in(STAFF).get("/espace")
    assert (answer.status, "se consultent depuis le bureau" in answer.text) == (403, True)


def test_staff_who_are_partners_too_use_both_doors(site):
    people = office_document()["people"]
    people[0]["email"] = "gite.claire@example.org"
    site.publish_office(people=people)
    browser = site.log_in("gite.claire@example.org")
    assert browser.get("/bureau").body == "Claire Martin staff "
    assert browser.get("/espace").body == "Claire Martin staff "


def test_a_role_taken_away_counts_at_the_next_request_and_so_does_leaving(site):
    browser = site.log_in(NOA)
    assert browser.get("/bureau/paiements").status == 200
    people = office_document()["people"]
    people[2]["roles"] = ["quality_officer"]
    site.publish_office(people=people)
    assert browser.get("/bureau/paiements").status == 403
    site.publish_office(people=people[:2])
    assert browser.get("/bureau").status == 303


@pytest.mark.parametrize(("email", "path", "hours"), [(STAFF, "/bureau", 2), (PARTNER, "/espace", 8)])
def test_an_idle_session_is_over_by_the_clock_whatever_the_table_still_holds(site, email, path, hours):
    browser = site.log_in(email)
    site.wait(hours=hours)
    assert browser.get(path).status == 303
