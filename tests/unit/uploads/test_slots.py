"""What a page shows of the documents that it asks for."""

import re
from dataclasses import replace

import pytest
from jinja2 import StrictUndefined

from chalicelib.kernel.errors import FieldError
from chalicelib.kernel.files import PostTicket
from chalicelib.uploads.model import ScanState
from chalicelib.uploads.rules import Rules
from chalicelib.uploads.slots import DocumentAsked, Paths, slots, still_due
from chalicelib.web import pages
from tests.harness.documents import A_PAGE, a_pdf, a_png
from tests.unit.uploads.house import OWNER, House

QUOTE = DocumentAsked("quote", "Devis signé", "Celui de l’organisme.")
PLAN = DocumentAsked("plan", "Plan", required=False)
PATHS = Paths(
    lambda one: f"/pieces/{one}/retrait", lambda kind: f"/pieces?ajouter={kind}", "/pieces/controle"
)
A_SESSION_TOKEN = "t" * 1100
"""As long as those of Lambda's roles."""


def shown(house, **more):
    """The slots of a quote, due, and of a plan."""
    ticket = lambda kind: house.service.ticket(OWNER, kind, "/pieces")  # noqa: E731
    return slots((QUOTE, PLAN), house.listed(), ticket, PATHS, rules=house.rules, **more)


def states(found):
    return [(one.state, one.form is not None, one.add) for one in found]


def test_what_is_missing_has_a_form_of_its_own_kind():
    quote, plan = shown(House())
    assert (quote.state, quote.files, quote.error, quote.add) == ("missing", (), "", "")
    assert "/quote/" in quote.form.ticket.fields["key"]
    assert "/plan/" in plan.form.ticket.fields["key"]
    assert (quote.form.accept, quote.form.most_bytes) == (".pdf,.jpg,.jpeg,.png", 10_485_760)
    assert quote.form.takes == "PDF, JPEG ou PNG, 10\u00a0Mo au plus"
    assert set(quote.form.words) == {"too-large", "wrong-type", "empty", "cut-off", "stale"}


def test_what_is_there_is_shown_with_its_size_and_the_way_to_another():
    house = House()
    upload = house.sends(a_pdf(), name="devis.pdf")
    quote, _ = shown(house)
    (file,) = quote.files
    assert (file.name, file.size, file.state) == ("devis.pdf", "1\u00a0ko", "sent")
    assert file.remove == f"/pieces/{upload.id}/retrait"
    assert (quote.state, quote.form, quote.add) == ("joined", None, "/pieces?ajouter=quote")


def test_the_form_for_another_file_is_shown_when_it_is_asked_for():
    house = House()
    house.sends(a_pdf())
    house.sends(a_png(), "plan")
    assert states(shown(house, adding="quote")) == [
        ("joined", True, ""),
        ("joined", False, "/pieces?ajouter=plan"),
    ]


def test_a_refusal_is_told_with_the_name_and_the_form_again():
    house = House()
    house.sends(A_PAGE, name="devis.html")
    quote, _ = shown(house)
    assert (quote.state, quote.refused_name, quote.files) == ("refused", "devis.html", ())
    assert quote.error.startswith("Ce fichier n’est ni un PDF")
    assert quote.form


def test_a_refusal_beside_a_good_file_leaves_that_where_it_is():
    house = House()
    house.sends(a_pdf())
    house.sends(A_PAGE)
    quote, _ = shown(house)
    assert (quote.state, len(quote.files), quote.form is not None) == ("refused", 1, True)
    assert still_due([quote]) == []


def test_a_file_that_stands_for_two_documents_says_so_at_both():
    house = House()
    house.sends(a_pdf(), "quote")
    house.sends(a_pdf(), "plan")
    quote, plan = shown(house)[:2]
    assert quote.files[0].note == "Le même fichier est aussi joint à «\u00a0Plan\u00a0»."
    assert plan.files[0].note == "Le même fichier est aussi joint à «\u00a0Devis signé\u00a0»."


def test_a_file_of_a_document_that_is_not_asked_for_any_more_says_nothing():
    house = House()
    house.sends(a_pdf(), "old_kind")
    house.sends(a_pdf(), "plan")
    assert shown(house)[1].files[0].note == ""


def test_while_a_file_is_looked_at_there_is_a_button_and_no_form():
    quote, plan = shown(House(), waiting=frozenset({"quote"}))
    assert (quote.state, quote.form, quote.add, quote.check) == ("checking", None, "", "/pieces/controle")
    assert plan.state == "missing"


def test_a_file_that_waits_for_its_scan_is_there_and_says_so():
    house = House(scan=ScanState.PENDING)
    house.sends(a_pdf())
    quote, _ = shown(house)
    assert (quote.state, quote.files[0].state) == ("joined", "scanning")
    assert still_due([quote]) == []


def test_a_kind_that_is_full_has_neither_form_nor_way():
    house = House(Rules(most_of_kind=1))
    house.sends(a_pdf())
    house.sends(a_png())
    quote, _ = shown(house, adding="quote")
    assert (quote.state, quote.form, quote.add) == ("refused", None, "")
    assert "le maximum" in quote.error


def test_a_document_that_was_never_sent_is_still_due_and_an_optional_one_is_not():
    assert still_due(shown(House())) == [
        FieldError("quote", "Joignez le document «\u00a0Devis signé\u00a0».")
    ]


def test_what_is_still_looked_at_is_waited_for_even_if_it_is_optional():
    house = House()
    house.sends(a_pdf())
    (error,) = still_due(shown(house, waiting={"plan"}))
    assert error.field == "plan"
    assert "n’est pas terminé" in error.message


