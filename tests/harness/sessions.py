"""People who are logged in, without a mail."""

from chalicelib.access.model import Kind


def begin_session(email: str, kind: Kind) -> str:
    """A new session; the value of its cookie."""
    from chalicelib.access.bootstrap import session_service
    from chalicelib.access.mapping import session_item

    sid, session = session_service().new(email, kind)
    session_item(session).save()
    return sid
