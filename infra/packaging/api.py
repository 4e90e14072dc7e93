"""Every request reaches the application: unknown paths and unforeseen methods too, so that it can answer them itself."""

import copy
from typing import Any

from infra.packaging.cloudformation import Template

ANY = "x-amazon-apigateway-any-method"


def catch_all(template: Template) -> None:
    """Give every path of the API, the root and `/{proxy+}` a method for whatever has none."""
    paths = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    operation = _operation(next(iter(paths.values())))
    for path in ("/", "/{proxy+}"):
        paths.setdefault(path, {})
    for path, methods in paths.items():
        methods.setdefault(ANY, {**copy.deepcopy(operation), **_parameters(path)})


def _operation(methods: dict[str, Any]) -> dict[str, Any]:
    integration = next(iter(methods.values()))["x-amazon-apigateway-integration"]
    return {"responses": {}, "x-amazon-apigateway-integration": integration}


def _parameters(path: str) -> dict[str, Any]:
    """The declaration that Swagger wants for each `{name}` in the path."""
    names = [part.strip("{}").rstrip("+") for part in path.split("/") if part.startswith("{")]
    declared = [{"name": name, "in": "path", "required": True, "type": "string"} for name in names]
    return {"parameters": declared} if declared else {}
