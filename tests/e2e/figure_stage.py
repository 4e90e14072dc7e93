"""Figures of lodgings in every state that has a page, made by the application itself in a runner."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from tests.e2e import report_stage

A_DAY = 86_400
WHO = "Inès Delacroix"
TICKETS = {name: f"{number:032x}" for number, name in enumerate(("good", "wrong", "no table"), 1)}
SOURCE, EVENT, HOLIDAYS = "5" * 32, "e" * 32, "a" * 32
AREAS = [{"id": "geneve", "label": "Canton de Genève"}]


def observing() -> None:
    """The office has sectors, and knows of a canton."""
    report_stage.sectored(holiday_areas=AREAS)


def staged() -> dict[str, str]:
    """By their names: the paths of links and of pages at the desk."""
    _remarked()
    return {**_asked(), **_given(), **_doubtful(), **_sent(), **_imported(), **_kept_calendar()}


def month(back: int) -> str:
    """So many months ago."""
    from chalicelib.kernel.clock import paris_day
    from chalicelib.observatory import bootstrap
    from chalicelib.observatory.months import month_of, moved

    return moved(month_of(paris_day(bootstrap.now())), -back)


def asks(name: str, months_back: int, *, reminders: int = 0, **more: Any) -> Any:
    """A lodging of this name is asked for the figures of a month."""
    from chalicelib.kernel import ids
    from chalicelib.kernel.history import HistoryLine
    from chalicelib.observatory import bootstrap
    from chalicelib.observatory.wording import ASKED
    from tests.observatory import HOTEL, a_return

    key = ids.id_of(name)
    commune = bootstrap.office().sectors[0].communes[0]
    hotel = replace(HOTEL, id=key, name=name, email=f"{key[:8]}@hotel.example.org", commune=commune)
    at = bootstrap.now() - timedelta(days=9)
    asked = a_return(
        establishment=replace(hotel, **more), month=month(months_back), asked_at=at, reminders=reminders
    )
    bootstrap.returns().ask(asked, HistoryLine(at, "Cordée", ASKED), None, 24)
    return asked


def gives(asked: Any, share: float, weeks: int = 6) -> Any:
    """It sold this share of what it offered, in the first so many weeks; it was closed in the others."""
    from chalicelib.kernel.history import HistoryLine
    from chalicelib.observatory import bootstrap
    from chalicelib.observatory.figures import Guests
    from chalicelib.observatory.model import Sold
    from chalicelib.observatory.slices import slices_of_month
    from chalicelib.observatory.wording import GIVEN
    from tests.observatory import given

    sold = {}
    for number, one in enumerate(slices_of_month(asked.month)):
        offered = asked.establishment.units * one.length_days * (number < weeks)
        occupied = round(offered * min(1, share * (1 - 0.1 * (number % 3))))
        sold[one.id] = Sold(offered, occupied, Guests(2 * occupied, occupied))
    at = asked.asked_at + timedelta(days=1)
    after = replace(given(asked, sold=sold), given_at=at)
    line = HistoryLine(at, asked.establishment.name, GIVEN)
    bootstrap.returns().save(asked, after, line, [], 24)
    return after


def link_to(asked: Any, seconds: int = A_DAY) -> str:
    """The path of a new link to its form; with less than 0 seconds it has ended."""
    from chalicelib.links.bootstrap import link_service
    from chalicelib.links.model import LinkRequest
    from chalicelib.observatory.emails import subject_of
    from chalicelib.observatory.paths import ENTRY_PAGE

    request = LinkRequest(ENTRY_PAGE, subject_of(asked), asked.establishment.email, seconds)
    return urlsplit(link_service().mint(request)).path


def at_the_desk(asked: Any) -> str:
    """The path of its page for staff."""
    from chalicelib.observatory.paths import DESK_ENTRY, key_of

    return DESK_ENTRY.format(entry=key_of(asked))


def _asked() -> dict[str, str]:
    """Lodgings that gave nothing: one in time, one that is late, one of a month that is closed."""
    fresh, late, closed = (
        asks("Hôtel des Cimes", 1),
        asks("Camping du Lac", 1, reminders=2),
        asks("Hôtel des Cimes", 3),
    )
    gite = asks("Gîte des Noyers", 1, category="furnished_rental", units=1, persons=6, stars=0)
    return {
        "figures": link_to(fresh),
        "figures of a gîte": link_to(gite),
        "figures, old link": link_to(fresh, -1),
        "figures, closed": link_to(closed),
        "desk figures, late": at_the_desk(late),
        "desk figures, closed": at_the_desk(closed),
        "open month": month(1),
        "closed month": month(3),
    }


def _given() -> dict[str, str]:
    """One that gave figures for months, and those of a year before; it was closed for a week."""
    for back, share in ((15, 0.5), (14, 0.6), (13, 0.4), (3, 0.7), (2, 0.65)):
        gives(asks("Hôtel du Vercors", back), share)
    own = gives(asks("Hôtel du Vercors", 1), 0.55, weeks=3)
    return {"figures, given": link_to(own), "desk figures, given": at_the_desk(own)}


def _remarked() -> None:
    """One that said of the last season what it was like."""
    from chalicelib.kernel.history import HistoryLine
    from chalicelib.observatory import bootstrap
    from chalicelib.observatory.slices import last_month_of
    from chalicelib.observatory.voices import Said, Voice
    from chalicelib.observatory.wording import CORRECTED

    season = bootstrap.remarks().seasons()[0]
    back = next(number for number in range(1, 24) if month(number) == last_month_of(season))
    given = gives(asks("Gîte du Torrent", back), 0.5)
    voice = Voice(season.id, "good", ("weather", "events"), "Merci pour la fête du village\u00a0: à refaire.")
    said = replace(given, said=Said(voice), version=given.version + 1)
    line = HistoryLine(bootstrap.now(), given.establishment.name, CORRECTED)
    bootstrap.returns().save(given, said, line, [], 24)


def _doubtful() -> dict[str, str]:
    """Two that sold everything: one is asked about it, the other is not yet."""
    from chalicelib.observatory import bootstrap

    full, questioned = (gives(asks(name, 1), 2) for name in ("Hôtel Complet", "Hôtel du Glacier"))
    (doubt,) = bootstrap.looking_after().doubts_of(questioned)
    questioned = bootstrap.gathering().question(questioned, doubt, WHO)
    return {"figures, questioned": link_to(questioned), "desk figures, doubt": at_the_desk(full)}


def _sent() -> dict[str, str]:
    """One that sent three files: a right one, one with mistakes, one that is no table."""
    from chalicelib.kernel import ids
    from chalicelib.observatory.slices import slices_of_month
    from tests.figure_files import FRENCH, TITLES, csv_file

    asked = asks("Auberge du Pont", 1)
    weeks = slices_of_month(asked.month)
    rows = [(one.first.strftime(FRENCH), 20 * one.length_days, 9 * one.length_days, "", "") for one in weeks]
    wrong = [(rows[0][0], 140, "beaucoup", "", ""), (rows[1][0], 9999, 9998, "", ""), *rows[2:]]
    owner = ids.id_of(f"figures\n{asked.id}")
    _arrives(owner, "good", csv_file([TITLES, *rows]))
    _arrives(owner, "wrong", csv_file([TITLES, *wrong]))
    _arrives(owner, "no table", b"%PDF-1.7 rien a lire")
    page = f"{link_to(asked)}/fichier"
    paths = {f"file, {name}": f"{page}/{ticket}" for name, ticket in TICKETS.items()}
    return {"figures by file": page, "file, gone": f"{page}/{'9' * 32}", **paths}


def _imported() -> dict[str, str]:
    """A provider that sent a file with mistakes, and one whose columns have other names."""
    from chalicelib.kernel import ids
    from chalicelib.observatory import bootstrap
    from chalicelib.observatory.importing import ProviderSource
    from chalicelib.observatory.paths import IMPORTS
    from chalicelib.observatory.slices import slices_of_month
    from tests.figure_files import FRENCH, TITLES, csv_file

    bootstrap.sources().save(ProviderSource(SOURCE, "Données du Vercors"))
    days = [one.first.strftime(FRENCH) for one in slices_of_month(month(1))]
    rows: list[tuple[object, ...]] = [
        (name, day, 70, 35, "", "") for name in named_partners() for day in days
    ]
    unknown = ("Hôtel que personne ne connaît", days[0], 70, 35, "", "")
    _arrives(ids.id_of(f"import\n{SOURCE}"), "good", csv_file([("Établissement", *TITLES), *rows, unknown]))
    strange = [("Qui", "Quand", "Ouvert", "Pris", "X", "Y"), *rows]
    _arrives(ids.id_of(f"import\n{SOURCE}"), "wrong", csv_file(strange))
    page = f"{IMPORTS}/{SOURCE}"
    return {
        "import": page,
        "import plan": f"{page}/{TICKETS['good']}",
        "import columns": f"{page}/{TICKETS['wrong']}",
    }


def named_partners() -> list[str]:
    """What a provider may call the lodgings that are partners."""
    from chalicelib.observatory import bootstrap

    return [one.names[-1] for one in bootstrap.lodgings().names()][:3]


def _kept_calendar() -> dict[str, str]:
    """An event and holidays."""
    from chalicelib.observatory import bootstrap
    from chalicelib.observatory.effects import LocalEvent
    from chalicelib.observatory.holidays import ForeignHoliday
    from chalicelib.observatory.months import first_day
    from chalicelib.observatory.paths import DESK_CALENDAR

    first = first_day(month(1))
    last = first + timedelta(days=2)
    kept: Mapping[str, Any] = {
        EVENT: LocalEvent(EVENT, "Fête du Saint-Marcellin", first, last),
        HOLIDAYS: ForeignHoliday("geneve", "Relâches de février", first, last),
    }
    for key, entry in kept.items():
        bootstrap.calendar_keeping().add(key, entry, WHO)
    return {"event": f"{DESK_CALENDAR}/{EVENT}", "holidays": f"{DESK_CALENDAR}/{HOLIDAYS}"}


def _arrives(owner: str, name: str, content: bytes) -> None:
    from chalicelib.uploads.bootstrap import files
    from chalicelib.uploads.passing import PASSING

    files().put(f"{PASSING}{owner}/{TICKETS[name]}/chiffres.csv", content, "text/csv")
