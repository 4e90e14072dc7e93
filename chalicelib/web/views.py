"""`@view`: what every route function wears, so that no failure leaves as Chalice's own JSON."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from chalice import Response
from chalice.app import ChaliceViewError

from chalicelib.kernel.errors import Situation
from chalicelib.web import failures


def view(route: Callable[..., Any]) -> Callable[..., Any]:
    """Turn the situations that `route` raises into French pages, or into problems under `/api/`.

    Chalice answers exceptions inside a view before any middleware sees them, hence this decorator;
    it stands nearest to the function, under `@bp.route`.
    """

    @wraps(route)
    def answered(*args: Any, **kwargs: Any) -> Response:
        try:
            response: Response = route(*args, **kwargs)
        except Situation as situation:
            return failures.from_situation(situation)
        except ChaliceViewError as error:
            return failures.from_status(error.STATUS_CODE)
        except Exception as error:
            return failures.from_exception(error)
        return response

    answered.is_view = True  # type: ignore[attr-defined]
    return answered
