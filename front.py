"""What Lambda calls for HTTP: a style sheet or a picture is answered before the application is imported.

A browser asks for a page's files at once, and each one may start a function.
"""

from functools import lru_cache
from typing import Any

from chalice import Chalice

from chalicelib.web import middleware, static


def handle(event: dict[str, Any], context: Any) -> Any:
    """Answer one request of API Gateway."""
    site = _static_files() if _is_for_a_file(event) else _application()
    return site(event, context)


def _is_for_a_file(event: dict[str, Any]) -> bool:
    asked = event.get("requestContext", {}).get("resourcePath") == static.PATH
    return asked and static.is_known((event.get("pathParameters") or {}).get("name", ""))


@lru_cache(maxsize=1)
def _static_files() -> Chalice:
    files = Chalice(app_name="cordee", configure_logs=False)
    files.register_blueprint(static.bp)
    middleware.register(files)
    return files


def _application() -> Chalice:
    from app import app

    return app
