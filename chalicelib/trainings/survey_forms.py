"""The two questionnaires."""

from pathlib import Path

from chalicelib.trainings.surveying import Survey
from chalicelib.web.forms import Form

SCHEMAS = Path(__file__).parent / "schemas"


def survey_form(survey: Survey) -> Form:
    """The questions of one questionnaire, read once."""
    return Form.load(SCHEMAS / f"survey_{survey.value}.json")
