"""Sources in DynamoDB: all in one partition, as there are few."""

from chalicelib.observatory.importing import ProviderSource
from chalicelib.observatory.items import SOURCES, SourceItem


class SourceRepository:
    """Who sends files to this office. What is said last of a source holds."""

    def save(self, source: ProviderSource) -> None:
        """Keep a source, in the place of the one before it."""
        SourceItem(sk=source.id, name=source.name, columns=dict(source.columns)).save()

    def find(self, source_id: str) -> ProviderSource | None:
        """The source, read strongly, or None."""
        try:
            return _source(SourceItem.get(SOURCES, source_id, consistent_read=True))
        except SourceItem.DoesNotExist:
            return None

    def list_all(self) -> list[ProviderSource]:
        """All of them, by name."""
        return sorted(map(_source, SourceItem.query(SOURCES)), key=lambda source: source.name.casefold())


def _source(item: SourceItem) -> ProviderSource:
    return ProviderSource(item.sk, item.name, dict(item.columns))
