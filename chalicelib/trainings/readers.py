"""Who works with sessions at the desk."""

READERS = frozenset({"director", "network_officer", "quality_officer"})
"""The roles whose work needs sessions and registrations."""
