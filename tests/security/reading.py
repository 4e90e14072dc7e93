"""A page or a mail as a browser takes it apart: its elements with the names of their attributes, its addresses."""

import re
from html.parser import HTMLParser

WEB_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
ADDRESSES = ("href", "src", "action", "formaction", "data", "content", "srcdoc", "style")


class Tree(HTMLParser):
    """What stands in a page beside its words."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.addresses: list[str] = []
        self.others: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(sorted(name for name, _ in attrs))))
        leads = [name for name in ADDRESSES if name != "content" or "http-equiv" in dict(attrs)]
        self.addresses += [value or "" for name, value in attrs if name in leads]

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment
