"""The form behind the mailed link: shown, given, corrected, with mistakes, in two tabs, too late, by somebody else."""

import re
from dataclasses import replace

from app import app
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.repository import OutboxRepository
from chalicelib.observatory import bootstrap
from chalicelib.observatory.content import Row, Table, WeekRow
from chalicelib.observatory.model import Sold, Status
from chalicelib.observatory.reports import ReportKind, ReportStatus
from chalicelib.observatory.voices import Said, Voice
from tests.integration.access.browser import Browser
from tests.integration.observatory.house import (
    asked,
    clock,
    filled,
    form_of,
    is_asked,
    is_given,
    link_to,
    now_of,
    path,
)
from tests.integration.web.test_pages import HTML_LIMIT, outline
from tests.observatory import HOTEL, a_season_report
from tests.unit.documents.report_samples import a_bare_report

__all__ = ["asked", "clock", "path"]

FIRST = "20270201"


def comes_between(monkeypatch, change):
    """Something happens after the page has read the return and before it writes."""
    room, give = type(bootstrap.gathering()), type(bootstrap.gathering()).give

    def overtaken(gathering, read, *more, **said):
        monkeypatch.setattr(room, "give", give)
        change(read)
        return give(gathering, read, *more, **said)

    monkeypatch.setattr(room, "give", overtaken)


def remind(asked):
    """A reminder goes out."""
    line = bootstrap.returns().list_history(asked)[0]
    bootstrap.returns().save(asked, replace(asked, reminders=1, version=2), line, [], 36)


def its_last_month(clock):
    """On 3 June, May is asked for, in which the winter ended."""
    clock.wait(days=92)
    return is_asked("2027-05"), Browser(app)


def test_the_form_is_filled_in_with_what_is_known_and_says_how_a_closed_week_is_entered(path):
    page = Browser(app).get(path)
    assert page.status == 200
    assert "Vos chiffres de février 2027" in page.text
    assert form_of(page)[f"offered_{FIRST}"] == "140"
    assert "Fermé une semaine ? Mettez 0" in page.text
    assert outline(page.body).tags.count("h1") == 1
    assert len(page.body.encode()) < HTML_LIMIT


def test_figures_are_given_thanked_for_and_can_be_corrected(path, asked):
    browser = Browser(app)
    sent = browser.post(path, **filled(browser.get(path), asked, **{f"occupied_{FIRST}": 98, "CH": 12}))
    assert (sent.status, sent.headers["Location"]) == (303, f"{path}?merci=1")
    page = browser.get(f"{path}?merci=1")
    assert "Merci, vos chiffres sont enregistrés" in page.text
    assert form_of(page)[f"occupied_{FIRST}"] == "98"
    assert browser.post(path, **{**form_of(page), f"occupied_{FIRST}": "99"}).status == 303
    kept = now_of(asked)
    assert kept.status is Status.GIVEN
    assert kept.sold["2027-02-01"] == Sold(140, 99)
    assert kept.origins == {"CH": 12}
    assert kept.given_by == HOTEL.name
    told = [line.what for line in bootstrap.returns().list_history(kept)]
    assert told == ["Chiffres demandés", "Chiffres donnés", "Chiffres corrigés"]


def test_mistakes_are_told_and_what_was_typed_stays(path, asked):
    browser = Browser(app)
    typed = filled(browser.get(path), asked, **{f"occupied_{FIRST}": "beaucoup", "offered_20270208": 141})
    page = browser.post(path, **typed)
    assert page.status == 422
    assert "Erreur : Vos chiffres" in page.text
    assert "2 réponses sont à corriger" in page.text
    assert f'href="#champ-occupied_{FIRST}"' in page.body
    assert form_of(page) == typed
    assert now_of(asked).status is Status.ASKED


def test_of_two_tabs_the_second_sees_what_stands_beside_what_it_typed_and_decides(path, asked):
    one, other = Browser(app), Browser(app)
    both = [browser.get(path) for browser in (one, other)]
    assert one.post(path, **filled(both[0], asked, **{f"occupied_{FIRST}": 98})).status == 303
    page = other.post(path, **filled(both[1], asked, **{f"occupied_{FIRST}": 90}))
    assert page.status == 409
    assert "D’autres chiffres ont été enregistrés entre-temps" in page.text
    assert "Enregistré : 98." in page.text
    assert form_of(page)[f"occupied_{FIRST}"] == "90"
    assert now_of(asked).sold["2027-02-01"] == Sold(140, 98)
    assert other.post(path, **form_of(page)).status == 303
    assert now_of(asked).sold["2027-02-01"] == Sold(140, 90)


def test_the_same_figures_from_two_tabs_are_given_once(path, asked):
    browser = Browser(app)
    typed = filled(browser.get(path), asked)
    assert [browser.post(path, **typed).status for _ in range(2)] == [303, 303]
    assert now_of(asked).version == 2


def test_a_reminder_meanwhile_hinders_nobody(path, asked):
    browser = Browser(app)
    typed = filled(browser.get(path), asked)
    remind(asked)
    assert browser.post(path, **typed).status == 303


def test_a_reminder_between_reading_and_writing_hinders_nobody(path, asked, monkeypatch):
    browser = Browser(app)
    typed = filled(browser.get(path), asked)
    comes_between(monkeypatch, remind)
    assert browser.post(path, **typed).status == 303
    assert now_of(asked).is_given


def test_figures_that_came_between_reading_and_writing_are_shown(path, asked, monkeypatch):
    browser = Browser(app)
    typed = filled(browser.get(path), asked, **{f"occupied_{FIRST}": 90})
    others = {"2027-02-01": Sold(140, 98)}
    comes_between(monkeypatch, lambda read: bootstrap.gathering().give(read, others, {}, "Yann Le Goff"))
    page = browser.post(path, **typed)
    assert page.status == 409
    assert "Enregistré : 98." in page.text
    assert form_of(page)[f"occupied_{FIRST}"] == "90"


def test_last_years_figures_stand_beside_the_fields(path):
    is_given("2026-02", {"2026-02-02": Sold(140, 91)})
    page = Browser(app).get(path)
    assert "En gris, vos chiffres du 2 au 8 février 2026." in page.text
    assert "L’an dernier : 91" in page.text
    assert len(page.body.encode()) < HTML_LIMIT


def test_who_gave_figures_sees_their_own_curve_with_the_holidays_below_and_its_table(path, asked):
    is_given("2026-02", {"2026-02-02": Sold(140, 91)})
    browser = Browser(app)
    assert "Votre courbe" not in browser.get(path).text
    browser.post(path, **filled(browser.get(path), asked, **{f"occupied_{FIRST}": 98, "offered_20270208": 0}))
    page = browser.get(f"{path}?merci=1")
    assert "Votre courbe" in page.text
    assert "70,0 %" in page.text
    assert "65,0 %" in page.text
    assert "fermé" in page.text
    assert "zones A, C" in page.text
    assert "paraîtra ici avec les bilans publiés" in page.text
    assert len(page.body.encode()) < HTML_LIMIT
    for look in ("", "?largeur=etroite&fond=sombre"):
        picture = browser.get(f"{path}/courbe.svg{look}")
        assert (picture.status, picture.headers["Content-Type"]) == (200, "image/svg+xml")
        assert picture.body.startswith("<svg")


def test_the_published_territory_stands_beside_ones_own_weeks(path, asked):
    browser, week = Browser(app), "semaine du 1er au 7\u00a0février 2027"
    browser.post(path, **filled(browser.get(path), asked, **{f"occupied_{FIRST}": 98}))
    hotels = Table("categories", "Par type", "", (Row("Hôtel", 58.5),))
    autumn = a_season_report("autumn", about="basse-saison-2026", status=ReportStatus.PUBLISHED)
    bulletin = replace(autumn, id="february", slug="february", kind=ReportKind.BULLETIN, about="2027-02")
    for report, more in ((autumn, {"tables": (hotels,)}), (bulletin, {"weeks": (WeekRow(week, 61.2),)})):
        bootstrap.reports().add(report, HistoryLine(report.created_at, "Cordée", "Bilan commencé"))
        bootstrap.report_files().keep_content(report.id, replace(a_bare_report(), **more))
    is_given("2026-12", {"2026-12-07": Sold(140, 70)})
    page = browser.get(path)
    assert "61,2 %" in page.text
    assert "pas encore publié" in page.text
    assert "il paraîtra avec eux pour les autres semaines" in page.text
    assert "Basse saison 2026 : 50,0 % ici, 58,5 % pour le type « Hôtel »" in page.text
    assert "Territoire" in browser.get(f"{path}/courbe.svg").body
    assert len(page.body.encode()) < HTML_LIMIT


