"""What a person or a program is told when something goes against a request: mapped here, once."""

import secrets
from dataclasses import asdict, dataclass
from typing import Any

from chalice import Response
from chalice.app import Request

from chalicelib.kernel import errors
from chalicelib.kernel.errors import FieldError, InvalidAnswers, Situation, TooMany
from chalicelib.kernel.ids import READABLE
from chalicelib.runtime.observability import place_of
from chalicelib.web import pages
from chalicelib.web.requests import BodyTooLarge, BodyUnreadable, MediaTypeRefused, current_request
from chalicelib.web.site import NeutralSite

DEFAULT_RETRY_SECONDS = 600
PROXY = "/{proxy+}"

SITUATIONS: tuple[tuple[type[Situation], int], ...] = (
    (errors.NotFound, 404),
    (errors.AccessRefused, 403),
    (errors.AlreadySettled, 409),
    (errors.ChangedMeanwhile, 409),
    (errors.Expired, 410),
    (TooMany, 429),
    (BodyTooLarge, 413),
    (MediaTypeRefused, 415),
    (BodyUnreadable, 400),
    (Situation, 422),
)
"""The first line whose class fits gives the status; `RuleBroken` and `InvalidAnswers` end at the last."""

WORDS: dict[int, tuple[str, str]] = {
    400: (
        "Demande illisible",
        "Ce qui a été envoyé ne peut pas être lu. Revenez en arrière puis recommencez.",
    ),
    403: ("Accès refusé", "Vous n’avez pas accès à cette page."),
    404: (
        "Page introuvable",
        "Il n’y a rien à cette adresse. Elle a peut-être été mal recopiée, ou la page n’existe plus.",
    ),
    405: ("Action impossible ici", "Cette adresse ne répond pas à ce type de demande."),
    409: (
        "C’est déjà fait",
        "Cette demande a été traitée entre-temps. Rechargez la page pour voir où elle en est.",
    ),
    410: ("Ce lien a expiré", "Ce lien est trop ancien. Demandez-en un nouveau."),
    413: ("Envoi trop volumineux", "Ce qui a été envoyé est trop volumineux. Raccourcissez les textes."),
    415: ("Format non accepté", "Cette adresse n’accepte pas ce format de données."),
    422: ("Demande impossible", "Cette demande ne peut pas aboutir telle quelle."),
    429: (
        "Trop de demandes",
        "Trop de demandes sont arrivées en peu de temps. Rien n’est perdu\u00a0: réessayez bientôt.",
    ),
    500: (
        "Une erreur est survenue",
        "Le problème vient de notre côté et il est enregistré. Réessayez dans quelques minutes.",
    ),
}
"""Title and sentence of each status, for when the situation brings no sentence of its own."""


@dataclass(frozen=True)
class Failure:
    """One answer that is not what was asked for, before it is made a page or a problem."""

    status: int
    title: str
    detail: str
    errors: tuple[FieldError, ...] = ()
    reference: str = ""
    retry_after_seconds: int | None = None


def from_situation(situation: Situation) -> Response:
    """The answer to a foreseen situation, with its own sentence."""
    status = next(status for kind, status in SITUATIONS if isinstance(situation, kind))
    title, detail = WORDS[status]
    found = situation.errors if isinstance(situation, InvalidAnswers) else ()
    failure = Failure(
        status, title, str(situation) or detail, found, retry_after_seconds=_retry_after_seconds(situation)
    )
    return _noting(_response(failure), {"situation": type(situation).__name__})


def from_exception(error: BaseException) -> Response:
    """The answer to a fault of ours: a reference that is also in the log, and nothing of the fault itself."""
    reference = "".join(secrets.choice(READABLE) for _ in range(8))
    noted = {"reference": reference, "error": type(error).__name__, "at": place_of(error)}
    return _noting(_response(Failure(500, *WORDS[500], reference=reference)), noted)


def from_status(status: int, detail: str = "") -> Response:
    """The answer for a bare status that Chalice or the gateway gave."""
    title, sentence = WORDS.get(status, WORDS[500])
    return _response(Failure(status, title, detail or sentence))


def asked_by_program(request: Request | None) -> bool:
    """Whether the request goes to the JSON API."""
    if request is None:
        return False
    path = "/" + (request.uri_params or {}).get("proxy", "") if request.path == PROXY else request.path
    return str(path).startswith("/api/")


def _response(failure: Failure) -> Response:
    response = _problem(failure) if asked_by_program(current_request.get()) else _page(failure)
    if failure.retry_after_seconds is not None:
        response.headers["Retry-After"] = str(failure.retry_after_seconds)
    return response


def _noting(response: Response, noted: dict[str, str]) -> Response:
    """`response`, with what the one log line of its request should name."""
    response.noted = noted
    return response


def _problem(failure: Failure) -> Response:
    members: dict[str, Any] = {}
    if failure.errors:
        members["errors"] = [asdict(error) for error in failure.errors]
    if failure.reference:
        members["reference"] = failure.reference
    return pages.problem(failure.status, failure.title, failure.detail, **members)


def _page(failure: Failure) -> Response:
    try:
        return pages.page("web/error.html", status=failure.status, failure=failure)
    except Exception:
        # The office file or the session cannot be read: the person is told all the same.
        return pages.page(
            "web/error.html", status=failure.status, failure=failure, office=NeutralSite(), user=None
        )


def _retry_after_seconds(situation: Situation) -> int | None:
    if not isinstance(situation, TooMany):
        return None
    return int(getattr(situation, "retry_after_seconds", DEFAULT_RETRY_SECONDS))
