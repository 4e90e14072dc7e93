"""An office without fees: partners are active once accepted, and the usual delay is told from five closed files on."""

from collections.abc import Iterator

import pytest

from infra.local.settings import Settings
from infra.local.stack import LocalStack
from infra.package import build
from tests.cloud import Cloud, settings_for
from tests.e2e.journeys import Applicant, Approver, Post, forget_limits, new_applicant
from tests.harness.http import Site

pytestmark = pytest.mark.cloud

ENOUGH = 5
DELAY = "dossiers récents ont eu leur réponse en"
OFFICER = "anais.perrin@ot-gex.example.org"
HERE = {"postcode": "01210", "commune": "01160", "pack": "partenaire"}


@pytest.fixture(scope="module")
def gex(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """The office of the Pays de Gex in a cloud of its own."""
    found = settings_for(tmp_path_factory.mktemp("gex"))
    stack = LocalStack(Settings("pays-de-gex", found.port, found.auth, found.folder))
    try:
        stack.start(build())
        yield Cloud(stack)
    finally:
        stack.stop()


@pytest.fixture(scope="module")
def letters(gex: Cloud) -> Post:
    """The mails of that office."""
    return Post(gex)


def confirmed(cloud: Cloud, letters: Post) -> Applicant:
    """A file that waits for the office."""
    forget_limits(cloud)
    return new_applicant(cloud, letters, "Hôtel du Jura", **HERE).applies().confirms()


def start_anew(cloud: Cloud, function_id: str) -> None:
    """Let new processes of a function serve: the old ones know for an hour how long files take."""
    functions, name = cloud.client("lambda"), f"{cloud.prefix}-{function_id}"
    settings = functions.get_function_configuration(FunctionName=name)
    functions.update_function_configuration(FunctionName=name, Timeout=settings["Timeout"])
    functions.get_waiter("function_updated_v2").wait(FunctionName=name)


def test_the_delay_is_told_from_five_closed_files_on_and_partners_are_active_at_once(
    gex: Cloud, letters: Post
) -> None:
    approver, site = Approver(gex, letters, OFFICER), Site(gex.url)
    for _ in range(ENOUGH):
        applicant = confirmed(gex, letters)
        receipt = site.get(applicant.link("À confirmer", "/adhesion/confirmation/")).text
        assert "Accusé de réception" in receipt
        assert DELAY not in receipt
        approver.answers(approver.link(applicant), "accept")
        applicant.reaches("active").is_told("Bienvenue")
        assert not letters.mails(applicant.email, "À régler")
    start_anew(gex, "api_handler")
    last = confirmed(gex, letters)
    assert DELAY in site.get(last.link("À confirmer", "/adhesion/confirmation/")).text


def test_an_address_outside_the_territory_is_refused_with_the_sentence_of_the_office(gex: Cloud) -> None:
    answer = Site(gex.url).post("/adhesion/demande/adresse", {"address": "1 rue Haute", "postcode": "38000"})
    assert answer.status == 422
    assert "adressez-vous à l’office de tourisme de votre territoire" in answer.text.replace(
        "'", "’"
    ).replace("&#39;", "’")
    assert 'href="#champ-postcode"' in answer.text


def test_a_postcode_is_not_taken_for_the_insee_code_with_the_same_digits(gex: Cloud) -> None:
    names = {each["name"] for each in Site(gex.url).get("/api/v1/communes?postcode=01210").json}
    assert "Ferney-Voltaire" in names
    assert "Lélex" not in names
