"""Answers to questionnaires: who answered stands in one item, what was answered in another that leads to nobody."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import committed
from chalicelib.kernel import ids
from chalicelib.trainings.items import ANSWERED, FEEDBACK, AnsweredItem, FeedbackItem, session_key
from chalicelib.trainings.model import Registration
from chalicelib.trainings.surveying import Survey


class FeedbackRepository:
    """What was answered to the questionnaires of the deployment."""

    def add(
        self, registration: Registration, survey: Survey, answers: Mapping[str, Any], at: datetime
    ) -> bool:
        """Keep the answers of a person, once; False if they answered before.

        The identifier of the answers is by chance, and they have no instant: nothing ties them to the person.
        """
        key, suffix = session_key(registration.session_id), registration.id.rpartition("-")[2]

        def write(transaction: TransactWrite) -> None:
            once = AnsweredItem(pk=key, sk=f"{ANSWERED}{survey.value}#{suffix}")
            transaction.save(once, condition=AnsweredItem.pk.does_not_exist())
            item = FeedbackItem(pk=key, sk=f"{FEEDBACK}{survey.value}#{ids.new_id()}", answers=dict(answers))
            transaction.save(item, condition=FeedbackItem.pk.does_not_exist())

        return committed(write)

    def list_of(self, session_id: str, survey: Survey) -> list[Mapping[str, Any]]:
        """The answers to one questionnaire of a session, in no order that means anything."""
        prefix = f"{FEEDBACK}{survey.value}#"
        found = FeedbackItem.query(session_key(session_id), FeedbackItem.sk.startswith(prefix))
        return [dict(item.answers) for item in found]
