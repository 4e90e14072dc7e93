"""The mails that were sent, one `.eml` file each, so that they outlive a restart."""

import re
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from infra.mailbox.reading import Mail

MAIL_ID = re.compile(r"\d{20}")


class MailStore:
    """A folder of mails; an id is its arrival in nanoseconds, so that order of name is order of time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, recipients: Iterable[str], content: bytes) -> str:
        """Keep a mail as it came, with the addresses of its envelope; return its id."""
        mail_id = f"{time.time_ns():020d}"
        envelope = f"X-Envelope-To: {', '.join(recipients)}\r\n".encode()
        arriving = self._folder / f"{mail_id}.arriving"
        arriving.write_bytes(envelope + content)
        arriving.rename(self._folder / f"{mail_id}.eml")
        return mail_id

    def ids(self) -> list[str]:
        """All ids, newest first."""
        return sorted((path.stem for path in self._folder.glob("*.eml")), reverse=True)

    def get(self, mail_id: str) -> Mail | None:
        """The mail of that id, or None."""
        path = self._folder / f"{mail_id}.eml"
        if not MAIL_ID.fullmatch(mail_id) or not path.exists():
            return None
        return Mail(mail_id, datetime.fromtimestamp(int(mail_id) / 1e9, UTC), path.read_bytes())

    def all(self, after: str = "") -> Iterator[Mail]:
        """Every mail that came after that one, newest first; without it, every mail."""
        return (mail for mail_id in self.ids() if mail_id > after and (mail := self.get(mail_id)))

    def clear(self) -> None:
        """Forget everything."""
        for path in self._folder.glob("*.eml"):
            path.unlink()
