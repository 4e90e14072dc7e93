"""What the mails about trainings say, to whom, and what goes with them."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.runtime.templating import environment
from chalicelib.trainings import emails
from chalicelib.trainings.link_mails import GUEST_LINK_LIFE, guest_mail
from chalicelib.trainings.model import Change, Structure
from chalicelib.trainings.statuses import Event, Status
from tests.unit.mail.letters import SITE, File, every_message, letter, letter_of, named_folders
from tests.unit.mail.reading import Page
from tests.unit.mail.training_letters import (
    NOW,
    a_registration,
    a_session,
    a_training_office,
    arrivals,
    certificate,
    changes,
    happened,
    offer,
)

FILE = File()
OFFICE = a_training_office(FILE)
ON_SITE = a_session(FILE)
REMOTE = a_session(
    FILE, mode="remote", video_link="https://visio.example.org/salle", access=None, place_name=None
)
SEATED, WAITS = (a_registration(FILE, ON_SITE, status=one) for one in (Status.CONFIRMED, Status.WAITING))
LONG_TITLE = "Faire venir en hiver les familles qui ne skient pas, et les garder tout le séjour par des activités que vous inventez ici"
TEMPLATES = sorted(name for name in named_folders() if name.startswith("trainings/"))
TO_WHO_COMES = sorted({*emails.ARRIVAL.values(), *emails.TO_PERSON.values(), "trainings/offer"})
UNTIL_IT_BEGINS = {f"trainings/{name}" for name in ("confirmed", "rescheduled", "reminder", "convocation")}
WITH_THE_WAY = {*UNTIL_IT_BEGINS, "trainings/added"}
WITH_ENTRIES = [
    f"trainings/{name}" for name in ("confirmed", "rescheduled", "cancelled", "replaced", "called_off")
]
ANNOUNCED = {
    ".ics": "votre agenda",
    ".png": "votre code à montrer à l’entrée",
    "-certificat.pdf": "Le certificat de réalisation est joint",
    "-convocation.pdf": "La convocation est jointe",
}
WHO_WAIT = ("trainings/waitlisted", "trainings/moved")
WITH_RULE = {*UNTIL_IT_BEGINS, *WHO_WAIT, "trainings/pending", "trainings/offer"}


def said_in(message):
    """The words of the mail, as plain text and as a page."""
    mail = letter_of(message, FILE.office)
    return mail.text, Page(mail.html).words


def confirmed(session, **facts):
    return emails.to_person(
        "trainings/confirmed", session, a_registration(FILE, session, **facts), OFFICE, NOW
    )


@pytest.mark.parametrize(
    ("template", "subject"),
    [
        ("confirmed", "Confirmée : « Réussir ses photos au téléphone », le 4 mai 2027"),
        ("waitlisted", "Liste d’attente : « Réussir ses photos au téléphone », le 4 mai 2027"),
        ("offer", "À prendre avant le 5 mars à 10 h 00 : une place pour « Réussir ses… »"),
        ("cancelled", "Annulée : votre inscription à « Réussir ses photos au téléphone »"),
        ("called_off", "Session annulée : « Réussir ses photos au téléphone » du 4 mai 2027"),
        ("session_sent_back", "À corriger : « Réussir ses photos au téléphone » (SES-7KQ4M2)"),
    ],
)
def test_a_subject_begins_with_what_is_asked_or_new(template, subject):
    assert letter(f"trainings/{template}").subject.replace("\u00a0", " ") == subject


@pytest.mark.parametrize("title", ["Réussir ses photos au téléphone", LONG_TITLE, "Photographier" * 9])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_subject_is_short_enough_for_a_phone_whatever_the_title(template, title):
    message = every_message(File())[template]
    titled = replace(message, context={**message.context, "title": title, "subject_name": title})
    subject = letter_of(titled, FILE.office).subject
    assert len(subject) <= 70
    quoted = subject.partition("«\u00a0")[2].partition("\u00a0»")[0]
    assert title.startswith(quoted.removesuffix("…"))
    assert len(quoted) > 8
    assert quoted == title or quoted.endswith("…")
    assert " " not in title or title.removeprefix(quoted.removesuffix("…"))[:1] in ("", " ")


@pytest.mark.parametrize(
    ("theme", "leads_to", "words"),
    [("numerique", "/formations?theme=numerique", "sur le même thème"), ("", "/formations", "au catalogue")],
)
def test_who_got_no_seat_is_led_to_the_next_sessions(theme, leads_to, words):
    ended = happened(FILE, WAITS, Event.ENDED)
    [message] = emails.mails_of(ON_SITE, ended, OFFICE, {"theme": theme})
    mail = letter_of(message, FILE.office)
    assert Page(mail.html).web_hrefs[0] == f"{SITE}{leads_to}"
    assert words in mail.text


def test_an_offer_says_in_bold_the_day_and_the_hour_until_which_the_seat_is_kept():
    mail = letter("trainings/offer")
    assert "vendredi 5\u00a0mars 2027 à 10\u00a0h\u00a000" in Page(mail.html).bold
    assert "gardée pour vous jusqu’au vendredi 5\u00a0mars 2027 à 10\u00a0h\u00a000" in mail.text


@pytest.mark.parametrize("template", WHO_WAIT)
def test_who_waits_is_told_where_the_rank_is_and_never_a_rank(template):
    mail = letter(template)
    assert any("Votre rang est sur la page" in bold for bold in Page(mail.html).bold)
    assert "toujours à jour" in mail.text


@pytest.mark.parametrize("template", TEMPLATES)
def test_only_who_has_a_seat_is_told_the_way_and_what_to_bring(template):
    for text in said_in(every_message(FILE)[template]):
        assert (
            ("arrêt Colombier. Parking" in text) == ("Votre téléphone" in text) == (template in WITH_THE_WAY)
        )


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_rule_of_cancellation_is_told_while_there_is_something_to_cancel(template):
    for text in said_in(every_message(FILE)[template]):
        assert ("nnulation gratuite jusqu’au vendredi 23\u00a0avril 2027 inclus" in text) == (
            template in WITH_RULE
        )


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_goes_with_a_mail_is_announced(template):
    mail = letter(template)
    for name, words in ANNOUNCED.items():
        assert (words in mail.text) == any(each.name.endswith(name) for each in mail.attachments)


@pytest.mark.parametrize("template", WITH_ENTRIES)
def test_an_entry_is_put_into_a_calendar_or_taken_out(template):
    method = "REQUEST" if template in emails.WITH_ENTRIES else "CANCEL"
    kinds = [each.content_type for each in letter(template).attachments][:2]
    assert kinds == [f"text/calendar; method={method}; charset=utf-8"] * 2


def test_nobody_shows_a_code_at_the_door_of_a_remote_session():
    mail = letter_of(confirmed(REMOTE), FILE.office)
    assert "votre code" not in mail.text
    assert "image/png" not in [each.content_type for each in mail.attachments]


@pytest.mark.parametrize("event", [Event.CANCELLED, Event.CALLED_OFF])
def test_who_only_waited_has_nothing_to_take_out_of_a_calendar(event):
    line = happened(FILE, SEATED, event).line
    left = Change(WAITS, replace(WAITS, status=Status.CANCELLED), line, event)
    (mail,) = emails.mails_of(ON_SITE, left, OFFICE)
    assert not mail.calendar
    assert all("En pièce jointe" not in text for text in said_in(mail))


def test_each_day_of_a_session_is_told():
    for text in said_in(confirmed(ON_SITE)):
        assert (
            "mardi 4\u00a0mai 2027, de 9\u00a0h\u00a000 à 12\u00a0h\u00a030 et de 14\u00a0h\u00a000" in text
        )
        assert "mardi 11\u00a0mai 2027, de 9\u00a0h\u00a000 à 12\u00a0h\u00a030" in text


def test_who_has_a_seat_in_a_remote_session_gets_its_link_beside_the_one_action():
    mail = letter_of(confirmed(REMOTE), FILE.office)
    video, action, _ = Page(mail.html).web_hrefs
    assert (action.startswith(SITE), video) == (True, REMOTE.plan.place.video_link)
    assert f"le jour venu\u00a0: {video}" in mail.text
    assert "À distance" in mail.text


def test_who_is_added_while_it_is_on_is_told_the_days_that_are_left():
    for text in said_in(every_message(FILE)["trainings/added"]):
        assert "mardi 11\u00a0mai 2027, de 9\u00a0h\u00a000 à 12\u00a0h\u00a030" in text
        assert "4\u00a0mai" not in text


def test_nobody_without_a_seat_learns_the_link_of_a_remote_session():
    told = [
        *arrivals(REMOTE, SEATED, OFFICE),
        *changes(FILE, REMOTE, SEATED, OFFICE),
        offer(FILE, REMOTE, OFFICE),
    ]
    knows = {mail.template for mail in told if any("visio.example.org" in text for text in said_in(mail))}
    assert knows == {"trainings/confirmed", "trainings/rescheduled", "trainings/added"}


def test_who_cancels_late_is_told_what_is_due_and_who_cancels_in_time_that_nothing_is():
    late = happened(FILE, SEATED, Event.CANCELLED)
    for due_cents, due, free in ((15_000, True, False), (0, False, True)):
        change = replace(late, after=replace(late.after, due_cents=due_cents))
        (mail,) = emails.mails_of(ON_SITE, change, OFFICE)
        for text in said_in(mail):
            assert ("Il reste 150,00\u00a0€ à régler" in text, "rien à payer" in text) == (due, free)


def test_a_free_session_says_so_and_speaks_of_no_money_when_it_is_called_off():
    free = a_session(FILE, price_cents=0)
    assert all(re.search(r"Prix\W+Gratuit", text) for text in said_in(confirmed(free)))
    (mail,) = emails.mails_of(free, happened(FILE, a_registration(FILE, free), Event.CALLED_OFF), OFFICE)
    assert all("rembourse" not in text for text in said_in(mail))
    assert "rembourse" in letter("trainings/called_off").text


def test_a_mail_that_goes_to_the_structure_asks_to_be_passed_on():
    person = replace(SEATED.person, email="", first_name="Paul", last_name="Martin")
    structure = Structure("guest:1", "Hôtel du Pont", "maelle@hotel.example.fr", "Maëlle Le Goff")
    other = emails.to_person(
        "trainings/confirmed", ON_SITE, replace(SEATED, person=person, structure=structure), OFFICE, NOW
    )
    assert other.to == structure.email
    assert all("transmettez-lui ce message" in text for text in said_in(other))
    own = emails.to_person(
        "trainings/confirmed", ON_SITE, replace(SEATED, person=replace(SEATED.person, email="")), OFFICE, NOW
    )
    assert all("transmettez-lui" not in text for text in said_in(own))


@pytest.mark.parametrize("template", TO_WHO_COMES)
def test_a_name_of_a_structure_leads_nowhere(template):
    mail = letter(template, answers={**FILE.answers, "business_name": "Gîte https://evil.example/x"})
    assert "evil.example" not in mail.subject + mail.text + mail.html
    assert "evil.\u200bexample" in mail.text


def test_the_link_of_a_guest_is_told_to_last_as_long_as_it_does_and_no_longer_than_registrations():
    mail = guest_mail(ON_SITE, "lou@example.org", OFFICE, NOW)
    assert mail.link.valid_for_seconds == GUEST_LINK_LIFE.total_seconds()
    assert mail.context["until"] == "vendredi 5\u00a0mars 2027 à 10\u00a0h\u00a000"
    eve = ON_SITE.plan.starts_at - timedelta(hours=3)
    until = guest_mail(ON_SITE, "lou@example.org", OFFICE, eve).context["until"]
    assert until == "mardi 4\u00a0mai 2027 à 9\u00a0h\u00a000"


def test_a_convocation_says_how_long_the_training_is_and_whom_to_tell_of_a_handicap():
    for text in said_in(every_message(FILE)["trainings/convocation"]):
        assert "d’une durée de 10\u00a0h" in text
        assert "Dites-le à Noa Petit" in text


def test_the_paper_of_who_came_is_called_what_it_is():
    workshop = a_session(FILE, kind="workshop", price_cents=0)
    mail = letter_of(certificate(workshop, a_registration(FILE, workshop), OFFICE), FILE.office)
    assert mail.subject.startswith("Attestation")
    assert "L’attestation de présence est jointe" in mail.text
    assert letter("trainings/certificate").subject.startswith("Certificat")


@pytest.mark.parametrize(
    ("template", "until"),
    [
        ("survey_at_once", "jeudi 10\u00a0juin 2027 à 14\u00a0h\u00a030"),
        ("survey_later", "vendredi 10\u00a0septembre 2027 à 12\u00a0h\u00a030"),
    ],
)
def test_a_questionnaire_says_until_when_it_takes_answers_and_that_they_have_no_name(template, until):
    mail = letter(f"trainings/{template}")
    assert until in Page(mail.html).bold
    assert "sans votre nom" in mail.text


def test_each_line_of_a_value_is_escaped():
    source = (
        '{% import "web/email/components.html" as mail %}{{ mail.summary([("Quand", ["<b>", "midi"])]) }}'
    )
    assert "&lt;b&gt;<br>midi" in environment().from_string(source).render()
