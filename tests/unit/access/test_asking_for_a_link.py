from chalicelib.kernel import ids
from tests.unit.access.world import BOTH, PARTNER, STAFF, UNKNOWN, World


def test_a_known_partner_gets_one_mail_with_a_link_of_ten_minutes_to_the_login_page():
    world = World()
    world.ask(PARTNER, world.browser())
    (mail,) = world.requests.mails
    assert (mail.template, mail.to) == ("access/login_link", PARTNER)
    assert (mail.link.path, mail.link.subject, mail.link.valid_for_seconds) == ("/connexion", PARTNER, 600)
    assert mail.context == {"person": "Gîte des Noyers", "minutes": 10}


def test_a_staff_member_is_greeted_as_in_the_office_file_even_when_a_partner_too():
    world = World()
    world.ask(BOTH, world.browser())
    assert world.requests.mails[0].context["person"] == "Noa Petit"


def test_an_unknown_address_gets_no_mail_but_costs_the_same_reads_and_writes():
    counts = []
    for email in (PARTNER, UNKNOWN):
        world = World()
        world.ask(email, world.browser())
        counts.append((world.requests.writes, len(world.partners.asked), len(world.counters.kept)))
    assert world.requests.mails == []
    assert counts[0] == counts[1]


def test_staff_are_looked_up_among_the_partners_all_the_same():
    world = World()
    world.ask(STAFF, world.browser())
    assert world.partners.asked == [STAFF]


def test_the_mail_goes_to_the_folded_address_and_not_to_what_was_typed():
    world = World()
    world.ask(" Gite.Noyers@EXAMPLE.org\u200b ", world.browser())
    assert world.requests.mails[0].to == PARTNER


def test_a_look_alike_letter_does_not_divert_the_mail():
    world = World()
    world.partners.names["kayak@example.org"] = "Kayak du Lac"
    world.ask("\u212aayak@example.org", world.browser())
    assert world.requests.mails[0].to == "kayak@example.org"


def test_nothing_secret_is_stored_with_the_request():
    world = World()
    browser = world.browser()
    world.ask(PARTNER, browser)
    stored = repr(world.requests.kept) + repr(world.requests.mails)
    assert browser not in stored
    assert ids.digest(browser) in stored


def test_the_sixth_request_for_an_address_in_ten_minutes_sends_nothing_and_kills_nothing():
    world = World()
    browser = world.browser()
    for number in range(5):
        world.ask(PARTNER, browser, ip=f"192.0.2.{number}")
    tokens = world.arriving_mails()
    world.ask(PARTNER.upper(), browser, ip="192.0.2.77")
    assert len(tokens) == 5
    assert world.arriving_mails() == []
    assert world.login.look(tokens[-1], browser).same_browser


def test_after_ten_minutes_the_address_may_ask_again():
    world = World()
    for number in range(6):
        world.ask(PARTNER, world.browser(), ip=f"192.0.2.{number}")
    world.wait(minutes=10)
    world.requests.mails.clear()
    world.ask(PARTNER, world.browser())
    assert len(world.requests.mails) == 1


def test_the_twenty_first_request_of_a_machine_sends_nothing_and_does_not_count_for_the_address():
    world = World()
    for number in range(20):
        world.ask(f"someone{number}@example.org", world.browser())
    for _ in range(6):
        world.ask(PARTNER, world.browser())
    assert world.requests.mails == []
    world.ask(PARTNER, world.browser(), ip="198.51.100.7")
    assert len(world.requests.mails) == 1


def test_a_request_written_by_an_answer_that_came_too_late_is_not_written_twice():
    world = World()
    save = world.requests.save_with_mail

    def save_and_lose_the_answer(*args):
        save(*args)
        return False

    world.requests.save_with_mail = save_and_lose_the_answer
    world.ask(PARTNER, world.browser())
    assert len(world.requests.mails) == 1
