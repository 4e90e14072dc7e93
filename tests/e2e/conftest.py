from tests.cloud import cloud

__all__ = ["cloud"]
