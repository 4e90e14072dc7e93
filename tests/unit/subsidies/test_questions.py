"""What people are asked about an aid file, who is asked, and who never is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chalicelib.decisions.model import Decision, DecisionState, Visitor, may_read
from chalicelib.kernel.clock import paris_day
from chalicelib.subsidies.questions import Case, Questions
from chalicelib.subsidies.statuses import Event
from tests.aid import a_partner, an_aiding_office
from tests.aid_world import World

NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)

DESCRIBED = [("Hébergement", [("Nom", "Gîte des Noyers"), ("Site", "Non renseigné")])]
LARGE = {"excl_vat_cents": 30_000, "incl_vat_cents": 30_000}


@pytest.fixture
def world() -> World:
    return World()


def case_of(world, file):
    today = paris_day(world.clock())
    assessment = world.assessor.assess(file, today).assessment
    return Case(file, assessment, world.rules, world.subsidies.list_history(file.id), today)


def asked(world, file, which):
    return getattr(Questions(lambda answers, office: DESCRIBED), which)(case_of(world, file))


def codes(made):
    return [outcome.code for outcome in made.question.outcomes]


def test_the_quality_officer_reads_verdicts_amount_documents_and_answers(world):
    made = asked(world, world.sent(), "check")
    dossier = made.question.full_dossier
    assert made.addressee.email == "noa.petit@val.example.org"
    assert codes(made) == ["complete", "request_changes", "refuse"]
    assert {verdict["level"] for verdict in dossier["verdicts"]} == {"ok"}
    assert dossier["fee_total"] == "240,00\u00a0€"
    assert dossier["documents"] == [
        {"title": "Devis", "name": "devis.pdf", "owner": "s1", "upload_id": "u1", "only_for": ""}
    ]
    assert dossier["sections"] == [
        {"title": "Hébergement", "rows": [{"label": "Nom", "value": "Gîte des Noyers"}]}
    ]


def test_a_file_that_a_rule_forbids_cannot_be_found_complete(world):
    file = world.sent()
    world.partners.partners["p1"] = a_partner(active_until=None)
    assert codes(asked(world, file, "check")) == ["request_changes", "refuse"]


def test_the_direction_is_told_the_amount_in_the_subject(world):
    made = asked(world, world.under_review(), "award")
    assert made.addressee.email == "claire.martin@val.example.org"
    assert made.question.title == "aide au classement de 240,00\u00a0€"
    assert codes(made) == ["accept", "send_back", "refuse"]


def test_the_second_person_is_never_the_first(world):
    file = world.accepted(**LARGE)
    assert asked(world, file, "second_approval").addressee.email == "odile.ferrand@val.example.org"
    both = replace(world.rules, approvals={**world.rules.approvals, "subsidy_second_approval": "director"})
    world.rules = both
    made = asked(world, file, "second_approval")
    assert made.addressee.email != "claire.martin@val.example.org"
    assert "claire.martin@val.example.org" in made.question.excluded


def test_nobody_decides_what_they_inspected(world):
    file = world.under_review()
    file = world.service.name_inspector(file, "Noa", "Claire Martin", "claire.martin@val.example.org")
    assert asked(world, file, "award").addressee.email != "claire.martin@val.example.org"


def test_inspectors_of_the_office_decide_nothing_where_the_office_inspects(world):
    inspecting = replace(world.rules.people[0], roles=("director", "inspector"))
    world.rules = replace(world.rules, people=(inspecting, *world.rules.people[1:]))
    ours = world.under_review("s1", evaluator="office")
    theirs = world.under_review("s2")
    assert asked(world, ours, "award").addressee.email != "claire.martin@val.example.org"
    assert asked(world, theirs, "award").addressee.email == "claire.martin@val.example.org"


def test_nobody_decides_their_own_file(world):
    world.partners.partners["p1"] = a_partner(email="claire.martin@val.example.org")
    assert asked(world, world.under_review(), "award").addressee.email != "claire.martin@val.example.org"


def test_the_applicant_is_told_what_is_missing(world):
    file = world.told(world.sent(), Event.CHANGES_REQUESTED, reason="Le devis est illisible.")
    made = asked(world, file, "corrections")
    assert (made.addressee.email, made.question.role) == ("maelle@gite.example.fr", "")
    assert made.question.dossier["reason"] == "Le devis est illisible."


@pytest.mark.parametrize(
    ("role", "email", "is_read"),
    [
        ("network_officer", "yann.legoff@val.example.org", False),
        ("inspector", "ines.roux@val.example.org", False),
        ("accounting", "ali.bensaid@val.example.org", True),
        ("network_officer", "claire.martin@val.example.org", True),
    ],
    ids=["no work of theirs", "who inspects", "who pays", "who is asked, whatever their role"],
)
def test_a_file_is_read_at_the_desk_by_who_needs_it_and_by_who_is_asked(world, role, email, is_read):
    made = asked(world, world.under_review(), "award")
    decision = Decision(made.question, DecisionState.PENDING, (made.addressee,), NOON, NOON, ())
    assert may_read(decision, Visitor("X", email, "desk", frozenset({role}))) is is_read


@pytest.mark.parametrize("is_asked", [True, False])
def test_a_live_session_is_asked_for_where_money_is_committed_and_the_office_wants_it(world, is_asked):
    world.rules = an_aiding_office(decisions_need_login=is_asked)
    file = world.under_review(**LARGE)
    assert asked(world, file, "award").question.needs_session is is_asked
    assert not asked(world, file, "check").question.needs_session
