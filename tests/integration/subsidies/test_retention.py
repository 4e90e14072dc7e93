"""Aid files are erased on real tables and in a real bucket: with all that belongs to them, and nothing else."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chalicelib.drafts.model import CORRECTIONS, Draft
from chalicelib.subsidies.amounts import Amount
from chalicelib.subsidies.batches import Batch, Transfer
from chalicelib.subsidies.bootstrap import awarding, endings, overview, stores
from chalicelib.subsidies.changes import apply
from chalicelib.subsidies.envelope import Envelope
from chalicelib.subsidies.items import SubsidyItem
from chalicelib.subsidies.mapping import subsidy_item
from chalicelib.subsidies.printing import printed_of
from chalicelib.subsidies.proofs import BankAccount
from chalicelib.subsidies.statuses import Event, Status
from chalicelib.uploads import bootstrap as uploads_room
from chalicelib.uploads.keys import ticket_prefix
from tests.aid import aid_answers, proof_answers
from tests.fakes.clock import NOON
from tests.harness.documents import a_pdf
from tests.inprocess import ENVIRONMENT, client, handler, tables
from tests.integration.subsidies.house import as_, clock, partner
from tests.integration.subsidies.test_repository import a_file, a_line, moved

__all__ = ["clock"]
IBAN, LAST_SIGNS = "FR1420041010050500013M02606", "FR14 •••• 2606"
SIREN = "552100554"
KEY = "d" * 32
AFTER_TEN_YEARS = datetime(2038, 1, 1, 4, tzinfo=UTC)


class Stores:
    def __init__(self):
        self.subsidies = stores.subsidies()


def sent(number, kind="hotel", siret=f"{SIREN}00013"):
    """A file of a hotel with a document, a receipt and a draft of corrections."""
    key = f"{number:032x}"
    answers = aid_answers(category=kind, siret=siret, registration_number="", legal_nature="company")
    file = a_file(
        "s1", answers=answers, id=key, reference=f"SUB-{number}", status=Status.UNDER_REVIEW, office_version=1
    )
    assert stores.subsidies().add(file, a_line(), [])
    arrives(key, "quote")
    uploads_room.files().put(f"{printed_of(key)}receipt-1.pdf", b"%PDF", "application/pdf")
    assert stores.drafts().put(Draft(key, {}, NOON, NOON, kind=CORRECTIONS, version=1), NOON)
    return file


def arrives(owner, kind):
    key = f"{ticket_prefix(owner, kind)}{kind}.pdf"
    uploads_room.files().put(key, a_pdf(text=f"{owner} {kind}"), "application/pdf")
    return uploads_room.receiving_service().receive(key)


def closed(number):
    """A file that was paid in a batch and has nothing open any more."""
    world, file, account = Stores(), sent(number), BankAccount("Maëlle Le Goff", IBAN, "PSSTFRPP")
    seen = stores.register().read([file.owner]).seen
    file = moved(world, file, Event.ACCEPTED, seen=seen, granted_on=date(2027, 3, 3), envelope_year=2027)
    file = moved(world, file, Event.NOTIFIED, notified_on=date(2027, 3, 4), lapses_on=date(2028, 3, 4))
    file = moved(world, file, Event.PROOFS_SENT, proofs=proof_answers(iban=IBAN, bic="PSSTFRPP"))
    arrives(file.id, "bank-details")
    file = moved(world, file, Event.PROOFS_ACCEPTED, payable=Amount(18_000, ()))
    file = moved(world, file, Event.PAYMENT_APPROVED)
    batch = stores.batches().begin(Batch(f"b{number}", "VIR-1", NOON, "Ali Bensaïd", date(2027, 7, 1)))
    file = moved(world, file, Event.PAYMENT_ORDERED, batch=batch.id)
    transfer = Transfer(file.id, file.reference, "Gîte des Noyers", 18_000, account, f"{file.reference}-9")
    stores.batches().collect(batch, apply_nothing(file), transfer, [])
    stores.batches().close(batch)
    file = stores.subsidies().find(file.id)
    file = moved(world, file, Event.PAID, paid_on=date(2027, 7, 2))
    return moved(world, file, Event.ENGAGEMENT_ENDED)


def apply_nothing(file):
    """A change that moves nothing, for what has to go with one."""
    return apply(file, Event.PRINTED, a_line("rien"))


def withdrawn(number, **answers):
    return moved(Stores(), sent(number, **answers), Event.WITHDRAWN)


def everything():
    """Every item of every table but the office file's, and every key of the bucket, as text."""
    dynamodb, bucket = client("dynamodb"), client("s3")
    names = [table["TableName"] for table in tables() if not table["TableName"].endswith("-office")]
    rows = [row for name in names for row in dynamodb.scan(TableName=name)["Items"]]
    keys = bucket.list_objects_v2(Bucket=ENVIRONMENT["FILES_BUCKET"]).get("Contents", [])
    return [json.dumps(row, ensure_ascii=False, default=str) for row in rows] + [each["Key"] for each in keys]


