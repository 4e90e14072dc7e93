"""Addresses of this deployment: every link of a page goes through here."""

from chalicelib.runtime import config


def url(path: str) -> str:
    """`path` (such as `/adhesion`) with the deployment's prefix, fit for an `href` or an `action`."""
    return config.base_path() + path


def absolute(path: str) -> str:
    """`path` as a whole address, for mails and documents."""
    return config.base_url() + path


def static(name: str) -> str:
    """The address of a static file, which changes with the files' content and so may be kept for ever."""
    from chalicelib.web.static import content_version

    return url(f"/static/{content_version()}/{name}")
