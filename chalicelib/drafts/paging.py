"""The way through a form of several pages: back to the check from anywhere, on to what is left otherwise."""

from collections.abc import Collection
from typing import Protocol

from chalicelib.kernel.errors import NotFound
from chalicelib.web.fields import Section
from chalicelib.web.forms import Form


class Filled(Protocol):
    """What somebody fills in page by page."""

    @property
    def done(self) -> Collection[str]:
        """The keys of the pages that are complete."""


class NoSuchPage(NotFound):
    """The form has no page of that name."""


def page_of(form: Form, key: str) -> Section:
    """The page named `key`. Raises `NoSuchPage`."""
    section = form.section(key)
    if section is None:
        raise NoSuchPage
    return section


def first_left(form: Form, draft: Filled | None) -> str | None:
    """The first page that is not complete yet, or None."""
    done = draft.done if draft else ()
    return next((section.key for section in form.sections if section.key not in done), None)


def next_left(form: Form, draft: Filled, section: Section) -> str | None:
    """The page to go on with after `section`: the next incomplete one, else the first; None when all are done."""
    keys = [one.key for one in form.sections]
    following = [key for key in keys[keys.index(section.key) + 1 :] if key not in draft.done]
    return following[0] if following else first_left(form, draft)
