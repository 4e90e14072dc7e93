from chalicelib.access.codes import code_for
from tests.integration.access.conftest import PARTNER, STAFF


def test_a_partner_logs_in_and_comes_to_the_page_they_wanted(site):
    browser = site.browser()
    sent_away = browser.get("/espace/ADH-7KQ4M2?onglet=historique")
    assert (sent_away.status, sent_away.headers["Location"]) == (
        303,
        "/connexion?vers=%2Fespace%2FADH-7KQ4M2%3Fonglet%3Dhistorique",
    )
    form = browser.get(sent_away.headers["Location"])
    assert 'name="vers" value="/espace/ADH-7KQ4M2?onglet=historique"' in form.body
    token = site.token_for(PARTNER, browser, vers="/espace/ADH-7KQ4M2?onglet=historique")
    page = browser.get(f"/connexion/{token}")
    assert f"Vous allez vous connecter avec l’adresse {PARTNER}" in page.text
    done = browser.post(f"/connexion/{token}")
    assert (done.status, done.headers["Location"]) == (303, "/espace/ADH-7KQ4M2?onglet=historique")
    assert browser.get("/espace/ADH-7KQ4M2").body == "Gîte des Noyers partner ADH-7KQ4M2"


def test_without_a_wanted_page_each_comes_to_their_own_door(site):
    for email, home in ((PARTNER, "/espace"), (STAFF, "/bureau")):
        browser = site.browser()
        token = site.token_for(email, browser)
        assert browser.post(f"/connexion/{token}").headers["Location"] == home
        assert browser.get(home).status == 200


def test_the_cookies_are_bound_to_this_host_and_out_of_reach_of_scripts(site):
    browser = site.browser()
    (asked,) = browser.post("/connexion", email=PARTNER).cookies
    assert asked.startswith("__Host-pre=")
    logged_in, forgotten = browser.post(f"/connexion/{site.tokens()[0]}").cookies
    assert logged_in.startswith("__Host-sid=")
    assert forgotten.startswith("__Host-pre=;")
    for line in (asked, logged_in, forgotten):
        assert {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"} <= set(line.split("; "))
    assert len(logged_in.partition(";")[0].partition("=")[2]) == 43


def test_every_page_of_the_login_is_kept_nowhere_and_tells_its_address_to_nobody(site):
    browser = site.browser()
    token = site.token_for(PARTNER, browser)
    for path in ("/connexion", f"/connexion/{token}", "/connexion/x.y", "/deconnexion"):
        headers = browser.get(path).headers
        assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_in_another_browser_the_code_on_the_first_screen_logs_in(site):
    desk, phone = site.browser(), site.browser()
    answer = desk.post("/connexion", email=PARTNER, vers="/espace/ADH-7KQ4M2")
    code = code_for(desk.cookies["__Host-pre"], PARTNER)
    assert f"{code[:3]} {code[3:]}" in answer.text
    (token,) = site.tokens()
    page = phone.get(f"/connexion/{token}")
    assert (page.status, PARTNER in page.body, 'autocomplete="one-time-code"' in page.body) == (
        200,
        False,
        True,
    )
    wrong = phone.post(f"/connexion/{token}", code=f"{(int(code) + 1) % 10**6:06d}")
    assert (wrong.status, "il vous reste 4 essais" in wrong.text) == (422, True)
    empty = phone.post(f"/connexion/{token}", code="")
    assert (empty.status, "Erreur :" in empty.text) == (422, True)
    assert (
        phone.post(f"/connexion/{token}", code=f"{code[:3]} {code[3:]}").headers["Location"]
        == "/espace/ADH-7KQ4M2"
    )
    assert phone.get("/espace").status == 200
    assert desk.get("/espace").status == 303


def test_used_expired_and_altered_links_and_spent_tries_get_the_very_same_page(site):
    browser, other = site.browser(), site.browser("198.51.100.1")
    used = site.token_for(PARTNER, browser)
    altered = used[:-1] + ("A" if used[-1] != "A" else "B")
    pages = [browser.get(f"/connexion/{altered}"), browser.post(f"/connexion/{altered}")]
    browser.post(f"/connexion/{used}")
    visitor = site.browser()
    pages += [visitor.get(f"/connexion/{used}"), visitor.post(f"/connexion/{used}")]
    spent = site.token_for("gite.spent@example.org", other)
    right = code_for(other.cookies["__Host-pre"], "gite.spent@example.org")
    for number in range(5):
        last = visitor.post(f"/connexion/{spent}", code=f"{(int(right) + 1 + number) % 10**6:06d}")
    pages += [last, visitor.get(f"/connexion/{spent}"), visitor.post(f"/connexion/{spent}", code=right)]
    late = site.token_for("gite.late@example.org", other)
    site.wait(minutes=10)
    pages += [visitor.get(f"/connexion/{late}"), visitor.post(f"/connexion/{late}")]
    pages.append(visitor.get("/connexion/never-a-token"))
    assert {page.status for page in pages} == {403}
    assert len({page.body for page in pages}) == 1
    assert 'action="/connexion"' in pages[0].body


def test_a_mistyped_address_is_told_at_its_field_and_kept(site):
    for typed, told in (("", "Indiquez votre adresse"), ("gite<b>@", "n’est pas complète")):
        page = site.browser().post("/connexion", email=typed, vers="/espace")
        assert (page.status, told in page.text) == (422, True)
        assert "<title>Erreur" in page.body
        assert "<b>@" not in page.body
    assert 'value="gite&lt;b&gt;@"' in page.body


def test_logout_ends_the_session_on_the_server_and_not_only_in_the_browser(site):
    browser = site.log_in(PARTNER)
    sid = browser.cookies["__Host-sid"]
    done = browser.post("/deconnexion")
    assert (done.status, done.headers["Location"]) == (303, "/deconnexion")
    assert "__Host-sid" not in browser.cookies
    assert "Vous êtes déconnecté" in browser.get("/deconnexion").text
    browser.cookies["__Host-sid"] = sid
    assert browser.get("/espace").status == 303


def test_one_button_ends_the_sessions_on_all_devices(site):
    phone, desk, other = site.log_in(PARTNER), site.log_in(PARTNER), site.log_in(STAFF)
    assert "tous mes appareils" in phone.get("/deconnexion").text
    phone.post("/deconnexion", partout="oui")
    assert desk.get("/espace").status == 303
    assert other.get("/bureau").status == 200


def test_the_old_session_is_dead_after_a_new_login_in_the_same_browser(site):
    browser = site.log_in(PARTNER)
    old = browser.cookies["__Host-sid"]
    site.log_in(STAFF, browser)
    assert browser.cookies["__Host-sid"] != old
    browser.cookies["__Host-sid"] = old
    assert browser.get("/espace").status == 303
