"""What a membership would cost with the answers so far, for the check page."""

from collections.abc import Mapping
from typing import Any

from chalicelib.kernel.clock import paris_day, utc_now
from chalicelib.office.model import Office
from chalicelib.partners.fees import fee_if_known
from chalicelib.partners.model import Fee


def fee_shown(answers: Mapping[str, Any], office: Office) -> Fee | None:
    """The fee, or None while answers that it depends on are missing."""
    return fee_if_known(answers, office, paris_day(utc_now()))
