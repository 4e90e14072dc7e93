from tests.integration.stores import memory, tables

__all__ = ["memory", "tables"]
