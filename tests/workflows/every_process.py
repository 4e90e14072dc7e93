"""`python -m tests.workflows.every_process` keeps the steps of the stories that are not kept yet.

What is kept was taken by runs that may still be under way somewhere: it is never written anew.
"""

from tests.workflows import (
    aid_stories,
    payment_stories,
    registration_stories,
    report_stories,
    session_stories,
    stories,
)

LIVES = (
    stories.LIVES,
    aid_stories.LIVES,
    payment_stories.LIVES,
    registration_stories.LIVES,
    session_stories.LIVES,
    report_stories.LIVES,
)
"""Of each process of `workflows/`: a new one adds its own."""

if __name__ == "__main__":
    for lives in LIVES:
        lives.keep_new_ones()
