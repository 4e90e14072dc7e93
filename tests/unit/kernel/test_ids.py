from chalicelib.kernel import ids


def test_references_have_no_sign_that_people_confuse():
    assert not set("01OILo") & set(ids.READABLE)
    assert len(ids.READABLE) == len(set(ids.READABLE)) == 31
    assert set("".join(ids.new_reference("ADH").removeprefix("ADH-") for _ in range(500))) <= set(
        ids.READABLE
    )


def test_references_look_as_they_are_read_aloud():
    prefix, _, drawn = ids.new_reference("ADH").partition("-")
    assert (prefix, len(drawn)) == ("ADH", 6)
    assert len(ids.new_reference("X", 8)) == 10


def test_identifiers_secrets_and_references_do_not_repeat():
    for draw in (ids.new_id, ids.new_secret, lambda: ids.new_reference("ADH", 12)):
        assert len({draw() for _ in range(2000)}) == 2000


def test_identifiers_have_128_bits_and_secrets_256():
    assert (len(ids.new_id()), len(ids.new_secret())) == (32, 43)
    assert set(ids.new_secret()) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_a_secret_names_one_identifier_and_what_is_no_secret_is_told_apart():
    secret = ids.new_secret()
    assert ids.id_of(secret) == ids.id_of(secret) != ids.id_of(ids.new_secret())
    assert len(ids.id_of(secret)) == len(ids.new_id())
    assert ids.is_secret(secret)
    assert not any(map(ids.is_secret, ("", secret[:-1], secret + "\n", "é" * 43)))


def test_a_secret_is_known_by_its_digest_alone():
    secret = ids.new_secret()
    assert secret not in ids.digest(secret)
    assert ids.matches(secret, ids.digest(secret))
    assert not ids.matches(secret[:-1], ids.digest(secret))
    assert not ids.matches("", ids.digest(secret))
