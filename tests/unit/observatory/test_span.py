"""What follows from published sums, and from which."""

from chalicelib.observatory.span import Span


def _span(last: tuple[str, ...] = (), **vectors: dict[str, int]) -> Span:
    span = Span(last)
    for name, vector in vectors.items():
        span.add(name, vector)
    return span


def test_a_part_follows_from_the_total_and_the_other_part():
    span = _span(total={"a": 1, "b": 1, "c": 1}, part={"a": 1, "b": 1}, beside={"d": 1})
    assert span.sources_of({"c": 1}) == {"total", "part"}
    assert span.sources_of({"a": 1}) is None


def test_halves_are_computed_too():
    span = _span(ab={"a": 1, "b": 1}, bc={"b": 1, "c": 1}, ca={"c": 1, "a": 1})
    assert span.sources_of({"a": 1}) == {"ab", "bc", "ca"}


def test_what_says_nothing_new_is_no_source():
    span = _span(a={"a": 1}, b={"b": 1}, both={"a": 1, "b": 1})
    assert span.sources_of({"a": 1, "b": 1}) == {"a", "b"}


def test_who_knows_their_own_knows_more_and_others_no_more_than_before():
    span = _span(total={"a": 1, "b": 1})
    assert span.told("own", ["a"]).sources_of({"b": 1}) == {"total", ("own", "a")}
    assert span.sources_of({"b": 1}) is None


def test_what_is_known_of_the_last_alone():
    span = _span(("a",), one={"x": 1, "a": 1}, two={"x": 1})
    assert [(dict(vector), names) for vector, names in span.of_last()] == [({"a": 1}, {"one", "two"})]


def test_what_is_left_of_a_sum_is_what_nobody_knows_of_it():
    span = _span(total={"a": 1, "b": 1, "c": 1})
    assert not span.left_of({"a": 2, "b": 2, "c": 2})
    assert span.left_of({"a": 1, "b": 1, "c": 1, "d": 1}) == {"d": 1}


def test_each_row_is_led_by_an_unknown_of_its_own():
    led = dict(_span(one={"a": 1, "b": 1}, two={"b": 1, "c": 1}, three={"c": 1, "d": 1}).led())
    assert {pivot: led[pivot].keys() & led.keys() for pivot in led} == {pivot: {pivot} for pivot in led}
    assert len(led) == 3
