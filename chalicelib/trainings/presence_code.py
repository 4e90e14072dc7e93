"""The address behind the code that a person shows at the door."""

from chalicelib.trainings.model import Registration
from chalicelib.trainings.paths import PRESENCE


def presence_path(registration: Registration) -> str:
    """The address that a person's code is made of."""
    return f"{PRESENCE}/{registration.id}.{registration.presence_code}"
