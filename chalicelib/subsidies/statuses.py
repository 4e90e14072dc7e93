"""Where an aid file stands, what may happen to it, and where that leads."""

from collections.abc import Mapping
from enum import StrEnum


class Status(StrEnum):
    """Where a file stands, from the application to the end of the engagement."""

    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    COMPLETE = "complete"
    UNDER_REVIEW = "under_review"
    AWAITING_SECOND_APPROVAL = "awaiting_second_approval"
    AWAITING_BUDGET = "awaiting_budget"
    GRANTED = "granted"
    VISIT_ORDERED = "visit_ordered"
    VISIT_DONE = "visit_done"
    PAYMENT_REQUESTED = "payment_requested"
    PROOFS_TO_CORRECT = "proofs_to_correct"
    CLASSIFIED = "classified"
    NOT_CLASSIFIED = "not_classified"
    PAYMENT_APPROVED = "payment_approved"
    PAYMENT_ORDERED = "payment_ordered"
    PAYMENT_FAILED = "payment_failed"
    PAYMENT_OVERDUE = "payment_overdue"
    PAID = "paid"
    REPAYMENT_DUE = "repayment_due"
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ABANDONED = "abandoned"
    LAPSED = "lapsed"
    UNSUCCESSFUL = "unsuccessful"
    OVERDUE = "overdue"


class Event(StrEnum):
    """What happens to a file; the state machines name these."""

    CHANGES_REQUESTED = "changes_requested"
    CORRECTED = "corrected"
    CORRECTIONS_EXPIRED = "corrections_expired"
    FOUND_COMPLETE = "found_complete"
    WORKED_OUT = "worked_out"
    ACCEPTED = "accepted"
    SECOND_ACCEPTED = "second_accepted"
    SENT_BACK = "sent_back"
    REFUSED = "refused"
    FOUND_INELIGIBLE = "found_ineligible"
    DECISION_EXPIRED = "decision_expired"
    FUNDED = "funded"
    NOTIFIED = "notified"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    VISIT_ORDERED = "visit_ordered"
    VISIT_MADE = "visit_made"
    FAILURE_TOLD = "failure_told"
    PROOFS_SENT = "proofs_sent"
    PROOFS_ACCEPTED = "proofs_accepted"
    PROOFS_RETURNED = "proofs_returned"
    PROOFS_EXPIRED = "proofs_expired"
    PROOFS_REFUSED = "proofs_refused"
    PAYMENT_APPROVED = "payment_approved"
    PAYMENT_SENT_BACK = "payment_sent_back"
    PAYMENT_ORDERED = "payment_ordered"
    PAYMENT_FAILED = "payment_failed"
    PAYMENT_RETRIED = "payment_retried"
    PAID = "paid"
    PROLONGED = "prolonged"
    LAPSED = "lapsed"
    LEFT = "left"
    REPAID = "repaid"
    ENGAGEMENT_ENDED = "engagement_ended"
    INSPECTOR_NAMED = "inspector_named"
    BANK_DETAILS_FORGOTTEN = "bank_details_forgotten"
    PRINTED = "printed"


S, E = Status, Event

TO_CLASSIFY = (S.GRANTED, S.VISIT_ORDERED, S.VISIT_DONE)
"""The accommodation is still to be classified; the award lapses in these."""

PAYING = (S.PAYMENT_REQUESTED, S.PROOFS_TO_CORRECT, S.CLASSIFIED, S.NOT_CLASSIFIED)
"""The payment machine works on these."""

REVIEWING = (S.SUBMITTED, S.UNDER_REVIEW, S.AWAITING_SECOND_APPROVAL)
"""A member of staff is asked about a file in these."""

BEFORE_AWARD = (S.SUBMITTED, S.CHANGES_REQUESTED, S.COMPLETE, S.UNDER_REVIEW, S.AWAITING_SECOND_APPROVAL)
"""The award machine works on these, and on what is granted and not notified yet."""

AWARDED = frozenset(
    {S.GRANTED, S.VISIT_ORDERED, S.VISIT_DONE, S.PAYMENT_REQUESTED, S.PROOFS_TO_CORRECT, S.CLASSIFIED,
     S.NOT_CLASSIFIED, S.PAYMENT_APPROVED, S.PAYMENT_ORDERED, S.PAYMENT_FAILED, S.PAYMENT_OVERDUE}
)  # fmt: skip
"""Money is set aside for a file in these."""

SPENT = frozenset({S.PAID, S.REPAYMENT_DUE, S.CLOSED})
"""The money has left."""

WITHOUT_AID = frozenset({S.REFUSED, S.WITHDRAWN, S.ABANDONED, S.LAPSED, S.UNSUCCESSFUL})
"""Ended, and nothing was paid."""

WITHDRAWABLE = frozenset({*BEFORE_AWARD, S.OVERDUE, S.AWAITING_BUDGET}) | (
    AWARDED - {S.PAYMENT_ORDERED, S.PAYMENT_FAILED}
)
"""The applicant may take the file back as long as no money is on its way."""

