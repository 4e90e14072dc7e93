"""The pages of the observatory in their states, for the tests that look at every page."""

from tests.e2e import figure_stage, report_standings, seeding
from tests.e2e.attendee import begin_afresh
from tests.e2e.journeys import DIRECTOR, OBSERVER, Approver, Post
from tests.e2e.ways import Shown, World, at, pressing, sending
from tests.harness.race import Racers
from tests.harness.starts import Work
from tests.people import named


def set_stage(world: World, post: Post, racers: Racers) -> None:
    """Returns, files, a calendar and reports in every state; two lodgings are partners."""
    racers.each([Work(seeding.partner, (named(name),)) for name in ("Hôtel des Écrins", "Hôtel du Lac")])
    racers.each([Work(figure_stage.observing)])
    (figures,) = racers.each([Work(figure_stage.staged)])
    (reports,) = racers.each([Work(report_standings.staged)])
    assert not world.addresses.keys() & (figures.keys() | reports.keys())
    world.addresses |= {**figures, **reports}
    for name, email in (("in review", OBSERVER), ("awaiting", DIRECTOR)):
        link = Approver(world.cloud, post, email).link_about(report_standings.SEASONS[name][1], "À décider")
        world.addresses[f"question, {name}"] = link
    begin_afresh(world.cloud, "api_handler")


DESK = "/bureau/observatoire"
REPORTS, PUBLIC = DESK + "/bilans", "/observatoire"
SAVE, ASK = "Enregistrer mes chiffres", "Poser la question à Hôtel Complet"
PAGES_OF_FIGURES: Shown = {
    "figures": (at("{figures}"), 200, "nobody"),
    "figures of a gîte": (at("{figures of a gîte}"), 200, "nobody"),
    "figures, mistakes": (pressing("{figures}", SAVE), 422, "nobody"),
    "figures, given": (at("{figures, given}?merci=1"), 200, "nobody"),
    "figures, questioned": (at("{figures, questioned}"), 200, "nobody"),
    "figures, old link": (at("{figures, old link}"), 410, "nobody"),
    "figures, closed": (at("{figures, closed}"), 410, "nobody"),
    "figures by file": (at("{figures by file}"), 200, "nobody"),
    "file, good": (at("{file, good}"), 200, "nobody"),
    "file, wrong": (at("{file, wrong}"), 200, "nobody"),
    "file, no table": (at("{file, no table}"), 200, "nobody"),
    "file, gone": (at("{file, gone}"), 200, "nobody"),
    "desk figures": (at(DESK), 200, "observer"),
    "desk figures, closed month": (at(DESK + "?mois={closed month}"), 200, "observer"),
    "desk figures, question put": (at(DESK + "?demande=1"), 200, "observer"),
    "desk figures of one, late": (at("{desk figures, late}"), 200, "observer"),
    "desk figures of one, given": (at("{desk figures, given}"), 200, "observer"),
    "desk figures of one, closed": (at("{desk figures, closed}"), 200, "observer"),
    "desk figures of one, mistakes": (
        pressing("{desk figures, late}", "Enregistrer ces chiffres"), 422, "observer",
    ),
    "desk figures, not mine": (at(DESK), 403, "officer"),
    "remarks": (at(DESK + "/remarques"), 200, "observer"),
    "remarks, none": (at(DESK + "/remarques?saison=printemps-2025"), 200, "observer"),
    "calendar": (at(DESK + "/calendrier"), 200, "observer"),
    "calendar, new event": (at(DESK + "/calendrier/evenement"), 200, "observer"),
    "calendar, new holidays": (at(DESK + "/calendrier/vacances"), 200, "observer"),
    "calendar, mistakes": (pressing(DESK + "/calendrier/evenement", "Enregistrer"), 422, "observer"),
    "calendar, event": (at("{event}"), 200, "observer"),
    "calendar, holidays": (at("{holidays}"), 200, "observer"),
    "imports": (at(DESK + "/imports"), 200, "observer"),
    "imports, no name": (pressing(DESK + "/imports", "Continuer"), 422, "observer"),
    "import": (at("{import}?enregistres=3"), 200, "observer"),
    "import plan": (at("{import plan}"), 200, "observer"),
    "import columns": (at("{import columns}"), 200, "observer"),
    "reports at the desk": (at(REPORTS), 200, "observer"),
    **{
        f"report at the desk, {name}": (at(REPORTS + f"/{{report, {name}}}"), 200, "observer")
        for name in report_standings.SEASONS
    },
    "report at the desk, commentary kept": (
        at(REPORTS + "/{report, in review}?fait=commentaire"), 200, "observer",
    ),
    "report at the desk, no reason": (
        sending(REPORTS + "/{report, overdue}/abandon", "x"), 422, "observer",
    ),
    "report draft": (at(REPORTS + "/{report, in review}/projet"), 200, "observer"),
    "report question": (at("{question, in review}"), 200, "nobody"),
    "report question of the direction": (at("{question, awaiting}"), 200, "nobody"),
    "reports": (at(PUBLIC), 200, "nobody"),
    "report": (at(PUBLIC + "/{report, published}"), 200, "nobody"),
    "report, opening": (at(PUBLIC + "/{report, opening}"), 200, "nobody"),
    "report, bulletin": (at(PUBLIC + "/{report, bulletin}"), 200, "nobody"),
    "report, not public": (at(PUBLIC + "/{report, in review}"), 404, "nobody"),
}  # fmt: skip
