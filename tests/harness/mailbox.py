"""The mailbox of the embedded cloud, read mail by mail as they come."""

from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import urlsplit

from infra.mailbox.reading import Mail
from tests.cloud import Cloud
from tests.harness.snapshot import waiting_mails
from tests.harness.waiting import until


@dataclass
class Post:
    """All mails; each is read and parsed once."""

    cloud: Cloud
    _read: dict[str, Mail] = field(default_factory=dict)
    _reading: Lock = field(default_factory=Lock)

    def mails(self, to: str = "", subject: str = "") -> list[Mail]:
        """The mails to this address about this subject so far, oldest first."""
        self.new()
        every = [self._read[mail_id] for mail_id in sorted(self._read)]
        return [one for one in every if to in ("", one.to) and subject in one.subject]

    def new(self) -> list[Mail]:
        """The mails that nobody has read yet, oldest first."""
        store = self.cloud.stack.mailbox.store
        with self._reading:
            unread = [mail_id for mail_id in reversed(store.ids()) if mail_id not in self._read]
            came = {mail_id: mail for mail_id in unread if (mail := store.get(mail_id))}
            self._read |= came
        return list(came.values())

    def wait(self, to: str, subject: str, number: int = 1) -> Mail:
        """The `number`th mail to this address about this subject."""
        came = until(
            lambda: len(found := self.mails(to, subject)) >= number and found,
            lambda: f"mail {number} to {to} about {subject!r}; came: {[m.subject for m in self.mails(to)]}",
        )
        return came[number - 1]

    def about(self, name: str, to: str, subject: str, number: int = 1) -> Mail:
        """The `number`th mail to this address about this subject that has these words: a name, a reference.

        A subject that is too long for a phone has a name in part only: the text has all of it.
        """
        came = until(
            lambda: (
                len(found := [m for m in self.mails(to, subject) if name in f"{m.subject}\n{m.text}"])
                >= number
                and found
            ),
            lambda: f"mail {number} to {to} about {subject!r}, {name}",
        )
        return came[number - 1]

    def quiet(self) -> None:
        """Wait until every mail that was asked for is sent."""
        until(lambda: not waiting_mails(self.cloud), lambda: f"the sending of {waiting_mails(self.cloud)}")


def link_of(mail: Mail, page: str) -> str:
    """The path of the one link in the mail that leads to `page`, such as `/decisions/`."""
    found = {urlsplit(link).path for link in mail.links if page in urlsplit(link).path}
    assert len(found) == 1, f"{mail.subject}: {mail.links}"
    return found.pop()