MOVES: Mapping[tuple[Status, Event], Status] = {
    (S.SUBMITTED, E.FOUND_COMPLETE): S.COMPLETE,
    (S.SUBMITTED, E.CHANGES_REQUESTED): S.CHANGES_REQUESTED,
    (S.SUBMITTED, E.REFUSED): S.REFUSED,
    (S.CHANGES_REQUESTED, E.CORRECTED): S.SUBMITTED,
    (S.CHANGES_REQUESTED, E.CORRECTIONS_EXPIRED): S.ABANDONED,
    (S.COMPLETE, E.WORKED_OUT): S.UNDER_REVIEW,
    (S.COMPLETE, E.FOUND_INELIGIBLE): S.SUBMITTED,
    (S.UNDER_REVIEW, E.ACCEPTED): S.GRANTED,
    (S.UNDER_REVIEW, E.REFUSED): S.REFUSED,
    (S.UNDER_REVIEW, E.SENT_BACK): S.SUBMITTED,
    (S.UNDER_REVIEW, E.FOUND_INELIGIBLE): S.SUBMITTED,
    (S.AWAITING_SECOND_APPROVAL, E.SECOND_ACCEPTED): S.GRANTED,
    (S.AWAITING_SECOND_APPROVAL, E.REFUSED): S.REFUSED,
    (S.AWAITING_SECOND_APPROVAL, E.SENT_BACK): S.SUBMITTED,
    (S.AWAITING_SECOND_APPROVAL, E.FOUND_INELIGIBLE): S.SUBMITTED,
    (S.AWAITING_BUDGET, E.FUNDED): S.GRANTED,
    (S.AWAITING_BUDGET, E.FOUND_INELIGIBLE): S.SUBMITTED,
    (S.GRANTED, E.NOTIFIED): S.GRANTED,
    (S.OVERDUE, E.REOPENED): S.SUBMITTED,
    (S.GRANTED, E.VISIT_ORDERED): S.VISIT_ORDERED,
    (S.GRANTED, E.VISIT_MADE): S.VISIT_DONE,
    (S.VISIT_ORDERED, E.VISIT_MADE): S.VISIT_DONE,
    (S.PAYMENT_REQUESTED, E.PROOFS_ACCEPTED): S.CLASSIFIED,
    (S.PAYMENT_REQUESTED, E.PROOFS_RETURNED): S.PROOFS_TO_CORRECT,
    (S.PAYMENT_REQUESTED, E.PROOFS_REFUSED): S.REFUSED,
    (S.PROOFS_TO_CORRECT, E.PROOFS_SENT): S.PAYMENT_REQUESTED,
    (S.PROOFS_TO_CORRECT, E.PROOFS_EXPIRED): S.VISIT_DONE,
    (S.PAYMENT_OVERDUE, E.REOPENED): S.PAYMENT_REQUESTED,
    (S.PAYMENT_APPROVED, E.PAYMENT_ORDERED): S.PAYMENT_ORDERED,
    (S.PAYMENT_ORDERED, E.PAID): S.PAID,
    (S.PAYMENT_ORDERED, E.PAYMENT_FAILED): S.PAYMENT_FAILED,
    (S.PAYMENT_FAILED, E.PAID): S.PAID,
    (S.PAYMENT_FAILED, E.PAYMENT_RETRIED): S.PAYMENT_APPROVED,
    (S.PAYMENT_FAILED, E.PROOFS_SENT): S.PAYMENT_REQUESTED,
    (S.PAID, E.LEFT): S.REPAYMENT_DUE,
    (S.PAID, E.ENGAGEMENT_ENDED): S.CLOSED,
    (S.REPAYMENT_DUE, E.REPAID): S.CLOSED,
    **{(status, E.PROOFS_SENT): S.PAYMENT_REQUESTED for status in TO_CLASSIFY},
    **{(status, E.FAILURE_TOLD): S.UNSUCCESSFUL for status in TO_CLASSIFY},
    **{(status, E.PROLONGED): status for status in TO_CLASSIFY},
    **{(status, E.LAPSED): S.LAPSED for status in TO_CLASSIFY},
    **{(status, E.PAYMENT_APPROVED): S.PAYMENT_APPROVED for status in (S.CLASSIFIED, S.NOT_CLASSIFIED)},
    **{(status, E.PAYMENT_SENT_BACK): S.PAYMENT_REQUESTED for status in (S.CLASSIFIED, S.NOT_CLASSIFIED)},
    **{(status, E.DECISION_EXPIRED): S.OVERDUE for status in REVIEWING},
    **{
        (status, E.DECISION_EXPIRED): S.PAYMENT_OVERDUE
        for status in (S.PAYMENT_REQUESTED, S.CLASSIFIED, S.NOT_CLASSIFIED)
    },
    **{(status, E.INSPECTOR_NAMED): status for status in Status if status not in SPENT | WITHOUT_AID},
    **{(status, E.BANK_DETAILS_FORGOTTEN): status for status in SPENT | WITHOUT_AID},
    **{(status, E.PRINTED): status for status in Status},
    **{(status, E.WITHDRAWN): S.WITHDRAWN for status in WITHDRAWABLE},
}

NEW_ROUND = frozenset(
    {
        E.CORRECTED,
        E.SENT_BACK,
        E.FOUND_INELIGIBLE,
        E.REOPENED,
        E.INSPECTOR_NAMED,
        E.PROOFS_SENT,
        E.PAYMENT_SENT_BACK,
    }
)
"""Questions to staff are put anew after these."""
