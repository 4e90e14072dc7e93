"""The aid to classification step by step in a world that may die anywhere, and what it leaves behind."""

import json
from collections import Counter
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.kernel import ids
from chalicelib.subsidies.application_form import subsidy_form
from chalicelib.subsidies.items import MONEY
from chalicelib.subsidies.proofs_form import proofs_form
from chalicelib.web.fields import Section
from tests.faults import house, uploads
from tests.faults.onboarding import APPLICANT
from tests.harness.documents import a_pdf
from tests.harness.left import value
from tests.harness.sweep import Left, Step
from tests.harness.world import FaultyWorld

KEY, OTHER_KEY, BATCH_KEY = "k" * 43, "o" * 43, "b" * 43
FILE, BATCH_ID = ids.id_of(KEY), ids.id_of(BATCH_KEY)
"""A draft and the file that it becomes have the identifier of the page's key; so has a batch."""
DRAFTS, RESUME, CORRECTIONS = "/subventions/demandes", "/subventions/reprise", "/subventions/corrections"
DRAFT, SPACE, FILES, BATCHES = f"{DRAFTS}/{FILE}", "/espace/aides", "/bureau/aides", "/bureau/virements"
BATCH = f"{BATCHES}/{BATCH_ID}"
TODAY = "03/03/2027"
QUOTE, INVOICE = a_pdf(text="Devis"), a_pdf(text="Facture")
ANSWERS: dict[str, Any] = {
    "establishment_name": "Hôtel du Pont", "category": "hotel", "address": "1 place du Marché", "postcode": "01210",
    "commune": "01160", "unit_count": 1, "capacity_units": 12, "capacity_persons": 30, "star_rating": 0, "wanted_rating": 3,
    "first_name": "Maëlle", "last_name": "Le Goff", "phone": "04 65 71 00 00", "legal_nature": "individual",
    "has_linked_companies": "no", "evaluator": "other", "evaluator_name": "Contrôle Étoiles", "quote_number": "D-1",
    "quote_date": TODAY, "excl_vat_cents": "200", "incl_vat_cents": "240", "recovers_vat": "no", "visit_ordered": "no",
    "has_public_aid": "no", "has_de_minimis": "no", "agrees_engagement": "on", "agrees_truth": "on",
}  # fmt: skip
LARGE = {"excl_vat_cents": "300", "incl_vat_cents": "300"}
PROOFS: dict[str, Any] = {
    "outcome": "classified", "ordered_on": TODAY, "visited_on": TODAY, "decision_number": "C-1", "decided_on": TODAY,
    "level": 3, "decided_capacity": 30, "invoice_number": "F-1", "invoiced_on": TODAY, "paid_on": TODAY,
    "invoice_excl_vat_cents": "200", "invoice_incl_vat_cents": "240", "account_holder": "Maëlle Le Goff",
    "iban": "FR7630006000011234567890189",
}  # fmt: skip
NOT_CLASSIFIED = {"outcome": "not_classified", "decision_number": "", "decided_on": "", "level": ""}


# The application


def begin(world: FaultyWorld) -> None:
    """A draft, with what the office knows already."""
    world.as_person(APPLICANT).press(DRAFTS, cle=KEY)


def fill_in(**changes: Any) -> Step:
    """Every page of the form, with its documents."""

    def fill(world: FaultyWorld) -> None:
        begin(world)
        for section in subsidy_form().sections:
            _fill_page(world, f"{DRAFT}/pages/{section.key}", section, {**ANSWERS, **changes}, "quote")

    return fill


def save_page(world: FaultyWorld) -> None:
    """One page of the form."""
    section = subsidy_form().section("visite")
    _fill_page(world, f"{DRAFT}/pages/visite", section, ANSWERS, "quote")


def account_arrives(world: FaultyWorld) -> None:
    """A browser sends the proof of an account, and it is taken in."""
    uploads.arrives(a_pdf(text="RIB"), "bank-details", FILE)(world)
    uploads.take_in(world)


def quote_arrives(world: FaultyWorld) -> None:
    """A browser sends the quote, and nobody has looked at it yet."""
    uploads.arrives(QUOTE, "quote", FILE)(world)


