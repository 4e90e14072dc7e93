"""The SMTP side: takes what the embedded cloud relays, on the loopback interface only."""

from typing import Any

from aiosmtpd.controller import Controller

from infra.mailbox.store import MailStore


class _Keep:
    def __init__(self, store: MailStore) -> None:
        self._store = store

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self._store.add(envelope.rcpt_tos, envelope.content)
        return "250 kept"


def receiver(store: MailStore, port: int) -> Controller:
    """An SMTP server that keeps every mail in `store`; `start()` and `stop()` it."""
    return Controller(
        _Keep(store), hostname="127.0.0.1", port=port, data_size_limit=40_000_000, enable_SMTPUTF8=True
    )
