"""Who reads aid files at the desk."""

READERS = frozenset({"director", "quality_officer", "accounting", "president"})
"""The roles whose work needs the whole of a file."""
