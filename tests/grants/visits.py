"""What the crash sweep has no use for: pages that are only looked at, and so read what nothing else reads."""

from chalicelib.observatory.paths import (
    DESK_REMARKS,
    DESK_REPORT,
    DESK_REPORTS,
    ENTRY_PAGE,
    IMPORTS,
    PUBLIC_PAGE,
)
from tests.faults import figure_files, house, observatory, report_units
from tests.faults import onboarding as step
from tests.faults import subsidies as aid
from tests.faults import subsidy_units as aids
from tests.faults.house import OFFICER, later, log_in, tick
from tests.faults.onboarding import APPLICANT, CONSENTS, FILES, SPACE
from tests.faults.units import ACTIVE, IN_TROUBLE, SENT, TO_DECISION, TO_PAYMENT
from tests.grants.training_visits import TRAININGS
from tests.harness.sweep import Step, Unit
from tests.harness.world import FaultyWorld
from tests.report_office import SLUG as REPORT_SLUG
from tests.security.report_stage import SLUG, publish

STAFF = log_in(OFFICER)
PARTNER = log_in(APPLICANT)


def visit(path: str) -> Step:
    """A page is opened; `{reference}` and `{question}` in its path are the newest ones."""

    def open_page(world: FaultyWorld) -> None:
        found = {"reference": step.reference, "question": house.question}
        named = {name: find(world) for name, find in found.items() if f"{{{name}}}" in path}
        world.read(path.format(**named))

    return open_page


def see_consents(world: FaultyWorld) -> None:
    """The link of the welcome mail is opened."""
    world.read(world.link(APPLICANT, CONSENTS))


def see_aid(path: str, **named: str) -> Step:
    """A page about the aid is opened; `{reference}`, and documents by their kinds, are those of its file."""

    def open_page(world: FaultyWorld) -> None:
        found = {name: aid.document(world, kind) for name, kind in named.items()}
        if "{reference}" in path:
            found["reference"] = aid.reference(world)
        world.read(path.format(**found))

    return open_page


def see_linked(to: str, page: str, beyond: str = "", **named: str) -> Step:
    """The page behind the newest link, or one beyond it."""

    def open_page(world: FaultyWorld) -> None:
        found = {name: aid.document(world, kind) for name, kind in named.items()}
        world.as_person("at home").read(world.link(to, page) + beyond.format(**found))

    return open_page


def see_figures(world: FaultyWorld) -> None:
    """The figures of the one lodging at the desk."""
    world.read(observatory.desk_path(world))


