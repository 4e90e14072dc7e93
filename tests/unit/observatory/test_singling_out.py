"""Somebody who is alone in what is left when figures cancel out is found, and who reads may be the other of two."""

from chalicelib.observatory.singling_out import singled_out

ALONE = frozenset({"hotel"})
BOTH = frozenset({"hotel", "hostel"})


def test_a_sum_of_one_alone_gives_it_away():
    rows = [({("k", 1): 1, ("k", 2): 1}, frozenset({"season", "week 3"}))]
    members = {("k", 1): ALONE, ("k", 2): ALONE}
    assert set(singled_out(rows, members)) == {frozenset({"season", "week 3"})}


def test_a_sum_of_two_gives_each_to_the_other():
    rows = [({("k", 1): 1}, frozenset({"week"}))]
    assert set(singled_out(rows, {("k", 1): BOTH})) == {frozenset({"week"})}


def test_a_sum_of_three_gives_nobody_away():
    rows = [({("k", 1): 1, ("l", 1): 1}, frozenset({"week"}))]
    assert not list(singled_out(rows, {("k", 1): BOTH, ("l", 1): frozenset({"campsite"})}))


def test_what_the_reader_has_alone_is_no_news_to_them():
    rows = [({("k", 1): 1}, frozenset({"week"})), ({("l", 1): 1}, frozenset({"week"}))]
    assert not list(singled_out(rows[:0], {}))
    members = {("k", 1): ALONE, ("l", 1): ALONE}
    assert set(singled_out(rows, members)) == {frozenset({"week"})}
