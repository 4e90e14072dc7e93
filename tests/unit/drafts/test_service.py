"""Drafts: kept page by page, found again, told of, purged after a notice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.drafts.model import CORRECTIONS, DraftUnknown
from chalicelib.partners.model import Status
from chalicelib.partners.paths import RESUME_PAGE
from tests.factories import some_answers
from tests.world import World

EMAIL = {"email": "Maelle@Hotel.example.fr", "first_name": "Maëlle"}


@pytest.fixture
def world():
    return World()


def templates(world, draft):
    return world.templates(draft.id)


def swept_after(world, days, draft):
    world.clock.wait(days=days)
    world.drafting.sweep()
    return world.drafts.find(draft.id)


def test_a_draft_begins_at_its_first_save_and_knows_its_done_pages(world):
    draft = world.drafting.begin({"first_name": "Maëlle"})
    draft = world.drafting.revise(draft, lambda answers: {**answers, "last_name": "Le Goff"}, done="you")
    draft = world.drafting.revise(draft, lambda answers: answers, done="you")
    assert world.drafting.get(draft.id) == draft
    assert (draft.answers, draft.done) == ({"first_name": "Maëlle", "last_name": "Le Goff"}, ("you",))


def test_a_draft_begun_twice_under_one_identifier_is_one_draft_with_all_that_was_typed(world):
    world.drafting.begin({"first_name": "Maëlle", "role": "Gérante"}, draft_id="d1")
    again = world.drafting.begin({"first_name": "Maëlle", "last_name": "Le Goff"}, draft_id="d1")
    assert again.answers == {"first_name": "Maëlle", "last_name": "Le Goff", "role": "Gérante"}
    assert list(world.drafts.drafts.values()) == [again]


def test_a_draft_is_never_validated(world):
    nonsense = {"email": "pas une adresse", "siret": 12, "labels": [None]}
    assert world.drafting.get(world.drafting.begin(nonsense).id).answers == nonsense


def test_two_tabs_that_save_at_once_keep_what_each_typed(world):
    draft = world.drafting.begin({})
    world.drafting.revise(draft, lambda answers: {**answers, "first_name": "Maëlle"}, done="you")
    saved = world.drafting.revise(draft, lambda answers: {**answers, "address": "1 place"}, done="place")
    assert saved.answers == {"first_name": "Maëlle", "address": "1 place"}
    assert saved.done == ("you", "place")


def test_a_draft_sent_in_another_tab_does_not_come_back(world):
    draft = world.drafting.begin({})
    world.drafting.close(draft.id)
    with pytest.raises(DraftUnknown):
        world.drafting.revise(draft, lambda answers: {"first_name": "Maëlle"})
    assert world.drafting.find(draft.id) is None


@pytest.mark.parametrize("cycles", [1, 5])
def test_a_draft_is_found_again_any_number_of_times(world, cycles):
    draft = world.drafting.begin(EMAIL)
    for count in range(cycles):
        assert world.drafting.send_link(draft, f"asked-{count}")
        world.clock.wait(days=3)
        draft = world.drafting.revise(world.drafting.get(draft.id), lambda answers: answers)
    links = [message.link for message in world.outbox.messages]
    assert {(link.path, link.subject, link.holder) for link in links} == {
        (RESUME_PAGE, draft.id, "maelle@hotel.example.fr")
    }


def test_a_link_is_not_sent_where_there_is_no_address(world):
    assert not world.drafting.send_link(world.drafting.begin({}), "asked-1")
    assert world.outbox.messages == []


def test_who_stops_gets_the_link_once_then_a_notice_then_the_purge(world):
    draft = world.drafting.begin(EMAIL)
    assert world.drafting.sweep() == 0
    world.clock.wait(hours=2)
    assert (world.drafting.sweep(), world.drafting.sweep()) == (1, 0)
    assert templates(world, draft) == ["partners/draft_link"]
    assert swept_after(world, 30, draft).noticed_at == world.clock()
    assert templates(world, draft) == ["partners/draft_link", "partners/draft_notice"]
    assert swept_after(world, 6, draft) is not None
    assert swept_after(world, 1, draft) is None
    assert len(templates(world, draft)) == 2


def test_the_notice_says_the_day_of_the_purge(world):
    draft = world.drafting.begin(EMAIL)
    swept_after(world, 30, draft)
    assert world.outbox.messages[-1].context["purge_on"].replace("\u00a0", " ") == "9 avril 2027"


def test_a_notice_that_goes_out_late_puts_the_purge_off(world):
    draft = world.drafting.begin(EMAIL)
    swept_after(world, 50, draft)
    assert world.outbox.messages[-1].context["purge_on"].replace("\u00a0", " ") == "29 avril 2027"
    assert swept_after(world, 6, draft) is not None
    assert swept_after(world, 1, draft) is None


def test_who_comes_back_after_the_notice_gets_another_one_before_the_next_purge(world):
    draft = world.drafting.begin(EMAIL)
    draft = swept_after(world, 30, draft)
    world.drafting.revise(draft, lambda answers: {**answers, "last_name": "Le Goff"})
    assert swept_after(world, 29, draft) is not None
    assert swept_after(world, 1, draft).noticed_at == world.clock()
    assert templates(world, draft).count("partners/draft_notice") == 2
    assert swept_after(world, 7, draft) is None


def test_a_draft_without_an_address_is_purged_in_its_time_without_a_word(world):
    draft = world.drafting.begin({})
    assert swept_after(world, 36, draft) is not None
    assert swept_after(world, 1, draft) is None
    assert world.outbox.messages == []


def test_who_comes_back_while_the_sweep_runs_loses_nothing(world):
    draft = world.drafting.begin(EMAIL)
    world.clock.wait(days=30)
    stale = world.drafts.list_untouched_since(world.clock())
    world.drafting.revise(draft, lambda answers: {**answers, "last_name": "Le Goff"})
    world.drafts.list_untouched_since = lambda limit: stale
    assert world.drafting.sweep() == 0
    assert world.drafting.get(draft.id).answers["last_name"] == "Le Goff"
    assert world.outbox.messages == []


def test_who_comes_back_at_the_moment_of_the_purge_keeps_the_draft(world):
    draft = world.drafting.begin({})
    world.clock.wait(days=40)
    stale = world.drafts.list_untouched_since(world.clock())
    world.drafting.revise(draft, lambda answers: {"first_name": "Maëlle"})
    world.drafts.list_untouched_since = lambda limit: stale
    world.drafting.sweep()
    assert world.drafting.find(draft.id)


class TestDocuments:
    """A draft that may have documents is emptied first, and goes with them in the next round."""

    @pytest.fixture
    def erased(self):
        return []

    @pytest.fixture
    def drafting(self, world, erased):
        return replace(world.drafting, form=replace(world.form, erase_documents=erased.append))

    @pytest.fixture
    def draft(self, world, drafting):
        draft = drafting.begin(EMAIL)
        world.clock.wait(days=30)
        drafting.sweep()
        return draft

    def test_they_go_a_round_after_its_pages(self, world, drafting, draft, erased):
        world.clock.wait(days=7)
        assert drafting.sweep() == 1
        assert (world.drafts.find(draft.id).answers, erased) == ({}, [])
        world.clock.wait(hours=1)
        assert [drafting.sweep(), drafting.sweep()] == [1, 0]
        assert (world.drafts.find(draft.id), erased) == (None, [draft.id])
        assert templates(world, draft) == ["partners/draft_notice"]

    def test_who_comes_back_before_it_was_emptied_keeps_all(self, world, drafting, draft, erased):
        world.clock.wait(days=7)
        stale = world.drafts.list_untouched_since(world.clock())
        drafting.revise(world.drafts.find(draft.id), lambda answers: {**answers, "last_name": "Le Goff"})
        world.drafts.list_untouched_since = lambda limit: stale
        assert drafting.sweep() == 0
        assert world.drafts.find(draft.id).answers["last_name"] == "Le Goff"
        assert erased == []

    def test_an_emptied_draft_that_is_begun_again_keeps_its_documents(self, world, drafting, draft, erased):
        world.clock.wait(days=7)
        drafting.sweep()
        stale = world.drafts.list_untouched_since(world.clock())
        drafting.begin(EMAIL, draft_id=draft.id)
        world.drafts.list_untouched_since = lambda limit: stale
        assert drafting.sweep() == 0
        assert (world.drafts.find(draft.id).email, erased) == (EMAIL["email"].lower(), [])

    def test_those_of_a_form_that_was_sent_meanwhile_belong_to_its_record(self, world, drafting, erased):
        draft = drafting.begin(some_answers())
        world.clock.wait(days=40)
        drafting.sweep()
        world.clock.wait(days=8)
        drafting.sweep()
        world.submit(draft.id)
        world.drafts.put(replace(draft, answers={}), world.clock())
        world.clock.wait(hours=1)
        drafting.sweep()
        assert (world.drafts.find(draft.id), erased) == (None, [])

    def test_what_could_not_be_erased_is_erased_by_the_next_round(self, world, drafting, draft, erased):
        world.clock.wait(days=7)
        drafting.sweep()

        def in_trouble(draft_id):
            raise ConnectionError

        broken = replace(drafting, form=replace(drafting.form, erase_documents=in_trouble))
        with pytest.raises(ConnectionError):
            broken.sweep()
        assert world.drafts.find(draft.id)
        assert drafting.sweep() == 1
        assert (world.drafts.find(draft.id), erased) == (None, [draft.id])


def test_a_draft_that_was_sent_is_forgotten_without_a_word(world):
    draft = world.drafting.begin(some_answers())
    world.submit(draft.id)
    assert swept_after(world, 1, draft) is None
    assert "partners/draft_link" not in templates(world, draft)


def test_what_was_typed_after_the_sending_is_kept_as_long_as_any_draft_and_nothing_is_mailed(world):
    world.submit("f1")
    draft = world.drafting.begin(some_answers(business_name="Hôtel des Noyers"), draft_id="f1")
    assert swept_after(world, 36, draft) == draft
    assert swept_after(world, 1, draft) is None
    assert templates(world, draft) == []


def test_corrections_begin_with_the_answers_on_file_and_are_found_as_they_were_left(world):
    file = world.file_in(Status.CHANGES_REQUESTED)
    draft = world.drafting.open_corrections(file)
    assert (draft.answers, draft.kind) == (file.answers, CORRECTIONS)
    left = world.drafting.revise(draft, lambda answers: {**answers, "business_name": "Hôtel des Noyers"})
    assert world.drafting.open_corrections(file) == left


def test_corrections_replace_what_is_left_of_the_first_sending(world):
    file = world.file_in(Status.CHANGES_REQUESTED)
    left_over = world.drafting.begin({"first_name": "Vieux"})
    world.drafts.drafts[file.id] = replace(left_over, id=file.id)
    assert world.drafting.open_corrections(file).answers == file.answers
    assert world.drafting.get(file.id).kind == CORRECTIONS


def test_corrections_that_a_crash_left_behind_are_forgotten_once_the_file_has_them(world):
    file = world.file_in(Status.CHANGES_REQUESTED)
    draft = world.drafting.open_corrections(file)
    world.applications.files[file.id] = replace(file, status=Status.SUBMITTED)
    assert swept_after(world, 1, draft) is None


def test_corrections_are_not_swept_while_they_are_awaited_and_outlive_their_delay(world):
    file = world.file_in(Status.CHANGES_REQUESTED)
    draft = world.drafting.open_corrections(file)
    for days in (1, 30, 30, 300):
        assert swept_after(world, days, draft) == draft
    delay = timedelta(days=world.the_office.delays.correction_days)
    assert world.drafts.purges[draft.id] >= draft.updated_at + delay


def test_one_draft_in_trouble_does_not_hold_up_the_others(world):
    for name in ("a", "b"):
        world.drafting.begin({**EMAIL, "first_name": name})
    world.clock.wait(hours=3)
    first = next(iter(world.drafts.drafts))
    sent = world.form.sent_answers

    def sent_answers(draft_id):
        if draft_id == first:
            raise ConnectionError
        return sent(draft_id)

    broken = replace(world.drafting, form=replace(world.form, sent_answers=sent_answers))
    with pytest.raises(ConnectionError):
        broken.sweep()
    assert len(world.outbox.messages) == 1