def test_a_refused_file_does_not_stand_for_the_document():
    house = House()
    house.sends(A_PAGE)
    assert [error.field for error in still_due(shown(house))] == ["quote"]


@pytest.fixture
def render(monkeypatch):
    monkeypatch.setenv("BASE_URL", "https://pro.example.org/api")
    from chalicelib.runtime import config

    config.base_path.cache_clear()
    environment = pages._environment()
    assert environment.undefined is StrictUndefined
    template = environment.from_string(
        '{% import "web/components.html" as ui %}{{ ui.documents(slots, errors=errors) }}'
    )
    yield lambda found, errors=(): template.render(slots=found, errors=errors)
    config.base_path.cache_clear()


def test_a_form_is_a_plain_multipart_one_with_the_file_behind_all_fields(render):
    html = render(shown(House()))
    form = html[html.index("<form") : html.index("</form>")]
    assert 'method="post" enctype="multipart/form-data" action="https://files.example.org"' in form
    names = re.findall(r'name="([^"]+)"', form)
    assert names[-1] == "file"
    assert names[:-1] == list(shown(House())[0].form.ticket.fields)
    assert 'accept=".pdf,.jpg,.jpeg,.png" required' in form
    assert "${filename}" in form


def test_the_label_the_hint_and_the_error_are_tied_to_the_field(render):
    house = House()
    house.sends(A_PAGE)
    html = render(shown(house))
    assert '<label for="champ-quote">' in html
    assert 'aria-describedby="champ-quote-aide champ-quote-erreur" aria-invalid="true"' in html
    assert 'id="champ-quote-aide"' in html
    assert 'id="champ-quote-erreur"' in html


@pytest.mark.parametrize("waiting", [(), ("quote",)])
def test_whatever_its_state_a_document_is_where_the_summary_of_errors_leads(render, waiting):
    assert render(shown(House(), waiting=waiting)).count('id="champ-quote"') == 1


def test_the_buttons_of_the_page_lead_to_paths_of_the_site_and_say_which_file_they_are_about(render):
    house = House()
    upload = house.sends(a_pdf(), name="devis.pdf")
    html = render(shown(house, waiting={"plan"}))
    assert f'action="/api/pieces/{upload.id}/retrait"' in html
    assert 'action="/api/pieces/controle" data-check' in html
    assert 'href="/api/pieces?ajouter=quote"' in html
    assert '<span class="sr"> devis.pdf</span>' in html
    assert "pour Plan" in html


def test_what_is_missing_when_all_is_sent_is_told_at_its_document(render):
    found = shown(House())
    html = render(found, [*still_due(found), FieldError("siret", "Non.")])
    assert 'id="champ-quote-erreur"><span class="sr">Erreur&nbsp;: </span>Joignez' in html
    assert html.count('class="error"') == 1


def test_a_refusal_says_more_than_that_the_document_is_missing(render):
    house = House()
    house.sends(A_PAGE)
    found = shown(house)
    html = render(found, still_due(found))
    assert "Joignez" not in html
    assert "ni un PDF" in html


def test_a_kind_that_is_full_tells_why_a_file_was_refused(render):
    house = House(Rules(most_of_kind=1))
    house.sends(a_pdf())
    house.sends(a_png())
    assert "le maximum" in render(shown(house))


def test_a_file_can_be_read_again_where_the_page_says_so_and_once_it_was_scanned(render):
    house = House(scan=ScanState.PENDING)
    upload = house.sends(a_pdf(), name="devis.pdf")
    paths = replace(PATHS, open=lambda one: f"/pieces/{one}")
    ticket = lambda kind: house.service.ticket(OWNER, kind, "/pieces")  # noqa: E731
    link = f'<a href="/api/pieces/{upload.id}">devis.pdf</a>'
    html = render(slots((QUOTE,), house.listed(), ticket, paths))
    assert link not in html
    assert "Vérification antivirus en cours" in html
    house.scanning.record(upload.key, ScanState.CLEAN)
    assert link in render(slots((QUOTE,), house.listed(), ticket, paths))
    assert link not in render(slots((QUOTE,), house.listed(), ticket, PATHS))


def test_a_page_whose_documents_are_all_there_has_no_form(render):
    house = House()
    house.sends(a_pdf())
    house.sends(a_png(), "plan")
    assert "data-upload" not in render(shown(house))


def test_a_name_that_holds_markup_shows_as_it_is(render):
    house = House()
    house.sends(a_pdf(), name="<img src=x onerror=alert(1)>.pdf")
    house.sends(A_PAGE, "plan", name='"><script>.html')
    html = render(shown(house))
    assert "<img" not in html
    assert html.count("<script") == 1


def test_five_forms_with_the_tokens_of_a_role_fit_the_budget_of_a_page(render):
    """The policy is written twice: as the fields, and signed in Base64; a page has 30 KB."""
    fields = dict.fromkeys(["key", "x-amz-credential", "x-amz-date", "x-amz-signature"], "x" * 100)
    fields |= {
        "x-amz-security-token": A_SESSION_TOKEN,
        "policy": "p" * ((len(A_SESSION_TOKEN) + 700) * 4 // 3),
    }
    asked = [DocumentAsked(f"kind{number}", "Un document", "Un indice.") for number in range(5)]
    found = slots(asked, [], lambda kind: PostTicket("https://files.example.org", fields), PATHS)
    assert len(render(found).encode()) < 26_000
