"""Answers are counted by season, each establishment once."""

from chalicelib.observatory.voices import Voice, added, counted

GOOD = Voice("hiver", "good", ("weather", "prices"))


def test_ratings_and_reasons_are_counted_by_season():
    found = counted([("a", GOOD), ("b", Voice("hiver", "bad", ("weather",))), ("a", Voice("ete", "good"))])
    assert found == {"hiver": {"good": 1, "bad": 1, "weather": 2, "prices": 1}, "ete": {"good": 1}}


def test_who_speaks_twice_of_a_season_counts_with_what_was_said_last():
    assert counted([("a", GOOD), ("a", Voice("hiver", "bad"))]) == {"hiver": {"bad": 1}}


def test_a_remark_alone_is_no_answer():
    assert counted([("a", Voice("hiver", remark="Route coupée."))]) == {}


def test_parts_of_the_territory_are_added_up():
    ballots = [counted([("a", GOOD)]), counted([("b", GOOD), ("c", Voice("ete", "bad"))])]
    assert added(ballots) == {"hiver": {"good": 2, "weather": 2, "prices": 2}, "ete": {"bad": 1}}
