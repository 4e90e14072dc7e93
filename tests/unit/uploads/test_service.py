"""What a page does with the files of an owner."""

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.uploads import keys
from chalicelib.uploads.model import Fault, FileNotKept, FoundInfected, ScanPending, ScanState, UploadUnknown
from tests.fakes.uploads import ORIGIN
from tests.harness.documents import A_PAGE, a_pdf, a_png
from tests.unit.uploads.house import OTHER, OWNER, SITE, House


def test_a_ticket_is_for_one_owner_and_kind_and_leads_back_to_the_site():
    ticket = House().service.ticket(OWNER, "quote", "/subventions/pieces")
    assert ticket.url == ORIGIN
    assert ticket.fields["success_action_redirect"] == f"{SITE}/subventions/pieces"
    assert ticket.fields["most"] == str(10 * 1024 * 1024)
    assert ticket.fields["for"] == "3600"
    arrival = keys.arrival_at(ticket.fields["key"])
    assert (arrival.owner, arrival.kind, arrival.name) == (OWNER, "quote", "${filename}")


def test_no_ticket_is_like_another_and_none_is_written_down():
    house = House()
    tickets = [house.service.ticket(OWNER, "quote", "/").fields["key"] for _ in range(2)]
    assert len(set(tickets)) == 2
    assert (house.files.files, house.uploads.shelves) == ({}, {})


@pytest.mark.parametrize(
    ("owner", "kind"),
    [("short", "quote"), (OWNER + "/x", "quote"), (OWNER, "../kept"), (OWNER, "Devis"), (OWNER, "")],
)
def test_there_is_no_ticket_to_anywhere_else(owner, kind):
    with pytest.raises(ValueError, match="no owner or kind"):
        House().service.ticket(owner, kind, "/")


def test_files_are_listed_by_their_arrival_and_found_by_their_identifier():
    house = House()
    sent = [house.sends(a_png(shade=number), f"kind{number}") for number in (3, 1, 2)]
    assert house.listed() == sent
    assert house.service.find(OWNER, sent[1].id) == sent[1]
    assert house.service.find(OWNER, "x") is house.service.find(OTHER, sent[1].id) is None


def test_a_file_that_was_taken_away_is_gone_and_may_come_again():
    house = House()
    upload, other = house.sends(a_pdf()), house.sends(a_png())
    house.service.remove(OWNER, upload.id)
    assert house.listed() == [other]
    assert house.under("kept/") == [other.key]
    assert house.sends(a_pdf()).is_kept


def test_to_take_away_twice_is_to_take_away_once():
    house = House()
    upload = house.sends(a_pdf())
    house.service.remove(OWNER, upload.id)
    house.service.remove(OWNER, upload.id)
    assert house.listed() == []


def test_a_leftover_of_who_died_is_taken_away_by_the_second_press():
    house = House()
    upload = house.sends(a_pdf())
    house.service.remove(OWNER, upload.id)
    house.files.put(upload.key, a_pdf(), "")
    house.service.remove(OWNER, upload.id)
    assert house.under("") == []


def test_a_refusal_can_be_taken_away_too():
    house = House()
    house.service.remove(OWNER, house.sends(A_PAGE).id)
    assert house.listed() == []


def test_nobody_takes_away_what_is_anothers():
    house = House()
    upload = house.sends(a_pdf())
    house.service.remove(OTHER, upload.id)
    assert house.listed() == [upload]
    assert house.under("kept/") == [upload.key]


@pytest.mark.parametrize("upload_id", ["", "..", f"../{OTHER}/x", "A" * 32])
def test_what_is_no_identifier_is_unknown(upload_id):
    with pytest.raises(UploadUnknown):
        House().service.remove(OWNER, upload_id)


def test_taking_away_waits_for_who_came_first_and_gives_up_in_the_end():
    house = House()
    upload = house.sends(a_pdf())
    house.uploads.before_saving.append(lambda: house.sends(a_png()))
    house.service.remove(OWNER, upload.id)
    assert [each.name for each in house.listed()] == ["devis.png"]

    def busy():
        house.uploads.shelves[OWNER] = house.uploads.shelf(OWNER).without("x")

    house.uploads.before_saving += [busy] * 20
    with pytest.raises(ChangedMeanwhile):
        house.service.remove(OWNER, house.listed()[0].id)
    assert len(house.under("kept/")) == 1


