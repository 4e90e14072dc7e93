"""What a partner agrees to beside the partnership itself: given in the form, withdrawn or given at any time after it.

The answers of the form stay as they were sent; what was chosen later stands beside them, each with its instant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Consent(StrEnum):
    """One purpose that a partner may refuse."""

    PUBLICATION = "publication"
    NEWSLETTER = "newsletter"

    @property
    def answer(self) -> str:
        """The field of the form that asks for it."""
        return f"consent_{self.value}"


@dataclass(frozen=True)
class Choice:
    """What was chosen after the form, and when."""

    is_given: bool
    at: datetime


Choices = Mapping[str, Choice]
"""The last choice of each consent that was changed after the form, by the consent's name."""


@dataclass(frozen=True)
class Standing:
    """How a consent stands, and since when; `is_changed`: by a later choice than the form."""

    consent: Consent
    is_given: bool
    since: datetime
    is_changed: bool


def standing(consent: Consent, answers: Mapping[str, Any], sent_at: datetime, choices: Choices) -> Standing:
    """How a consent stands: as the last choice says, else as the form that was sent at `sent_at`."""
    later = choices.get(consent.value)
    if later is None:
        return Standing(consent, answers.get(consent.answer) is True, sent_at, is_changed=False)
    return Standing(consent, later.is_given, later.at, is_changed=True)


def answered_anew(
    before: Mapping[str, Any], after: Mapping[str, Any], at: datetime, choices: Choices
) -> Choices:
    """The choices once the form was sent again: what was answered otherwise than before is chosen now.

    A box that was left as it stood takes back nothing that was chosen meanwhile.
    """
    changed = {
        consent.value: Choice(after.get(consent.answer) is True, at)
        for consent in Consent
        if (before.get(consent.answer) is True) != (after.get(consent.answer) is True)
    }
    return {**choices, **changed}
