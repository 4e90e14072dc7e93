"""Entries for calendars as facts: the outbox gives back what it took."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.calendar import CalendarEntry
from tests.harness.entries import an_entry

instants = st.datetimes(timezones=st.just(UTC))


@given(
    st.builds(
        an_entry,
        uid=st.text(),
        sequence=st.integers(),
        summary=st.text(),
        description=st.text(),
        starts_at=instants,
        ends_at=instants,
        changed_at=instants,
        is_cancelled=st.booleans(),
    )
)
def test_an_entry_comes_back_from_json_as_it_went(entry):
    assert CalendarEntry.from_json(json.loads(json.dumps(entry.to_json()))) == entry


def test_an_entry_kept_before_a_fact_was_known_has_the_usual_one():
    stored = an_entry().to_json()
    del stored["is_cancelled"]
    assert not CalendarEntry.from_json(stored).is_cancelled


def test_instants_are_kept_in_utc():
    paris = datetime.fromisoformat("2027-05-11T09:00:00+02:00")
    assert an_entry(starts_at=paris).to_json()["starts_at"] == "2027-05-11T07:00:00.000000+00:00"


def test_an_entry_is_asked_for_until_it_is_cancelled():
    assert [an_entry(is_cancelled=gone).method for gone in (False, True)] == ["REQUEST", "CANCEL"]
