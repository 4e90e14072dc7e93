"""Which rooms there are, and which of them a request needs: the others are not imported before they are asked for."""

from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple

from chalice import Chalice

ALWAYS = (
    "chalicelib.web.health",
    "chalicelib.web.home",
    "chalicelib.web.legal",
    "chalicelib.web.static",
    "chalicelib.web.style",
    "chalicelib.web.api_document",
    "chalicelib.access.routes",
    "chalicelib.office.routes",
    "chalicelib.decisions.routes",
    "chalicelib.partners.routes.already_sent",
    "chalicelib.partners.routes.api",
    "chalicelib.partners.routes.consents",
    "chalicelib.partners.routes.files",
    "chalicelib.partners.routes.form",
    "chalicelib.partners.routes.links",
    "chalicelib.partners.routes.sending",
    "chalicelib.partners.routes.space",
)
"""What any request may need."""


class Wing(NamedTuple):
    """Rooms that only requests for some paths need: `paths` are how those begin."""

    paths: tuple[str, ...]
    rooms: tuple[str, ...]


FRONT_PAGES = Wing(("/bureau", "/espace"), ("chalicelib.desk.routes", "chalicelib.space.routes"))
AID = Wing(
    (
        "/subventions",
        "/espace/aides",
        "/bureau/aides",
        "/bureau/virements",
        "/bureau/enveloppe",
        "/bureau/de-minimis",
        "/bureau/subventions-scdl.csv",
        "/hebergements-classes",
        "/api/v1/classified-accommodations",
    ),
    (
        "chalicelib.subsidies.routes.home",
        "chalicelib.subsidies.routes.form",
        "chalicelib.subsidies.routes.sending",
        "chalicelib.subsidies.routes.own",
        "chalicelib.subsidies.routes.visit",
        "chalicelib.subsidies.routes.proofs",
        "chalicelib.subsidies.routes.links",
        "chalicelib.subsidies.routes.files",
        "chalicelib.subsidies.routes.batches",
        "chalicelib.subsidies.routes.directory",
        "chalicelib.subsidies.routes.envelope",
        "chalicelib.subsidies.routes.small_aid",
        "chalicelib.subsidies.routes.obligations",
    ),
)
TRAININGS = Wing(
    ("/formations", "/espace/formations", "/bureau/formations", "/verification"),
    (
        "chalicelib.trainings.routes.catalogue",
        "chalicelib.trainings.routes.calendars",
        "chalicelib.trainings.routes.register",
        "chalicelib.trainings.routes.guests",
        "chalicelib.trainings.routes.manage",
        "chalicelib.trainings.routes.offers",
        "chalicelib.trainings.routes.own",
        "chalicelib.trainings.routes.trainer",
        "chalicelib.trainings.routes.presence",
        "chalicelib.trainings.routes.desk_attendance",
        "chalicelib.trainings.routes.feedback",
        "chalicelib.trainings.routes.verification",
        "chalicelib.trainings.routes.desk_sessions",
        "chalicelib.trainings.routes.desk_form",
        "chalicelib.trainings.routes.desk_check",
        "chalicelib.trainings.routes.desk_session",
        "chalicelib.trainings.routes.desk_cancelling",
        "chalicelib.trainings.routes.desk_people",
        "chalicelib.trainings.routes.desk_contacts",
        "chalicelib.trainings.routes.desk_corrections",
        "chalicelib.trainings.routes.desk_phone",
        "chalicelib.trainings.routes.desk_walk_in",
        "chalicelib.trainings.routes.desk_exports",
    ),
)
OBSERVATORY = Wing(
    ("/observatoire", "/bureau/observatoire", "/espace/chiffres"),
    (
        "chalicelib.observatory.routes.entry",
        "chalicelib.observatory.routes.reports",
        "chalicelib.observatory.routes.desk",
        "chalicelib.observatory.routes.desk_calendar",
        "chalicelib.observatory.routes.desk_remarks",
        "chalicelib.observatory.routes.desk_report",
        "chalicelib.observatory.routes.desk_draft",
        "chalicelib.observatory.routes.desk_acts",
        "chalicelib.observatory.routes.entry_file",
        "chalicelib.observatory.routes.own",
        "chalicelib.observatory.routes.imports",
    ),
)
WINGS = (FRONT_PAGES, AID, TRAININGS, OBSERVATORY)
TASKS = (
    "chalicelib.decisions.tasks",
    "chalicelib.mail.tasks",
    "chalicelib.uploads.tasks",
    "chalicelib.partners.tasks",
    "chalicelib.subsidies.tasks.award",
    "chalicelib.subsidies.tasks.payment",
    "chalicelib.subsidies.tasks.rounds",
    "chalicelib.trainings.tasks.registration",
    "chalicelib.trainings.tasks.session",
    "chalicelib.trainings.tasks.rounds",
    "chalicelib.observatory.tasks.report",
    "chalicelib.observatory.tasks.rounds",
)
"""Each task is a function of its own: the one for HTTP has no use for them."""

OF_ALL_ROOMS = ("/{proxy+}", "/api/v1/openapi.json")
"""What has no path of its own may be of any room; the description of the API is of all that have one."""


def open_rooms(site: Chalice, rooms: Iterable[str]) -> None:
    """Register what these modules have to offer."""
    for room in rooms:
        site.register_blueprint(import_module(room).bp)


def wings_for(resource_path: str) -> tuple[Wing, ...]:
    """What a request for that path, as the gateway names it, may need beside the rooms of any request."""
    if resource_path in OF_ALL_ROOMS:
        return WINGS
    return tuple(wing for wing in WINGS if resource_path.startswith(wing.paths))
