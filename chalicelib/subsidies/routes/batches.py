"""Payments at the desk of accounting: collected for the bank, downloaded, marked one by one."""

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.kernel import ids
from chalicelib.kernel.errors import FieldError
from chalicelib.subsidies.batches import (
    AccountsForgotten,
    Batch,
    BatchUnknown,
    PaidBeforeOrdered,
    ProofMissing,
    ReasonMissing,
    Transfer,
    total_cents,
)
from chalicelib.subsidies.bootstrap import paying, stores
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.paths import BATCH, BATCHES
from chalicelib.subsidies.routes.days import mistake_in_past_day, past_day
from chalicelib.subsidies.statuses import Status
from chalicelib.subsidies.wording import STATUS_WORDS
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

ACCOUNTING = ("accounting",)
"""Who reads accounts."""
KEY = "cle"
UNPROCESSABLE = 422
FUTURE_DAY = "Cette date est dans le futur\u00a0: notez le paiement une fois qu’il est sur le relevé."
XML = "application/xml; charset=utf-8"


@bp.route(BATCHES, methods=["GET"])
@view
@staff_only(*ACCOUNTING)
def list_batches(user: User) -> Response:
    """The payments that wait for a transfer, and the batches so far."""
    waiting = stores.subsidies().list_in_status(Status.PAYMENT_APPROVED)
    return pages.page(
        "subsidies/batches.html",
        section="bureau",
        waiting=waiting,
        total=sum(file.payable_cents for file in waiting),
        batches=stores.batches().list_all(),
        new_key=ids.new_secret(),
    )


@bp.route(BATCHES, methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*ACCOUNTING)
def create_batch(user: User) -> Response:
    """Collect the approved payments, once per key of the page."""
    key = _typed(KEY)
    batch = paying.batch_service().create(key if ids.is_secret(key) else ids.new_secret(), user.name)
    return pages.redirect(BATCH.format(batch_id=batch.id))


@bp.route(BATCH, methods=["GET"])
@view
@staff_only(*ACCOUNTING)
def show_batch(user: User, batch_id: str) -> Response:
    """What is in a batch, and what became of each payment."""
    return _page(paying.batch_service().get(batch_id))


@bp.route(BATCH + "/fichier", methods=["GET"])
@view
@staff_only(*ACCOUNTING)
def download_batch(user: User, batch_id: str) -> Response:
    """The file for the bank (pain.001.001.03), as often as it is asked for, once the batch is closed."""
    from chalicelib.adapters.sepa import transfer_file
    from chalicelib.subsidies.bank_file import credit_transfers, payer_account

    batch = paying.batch_service().get(batch_id)
    if not batch.is_closed:
        raise BatchUnknown
    if batch.is_forgotten:
        raise AccountsForgotten
    transfers = stores.batches().list_transfers(batch.id)
    payer = payer_account(stores.office().aid.payer)
    body = transfer_file(batch.reference, payer, batch.execute_on, credit_transfers(transfers))
    name = f'attachment; filename="{batch.reference}.xml"'
    headers = {"Content-Type": XML, "Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(body.decode(), headers=headers)


@bp.route(BATCH + "/versements/{reference}/paye", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*ACCOUNTING)
def mark_transfer_paid(user: User, batch_id: str, reference: str) -> Response:
    """Note that a transfer is on a statement: its day, and the statement's reference."""
    batch, subsidy = _of_batch(batch_id, reference)
    day, statement = _typed(f"jour-{reference}"), _typed(f"releve-{reference}")
    if sentence := mistake_in_past_day(day, str(ProofMissing()), FUTURE_DAY):
        return _page(batch, FieldError(f"jour-{reference}", sentence))
    try:
        paying.batch_service().mark_paid(subsidy, user.name, past_day(day), statement)
    except ProofMissing as missing:
        return _page(batch, FieldError(f"releve-{reference}", str(missing)))
    except PaidBeforeOrdered as early:
        return _page(batch, FieldError(f"jour-{reference}", str(early)))
    return pages.redirect(BATCH.format(batch_id=batch_id))


@bp.route(BATCH + "/versements/{reference}/rejete", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*ACCOUNTING)
def mark_transfer_failed(user: User, batch_id: str, reference: str) -> Response:
    """Note that a transfer came back, and why."""
    batch, subsidy = _of_batch(batch_id, reference)
    try:
        paying.batch_service().mark_failed(subsidy, user.name, _typed(f"motif-{reference}"))
    except ReasonMissing as missing:
        return _page(batch, FieldError(f"motif-{reference}", str(missing)))
    return pages.redirect(BATCH.format(batch_id=batch_id))


@bp.route(BATCH + "/versements/{reference}/reprise", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*ACCOUNTING)
def retry_transfer(user: User, batch_id: str, reference: str) -> Response:
    """Let a transfer that came back go with the next batch."""
    _, subsidy = _of_batch(batch_id, reference)
    paying.batch_service().retry(subsidy, user.name)
    return pages.redirect(BATCHES)


def _of_batch(batch_id: str, reference: str) -> tuple[Batch, Subsidy]:
    """A batch and a file that is in it now. Raises `BatchUnknown`."""
    batch = paying.batch_service().get(batch_id)
    subsidy = stores.subsidies().find_by_reference(reference)
    if subsidy is None or subsidy.batch != batch.id:
        raise BatchUnknown
    return batch, subsidy


def _page(batch: Batch, error: FieldError | None = None) -> Response:
    transfers = stores.batches().list_transfers(batch.id)
    files = stores.subsidies().find_all(transfer.subsidy_id for transfer in transfers)
    return pages.page(
        "subsidies/batch.html",
        status=UNPROCESSABLE if error else 200,
        section="bureau",
        batch=batch,
        rows=[_row(batch, transfer, files.get(transfer.subsidy_id)) for transfer in transfers],
        total=total_cents(transfers),
        errors=[error] if error else [],
        typed={name: values[0] for name, values in _fields().items()} if error else {},
    )


def _typed(name: str) -> str:
    """What was typed under that name; empty where nothing was sent."""
    return first_of(_fields(), name).strip()


def _fields() -> dict[str, list[str]]:
    return form_fields(bp.current_request)


def _row(batch: Batch, transfer: Transfer, subsidy: Subsidy | None) -> dict[str, object]:
    """One payment; what is done about it now is said while its file is still of this batch."""
    is_here = subsidy is not None and subsidy.batch == batch.id
    status = subsidy.status if subsidy and is_here else None
    return {
        "transfer": transfer,
        "words": STATUS_WORDS[status] if status else None,
        "is_ordered": status is Status.PAYMENT_ORDERED,
        "is_failed": status is Status.PAYMENT_FAILED,
        "note": subsidy.note if subsidy and status is Status.PAYMENT_FAILED else "",
    }