def look_at_documents(world: FaultyWorld) -> None:
    """The button of who does not want to wait for the event."""
    world.press(f"{DRAFT}/pieces")


def remove_document(world: FaultyWorld) -> None:
    """The document is taken away again."""
    world.press(f"{DRAFT}/pieces/{document(world, 'quote')}/retrait")


def send(world: FaultyWorld) -> None:
    """The button under the check page; then mails leave and processes run."""
    world.as_person(APPLICANT).press(f"{DRAFT}/verification")
    world.go_on()


# The applicant and the process


def own(path: str, **form: str) -> Step:
    """The applicant presses a button of the file's page in the space."""

    def press(world: FaultyWorld) -> None:
        world.as_person(APPLICANT).press(f"{SPACE}/{reference(world)}/{path}", **form)
        world.go_on()

    return press


def correct(world: FaultyWorld) -> None:
    """The applicant lays the file out and sends it back as it is."""
    own("corriger")(world)
    send(world)


# The proofs


def fill_proofs(**changes: Any) -> Step:
    """Every page about the visit, with its documents."""

    def fill(world: FaultyWorld) -> None:
        own("justificatifs")(world)
        for section in proofs_form().sections:
            path = f"{SPACE}/{reference(world)}/justificatifs/pages/{section.key}"
            _fill_page(world, path, section, {**PROOFS, **changes}, "invoice")

    return fill


def save_proofs_page(world: FaultyWorld) -> None:
    """One page about the visit."""
    section = proofs_form().section("facture")
    path = f"{SPACE}/{reference(world)}/justificatifs/pages/facture"
    _fill_page(world, path, section, PROOFS, "invoice")


def invoice_arrives(world: FaultyWorld) -> None:
    """A browser sends the invoice, and nobody has looked at it yet."""
    uploads.arrives(INVOICE, "invoice", FILE)(world)


def remove_proof(world: FaultyWorld) -> None:
    """The invoice is taken away again."""
    own(f"justificatifs/pieces/{document(world, 'invoice')}/retrait")(world)


# The office


def check(outcome: str, reason: str = "") -> Step:
    """The answer of who checks files and proofs."""
    return house.decide(outcome, reason, house.ACCOUNTING)


def award(outcome: str, reason: str = "") -> Step:
    """The answer of the direction."""
    return house.decide(outcome, reason, house.DIRECTOR)


def approve(outcome: str, reason: str = "") -> Step:
    """The answer of the second person."""
    return house.decide(outcome, reason, house.PRESIDENT)


def at_the_desk(path: str, email: str = house.DIRECTOR, **form: str) -> Step:
    """Staff press a button of the file's page."""

    def press(world: FaultyWorld) -> None:
        world.as_person(email).press(f"{FILES}/{reference(world)}/{path}", **form)
        world.go_on()

    return press


def votes(cents: int) -> Step:
    """The office has so much for the year."""
    years = [{"year": year, "amount_cents": cents} for year in (2027, 2028)]

    def vote(world: FaultyWorld) -> None:
        house.open_office(envelopes=years)
        world.clock.wait(minutes=5)

    return vote


def collect(world: FaultyWorld) -> None:
    """Accounting makes a batch of all that is approved."""
    world.as_person(house.ACCOUNTING).press(BATCHES, cle=BATCH_KEY)


def mark(path: str, **form: str) -> Step:
    """Accounting says what became of the transfer; the fields carry its reference."""

    def press(world: FaultyWorld) -> None:
        told = reference(world)
        fields = {f"{name}-{told}": typed for name, typed in form.items()}
        world.as_person(house.ACCOUNTING).press(f"{BATCH}/versements/{told}/{path}", **fields)
        world.go_on()

    return press


# Accidents


def without_paper(step: Step) -> Step:
    """A step during which no PDF can be kept."""

    def happen(world: FaultyWorld) -> None:
        told = {"Error": {"Code": "SlowDown", "Message": "Please reduce your request rate."}}
        world.gate.refusals["PutObject"] = ClientError(told, "PutObject")
        step(world)
        world.gate.refusals.clear()

    return happen


