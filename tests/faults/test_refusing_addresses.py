"""An address that refuses our mails gets none, staff see it, nobody's approval is lost, and it can be restored."""

import json

import pytest

from tests.faults import house
from tests.faults import onboarding as step
from tests.faults.units import SENT, TO_DECISION
from tests.harness.left import value

DEPUTY, DIRECTOR = "noa.petit@val.example.org", "claire.martin@val.example.org"
RECIPIENT = {
    "emailAddress": "x@example.org",
    "action": "failed",
    "status": "5.1.1",
    "diagnosticCode": "smtp; 550",
}
NEWS = {
    "bounced": {"bounce": {"bounceType": "Permanent", "bounceSubType": "General", "bouncedRecipients": [RECIPIENT]}},
    "suppressed": {"bounce": {"bounceType": "Permanent", "bounceSubType": "OnAccountSuppressionList"}},
    "full mailbox": {"bounce": {"bounceType": "Transient", "bounceSubType": "MailboxFull"}},
    "away": {"bounce": {"bounceType": "Transient", "bounceSubType": "General"}},
    "undetermined": {"bounce": {"bounceType": "Undetermined", "bounceSubType": "Undetermined"}},
    "spam": {"complaint": {"complaintFeedbackType": "abuse", "complainedRecipients": [RECIPIENT]}},
    "spam of no kind": {"complaint": {"complainedRecipients": [RECIPIENT]}},
    "no spam after all": {"complaint": {"complaintFeedbackType": "not-spam"}},
    "delivered": {"delivery": {"smtpResponse": "250 ok"}},
    "opened": {"open": {"userAgent": "a scanner"}},
}  # fmt: skip
REFUSES = {
    "bounced": "bounced",
    "suppressed": "bounced",
    "spam": "complained",
    "spam of no kind": "complained",
}
UNCHANGED = {"full mailbox", "away", "no spam after all", "opened"}


def tell(kind, to, *functions):
    """SES's news of the newest mail to an address, as its event publishing writes it, to both functions."""
    told = {"eventType": next(iter(NEWS[kind])).title(), **NEWS[kind]}

    def hear(world):
        for function in functions or ("record_mail_event", "pass_on_bounced_request"):
            house.hear_of_mail(function, to, **told)(world)

    return hear


def refusing(world):
    return {
        value(row, "email"): value(row, "why")
        for row in world.rows("mail")
        if value(row, "open_key") == "refusing"
    }


def mails_to(world, email):
    return [letter for letter in world.gate.letters if letter.to == email]


def states(world, email):
    rows = [row for row in world.rows("mail") if "state" in row]
    return [value(row, "state") for row in rows if json.loads(value(row, "message"))["to"] == email]


@pytest.mark.parametrize("kind", NEWS)
def test_only_what_lasts_makes_an_address_refuse_and_the_second_time_nothing(stages, kind):
    world = stages.after(*SENT)
    before = world.rows("mail")
    tell(kind, step.APPLICANT)(world)
    assert refusing(world) == ({step.APPLICANT: REFUSES[kind]} if kind in REFUSES else {})
    assert (world.rows("mail") == before) == (kind in UNCHANGED)
    once = world.rows("mail")
    world.clock.wait(hours=1)
    tell(kind, step.APPLICANT)(world)
    assert world.rows("mail") == once


@pytest.mark.parametrize("kind", ["bounced", "spam"])
def test_no_further_mail_goes_to_the_address_and_the_file_goes_on(stages, kind):
    world = stages.after(*SENT, tell(kind, step.APPLICANT))
    step.confirm(world)
    world.settle()
    assert len(mails_to(world, step.APPLICANT)) == 1
    assert sorted(states(world, step.APPLICANT)) == ["sent", "withheld"]
    assert [run.state for run in world.machines.waiting()] == ["Ask the office to decide"]


