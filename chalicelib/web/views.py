"""`@view`: what every route function wears, so that no failure leaves as Chalice's own JSON."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from chalice import Response
from chalice.app import ChaliceViewError

from chalicelib.kernel.errors import Situation


def view(route: Callable[..., Any]) -> Callable[..., Any]:
    """Turn the situations that `route` raises into French pages, or into problems under `/api/`.

    Chalice answers exceptions inside a view before any middleware sees them, hence this decorator;
    it stands nearest to the function, under `@bp.route`.
    """

    @wraps(route)
    def answered(*args: Any, **kwargs: Any) -> Response:
        try:
            response: Response = route(*args, **kwargs)
        except Exception as error:
            return _told(error)
        return response

    answered.is_view = True  # type: ignore[attr-defined]
    return answered


def _told(error: Exception) -> Response:
    # Imported when needed: a style sheet does not wait for the pages of errors.
    from chalicelib.web import failures

    if isinstance(error, Situation):
        return failures.from_situation(error)
    if isinstance(error, ChaliceViewError):
        return failures.from_status(error.STATUS_CODE)
    return failures.from_exception(error)
