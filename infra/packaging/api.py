"""Every request reaches the application: unknown paths and unforeseen methods too, for it to answer.

Each method is written out: the embedded cloud does not read `x-amazon-apigateway-any-method`.
"""

from typing import Any

from infra.packaging.cloudformation import Template

INTEGRATION = "x-amazon-apigateway-integration"
OF_A_PROXY = ("type", "httpMethod", "uri", "contentHandling")
"""What counts where a function gets each request as it is: with the rest the template is too large to be deployed."""
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")


def catch_all(template: Template) -> None:
    """Give every path of the API, the root and `/{proxy+}` the methods that they lack."""
    paths = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    written = next(iter(paths["/api/v1/health"].values()))[INTEGRATION]
    integration = {name: written[name] for name in OF_A_PROXY}
    for path in ("/", "/{proxy+}"):
        paths.setdefault(path, {})
    for path, methods in paths.items():
        operation = {"responses": {}, INTEGRATION: integration, **_parameters(path)}
        for one in methods.values():
            one[INTEGRATION] = integration
        for method in METHODS:
            methods.setdefault(method, operation)


def _parameters(path: str) -> dict[str, Any]:
    """The declaration that Swagger wants for each `{name}` in the path."""
    names = [part.strip("{}").rstrip("+") for part in path.split("/") if part.startswith("{")]
    declared = [{"name": name, "in": "path", "required": True, "type": "string"} for name in names]
    return {"parameters": declared} if declared else {}