OWN, AT_DESK = f"{aid.SPACE}/{{reference}}", f"{aid.FILES}/{{reference}}"
AIDS: dict[str, Unit] = {
    "all that is one's own": Unit(see_aid("/espace/donnees"), aids.SENT),
    "the page of the aid": Unit(see_aid("/subventions"), aids.FILLED),
    "the documents of a draft": Unit(see_aid(f"{aid.DRAFT}/pages/pieces"), aids.FILLED),
    "a document of a draft": Unit(see_aid(f"{aid.DRAFT}/pieces/{{quote}}", quote="quote"), aids.FILLED),
    "a draft before it is sent": Unit(see_aid(f"{aid.DRAFT}/verification"), aids.FILLED),
    "the way back to a draft": Unit(
        see_linked(APPLICANT, aid.RESUME), (*aids.FILLED, later(hours=3), tick("sweep_subsidy_drafts"))
    ),
    "the way to what is to be corrected": Unit(see_linked(APPLICANT, aid.CORRECTIONS), aids.TO_CORRECT),
    "one's own aid": Unit(see_aid(OWN), aids.GRANTED),
    "one's own aid that waits": Unit(see_aid(OWN), aids.WAITING),
    "one's own document": Unit(see_aid(f"{OWN}/pieces/{{quote}}", quote="quote"), aids.GRANTED),
    "one's own letter": Unit(see_aid(f"{OWN}/documents/award"), aids.GRANTED),
    "one's own proofs": Unit(see_aid(f"{OWN}/justificatifs/verification"), aids.PROVING),
    "the space of who was granted an aid": Unit(visit("/espace"), aids.GRANTED),
    "aids by status": Unit(visit(f"{aid.FILES}?etat=a-classer"), (*aids.GRANTED, aids.DIRECTOR)),
    "aids by address": Unit(visit(f"{aid.FILES}?q={APPLICANT}"), (*aids.GRANTED, aids.DIRECTOR)),
    "one aid": Unit(see_aid(AT_DESK), (*aids.PROVEN, aids.DIRECTOR)),
    "a document of an aid": Unit(
        see_aid(f"{AT_DESK}/pieces/{{quote}}", quote="quote"), (*aids.GRANTED, aids.DIRECTOR)
    ),
    "a letter of an aid": Unit(see_aid(f"{AT_DESK}/documents/award"), (*aids.GRANTED, aids.DIRECTOR)),
    "the batches": Unit(visit(aid.BATCHES), aids.ORDERED),
    "one batch": Unit(visit(aid.BATCH), aids.ORDERED),
    "the file for the bank": Unit(visit(f"{aid.BATCH}/fichier"), aids.ORDERED),
    "a decision about an aid by its link": Unit(see_linked(house.DIRECTOR, house.DECISION), aids.TO_AWARD),
    "a document of a decision by its link": Unit(
        see_linked(house.DIRECTOR, house.DECISION, "/pieces/{quote}", quote="quote"), aids.TO_AWARD
    ),
    "the desk of who decides about aids": Unit(visit("/bureau"), (*aids.TO_AWARD, aids.DIRECTOR)),
}
VISITS: dict[str, Unit] = (
    {
        "the desk": Unit(visit("/bureau"), (*IN_TROUBLE, STAFF)),
        "files by status": Unit(visit(f"{FILES}?etat=submitted"), (*TO_DECISION, STAFF)),
        "files by address": Unit(visit(f"{FILES}?q={APPLICANT}"), (*TO_DECISION, STAFF)),
        "one file": Unit(visit(f"{FILES}/{{reference}}"), (*TO_PAYMENT, STAFF)),
        "one decision": Unit(visit("/bureau/decisions/{question}"), (*TO_DECISION, STAFF)),
        "the space": Unit(visit("/espace"), (*TO_DECISION, PARTNER)),
        "one's own file": Unit(visit(f"{SPACE}/{{reference}}"), (*TO_DECISION, PARTNER)),
        "consents by the mailed link": Unit(see_consents, ACTIVE),
        "the newsletter's list": Unit(visit("/bureau/lettre-d-information"), (*ACTIVE, STAFF)),
        "a page of the form": Unit(visit("/adhesion/demande/vous"), SENT),
        "the form of a file": Unit(see_linked(APPLICANT, ENTRY_PAGE, "/fichier"), observatory.ASKED),
        "a file as it was understood": Unit(
            see_linked(APPLICANT, ENTRY_PAGE, figure_files.FILE), figure_files.SENT
        ),
        "who sends files": Unit(visit(IMPORTS), (*ACTIVE, figure_files.STAFF, figure_files.name_source)),
        "the form of a provider's file": Unit(
            visit(figure_files.OF_SOURCE), (*ACTIVE, figure_files.STAFF, figure_files.name_source)
        ),
        "a provider's file as it was understood": Unit(
            visit(figure_files.PROVIDED), figure_files.AT_THE_DESK
        ),
        "the form of a month": Unit(see_linked(APPLICANT, ENTRY_PAGE), observatory.ASKED),
        "the published reports": Unit(visit(PUBLIC_PAGE), (publish,)),
        "a published report": Unit(visit(f"{PUBLIC_PAGE}/{SLUG}"), (publish,)),
        "the document of a report": Unit(visit(f"{PUBLIC_PAGE}/{SLUG}/bilan.pdf"), (publish,)),
        "the reports at the desk": Unit(
            visit(DESK_REPORTS), (*report_units.TO_REVIEW, report_units.DIRECTOR)
        ),
        "a report at the desk": Unit(
            visit(DESK_REPORT.format(slug=REPORT_SLUG)), (*report_units.TO_REVIEW, report_units.DIRECTOR)
        ),
        "the draft of a report": Unit(
            visit(f"{DESK_REPORT.format(slug=REPORT_SLUG)}/projet"),
            (*report_units.TO_REVIEW, report_units.DIRECTOR),
        ),
        "a decision about a report by its link": Unit(
            see_linked(house.DIRECTOR, house.DECISION), report_units.TO_APPROVE
        ),
        "the desk with a report that is late": Unit(
            visit("/bureau"), (*report_units.TO_REVIEW, *report_units.TOO_LATE, report_units.DIRECTOR)
        ),
        "the figures of a month": Unit(visit("/bureau/observatoire"), observatory.DOUBTED),
        "the figures of one at the desk": Unit(see_figures, observatory.DOUBTED),
        "the calendar of the observatory": Unit(
            visit("/bureau/observatoire/calendrier"), (log_in(house.DIRECTOR), observatory.add_fair)
        ),
        "the space of who gave figures": Unit(visit("/espace"), (*observatory.DOUBTED, log_in(APPLICANT))),
        "own figures in the space": Unit(observatory.see_own, (*observatory.DOUBTED, log_in(APPLICANT))),
        "the remarks about a season": Unit(visit(DESK_REMARKS), (log_in(house.DIRECTOR),)),
        "the desk while figures are owed": Unit(
            visit("/bureau"), (*observatory.ASKED, log_in(house.DIRECTOR))
        ),
    }
    | AIDS
    | TRAININGS
)
