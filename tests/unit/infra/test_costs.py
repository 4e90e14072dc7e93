"""What a year costs: amounts times dated prices, worked out from what was counted."""

from collections import Counter
from dataclasses import replace

import pytest

from infra.costs import bill, year
from infra.costs.bill import PriceMissing, by_service, price_list, table
from infra.costs.bill import bill as bill_of
from infra.costs.dynamodb import TABLES, Table, written_units
from infra.costs.year import Counted, Happening, Year, runs_a_year, schedules, usage

NOTHING = Counted({}, {}, {name: {} for name in schedules()})
ASSUMED = {
    name: {"value": 0.0, "why": ""}
    for name in ("cold_share", "cold_seconds", "log_bytes", "page_bytes", "index_share", "months_kept", "attachment_bytes")
}  # fmt: skip


def a_year(*happens: Happening, **assumed: float) -> Year:
    """A year of 100 partners, half of them lodgings, in which nothing else happens."""
    known = {**ASSUMED, **{name: {"value": value, "why": ""} for name, value in assumed.items()}}
    return Year((100,), {"lodging": {"times": 0.5}}, known, happens, {})


def test_a_price_is_of_so_many_units():
    transitions = next(one for one in price_list().prices if one.key == "transitions")
    assert transitions.of(40) == pytest.approx(40 * transitions.usd / 1000)


def test_every_price_says_where_and_when_it_was_read_or_how_it_is_known():
    listed = price_list()
    assert all(one.source.startswith("https://aws.amazon.com/") for one in listed.prices)
    assert all(one.seen_on <= listed.as_of if one.seen_on else one.note for one in listed.prices)
    assert all(one.usd > 0 for one in listed.prices)


def test_a_bill_has_a_line_for_each_price_and_adds_up_by_service():
    lines = bill_of({"mails": 2_000, "mail_gb": 1}, price_list().prices)
    assert len(lines) == len(price_list().prices)
    assert by_service(lines)["SES"] == pytest.approx(0.20 + 0.12)
    assert sum(by_service(lines).values()) == pytest.approx(0.32)


def test_what_has_no_price_stops_the_bill():
    with pytest.raises(PriceMissing, match="pigeons"):
        bill_of({"pigeons": 1}, price_list().prices)


def test_the_table_says_the_year_and_each_partner():
    lines = bill_of({"mails": 1_000_000}, price_list().prices)
    *_, whole, each = table({1_500: lines})
    assert (whole, each) == ("| **a year** | **100.00** |", "| for each partner | 0.0667 |")


def test_things_happen_to_partners_to_lodgings_and_in_the_office():
    of = a_year(
        Happening("form", "partner", 2, "", usage={"s3_puts": 1}),
        Happening("figures", "lodging", 12, "", usage={"s3_puts": 1}),
        Happening("report", "office", 20, "", usage={"s3_puts": 1}),
    )
    assert usage(of, NOTHING, 100, 1.0)["s3_puts"] == 2 * 100 + 12 * 50 + 20


def test_scenarios_and_pages_are_taken_as_often_as_they_happen():
    counted = Counted({"login": {"mails": 1}}, {"GET /": {"api_requests": 1}}, NOTHING.rounds)
    of = a_year(Happening("login", "partner", 4, "", "login", {"GET /": 3}))
    used = usage(of, counted, 100, 1.0)
    assert (used["mails"], used["api_requests"]) == (400, 1200)


def test_news_come_of_every_mail():
    counted = Counted({"login": {"mails": 2}}, {}, NOTHING.rounds)
    of = a_year(
        Happening("news", "mail", 1, "", usage={"notifications": 1}),
        Happening("login", "partner", 1, "", "login"),
    )
    assert usage(of, counted, 100, 1.0)["notifications"] == 200


def test_cold_starts_logs_and_bytes_follow_from_the_rest():
    asked = {"lambda_requests": 10, "api_requests": 10, "stored_bytes": 1_000_000, "attached": 1}
    of = a_year(
        Happening("all", "partner", 1, "", usage=asked),
        cold_share=0.5, cold_seconds=2, log_bytes=1000, page_bytes=50_000, index_share=1, months_kept=12,
        attachment_bytes=10_000_000,
    )  # fmt: skip
    used = usage(of, NOTHING, 100, 0.5)
    assert used["lambda_gb_seconds"] == pytest.approx(1000 * 0.5 * 2 * 0.5)
    assert used["log_gb"] == pytest.approx(0.001)
    assert used["out_gb"] == pytest.approx(0.05)
    assert used["dynamodb_gb_months"] == used["dynamodb_backup_gb_months"] == pytest.approx(0.1 * 2 * 12)
    assert used["mail_gb"] == pytest.approx(1)


def test_schedules_run_as_often_as_they_say():
    assert [runs_a_year(when) for when in ("rate(5 minutes)", "rate(1 hour)")] == [105_120, 8_760]
    assert [runs_a_year(when) for when in ("cron(0 8 ? * MON-FRI *)", "cron(0 6 * * ? *)")] == [261, 365]
    with pytest.raises(ValueError, match="rate"):
        runs_a_year("rate(7 days)")


def test_the_runs_of_every_schedule_are_counted():
    counted = replace(NOTHING, rounds={name: {"lambda_requests": 1} for name in schedules()})
    assert usage(a_year(), counted, 100, 1.0)["lambda_requests"] == sum(schedules().values())


def test_whatever_happens_says_why_as_often():
    assert all(one.why and one.times > 0 for one in year.year().happens)
    assert all(each["why"] for each in year.year().assumptions.values())


INDEXED = Table(("pk",), (("status",), ("holder",)))


def test_a_new_item_is_written_in_each_index_that_it_is_in():
    new = {"pk": {"S": "a"}, "status": {"S": "new"}}
    assert written_units(INDEXED, {}, new, is_in_transaction=False) == 1 + 1
    assert written_units(INDEXED, {}, new, is_in_transaction=True) == 2 + 1


def test_an_item_that_moves_in_an_index_is_taken_out_and_put_in():
    old = {"pk": {"S": "a"}, "status": {"S": "new"}}
    new = {"pk": {"S": "a"}, "status": {"S": "sent"}}
    assert written_units(INDEXED, old, new, is_in_transaction=False) == 1 + 2


def test_an_item_that_stays_where_it_is_in_an_index_is_written_there_once():
    old = {"pk": {"S": "a"}, "status": {"S": "new"}}
    assert written_units(INDEXED, old, {**old, "name": {"S": "x"}}, is_in_transaction=False) == 1 + 1


def test_an_item_that_is_only_checked_changes_no_index():
    old = {"pk": {"S": "a"}, "status": {"S": "new"}}
    assert written_units(INDEXED, old, old, is_in_transaction=True) == 2


def test_the_tables_of_the_template_are_known_with_their_indexes():
    assert TABLES["observatory"].key == ("pk", "sk")
    assert TABLES["mail"].indexes == (("open_key", "open_since"), ("record_key", "record_sort"))


def test_amounts_are_told_with_what_they_cost():
    told = list(bill.amounts({150: bill_of(Counter(mails=3_000), price_list().prices)}))
    assert "| SES: mails | 3,000 (0.30) |" in told
