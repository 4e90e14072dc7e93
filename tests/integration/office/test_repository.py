"""The versions of the office file, on the DynamoDB of moto."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from moto import mock_aws

from chalicelib.adapters import dynamodb
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.office import bootstrap, loading, repository
from chalicelib.office.repository import NoOffice, OfficeItem, OfficeRepository
from chalicelib.office.territories import with_communes
from tests.factories import A_DAY, an_office, office_document

OFFICES = Path(__file__).resolve().parents[3] / "offices"
START = datetime(2027, 3, 3, 9, tzinfo=UTC)


class Watch:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_seconds(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture(autouse=True)
def _table(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    dynamodb.connection.cache_clear()
    OfficeItem._connection = None
    with mock_aws():
        OfficeItem.create_table(wait=False)
        yield
    dynamodb.connection.cache_clear()
    OfficeItem._connection = None


@pytest.fixture
def offices(watch: Watch) -> OfficeRepository:
    return OfficeRepository(watch, refresh_seconds=60)


def document(name: str = "Office de tourisme du Val d'Exemple") -> dict:
    whole = with_communes(office_document())
    whole["identity"]["name"] = name
    return whole


def test_before_the_first_file_there_is_no_office(offices: OfficeRepository) -> None:
    with pytest.raises(NoOffice, match="make office"):
        offices.current()


def test_what_is_published_comes_back_whole(offices: OfficeRepository) -> None:
    assert offices.publish(document()) == 1
    assert offices.current() == an_office()


def test_publishing_the_same_document_again_makes_no_new_version(offices: OfficeRepository) -> None:
    offices.publish(document())
    assert offices.publish(dict(reversed(document().items()))) == 1
    assert OfficeItem.count("OFFICE") == 2


def test_earlier_versions_stay_as_they_were(offices: OfficeRepository) -> None:
    offices.publish(document("Un"))
    assert offices.publish(document("Deux")) == 2
    assert offices.version(1).name == "Un"
    assert (offices.version(2).name, offices.version(2).version) == ("Deux", 2)


def test_going_back_to_an_earlier_document_is_a_new_version(offices: OfficeRepository) -> None:
    for name in ("Un", "Deux", "Un"):
        number = offices.publish(document(name))
    assert (number, offices.current().name) == (3, "Un")


def test_an_unknown_version_is_said(offices: OfficeRepository) -> None:
    with pytest.raises(NoOffice, match="7"):
        offices.version(7)


def test_a_warm_function_sees_a_new_version_after_its_refresh_time(
    offices: OfficeRepository, watch: Watch
) -> None:
    offices.publish(document("Un"))
    assert offices.current().name == "Un"
    OfficeRepository(watch).publish(document("Deux"))
    watch.pass_seconds(59)
    assert offices.current().name == "Un"
    watch.pass_seconds(1)
    assert offices.current().name == "Deux"


def test_a_warm_function_reads_nothing_between_two_refreshes(
    offices: OfficeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices.publish(document())
    first = offices.current()
    monkeypatch.setattr(OfficeItem, "get", lambda *_, **__: pytest.fail("read again"))
    assert offices.current() is first


def test_of_two_people_who_publish_at_once_the_second_is_told(
    offices: OfficeRepository, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices.publish(document("Un"))
    seen = repository._find_pointer()
    OfficeRepository(watch).publish(document("Deux"))
    monkeypatch.setattr(repository, "_find_pointer", lambda: seen)
    with pytest.raises(ChangedMeanwhile):
        offices.publish(document("Trois"))
    monkeypatch.undo()
    assert OfficeRepository(watch).current().name == "Deux"


@pytest.mark.parametrize("path", sorted(OFFICES.glob("*.json")), ids=lambda path: path.stem)
def test_each_shipped_office_fits_well_inside_an_item(path: Path, offices: OfficeRepository) -> None:
    offices.publish(loading.checked_document(loading.read_file(path), A_DAY))
    text = OfficeItem.get("OFFICE", "VERSION#000001").document
    assert len(text.encode()) < 100_000
    assert offices.current() == offices.version(1)


def test_a_file_is_checked_then_published_and_found_by_the_deployment() -> None:
    bootstrap.office_repository.cache_clear()
    path = OFFICES / "pays-de-gex.json"
    assert loading.publish_file(path) == loading.publish_file(path) == 1
    assert bootstrap.office_repository().current().slug == "pays-de-gex"
    bootstrap.office_repository.cache_clear()


def test_a_file_with_a_mistake_publishes_nothing(tmp_path: Path, offices: OfficeRepository) -> None:
    path = tmp_path / "val-exemple.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(loading.OfficeFileRefused):
        loading.publish_file(path)
    with pytest.raises(NoOffice):
        offices.current()