def naming(*words):
    return [line for line in everything() if any(word in line for word in words)]


def purged():
    return handler("purge_aid_files")({}, None)["forgotten"]


def with_money():
    stores.money().open_year(2027, 50_000)


@pytest.mark.usefixtures("clock")
class TestErasing:
    def test_nothing_names_a_paid_file_any_more_after_its_ten_years(self, clock):
        with_money()
        before, file = set(everything()), closed(1)
        assert len(naming(file.id)) > 10
        clock.at = AFTER_TEN_YEARS
        assert purged() >= 1
        assert naming(file.id, file.reference, SIREN, IBAN, "Maëlle", "maelle", "2606", "Ali") == []
        assert stores.money().find_year(2027) == Envelope(2027, 50_000, 32_000, 0, 18_000)
        assert len(set(everything()) - before) == 2  # The year as it stands, and what the file counts for.
        assert purged() == 0

    def test_the_totals_of_its_year_say_what_they_said(self, clock):
        with_money()
        closed(1)
        before = overview.accounts().years
        clock.at = AFTER_TEN_YEARS
        purged()
        assert overview.accounts().years == before
        assert before[0].agrees
        shown = as_("director").get("/bureau/enveloppe").text
        assert "180,00" in shown

    def test_another_file_of_the_same_owner_keeps_all_it_has(self, clock):
        with_money()
        gone = withdrawn(1)
        kept = sent(2)
        rows = naming(kept.id)
        clock.at = datetime(2030, 12, 31, tzinfo=UTC)
        assert purged() == 1
        assert naming(gone.id) == []
        assert naming(kept.id) == rows
        assert stores.subsidies().find_holder(kept.units, NOON.date()) == kept

    def test_the_register_of_an_owner_with_another_aid_stays(self, clock):
        with_money()
        old = closed(1)
        aid = stores.register().read([old.owner])
        client("dynamodb").put_item(
            TableName=SubsidyItem.Meta.table_name,
            Item={
                "pk": {"S": f"OWNER#{old.owner}"}, "sk": {"S": "AID#later"}, "subsidy_id": {"S": "later"},
                "reference": {"S": "SUB-9"}, "granted_on": {"S": "2036-01-01"}, "cents": {"N": "100"},
            },
        )  # fmt: skip
        clock.at = AFTER_TEN_YEARS
        purged()
        after = stores.register().read([old.owner])
        assert ([one.cents for one in aid.all], [one.cents for one in after.all]) == ([18_000], [100])
        assert after.seen == aid.seen

    def test_a_file_that_changed_meanwhile_stays(self, clock):
        with_money()
        file = withdrawn(1)
        subsidy_item(replace(file, version=file.version + 1)).save()
        assert not endings.retention().files.erase(file)
        assert stores.subsidies().find(file.id)
        assert stores.subsidies().find_by_reference(file.reference)

    @pytest.mark.parametrize("what", ["uploads", "papers", "files"])
    def test_a_night_that_is_cut_short_is_made_good_by_the_next(self, clock, monkeypatch, what):
        with_money()
        file = closed(1)
        clock.at = AFTER_TEN_YEARS
        endings.bank_details().forget()
        retention = endings.retention()

        def dies(*args, **kwargs):
            raise ConnectionError

        name = {"uploads": "erase", "papers": "delete", "files": "erase"}[what]
        with monkeypatch.context() as patch:
            patch.setattr(type(getattr(retention, what)), name, dies)
            with pytest.raises(ConnectionError):
                retention.purge()
        endings.retention().purge()
        assert naming(file.id, file.reference, SIREN) == []
        assert stores.money().find_year(2027).consumed == 18_000
        (past,) = stores.money().list_past()
        assert (past.year, past.category, past.total.files, past.total.granted) == (2027, "hotel", 1, 24_000)

    def test_a_file_goes_however_often_it_came_back(self, clock):
        world, file = Stores(), replace(sent(1), status=Status.SUBMITTED)
        subsidy_item(file).save()
        for _ in range(60):
            file = moved(world, file, Event.CHANGES_REQUESTED)
            file = moved(world, file, Event.CORRECTED)
        file = moved(world, file, Event.WITHDRAWN)
        clock.at = datetime(2030, 12, 31, tzinfo=UTC)
        assert purged() == 1
        assert naming(file.id) == []


