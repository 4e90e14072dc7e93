"""How many lodgings gave each answer about their season: none and no two of them are told apart."""

from collections.abc import Mapping

from chalicelib.observatory.content import Answer, Satisfaction
from chalicelib.observatory.small_counts import FEW, is_small
from chalicelib.observatory.wording import RATING_WORDS, REASON_WORDS


def satisfaction_of(answers: Mapping[str, int]) -> Satisfaction:
    """Ratings and reasons as a report tells them; nothing where no rating was given three times.

    How many answered is the sum of the ratings: it is not told where one of these is small. Reasons have no sum, since
    each may be given with two others.
    """
    ratings = {label: answers.get(name, 0) for name, label in RATING_WORDS.items()}
    reasons = {label: answers[name] for name, label in REASON_WORDS.items() if name in answers}
    if max(ratings.values()) < FEW:
        return Satisfaction()
    total = None if any(map(is_small, ratings.values())) else sum(ratings.values())
    return Satisfaction(total, _told(ratings), _told(reasons))


def _told(counts: Mapping[str, int]) -> tuple[Answer, ...]:
    return tuple(Answer(label, None if is_small(count) else count) for label, count in counts.items())
