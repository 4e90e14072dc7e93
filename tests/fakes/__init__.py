"""The stores and the outside world in memory, with the conditions of the real ones and nothing else.

`tests/integration/*/test_repository.py` runs the same contracts on these and on DynamoDB.
"""
