"""The pages of the login: ask for a link, open it, leave."""

from chalice import Blueprint, Response
from chalice.app import Request

from chalicelib.access import codes
from chalicelib.access.bootstrap import login_service, session_service
from chalicelib.access.guard import SESSION_COOKIE, current_user
from chalicelib.access.model import LINK_LIFE, LOGIN_PATH, Admission, CodeNeeded, CodeWrong, LoginRefused
from chalicelib.kernel import ids
from chalicelib.kernel.addresses import is_plausible_email, normalise_email
from chalicelib.kernel.errors import FieldError
from chalicelib.web import pages
from chalicelib.web.cookies import clear_cookie, set_cookie
from chalicelib.web.requests import FORM_TYPE, client_ip, cookie, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)
pages.set_user_provider(current_user)

BROWSER_COOKIE = "pre"
BROWSER_SECONDS = 1800
LONGEST_DESTINATION = 500
NOT_A_DESTINATION = ("/connexion", "/deconnexion")
HOMES = {"staff": "/bureau", "partner": "/espace"}


@bp.route(LOGIN_PATH)
@view
def show_login() -> Response:
    """The form that asks for a link."""
    destination = (bp.current_request.query_params or {}).get("vers", "")
    return _form(_inside(destination))


@bp.route(LOGIN_PATH, methods=["POST"], content_types=[FORM_TYPE])
@view
def submit_login() -> Response:
    """Ask for a link; the answer is the same for every address."""
    request = bp.current_request
    fields = form_fields(request)
    typed, destination = first_of(fields, "email"), _inside(first_of(fields, "vers"))
    email = normalise_email(typed)
    error = _mistake(email)
    if error:
        return _form(destination, typed, (error,), status=422)
    browser = _browser(request) or ids.new_secret()
    login_service().ask_for_link(email, destination, client_ip(request), browser)
    return pages.page(
        "access/asked.html",
        cookies=[set_cookie(BROWSER_COOKIE, browser, BROWSER_SECONDS)],
        email=email,
        code=codes.code_for(browser, email),
        minutes=int(LINK_LIFE.total_seconds()) // 60,
        destination=destination,
    )


@bp.route(LOGIN_PATH + "/{token}")
@view
def show_link(token: str) -> Response:
    """What the mailed link leads to: one button, or the code in another browser. Writes nothing."""
    try:
        opening = login_service().look(token, _browser(bp.current_request))
    except LoginRefused as refusal:
        return _refused(refusal)
    if opening.same_browser:
        return pages.page("access/confirm.html", token=token, email=opening.email)
    return _code_form(token)


@bp.route(LOGIN_PATH + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
def confirm_link(token: str) -> Response:
    """Log in."""
    request = bp.current_request
    code = first_of(form_fields(request), "code")
    try:
        admission = login_service().redeem(
            token, _browser(request), code, cookie(request, SESSION_COOKIE) or ""
        )
    except (CodeNeeded, CodeWrong) as situation:
        return _code_form(token, code, (FieldError("code", str(situation)),), status=422)
    except LoginRefused as refusal:
        return _refused(refusal)
    return _admitted(admission)


@bp.route("/deconnexion")
@view
def show_logout() -> Response:
    """The choice between this device and all of them, or the confirmation that it is done."""
    return pages.page("access/logout.html")


@bp.route("/deconnexion", methods=["POST"], content_types=[FORM_TYPE])
@view
def submit_logout() -> Response:
    """End the session on the server, or all the sessions of the person."""
    request = bp.current_request
    everywhere = first_of(form_fields(request), "partout")
    user, sid = current_user(request), cookie(request, SESSION_COOKIE) or ""
    if user and everywhere:
        session_service().end_all(user.email, sid)
    session_service().end(sid)
    return pages.redirect("/deconnexion", cookies=[clear_cookie(SESSION_COOKIE)])


def _admitted(admission: Admission) -> Response:
    cookies = [
        set_cookie(SESSION_COOKIE, admission.sid, admission.lasts_seconds),
        clear_cookie(BROWSER_COOKIE),
    ]
    return pages.redirect(admission.destination or HOMES[admission.kind], cookies=cookies)


def _form(
    destination: str, typed: str = "", errors: tuple[FieldError, ...] = (), status: int = 200
) -> Response:
    return pages.page("access/login.html", status=status, destination=destination, typed=typed, errors=errors)


def _code_form(
    token: str, typed: str = "", errors: tuple[FieldError, ...] = (), status: int = 200
) -> Response:
    return pages.page("access/code.html", status=status, token=token, typed=typed[:20], errors=errors)


def _refused(refusal: LoginRefused) -> Response:
    return pages.page(
        "access/refused.html", status=403, sentence=str(refusal), typed="", destination="", errors=()
    )


def _browser(request: Request) -> str:
    """The secret of the browser that asks, or nothing when the cookie is not one of ours."""
    value = cookie(request, BROWSER_COOKIE) or ""
    return value if ids.is_secret(value) else ""


def _inside(destination: str) -> str:
    """A page of this site to go to after the login; empty for the person's own door."""
    safe = pages.safe_next(destination, "") if len(destination) <= LONGEST_DESTINATION else ""
    return "" if safe.startswith(NOT_A_DESTINATION) else safe


def _mistake(email: str) -> FieldError | None:
    if not email:
        return FieldError("email", "Indiquez votre adresse e-mail.")
    if not is_plausible_email(email):
        return FieldError(
            "email", "Cette adresse e-mail n’est pas complète. Elle ressemble à prenom.nom@exemple.fr."
        )
    return None
