"""Who works with figures at the desk."""

READERS = frozenset({"director", "observatory"})
"""The roles whose work needs the figures of single establishments."""
