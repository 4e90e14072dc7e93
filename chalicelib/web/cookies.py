"""Cookies as this site sets them: for this host only, out of reach of scripts, not sent from other sites."""

PREFIX = "__Host-"
ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Lax"


def full_name(name: str) -> str:
    """`sid` becomes `__Host-sid`; a name that has the prefix already stays."""
    return name if name.startswith(PREFIX) else PREFIX + name


def set_cookie(name: str, value: str, max_age_seconds: int) -> str:
    """The `Set-Cookie` value that stores `value` (URL-safe characters only) for that many seconds."""
    if not all(character.isalnum() or character in "-_.~" for character in value):
        raise ValueError(f"the value of cookie {name} needs URL-safe characters")
    return f"{full_name(name)}={value}; {ATTRIBUTES}; Max-Age={max_age_seconds}"


def clear_cookie(name: str) -> str:
    """The `Set-Cookie` value that makes the browser forget the cookie."""
    return f"{full_name(name)}=; {ATTRIBUTES}; Max-Age=0"