def test_a_download_saves_the_file_under_its_name_and_type_for_five_minutes():
    house = House()
    upload = house.sends(a_pdf(), name="Devis été.pdf")
    assert house.service.download_url(upload) == (
        f'{ORIGIN}/{upload.key}?application/pdf&attachment; filename="Devis ete.pdf"; '
        "filename*=UTF-8''Devis%20%C3%A9t%C3%A9.pdf&300"
    )


@pytest.mark.parametrize("owner", [OTHER, OWNER])
def test_a_download_of_what_is_not_this_owners_is_unknown(owner):
    house = House()
    upload = house.sends(a_pdf())
    assert house.service.download_url_of(OWNER, upload.id) == house.service.download_url(upload)
    with pytest.raises(UploadUnknown):
        house.service.download_url_of(owner, upload.id if owner == OTHER else OTHER)


def test_a_refused_file_cannot_be_read():
    house = House()
    with pytest.raises(FileNotKept, match="n’a pas été gardé"):
        house.service.download_url(house.sends(A_PAGE))


def test_reading_waits_for_the_scan_and_sending_does_not():
    house = House(scan=ScanState.PENDING)
    upload = house.sends(a_pdf())
    assert upload.is_kept
    with pytest.raises(ScanPending, match="vérification antivirus"):
        house.service.download_url(upload)
    house.scanning.record(upload.key, ScanState.CLEAN)
    assert house.service.download_url(house.listed()[0]).startswith(ORIGIN)


def test_an_infected_file_cannot_be_read():
    house = House(scan=ScanState.PENDING)
    house.scanning.record(house.sends(a_pdf()).key, ScanState.INFECTED)
    (upload,) = house.listed()
    assert upload.fault is Fault.INFECTED
    with pytest.raises(FoundInfected, match="malveillant"):
        house.service.download_url(upload)


def test_everything_of_an_owner_is_erased_and_nothing_of_another():
    house = House()
    house.sends(a_pdf())
    house.sends(A_PAGE, "certificate")
    house.files.arrives(OWNER, "quote", "x.pdf", a_png())
    house.files.put(keys.kept_key(OWNER, OTHER), b"left by who died", "")
    kept = house.sends(a_pdf(), owner=OTHER)
    house.service.erase(OWNER)
    assert house.listed() == []
    assert house.under("") == [kept.key]
    assert OWNER not in house.uploads.shelves
    assert house.listed(OTHER) == [kept]


def test_what_is_destroyed_goes_content_first_so_that_it_is_found_again_when_it_was_cut_short():
    house = House()
    gone, other = house.sends(a_pdf()), house.sends(a_png(), "certificate")

    def dies():
        raise ConnectionError

    house.uploads.before_saving = [dies]
    with pytest.raises(ConnectionError):
        house.service.destroy(gone)
    assert gone in house.listed()
    assert house.under("") == [other.key]
    house.service.destroy(gone)
    house.service.destroy(gone)
    assert (house.listed(), house.under("")) == ([other], [other.key])


def test_a_refusal_is_destroyed_too():
    house = House()
    refused = house.sends(A_PAGE)
    house.service.destroy(refused)
    assert house.listed() == []


@pytest.mark.parametrize("read_first", ["list_under", "list_by_owner"])
def test_a_file_that_is_taken_in_while_a_page_is_made_is_seen(read_first, monkeypatch):
    """Whichever of the two is read first: what is taken in just after that is waiting, or listed."""
    house = House()
    key = house.files.arrives(OWNER, "quote", "devis.pdf", a_pdf())
    store = house.files if read_first == "list_under" else house.uploads
    read = getattr(store, read_first)

    def then_taken_in(asked):
        found = read(asked)
        monkeypatch.setattr(store, read_first, read)
        house.receiving.receive(key)
        return found

    monkeypatch.setattr(store, read_first, then_taken_in)
    listed, waiting = house.service.standing(OWNER)
    assert waiting or listed