# What is there


def reference(world: FaultyWorld) -> str:
    """The reference of the newest file."""
    files = [row for row in world.rows("subsidies") if "reference" in row and "version" in row]
    return value(max(files, key=lambda row: value(row, "holder_sort")), "reference")


ASTRAY = "money that is not where its files say"


def kept(world: FaultyWorld) -> Left:
    """The money with what the files say of it, the accommodations that are held, the batches, the PDFs."""
    rows = world.rows("subsidies")
    return {
        ASTRAY: _off_by(rows),
        "money": _envelopes(rows),
        "held": sorted(value(row, "pk") for row in rows if value(row, "pk").startswith("UNIT#")),
        "register": sorted(f"{value(row, 'cents')} on {value(row, 'granted_on')}" for row in rows if "granted_on" in row),
        "batches": sorted(_batch(row) for row in rows if "is_closed" in row or "transfer" in row),
        "aid drafts": sorted(_draft(row) for row in world.rows("drafts") if value(row, "form").startswith("classification")),
        "printed": sorted(_printed(row) for row in rows if "version" in row),
    }  # fmt: skip


def _envelopes(rows: list[dict[str, Any]]) -> list[str]:
    names = ("sk", "budget", "free", "reserved", "consumed", "waiting", "cents", "files", "granted")
    found = [row for row in rows if value(row, "pk") == MONEY]
    return sorted(" ".join(f"{name} {value(row, name)}" for name in names if name in row) for row in found)


def _off_by(rows: list[dict[str, Any]]) -> list[str]:
    """Where an envelope is not the sum of its files: never, whatever died."""
    from chalicelib.subsidies.bootstrap import stores
    from chalicelib.subsidies.envelope import share_of

    repository, sums = stores.subsidies(), Counter[tuple[int, str]]()
    for row in rows:
        if "version" not in row:
            continue
        file = repository.find(value(row, "pk").partition("#")[2])
        assert file
        for name, cents in share_of(file)._asdict().items():
            sums[file.envelope_year, name] += cents
    for past in stores.money().list_past():
        sums[past.year, "consumed"] += past.total.consumed
    return [
        f"{envelope.year} {name}: {getattr(envelope, name)} instead of {sums[envelope.year, name]}"
        for envelope in stores.money().list_years()
        for name in ("reserved", "consumed")
        if getattr(envelope, name) != sums[envelope.year, name]
        or envelope.free + envelope.reserved + envelope.consumed != envelope.budget
        or min(envelope.free, envelope.reserved, envelope.consumed) < 0
    ]


def _batch(row: dict[str, Any]) -> str:
    if "transfer" not in row:
        return f"batch, closed {value(row, 'is_closed')}"
    told = json.loads(value(row, "transfer"))
    return f"{told['cents']} to {told['account']['iban']} for {told['subsidy_id']}"


def _printed(row: dict[str, Any]) -> str:
    file = json.loads(value(row, "file"))
    return ", ".join(one["kind"] for one in file.get("printed", []))


def _draft(row: dict[str, Any]) -> str:
    answers = json.loads(value(row, "answers"))
    told = [str(answers.get(name, "")) for name in ("quote_number", "invoice_number")]
    return f"{value(row, 'form')} {' '.join(told)} done: {json.loads(value(row, 'done'))}"


def document(world: FaultyWorld, kind: str) -> str:
    """The identifier of the file of that kind."""
    found = [value(row, "sk").split("#") for row in world.rows("uploads") if value(row, "state") == "kept"]
    return next(key[-1] for key in found if kind in key)


def _fill_page(world: FaultyWorld, path: str, section: Section, answers: dict[str, Any], kind: str) -> None:
    if section.holds == "documents":
        uploads.arrives(QUOTE if kind == "quote" else INVOICE, kind, FILE)(world)
    given = {field.name: answers[field.name] for field in section.fields if answers.get(field.name, "") != ""}
    assert world.as_person(APPLICANT).press(path, **given) in (0, 303), path
