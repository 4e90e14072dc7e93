"""The people of a session, to take away."""

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.trainings.model import Session
from chalicelib.trainings.paths import DESK_SESSION
from chalicelib.trainings.readers import READERS
from chalicelib.trainings.routes.desk_session import roll_at, seats_of, session_at
from chalicelib.web import pages
from chalicelib.web.spreadsheet import CSV, XLSX, csv_of
from chalicelib.web.views import view

bp = Blueprint(__name__)

PEOPLE = DESK_SESSION + "/inscriptions"


@bp.route(PEOPLE + ".csv", methods=["GET"])
@view
@staff_only(*READERS)
def download_people_csv(user: User, reference: str) -> Response:
    """Everybody of a session as CSV, without what anybody needs."""
    from chalicelib.trainings.exports import people_sheet

    session = session_at(reference)
    seats = seats_of(session)
    sheet = people_sheet(roll_at(session, seats), seats)
    return pages.download(csv_of(sheet), CSV, _name(session, "csv"))


@bp.route(PEOPLE + ".xlsx", methods=["GET"])
@view
@staff_only(*READERS)
def download_people_workbook(user: User, reference: str) -> Response:
    """The same as a workbook."""
    from chalicelib.adapters.workbook import workbook
    from chalicelib.trainings.exports import people_sheet

    session = session_at(reference)
    seats = seats_of(session)
    sheet = people_sheet(roll_at(session, seats), seats)
    return pages.download(workbook([sheet], "Inscriptions"), XLSX, _name(session, "xlsx"))


def _name(session: Session, ending: str) -> str:
    return f"inscriptions-{session.reference}.{ending}"
