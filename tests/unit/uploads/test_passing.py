"""Files that pass come by a ticket, are found by it alone, and go."""

import pytest

from chalicelib.uploads.passing import PassingService
from tests.fakes.uploads import FakeFiles

OWNER, OTHER = "a" * 32, "b" * 32
PAGE = "/observatoire/saisie/x/fichier"


@pytest.fixture
def files() -> FakeFiles:
    return FakeFiles()


@pytest.fixture
def passing(files: FakeFiles) -> PassingService:
    return PassingService(files, "https://pro.example.org")


def _sent(passing: PassingService, files: FakeFiles, name: str = "mars.csv") -> str:
    """The ticket of a file that a browser has sent."""
    form = passing.ticket(OWNER, PAGE, 1000)
    files.put(form.fields["key"].replace("${filename}", name), b"a;b", "text/csv")
    return form.fields["success_action_redirect"].rpartition("/")[2]


def test_the_form_leads_back_to_the_page_of_its_ticket_and_is_held_to_a_size(passing: PassingService):
    form = passing.ticket(OWNER, PAGE, 1000)
    back = form.fields["success_action_redirect"]
    assert back.startswith(f"https://pro.example.org{PAGE}/")
    assert form.fields["key"] == f"passing/{OWNER}/{back.rpartition('/')[2]}/${{filename}}"
    assert form.fields["most"] == "1000"


def test_a_file_is_found_by_its_owner_and_ticket_alone(passing: PassingService, files: FakeFiles):
    ticket = _sent(passing, files)
    arrived = passing.find(OWNER, ticket)
    assert arrived is not None
    assert (arrived.name, arrived.size, passing.content(arrived)) == ("mars.csv", 3, b"a;b")
    assert passing.find(OTHER, ticket) is None
    assert passing.find(OWNER, "c" * 32) is None


@pytest.mark.parametrize("ticket", ["", "..", "a/b", "A" * 32, "a" * 31, "a" * 33])
def test_what_is_no_ticket_finds_nothing(passing: PassingService, files: FakeFiles, ticket: str):
    _sent(passing, files)
    assert passing.find(OWNER, ticket) is None


def test_an_erased_file_is_gone_and_others_stay(passing: PassingService, files: FakeFiles):
    ticket, other = _sent(passing, files), _sent(passing, files)
    arrived = passing.find(OWNER, ticket)
    passing.erase(OWNER, ticket)
    passing.erase(OWNER, ticket)
    assert arrived is not None
    assert passing.content(arrived) is None
    assert passing.find(OWNER, other) is not None


def test_a_name_that_misleads_is_shown_plain(passing: PassingService, files: FakeFiles):
    arrived = passing.find(OWNER, _sent(passing, files, "../../ma\u202ers\x00.csv"))
    assert arrived is not None
    assert arrived.name == "mars.csv"


def test_no_owner_is_no_place(passing: PassingService):
    with pytest.raises(ValueError, match="no owner"):
        passing.ticket("../incoming", PAGE, 1)
