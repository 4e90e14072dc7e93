"""The history of a session as people read it."""

from datetime import timedelta

from chalicelib.kernel.history import HistoryLine
from chalicelib.trainings.recounting import recounted
from tests.training import NOW


def line(minutes, what="Session modifiée", who="Noa Petit", reason=""):
    return HistoryLine(NOW + timedelta(minutes=minutes), who, what, reason)


def test_the_pages_that_somebody_saves_one_after_the_other_are_one_change():
    lines = [line(0, "Session créée"), line(1), line(2), line(3), line(4, "Session publiée"), line(5)]
    assert recounted(lines) == [lines[0], lines[3], lines[4], lines[5]]


def test_what_another_person_did_or_what_has_a_reason_is_told_by_itself():
    lines = [line(1), line(2, who="Yann Le Goff"), line(3), line(4, reason="Salle prise."), line(5)]
    assert recounted(lines) == lines


def test_nothing_is_nothing():
    assert recounted([]) == []
