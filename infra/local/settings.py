"""How a local cloud was asked for: `PORT=`, `OFFICE=` and `AUTH=` of `make run`."""

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.packaging.names import ROOT

DEFAULT_PORT = 4566
DEFAULT_OFFICE = "saint-marcellin-vercors-isere"
LOCAL = ROOT / ".local"
STACK_FILE = LOCAL / "stack.json"


class CannotRun(Exception):
    """Something about the machine or the request is in the way; the message says what to do."""


@dataclass(frozen=True)
class Settings:
    """One local cloud: its office, three neighbouring ports, and the folder of its state."""

    office: str
    port: int
    auth: bool
    folder: Path

    @property
    def url(self) -> str:
        """The site's root."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def mailbox_port(self) -> int:
        """Where the mailbox page answers."""
        return self.port + 1

    @property
    def smtp_port(self) -> int:
        """Where the mailbox takes mails."""
        return self.port + 2

    @property
    def office_file(self) -> Path:
        """The office file that is loaded."""
        return ROOT / "offices" / f"{self.office}.json"


def read(environment: Mapping[str, str]) -> Settings:
    """The settings in the environment; raises CannotRun."""
    office = environment.get("OFFICE") or DEFAULT_OFFICE
    if not re.fullmatch(r"[a-z0-9-]+", office):
        raise CannotRun(f"OFFICE={office}: an office is named by its file in offices/, without .json.")
    port = environment.get("PORT") or str(DEFAULT_PORT)
    if not port.isdecimal() or not 1024 <= int(port) <= 65533:
        raise CannotRun(f"PORT={port}: a port is a number from 1024 to 65533.")
    auth = environment.get("AUTH", "").lower() in ("1", "true", "yes")
    return Settings(office, int(port), auth, LOCAL / office)


def check_ports(settings: Settings) -> None:
    """Raise CannotRun when another program has one of the three ports."""
    uses = {
        settings.port: "the site",
        settings.mailbox_port: "the mailbox",
        settings.smtp_port: "incoming mail",
    }
    for port, use in uses.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise CannotRun(
                    f"Port {port} (for {use}) is in use by another program, perhaps by another `make run`.\n"
                    f"Stop that one, or choose three free ports in a row: make run PORT={settings.port + 100}"
                ) from None
