"""What one owner keeps in all, and what finds no place there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from chalicelib.uploads.model import Fault, Upload
from chalicelib.uploads.rules import Rules

Row = tuple[str, str]
"""The kind and the identifier of an upload of a known owner."""


@dataclass(frozen=True)
class Place:
    """Where a kept file stands."""

    kind: str
    id: str
    sha256: str


@dataclass(frozen=True)
class Shelf:
    """What one owner keeps, small enough to be one item: files that arrive together are judged one after the other.

    `refused` is the last refusal of each kind, by its identifier: one is told, a heap of them helps nobody.
    `version` counts the writings; 0 was never written.
    """

    owner: str
    kept: tuple[Place, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    version: int = 0

    def twin(self, kind: str, sha256: str) -> Place | None:
        """Where the same content is kept already; for another kind it may be sent again: one scan may hold several."""
        return next((place for place in self.kept if (place.kind, place.sha256) == (kind, sha256)), None)

    def is_full_for(self, kind: str, rules: Rules) -> Fault | None:
        """Why one more of this kind has no place, or None."""
        if sum(place.kind == kind for place in self.kept) >= rules.most_of_kind:
            return Fault.TOO_MANY_OF_KIND
        return Fault.TOO_MANY if len(self.kept) >= rules.most_of_owner else None

    def with_(self, upload: Upload) -> "Shelf":
        """The next shelf, with this file or this refusal on it, in the place of the last refusal of its kind."""
        cleared = self.without(upload.id)
        refused = {kind: other for kind, other in cleared.refused.items() if kind != upload.kind}
        if not upload.is_kept:
            return replace(cleared, refused={**refused, upload.kind: upload.id})
        place = Place(upload.kind, upload.id, upload.sha256)
        return replace(cleared, kept=(*cleared.kept, place), refused=refused)

    def without(self, upload_id: str) -> "Shelf":
        """The next shelf, without this file or refusal."""
        kept = tuple(place for place in self.kept if place.id != upload_id)
        refused = {kind: other for kind, other in self.refused.items() if other != upload_id}
        return Shelf(self.owner, kept, refused, self.version + 1)

    def rows(self) -> frozenset[Row]:
        """Kind and identifier of everything that stands on it."""
        return frozenset({*((place.kind, place.id) for place in self.kept), *self.refused.items()})

    def kind_of(self, upload_id: str) -> str | None:
        """The kind of what stands there under this identifier, or None."""
        return next((kind for kind, other in self.rows() if other == upload_id), None)
