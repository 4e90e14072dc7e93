"""S1, S2, S4, S5, S6, S11 and the scanners of F1 to F5, on the real routes and moto."""

import logging
from statistics import median
from time import process_time
from urllib.parse import quote

import pytest
from pynamodb.connection.base import Connection

from chalicelib.access.codes import code_for
from tests.integration.access.conftest import PARTNER, STAFF, routes
from tests.unit.access.world import World

UNKNOWN = "nobody@example.com"
FORM = {"content-type": "application/x-www-form-urlencoded"}
EVIL = (
    "//evil.example.com", "https:evil.example.com", "https://evil.example.com", "/\\evil.example.com",
    "%2f%2fevil.example.com", "/%2f%2fevil.example.com", "/%09/evil.example.com", "/\tevil",
    "/x\r\nSet-Cookie: a=b", "/%0d%0aSet-Cookie:a=b", "javascript:alert(1)", "evil.example.com",
    "/" + "a" * 600, "/connexion", "/deconnexion",
)  # fmt: skip


def neutral(answer, browser, email):
    """What is said, without what differs by nature: the address itself, the secret and its code."""
    pre = browser.cookies["__Host-pre"]
    code = code_for(pre, email)
    body = answer.body.replace(email, "EMAIL").replace(f"{code[:3]}&nbsp;{code[3:]}", "CODE")
    headers = {name: str(value).replace(pre, "PRE") for name, value in answer.headers.items()}
    return answer.status, body, headers


def test_known_and_unknown_addresses_get_the_same_status_body_and_headers(site):
    answers = []
    for email in (PARTNER, STAFF, UNKNOWN):
        browser = site.browser()
        answers.append(neutral(browser.post("/connexion", email=email), browser, email))
    assert "CODE" in answers[0][1]
    assert answers[0] == answers[1] == answers[2]
    assert len(site.waiting_mails()) == 2


def test_known_and_unknown_addresses_cost_the_same_calls(site, monkeypatch):
    dispatch, calls = Connection.dispatch, []

    def noting(connection, operation, arguments):
        calls.append((operation, len(arguments.get("TransactItems", ()))))
        return dispatch(connection, operation, arguments)

    monkeypatch.setattr(Connection, "dispatch", noting)
    made = []
    site.browser().post("/connexion", email="warm.up@example.org")
    for number, email in enumerate((PARTNER, STAFF, UNKNOWN)):
        calls.clear()
        site.browser(ip=f"2001:db8:0:{number}::1").post("/connexion", email=email)
        made.append(list(calls))
    assert ("TransactWriteItems", 2) in made[0]
    assert made[0] == made[1] == made[2]


def test_known_and_unknown_addresses_take_the_same_time(site, monkeypatch):
    # Storage is in memory here: the emulator's own time grows with its tables and says nothing. What else the
    # machine does says nothing either: it is the time of this process that is compared.
    world = World()
    world.partners.names.update({f"gite{number}@example.org": "Gîte" for number in range(200)})
    monkeypatch.setattr(routes, "login_service", lambda: world.login)
    seconds = {"gite": [], "none": []}
    for number in range(200):
        for kind, taken in seconds.items():
            browser = site.browser(ip=f"2001:db8:0:{number}::1")
            began = process_time()
            browser.post("/connexion", email=f"{kind}{number}@example.org")
            taken.append(process_time() - began)
    assert len(world.requests.mails) == 200
    slower, faster = sorted(map(median, seconds.values()), reverse=True)
    assert slower / faster < 1.2


def test_the_sixth_request_looks_the_same_sends_nothing_and_leaves_the_earlier_links(site):
    browser = site.browser()
    answers = [neutral(browser.post("/connexion", email=PARTNER), browser, PARTNER) for _ in range(5)]
    tokens = site.tokens()
    assert len(tokens) == 5
    sixth = neutral(browser.post("/connexion", email=PARTNER), browser, PARTNER)
    assert sixth == answers[0]
    assert site.waiting_mails() == []
    live = [token for token in tokens if browser.get(f"/connexion/{token}").status == 200]
    assert len(live) == 3
    assert browser.post(f"/connexion/{live[0]}").status == 303


def test_the_twenty_first_request_of_one_machine_looks_the_same_and_sends_nothing(site):
    for number in range(20):
        site.browser().post("/connexion", email=f"gite{number}@example.org")
    assert len(site.letters()) == 20
    browser = site.browser()
    assert browser.post("/connexion", email=PARTNER).status == 200
    assert site.waiting_mails() == []


