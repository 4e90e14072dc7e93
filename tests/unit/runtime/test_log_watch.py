"""The eyes on the log see what they are there for."""

import logging

import pytest

from tests.conftest import WATCH
from tests.harness.logs import found_in

SEEN = {
    "an e-mail address": "to maelle@hotel.example.fr",
    "a SIRET": "siret 732 829 320 00074",
    "a telephone number": "04 65 71 00 12",
    "a secret or a token": "x." + "A1_-" * 10 + "abc",
    "a cookie": "__host-sid=1",
    "a task token": "task_token=1",
    "a link": "GET /decisions/0123456789abcdef.x",
    "an address of the net": "from 192.0.2.17",
    "a name": "by Maëlle",
    "an establishment": "the Gîte des Noyers",
}


@pytest.mark.parametrize("kind", SEEN)
def test_each_kind_is_seen(kind):
    assert kind in found_in(SEEN[kind])


@pytest.mark.parametrize(
    "line",
    [
        "request {'route': '/decisions/{token}', 'status': 303, 'duration_ms': 17}",
        "at /a/b.py:12",
        "done",
        "version 1.34.0",
        "START RequestId: 1417ab14-e306-4e72-b966-0314325144ef",
        "START RequestId: 2f0b8d3e-a705-4945-821a-0996079465b7",
        "trace 1-5759e988-bd86273282932000074e3fe1",
    ],
)
def test_an_honest_line_is_let_through(line):
    assert found_in(line) == []


SECRET = "maelle@hotel.example.fr"


def _in_a_message(logger):
    logger.error(SECRET)


def _in_an_argument(logger):
    logger.error("sent to %s", SECRET)


def _in_a_field(logger):
    logger.error("sent", extra={"to": SECRET})


def _in_an_exception(logger):
    try:
        raise ValueError(SECRET)
    except ValueError:
        logger.exception("not sent")


@pytest.mark.parametrize("hides", [_in_a_message, _in_an_argument, _in_a_field, _in_an_exception])
def test_a_line_of_the_application_is_read_wherever_it_hides_something(hides):
    hides(logging.getLogger("cordee"))
    found, WATCH.found = WATCH.found, []
    assert [one.partition(":")[0] for one in found] == ["an e-mail address"]


def test_the_whole_run_is_read():
    before = WATCH.seen
    logging.getLogger("cordee").warning("something")
    assert WATCH.seen == before + 1
