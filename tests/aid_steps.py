"""What a beneficiary and the office do to an aid file on the whole application, request by request."""

from collections.abc import Mapping
from typing import Any

from chalicelib.subsidies.application_form import subsidy_form
from chalicelib.subsidies.bootstrap import stores
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.proofs_form import proofs_form
from chalicelib.uploads import keys
from chalicelib.web.fields import Field
from chalicelib.web.forms import Form
from tests.aid import aid_answers, proof_answers
from tests.harness.documents import a_pdf
from tests.harness.world import FaultyWorld
from tests.inprocess import ENVIRONMENT, client

TODAY = "2027-03-03"
"""The day on which the clock of these worlds stands still."""
A_HOTEL = {
    "category": "hotel", "wanted_rating": 3, "star_rating": 0, "capacity_units": 12, "capacity_persons": 30,
    "legal_nature": "company", "legal_name": "SARL du Pont", "siret": "73282932000074",
}  # fmt: skip
IBAN = "FR1420041010050500013M02606"
"""The beneficiary's; the office that pays has another one."""
ALL_TODAY = dict.fromkeys(("ordered_on", "visited_on", "decided_on", "invoiced_on", "paid_on"), TODAY)
BEGIN, DRAFTS, SPACE, BATCHES = (
    "/subventions/demandes",
    "/subventions/demandes",
    "/espace/aides",
    "/bureau/virements",
)


def application(**changes: Any) -> dict[str, Any]:
    """What a hotel asks for: a visit at 200 € without VAT, 240 € with it."""
    answers = aid_answers(**{**A_HOTEL, **changes})
    return {name: value for name, value in answers.items() if name != "registration_number"}


def proofs(**changes: Any) -> dict[str, Any]:
    """What there is to say after the visit, all of it done on the same day."""
    return proof_answers(**{**ALL_TODAY, "iban": IBAN, **changes})


def typed(form: Form, section: str, answers: Mapping[str, Any]) -> dict[str, str]:
    """One page of a form as a browser posts it."""
    given = {field.name: answers.get(field.name) for field in form.section(section).fields}
    return {name: _as_typed(form.by_name[name], value) for name, value in given.items() if value is not None}


def _as_typed(field: Field, value: Any) -> str:
    if value is True:
        return "on"
    return f"{value // 100},{value % 100:02}" if field.kind == "money" else str(value)


def draft_of(email: str) -> str:
    """The identifier of the draft of an application that this person left last."""
    return stores.drafts().list_by_holder(email)[0].id


def file_of(email: str) -> Subsidy:
    """The newest aid file of this person."""
    return stores.subsidies().list_by_email(email)[0]


def bring(owner: str, kind: str, name: str) -> str:
    """A browser sends a document to the bucket, where nobody has looked at it yet; its key."""
    key, content = keys.ticket_prefix(owner, kind) + name, a_pdf(text=f"{owner} {kind} {name}")
    client("s3").put_object(Bucket=ENVIRONMENT["FILES_BUCKET"], Key=key, Body=content)
    return key


def join(world: FaultyWorld, owner: str, kind: str, name: str) -> None:
    """The same, and it is looked at and kept."""
    world.invoke("check_upload", {"detail": {"object": {"key": bring(owner, kind, name)}}})


def upload_of(owner: str, kind: str) -> str:
    """The identifier of the document of that kind."""
    from chalicelib.uploads.bootstrap import upload_service

    return next(one.id for one in upload_service().list_of(owner) if one.kind == kind)


def begin(world: FaultyWorld, email: str) -> None:
    """A partner begins an application."""
    assert world.press(BEGIN) == 303
    assert draft_of(email)


def fill_in(world: FaultyWorld, email: str, **changes: Any) -> None:
    """All the pages of the application, with its quote."""
    draft = draft_of(email)
    join(world, draft, "quote", "devis.pdf")
    _fill_in(world, subsidy_form(), f"{DRAFTS}/{draft}", application(**changes))


def send(world: FaultyWorld, email: str) -> None:
    """The button under the check page."""
    assert world.press(f"{DRAFTS}/{draft_of(email)}/verification") == 303
    world.go_on()


def begin_proofs(world: FaultyWorld, email: str) -> None:
    """The beneficiary asks to be paid."""
    assert world.press(f"{SPACE}/{file_of(email).reference}/justificatifs") == 303


def fill_in_proofs(world: FaultyWorld, email: str, **changes: Any) -> None:
    """All the pages after the visit, with the invoice."""
    file = file_of(email)
    join(world, file.id, "invoice", "facture.pdf")
    _fill_in(world, proofs_form(), f"{SPACE}/{file.reference}/justificatifs", proofs(**changes))


def send_proofs(world: FaultyWorld, email: str) -> None:
    """The button under the check of the proofs."""
    assert world.press(f"{SPACE}/{file_of(email).reference}/justificatifs/verification") == 303
    world.go_on()


def decide(world: FaultyWorld, email: str, outcome: str, reason: str = "") -> None:
    """A member of staff answers the newest question by the mailed link."""
    assert world.press(world.link(email, "/decisions"), outcome=outcome, reason=reason) == 303
    world.go_on()


def _fill_in(world: FaultyWorld, form: Form, base: str, answers: Mapping[str, Any]) -> None:
    for section in form.sections:
        status = world.press(f"{base}/pages/{section.key}", **typed(form, section.key, answers))
        assert status == 303, (section.key, world.text)
