import pytest

from chalicelib.access.codes import code_for
from chalicelib.access.model import CodeNeeded, CodeWrong, LoginRefused
from chalicelib.kernel import ids
from tests.unit.access.world import BOTH, PARTNER, STAFF, World


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_browser_that_asked_is_shown_the_address_and_logs_in_with_one_button():
    world = World()
    browser = world.browser()
    token = world.token_for(PARTNER, browser, "/espace/ADH-7KQ4M2")
    opening = world.login.look(token, browser)
    admission = world.login.redeem(token, browser, "", "")
    assert (opening.same_browser, opening.email) == (True, PARTNER)
    assert (admission.kind, admission.destination) == ("partner", "/espace/ADH-7KQ4M2")
    assert world.sessions.user_of(admission.sid).email == PARTNER


def test_looking_changes_nothing():
    world = World()
    browser = world.browser()
    token = world.token_for(PARTNER, browser)
    before = (dict(world.link_store.links), dict(world.requests.kept), dict(world.session_store.kept))
    for looker in (browser, "", world.browser()):
        world.login.look(token, looker)
    assert (world.link_store.links, world.requests.kept, world.session_store.kept) == before


def test_a_link_serves_once():
    world = World()
    browser = world.browser()
    token = world.token_for(PARTNER, browser)
    world.login.redeem(token, browser, "", "")
    with pytest.raises(LoginRefused):
        world.login.redeem(token, browser, "", "")
    with pytest.raises(LoginRefused):
        world.login.look(token, browser)


def test_up_to_three_links_live_and_all_die_at_the_first_use():
    world = World()
    browsers = [world.browser() for _ in range(4)]
    tokens = [world.token_for(PARTNER, browser) for browser in browsers]
    with pytest.raises(LoginRefused):
        world.login.look(tokens[0], browsers[0])
    for token, browser in zip(tokens[1:], browsers[1:], strict=True):
        assert world.login.look(token, browser).same_browser
    world.login.redeem(tokens[1], browsers[1], "", "")
    for token, browser in zip(tokens, browsers, strict=True):
        with pytest.raises(LoginRefused):
            world.login.redeem(token, browser, "", "")
    assert len(world.session_store.kept) == 1


def test_a_mail_that_leaves_after_the_first_use_brings_a_dead_link():
    world = World()
    browser = world.browser()
    token = world.token_for(PARTNER, browser)
    world.ask(PARTNER, browser)
    world.login.redeem(token, browser, "", "")
    (late,) = world.arriving_mails()
    with pytest.raises(LoginRefused):
        world.login.redeem(late, browser, "", "")


def test_a_link_dies_ten_minutes_after_it_was_asked_for():
    world = World()
    browser = world.browser()
    token = world.token_for(PARTNER, browser)
    world.wait(seconds=599)
    assert world.login.look(token, browser).same_browser
    world.wait(seconds=1)
    with pytest.raises(LoginRefused):
        world.login.redeem(token, browser, "", "")


def test_a_mail_that_was_slow_does_not_lengthen_the_life_of_its_link():
    world = World()
    browser = world.browser()
    world.ask(PARTNER, browser)
    world.wait(minutes=9)
    (token,) = world.arriving_mails()
    world.wait(minutes=1)
    with pytest.raises(LoginRefused):
        world.login.redeem(token, browser, "", "")


def test_each_altered_byte_of_the_token_is_refused():
    world = World()
    browser = world.browser()
    token = world.token_for(PARTNER, browser)
    for position, sign in enumerate(token):
        altered = token[:position] + ("A" if sign != "A" else "B") + token[position + 1 :]
        with pytest.raises(LoginRefused):
            world.login.redeem(altered, browser, "", "")
    assert world.login.look(token, browser).same_browser


@pytest.mark.parametrize("token", ["", ".", "x", "x.", ".x", "é.è", "a" * 5000, "\0.\0"])
def test_what_was_never_a_token_is_refused_the_same_way(token):
    with pytest.raises(LoginRefused):
        World().login.look(token, "")


def test_a_decision_link_does_not_log_in():
    world = World()
    browser = world.browser()
    world.ask(PARTNER, browser)
    link = world.requests.mails[0].link
    foreign = world.links.mint(type(link)("/decisions", link.subject, link.holder, 600, link.bound_to))
    with pytest.raises(LoginRefused):
        world.login.look(foreign.rpartition("/")[2], browser)


