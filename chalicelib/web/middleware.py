"""What happens around every HTTP request: routing's edges, origin, errors, headers, one log line."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from chalice import Chalice, Response
from chalice.app import CaseInsensitiveMapping, Request

from chalicelib.kernel.errors import Situation
from chalicelib.kernel.files import PDF
from chalicelib.runtime.observability import logger
from chalicelib.web import failures, headers, origin, routing
from chalicelib.web.requests import current_request
from chalicelib.web.spreadsheet import XLSX
from chalicelib.web.static import BINARY_TYPES

Next = Callable[[Request], Response]
FIRST_SERVER_ERROR = 500
FIRST_ERROR = 400


def register(app: Chalice, form_origins: tuple[str, ...] = ()) -> None:
    """Put the middleware around all routes of `app`.

    `form_origins`: other origins that forms may post to, such as the bucket that takes uploads.
    """
    app.api.binary_types = [*app.api.binary_types, *BINARY_TYPES, XLSX, PDF]

    def around(request: Request, get_response: Next) -> Response:
        began = perf_counter()
        method = request.method
        token = current_request.set(request)
        try:
            response = _answer(app, request, get_response)
        finally:
            current_request.reset(token)
        headers.secure(response, form_origins)
        if method == "HEAD":
            response.body = b"" if isinstance(response.body, bytes) else ""
        _log(request, method, response, perf_counter() - began)
        return response

    app.register_middleware(around, "http")


def _answer(app: Chalice, request: Request, get_response: Next) -> Response:
    try:
        routing.settle(request, app.routes)
        origin.refuse_foreign(request)
        _accept_anything(request)
        return _in_french(get_response(request))
    except routing.NoRoute:
        return failures.from_status(404)
    except routing.WrongMethod as wrong:
        response = failures.from_status(405)
        response.headers["Allow"] = ", ".join(wrong.allowed)
        return response
    except Situation as situation:
        return failures.from_situation(situation)
    except Exception as error:
        return failures.from_exception(error)


def _in_french(response: Response) -> Response:
    """Chalice's own errors are a dict with `Code` and `Message`, in English."""
    body = response.body
    if response.status_code < FIRST_ERROR or not (
        isinstance(body, dict) and "Code" in body and "Message" in body
    ):
        return response
    return failures.from_status(response.status_code)


def _accept_anything(request: Request) -> None:
    # Chalice answers 400 when a font or a document is asked for without an Accept header that names it.
    request.headers = CaseInsensitiveMapping({**request.headers, "accept": "*/*"})


def _log(request: Request, method: str, response: Response, seconds: float) -> None:
    """The one line of a request: no path values, no query, no cookie, no address."""
    noted: dict[str, Any] = getattr(response, "noted", {})
    line = logger.error if response.status_code >= FIRST_SERVER_ERROR else logger.info
    line(
        "request",
        route=request.path,
        method=method,
        status=response.status_code,
        duration_ms=round(seconds * 1000),
        **noted,
    )
