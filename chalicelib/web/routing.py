"""Finding the route that Chalice's table would miss: HEAD, and what the catch-all `/{proxy+}` brings.

API Gateway hands over every path without a resource of its own, or whose resource lacks the method,
under the resource `/{proxy+}`, which is in no route table.
"""

from typing import Any

from chalice.app import Request

PROXY = "/{proxy+}"

Routes = dict[str, dict[str, Any]]


class NoRoute(Exception):
    """No route has this path; nothing personal is in the message."""


class WrongMethod(Exception):
    """The path exists with other methods: `allowed`, sorted."""

    def __init__(self, allowed: list[str]) -> None:
        super().__init__("method not allowed")
        self.allowed = allowed


def settle(request: Request, routes: Routes) -> None:
    """Point `request` at a route of the table, HEAD at its GET; raises `NoRoute` or `WrongMethod`."""
    template, parameters = _template_of(request, routes)
    methods = routes[template]
    if request.method not in methods:
        if request.method != "HEAD" or "GET" not in methods:
            raise WrongMethod(_allowed(methods))
        request.method = request.context["httpMethod"] = "GET"
    request.path = request.context["resourcePath"] = template
    request.uri_params = request.to_original_event()["pathParameters"] = parameters


def find(path: str, routes: Routes) -> tuple[str, dict[str, str]] | None:
    """The template that fits `path` and its parameters; a fixed word wins over a parameter."""
    parts = path.strip("/").split("/")
    for template in sorted(routes, key=lambda known: known.replace("{", "\uffff")):
        parameters = _match(template.strip("/").split("/"), parts)
        if parameters is not None:
            return template, parameters
    return None


def _template_of(request: Request, routes: Routes) -> tuple[str, dict[str, str]]:
    if request.path in routes:
        return str(request.path), request.uri_params or {}
    found = find((request.uri_params or {}).get("proxy", ""), routes) if request.path == PROXY else None
    if found is None:
        raise NoRoute
    return found


def _match(template: list[str], parts: list[str]) -> dict[str, str] | None:
    if len(template) != len(parts):
        return None
    parameters = {}
    for expected, part in zip(template, parts, strict=True):
        if expected.startswith("{"):
            parameters[expected[1:-1]] = part
        elif expected != part:
            return None
    return parameters


def _allowed(methods: dict[str, Any]) -> list[str]:
    return sorted({*methods, *(["HEAD"] if "GET" in methods else [])})