def test_another_browser_needs_the_code_and_does_not_see_the_address():
    world = World()
    asking, opening = world.browser(), world.browser()
    token = world.token_for(PARTNER, asking)
    assert world.login.look(token, opening).email == ""
    for nothing in ("", "12345", "1234567", "abcdef", "１２３４５６"):
        with pytest.raises(CodeNeeded):
            world.login.redeem(token, opening, nothing, "")
    assert world.session_store.kept == {}


def test_another_browser_logs_in_with_the_code_typed_with_a_space():
    world = World()
    asking = world.browser()
    token = world.token_for(PARTNER, asking)
    code = code_for(asking, PARTNER)
    admission = world.login.redeem(token, "", f" {code[:3]}\u00a0{code[3:]} ", "")
    assert world.sessions.user_of(admission.sid)


def test_five_wrong_codes_close_the_link_to_other_browsers_only():
    world = World()
    asking = world.browser()
    token = world.token_for(PARTNER, asking)
    code = code_for(asking, PARTNER)
    for left in (4, 3, 2, 1):
        with pytest.raises(CodeWrong) as told:
            world.login.redeem(token, "", wrong(code), "")
        assert told.value.tries_left == left
    with pytest.raises(LoginRefused):
        world.login.redeem(token, "", wrong(code), "")
    with pytest.raises(LoginRefused):
        world.login.redeem(token, "", code, "")
    with pytest.raises(LoginRefused):
        world.login.look(token, "")
    assert world.login.redeem(token, asking, "", "").sid


def test_the_fifth_try_may_be_the_right_one():
    world = World()
    asking = world.browser()
    token = world.token_for(PARTNER, asking)
    code = code_for(asking, PARTNER)
    for _ in range(4):
        with pytest.raises(CodeWrong):
            world.login.redeem(token, "", wrong(code), "")
    assert world.login.redeem(token, "", code, "").sid


def test_guesses_that_lost_a_race_are_not_compared():
    world = World()
    asking = world.browser()
    token = world.token_for(PARTNER, asking)
    world.requests.save = lambda asked, now: False
    with pytest.raises(CodeNeeded):
        world.login.redeem(token, "", code_for(asking, PARTNER), "")


def test_asking_again_in_the_same_browser_keeps_the_code():
    world = World()
    asking = world.browser()
    first, second = world.token_for(PARTNER, asking), world.token_for(PARTNER, asking)
    code = code_for(asking, PARTNER)
    assert first != second
    assert world.login.redeem(first, "", code, "").sid


def test_the_code_of_another_request_for_the_same_address_does_not_open_the_link():
    world = World()
    rightful, intruder = world.browser(), world.browser()
    token = world.token_for(PARTNER, rightful)
    world.ask(PARTNER, intruder)
    with pytest.raises(CodeWrong):
        world.login.redeem(token, intruder, code_for(intruder, PARTNER), "")


def test_of_two_links_used_at_the_same_instant_one_wins():
    world = World()
    browser = world.browser()
    first, second = world.token_for(PARTNER, browser), world.token_for(PARTNER, browser)
    save, done = world.requests.save, []

    def save_after_the_other(asked, now):
        if not done:
            done.append(True)
            world.login.redeem(second, browser, "", "")
        return save(asked, now)

    world.requests.save = save_after_the_other
    with pytest.raises(LoginRefused):
        world.login.redeem(first, browser, "", "")
    assert len(world.session_store.kept) == 1


def test_the_session_changes_at_login_and_the_old_one_is_dead():
    world = World()
    old = world.log_in(PARTNER)
    new = world.log_in(STAFF, old)
    assert new != old
    assert world.sessions.user_of(old) is None
    assert world.sessions.user_of(new).email == STAFF


def test_a_session_identifier_chosen_by_somebody_else_is_never_taken_over():
    world = World()
    planted = ids.new_secret()
    sid = world.log_in(PARTNER, planted)
    assert sid != planted
    assert world.sessions.user_of(planted) is None


def test_somebody_removed_between_asking_and_opening_is_refused():
    world = World()
    browser = world.browser()
    token = world.token_for(STAFF, browser)
    world.office.people = ()
    with pytest.raises(LoginRefused):
        world.login.redeem(token, browser, "", "")


def test_who_is_staff_and_partner_comes_in_by_the_staff_door():
    world = World()
    assert world.sessions.user_of(world.log_in(BOTH)).kind == "staff"
