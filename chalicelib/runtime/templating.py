"""Jinja over the templates of every room: pages are escaped, plain-text mails are not."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemLoader, ModuleLoader, PrefixLoader, StrictUndefined

from chalicelib.kernel import french

ROOMS = Path(__file__).resolve().parent.parent
COMPILED = ROOMS / "runtime" / "compiled"
"""What the packaging makes of the templates: reading and compiling them would delay the first page."""


def _loader() -> BaseLoader:
    if COMPILED.exists():
        return ModuleLoader(COMPILED)
    rooms = sorted(folder.parent for folder in ROOMS.glob("*/templates"))
    return PrefixLoader({room.name: FileSystemLoader(room / "templates") for room in rooms})


def _escaped(name: str | None) -> bool:
    return not (name or "").endswith(".txt")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The one environment; a template is named `<room>/<path>`, such as `web/layout.html`."""
    # All is escaped but plain-text mails, and a test walks the templates: bandit knows select_autoescape only.
    env = Environment(  # nosec B701
        loader=_loader(),
        autoescape=_escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters.update(
        date=french.french_date, long_date=french.french_long_date, time=french.french_time,
        moment=french.french_moment, money=french.french_money, integer=french.french_integer,
        days=french.french_days, duration=french.french_duration, deadline=french.french_deadline,
        month=french.french_month, of_month=french.french_of_month, quoted=french.french_quoted,
        period=french.french_period, size=french.french_size, continued=french.continued,
    )  # fmt: skip
    return env


def render(name: str, /, **context: Any) -> str:
    """The text of template `name`; a variable that is missing raises at once."""
    return environment().get_template(name).render(**context)
