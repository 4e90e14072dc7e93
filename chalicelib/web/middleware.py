"""What happens around every HTTP request."""

from chalice import Chalice


def register(app: Chalice) -> None:
    """Put the middleware around all routes of `app`."""
