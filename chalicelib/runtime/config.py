"""The settings of one deployment, read from the environment at first use.

Importing needs no variable; a missing one is named when it is first asked for.
"""

import os
from functools import lru_cache


class MissingSetting(Exception):
    """A variable that the template should have set is not there."""


def _setting(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise MissingSetting(f"{name} is not set: look at Globals in infra/resources.yaml")
    return value


def stage() -> str:
    """The name of the deployment's stage, such as `local` or `prod`."""
    return os.environ.get("STAGE", "test")


def version() -> str:
    """The version of the code, set when the zip is built."""
    return os.environ.get("VERSION", "0")


def base_url() -> str:
    """The site's root without a slash at the end, such as `https://pro.example.org`."""
    return _setting("BASE_URL").rstrip("/")


def table_name(feature: str) -> str:
    """The name of a feature's table; readable at import, since PynamoDB asks for it there."""
    return f"{os.environ.get('TABLE_PREFIX', 'cordee-test')}-{feature}"


def region() -> str:
    """The AWS region of the deployment."""
    return os.environ.get("AWS_REGION", "eu-west-3")


def machine_arn(process: str) -> str:
    """The ARN of a state machine, built from its name: a `Ref` in the template would be circular."""
    return f"{_setting('MACHINE_ARN_PREFIX')}-{process}"


def mail_sender() -> str:
    """The verified address that mails come from."""
    return _setting("MAIL_SENDER")


def mail_configuration_set() -> str:
    """The SES configuration set whose events come back to us; empty where there is none."""
    return os.environ.get("MAIL_CONFIGURATION_SET", "")


def link_keys() -> str:
    """The name or ARN of the secret that links are signed with; its value is read by who needs it."""
    return _setting("LINK_KEYS")


def files_bucket() -> str:
    """The bucket of the files that people send."""
    return _setting("FILES_BUCKET")


def form_origins() -> tuple[str, ...]:
    """The other origins that forms may post to: where files are sent. None where no template has said so."""
    origin = os.environ.get("FILES_ORIGIN", "")
    return (origin,) if origin else ()


def are_files_scanned() -> bool:
    """Whether somebody looks for malware in files, and tells what was found."""
    return os.environ.get("FILE_SCANNER", "none") != "none"


def sendings_per_machine() -> int:
    """How many applications may come from one machine within an hour; a town hall or a hotel shares one."""
    return int(os.environ.get("SENDINGS_PER_MACHINE", "100"))


@lru_cache(maxsize=1)
def base_path() -> str:
    """The path part of the site's root: empty, or the stage's prefix such as `/api`."""
    from urllib.parse import urlsplit

    return urlsplit(base_url()).path
