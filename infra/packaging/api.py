"""Every request reaches the application: unknown paths and unforeseen methods too, for it to answer.

Each method is written out: the embedded cloud does not read `x-amazon-apigateway-any-method`.
"""

from typing import Any

from infra.packaging.cloudformation import Template

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")


def catch_all(template: Template) -> None:
    """Give every path of the API, the root and `/{proxy+}` the methods that they lack."""
    paths = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    integration = next(iter(paths["/api/v1/health"].values()))["x-amazon-apigateway-integration"]
    for path in ("/", "/{proxy+}"):
        paths.setdefault(path, {})
    for path, methods in paths.items():
        operation = {"responses": {}, "x-amazon-apigateway-integration": integration, **_parameters(path)}
        for method in METHODS:
            methods.setdefault(method, operation)


def _parameters(path: str) -> dict[str, Any]:
    """The declaration that Swagger wants for each `{name}` in the path."""
    names = [part.strip("{}").rstrip("+") for part in path.split("/") if part.startswith("{")]
    declared = [{"name": name, "in": "path", "required": True, "type": "string"} for name in names]
    return {"parameters": declared} if declared else {}
