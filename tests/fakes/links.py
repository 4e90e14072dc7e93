"""The minted links in memory."""

from chalicelib.links.model import Link


class FakeLinks:
    """The minted links."""

    def __init__(self) -> None:
        self.links: dict[str, Link] = {}

    def add(self, link: Link) -> None:
        assert link.id not in self.links
        self.links[link.id] = link

    def find(self, link_id: str) -> Link | None:
        return self.links.get(link_id)
