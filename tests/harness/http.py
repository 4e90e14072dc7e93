"""Plain HTTP to the running site, as all visitors send it."""

from infra.visitor.http import FORM, Answer, Site

__all__ = ["FORM", "Answer", "Site"]
