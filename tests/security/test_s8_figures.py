"""S8: what a single lodging offered and sold is read by who gave it, and is in no mail, no log and on no other page."""

from typing import Any

from tests.security.http import Visitor
from tests.security.observatory_routes import ENTRY, FIGURES
from tests.security.observatory_town import return_of
from tests.security.town import ACTORS, OTHER_PARTNER, OWNER, Town

SECRET = 918_273
"""A figure that stands nowhere by chance."""
PAGES = ("/", "/espace", "/bureau", "/bureau/dossiers", "/bureau/lettre-d-information")


def test_a_single_figure_is_on_no_page_but_its_own_and_in_no_mail_and_no_log(
    whole_town: Town, log: list[dict[str, Any]]
) -> None:
    town = whole_town.at("figures_asked")
    own, foreign = town.link(OWNER, ENTRY), town.link(OTHER_PARTNER, ENTRY)
    assert Visitor().post(own, {**FIGURES, "FR": SECRET}).status == 303
    town.invoke("gather_figures")
    town.go_on()
    assert return_of().origins == {"FR": SECRET}
    assert str(SECRET) in Visitor().get(own).body
    assert str(SECRET) not in Visitor().get(foreign).body
    for actor in ACTORS:
        assert not [page for page in PAGES if str(SECRET) in town.visitors[actor].get(page).body]
    assert not [letter for letter in town.gate.letters if str(SECRET) in letter.raw.decode()]
    assert log
    assert not [line for line in log if str(SECRET) in str(line)]


def test_the_token_of_the_link_is_in_no_log(whole_town: Town, log: list[dict[str, Any]]) -> None:
    town = whole_town.at("figures_asked")
    link = town.link(OWNER, ENTRY)
    for answer in (Visitor().get(link), Visitor().post(link, FIGURES), Visitor().post(f"{link}/lien")):
        assert answer.status in (200, 303)
    secret = link.partition(".")[2]
    assert len(log) >= 3
    assert not [line for line in log if secret in str(line)]