class TestDrafts:
    def swept(self, clock, **duration):
        clock.wait(**duration)
        return handler("sweep_subsidy_drafts")({}, None)["touched"]

    @pytest.fixture
    def draft(self, clock):
        known = {"email": "maelle@gite.example.fr", "partner_id": "p1"}
        draft = awarding.draft_service().begin(known, draft_id=KEY)
        arrives(draft.id, "quote")
        assert self.swept(clock, days=31) == 1
        return draft

    def test_the_documents_of_a_draft_that_is_purged_go_with_it(self, clock, draft):
        assert [self.swept(clock, days=8), self.swept(clock, hours=1), self.swept(clock, hours=1)] == [
            1,
            1,
            0,
        ]
        assert stores.drafts().find(draft.id) is None
        assert [line for line in naming(draft.id) if '"template' not in line] == []

    def test_until_then_they_stay(self, clock, draft):
        rows = naming(f"kept/{KEY}")
        assert self.swept(clock, days=6) == 0
        assert rows
        assert naming(f"kept/{KEY}") == rows

    def test_those_of_a_file_that_was_made_of_it_stay(self, clock, draft):
        self.swept(clock, days=8)
        assert stores.subsidies().add(a_file("s1", id=KEY), a_line(), [])
        awarding.draft_service().begin({"email": ""}, draft_id=KEY)
        rows = naming(f"kept/{KEY}")
        assert self.swept(clock, days=40) == 1
        assert stores.drafts().find(KEY) is None
        assert naming(f"kept/{KEY}") == rows


@pytest.mark.usefixtures("clock")
class TestBankDetails:
    def test_no_row_and_no_document_has_the_account_any_more(self, clock):
        with_money()
        file = closed(1)
        assert len(naming(IBAN)) == 2
        clock.at = datetime(2028, 8, 3, 4, tzinfo=UTC)
        assert [purged(), purged()] == [2, 0]
        assert naming(IBAN, "PSSTFRPP", "bank-details") == []
        stored = stores.subsidies().find(file.id)
        assert stored.is_account_forgotten
        assert stored.proofs["iban"] == LAST_SIGNS
        assert [one.kind for one in uploads_room.upload_service().list_of(file.id)] == ["quote"]

    def test_pages_show_the_last_signs_and_the_file_for_the_bank_cannot_be_made_again(self, clock):
        with_money()
        partner(email="maelle@gite.example.fr")
        file = closed(1)
        accountant = as_("accounting")
        assert accountant.get("/bureau/virements/b1/fichier").status == 200
        clock.at = datetime(2028, 8, 3, 4, tzinfo=UTC)
        purged()
        accountant = as_("accounting")
        batch, owner = accountant.get("/bureau/virements/b1"), as_("maelle@gite.example.fr")
        assert LAST_SIGNS in batch.text
        assert "ont été effacés" in batch.text
        assert "/fichier" not in batch.text
        refused = accountant.get("/bureau/virements/b1/fichier")
        assert refused.status == 404
        assert "effacés" in refused.text
        for page in (
            owner.get(f"/espace/aides/{file.reference}"), accountant.get(f"/bureau/aides/{file.reference}")
        ):  # fmt: skip
            assert page.status == 200
            assert "Coordonnées bancaires effacées" in page.text
            assert IBAN[4:] not in page.text.replace(" ", "").replace("\u00a0", "")
