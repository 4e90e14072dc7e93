"""The headers that every answer carries (OWASP ASVS 5.0, 3.4 and 14.3.2)."""

from chalice import Response

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src {sent_to}; form-action {sent_to}; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'"
)
JSON = "application/json"
FIXED = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_security_policy(form_origins: tuple[str, ...] = ()) -> str:
    """The policy; `form_origins` are the other origins that forms, and the script in their place, may post to."""
    return POLICY.format(sent_to=" ".join(("'self'", *form_origins)))


def secure(response: Response, form_origins: tuple[str, ...] = ()) -> None:
    """Add the headers to `response`; it is stored nowhere unless it says otherwise itself.

    Chalice leaves the type of JSON to the gateway's default: nothing should be guessed.
    """
    response.headers.update(FIXED)
    response.headers["Content-Security-Policy"] = content_security_policy(form_origins)
    response.headers.setdefault("Cache-Control", "no-store")
    if isinstance(response.body, dict | list):
        response.headers.setdefault("Content-Type", JSON)
