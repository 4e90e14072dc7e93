"""Days that people note once they are over."""

from datetime import date

from chalicelib.kernel.clock import paris_day
from chalicelib.subsidies.bootstrap import stores
from chalicelib.web import formats


def past_day(typed: str) -> date:
    """The day of a text in which `mistake_in_past_day` finds nothing."""
    return date.fromisoformat(formats.normalise("date", typed))


def mistake_in_past_day(typed: str, if_missing: str, if_future: str) -> str:
    """The sentence that says the mend; empty when it is a day, today or before."""
    sentence = formats.explain("date", typed) if typed else if_missing
    if sentence:
        return sentence
    return if_future if past_day(typed) > paris_day(stores.now()) else ""