@pytest.mark.parametrize("kind", ["bounced", "spam"])
def test_staff_see_the_address_at_the_desk_and_in_the_file(stages, kind):
    world = stages.after(*SENT, tell(kind, step.APPLICANT), step.confirm, house.log_in(house.OFFICER))
    desk = world.read("/bureau")
    assert "Adresses qui refusent nos mails" in desk
    assert "1&nbsp;mail retenu" in desk
    assert {"bounced": "Mails refusés par sa messagerie", "spam": "Mail signalé comme indésirable"}[
        kind
    ] in desk
    file = world.read(f"{step.FILES}/{step.reference(world)}")
    assert "Cette adresse refuse nos mails" in file
    assert "retenu\u00a0: l’adresse refuse nos mails" in file


def test_a_restored_address_gets_what_was_withheld_once_and_old_news_do_not_count(stages):
    world = stages.after(*SENT, tell("bounced", step.APPLICANT))
    news_of_the_first = tell("spam", step.APPLICANT)
    step.confirm(world)
    world.log_in(house.OFFICER)
    world.clock.wait(minutes=5)
    house.restore_address(step.APPLICANT)(world)
    assert world.statuses[-1] == 303
    news_of_the_first(world)
    assert refusing(world) == {}
    for _ in range(2):
        world.tick("sweep_outbox")
    assert len(mails_to(world, step.APPLICANT)) == 2
    assert states(world, step.APPLICANT) == ["sent", "sent"]
    assert "Adresses qui refusent" not in world.read("/bureau")
    tell("bounced", step.APPLICANT)(world)
    assert refusing(world) == {step.APPLICANT: "bounced"}


def test_restoring_twice_is_once_and_an_unknown_address_is_unknown(stages):
    world = stages.after(*SENT, house.log_in(house.OFFICER), tell("bounced", step.APPLICANT))
    for email in (step.APPLICANT, step.APPLICANT, "nobody@hotel.example.fr"):
        house.restore_address(email)(world)
    assert world.statuses[-3:] == [303, 303, 404]


def test_a_withheld_login_link_does_not_go_when_its_time_is_over(stages):
    world = stages.after(*TO_DECISION, tell("bounced", step.APPLICANT))
    world.as_person("applicant").press("/connexion", email=step.APPLICANT)
    world.go_on()
    world.clock.wait(hours=1)
    world.log_in(house.OFFICER)
    house.restore_address(step.APPLICANT)(world)
    sent = len(mails_to(world, step.APPLICANT))
    world.tick("sweep_outbox")
    assert len(mails_to(world, step.APPLICANT)) == sent


@pytest.mark.parametrize("kind", ["bounced", "undetermined", "spam"])
def test_the_request_of_an_approver_goes_to_the_deputy_whose_answer_counts(stages, kind):
    world = stages.after(*TO_DECISION, tell(kind, house.OFFICER))
    world.tick("sweep_decisions")
    assert len(mails_to(world, DEPUTY)) == 1
    world.as_person("deputy").press(world.link(DEPUTY, house.DECISION), outcome="accept")
    world.go_on()
    assert [run.state for run in world.machines.waiting()] == ["Ask whether the payment has come"]


def test_what_is_asked_of_an_approver_who_refuses_mails_goes_on_to_whoever_takes_them(stages):
    world = stages.after(*SENT)
    for person in (house.OFFICER, DEPUTY):
        world.log_in(person)
        tell("bounced", person)(world)
    step.confirm(world)
    for _ in range(3):
        world.clock.wait(minutes=5)
        world.tick("sweep_decisions")
    assert states(world, house.OFFICER).count("withheld") == 1
    assert len([one for one in mails_to(world, DIRECTOR) if house.DECISION in one.links[0]]) == 1
    (question,) = [row for row in world.rows("decisions") if value(row, "state") == "pending"]
    asked = [one["email"] for one in json.loads(value(question, "addressees"))]
    assert asked == [house.OFFICER, DEPUTY, DIRECTOR]
