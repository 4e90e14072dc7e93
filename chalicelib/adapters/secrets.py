"""AWS Secrets Manager: the values of one secret that are in use."""

from datetime import datetime

from chalicelib.adapters import aws

STAGES = ("AWSCURRENT", "AWSPREVIOUS")
"""A new value becomes current and the former one previous by itself; the one before it is gone."""
NO_SUCH_VALUE = "ResourceNotFoundException"


Value = tuple[str, str, datetime]
"""The identifier of a version, its value, when it was made."""


def values_in_use(secret: str) -> list[Value]:
    """The current value and the previous one, if there is one."""
    found = [_value(secret, STAGES[0])]
    try:
        found.append(_value(secret, STAGES[1]))
    except Exception as error:
        if aws.error_code(error) != NO_SUCH_VALUE:
            raise
    return found


def _value(secret: str, stage: str) -> Value:
    answer = aws.client("secretsmanager").get_secret_value(SecretId=secret, VersionStage=stage)
    return str(answer["VersionId"]), str(answer["SecretString"]), answer["CreatedDate"]