def test_once_the_month_is_closed_the_page_says_what_to_do(path, asked, clock):
    clock.wait(days=70)
    for answer in (Browser(app).get(path), Browser(app).post(path), Browser(app).post(f"{path}/lien")):
        assert answer.status == 410
        assert "Ce mois est clos" in answer.text
        assert "écrivez à l’office" in answer.text
    assert now_of(asked) == asked


def test_a_fresh_link_goes_to_the_holder_while_the_month_takes_figures(path, asked, clock):
    assert Browser(app).post(f"{path}/lien").status == 200
    [mail] = OutboxRepository().list_by_record(asked.id)
    assert (mail.message.to, mail.message.template) == (HOTEL.email, "observatory/asked")


def test_the_link_of_who_has_another_address_now_or_of_nothing_leads_nowhere(asked, clock):
    moved = link_to(replace(asked, establishment=replace(HOTEL, email="ancienne@example.org")), clock)
    gone = link_to(replace(asked, month="2027-01"), clock)
    for link in (moved, gone, "/observatoire/saisie/x.y"):
        assert Browser(app).get(link).status == 404
        assert Browser(app).post(link, **{f"occupied_{FIRST}": "1"}).status == 404
    assert "Ouvrez le lien du dernier mail reçu" in Browser(app).get(moved).text
    assert now_of(asked) == asked


def test_how_the_season_was_is_asked_in_its_last_month_and_kept_with_what_is_booked(clock):
    asked, browser = its_last_month(clock)
    path = link_to(asked, clock)
    page = browser.get(path)
    assert "Votre saison « Hiver 2026-2027 »" in page.text
    assert len(page.body.encode()) < HTML_LIMIT
    more = {"season_rating": "good", "season_reasons": ["weather", "events"], "booked_202707": 300}
    assert browser.post(path, **filled(page, asked, **more)).status == 303
    assert now_of(asked).said == Said(
        Voice("hiver-2026-2027", "good", ("weather", "events")), {"2027-07": 300}
    )
    shown = browser.get(path)
    assert re.search(r'value="good" selected', shown.body)
    assert form_of(shown)["booked_202707"] == "300"


def test_what_nobody_has_to_answer_keeps_no_figures_from_being_taken(clock):
    asked, browser = its_last_month(clock)
    path = link_to(asked, clock)
    typed = filled(browser.get(path), asked, booked_202707="999", booked_202708="40")
    page = browser.post(path, **typed)
    assert page.status == 422
    assert "Ce qui reste à corriger ci-dessous est facultatif" in page.text
    assert "Votre courbe" not in page.text
    assert "Au plus 620" in page.text
    assert form_of(page)["booked_202707"] == "999"
    assert now_of(asked).said.booked == {"2027-08": 40}
    assert browser.post(path, **{**form_of(page), "booked_202707": "99"}).status == 303
    assert now_of(asked).said.booked == {"2027-07": 99, "2027-08": 40}


def test_what_somebody_else_said_meanwhile_stands_beside_ones_own_in_words(clock):
    asked, browser = its_last_month(clock)
    path = link_to(asked, clock)
    typed = filled(browser.get(path), asked)
    browser.post(path, **typed, season_rating="bad", season_reasons=["weather", "prices"])
    page = browser.post(path, **typed, season_rating="good")
    assert page.status == 409
    assert "Enregistré : Mauvaise." in page.text
    assert "Enregistré : La météo, Les prix." in page.text
