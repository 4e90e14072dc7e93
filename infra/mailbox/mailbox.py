"""The local mailbox: one SMTP port that takes every mail, one web port that shows them."""

from pathlib import Path
from threading import Thread

from infra.mailbox.receiving import receiver
from infra.mailbox.server import MailboxServer
from infra.mailbox.store import MailStore


class Mailbox:
    """Runs in threads of this process; mails are kept in `folder`."""

    def __init__(self, folder: Path, http_port: int, smtp_port: int, site_url: str) -> None:
        self.store = MailStore(folder)
        self.url = f"http://127.0.0.1:{http_port}"
        self._web = MailboxServer(self.store, http_port, site_url)
        self._smtp = receiver(self.store, smtp_port)
        self._thread = Thread(target=self._web.serve_forever, name="mailbox", daemon=True)

    def start(self) -> None:
        """Take and show mails from now on."""
        self._smtp.start()
        self._thread.start()

    def stop(self) -> None:
        """Close both ports."""
        self._web.shutdown()
        self._web.server_close()
        self._thread.join()
        self._smtp.stop()