def test_a_scanner_that_reads_the_mail_changes_nothing_and_the_link_still_serves(site):
    browser, scanner = site.browser(), site.browser("203.0.113.9")
    token = site.token_for(PARTNER, browser)
    before = site.tables()
    agents = ("", "Mozilla/5.0 (compatible; SafeLinks)", "Barracuda", "curl/8", "Mozilla/5.0")
    for agent in agents:
        for method in ("HEAD", "GET", "GET"):
            answer = scanner.get(f"/connexion/{token}", method, **{"user-agent": agent})
            assert answer.status == 200
            assert answer.cookies == []
        assert scanner.get(f"/connexion/{token}?utm_source=x").status == 200
    assert scanner.get(f"/connexion/{token}", "HEAD").body == ""
    assert site.tables() == before
    assert browser.post(f"/connexion/{token}").status == 303


def test_a_scanner_that_presses_the_button_changes_nothing_either(site):
    browser, scanner = site.browser(), site.browser("203.0.113.9")
    token = site.token_for(PARTNER, browser)
    before = site.tables()
    for fields in ({}, {"code": ""}, {"code": "test"}, {"code": "1 234"}):
        assert scanner.post(f"/connexion/{token}", **fields).status == 422
    assert site.tables() == before
    assert "__Host-sid" not in scanner.cookies
    assert browser.post(f"/connexion/{token}").status == 303


def test_no_page_of_the_login_sends_itself(site):
    browser, other = site.browser(), site.browser()
    token = site.token_for(PARTNER, browser)
    for page in (browser.get(f"/connexion/{token}"), other.get(f"/connexion/{token}")):
        assert "onload" not in page.body
        assert "http-equiv" not in page.body
        assert page.body.count("<script") == page.body.count("<script src=")


@pytest.mark.parametrize("target", EVIL)
def test_a_crafted_destination_stays_on_the_site(site, target):
    browser = site.browser()
    form = browser.get(f"/connexion?vers={quote(target)}")
    assert 'name="vers" value=""' in form.body
    token = site.token_for(PARTNER, browser, vers=target)
    assert browser.post(f"/connexion/{token}").headers["Location"] == "/espace"


@pytest.mark.parametrize("proof", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example.com"}])
def test_posts_from_another_site_are_refused_and_write_nothing(site, proof):
    browser = site.log_in(PARTNER)
    token = site.token_for(PARTNER, browser)
    before = site.tables()
    for path, body in (("/connexion", f"email={PARTNER}"), (f"/connexion/{token}", ""), ("/deconnexion", "")):
        assert browser.send("POST", path, {**FORM, **proof}, body).status == 403
    assert site.tables() == before


def test_a_session_cookie_planted_before_the_login_opens_nothing(site):
    browser, planted = site.browser(), "A" * 43
    browser.cookies["__Host-sid"] = planted
    site.log_in(PARTNER, browser)
    assert browser.cookies["__Host-sid"] != planted
    intruder = site.browser()
    intruder.cookies["__Host-sid"] = planted
    assert intruder.get("/espace").status == 303


def test_a_planted_browser_cookie_that_is_not_ours_is_replaced(site):
    browser = site.browser()
    browser.cookies["__Host-pre"] = "chosen"
    browser.post("/connexion", email=PARTNER)
    assert browser.cookies["__Host-pre"] != "chosen"


def test_no_table_holds_a_secret_that_opens_anything(site):
    browser = site.browser()
    token = site.token_for(PARTNER, browser)
    pre = browser.cookies["__Host-pre"]
    stored = site.tables()
    browser.post(f"/connexion/{token}")
    stored += site.tables()
    for secret in (token.partition(".")[2], pre, code_for(pre, PARTNER), browser.cookies["__Host-sid"]):
        assert secret not in stored


def test_the_logs_of_a_whole_visit_hold_no_address_no_token_and_no_cookie(site, caplog, capsys):
    caplog.set_level(logging.INFO)
    browser, phone = site.browser(), site.browser()
    browser.get("/espace/ADH-7KQ4M2")
    token = site.token_for(PARTNER, browser, vers="/espace/ADH-7KQ4M2")
    secrets = [
        *token.split("."),
        browser.cookies["__Host-pre"],
        code_for(browser.cookies["__Host-pre"], PARTNER),
    ]
    browser.post("/connexion", email=UNKNOWN)
    phone.get(f"/connexion/{token}")
    phone.post(f"/connexion/{token}", code="000000")
    browser.get(f"/connexion/{token}")
    browser.post(f"/connexion/{token}")
    secrets.append(browser.cookies["__Host-sid"])
    browser.get("/espace")
    browser.post("/deconnexion")
    browser.get("/connexion/x.y")
    logged = "".join(repr(vars(record)) for record in caplog.records) + "".join(capsys.readouterr())
    assert "/connexion/{token}" in logged
    for secret in (*secrets, PARTNER, UNKNOWN, "ADH-7KQ4M2", "192.0.2.1", "Noyers"):
        assert secret not in logged
