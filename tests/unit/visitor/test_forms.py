"""A page's forms are sent as a browser would: what stands there stays, what is answered is replaced."""

from infra.visitor.forms import forms_in

PAGE = """
<form action="/autre"><input name="q" value="x"><button>Chercher</button></form>
<form method="post" action="/ici">
  <input type="hidden" name="cle" value="abc">
  <input name="nom" value="Ana &amp; Lou">
  <input type="radio" name="kind" value="a" checked><input type="radio" name="kind" value="b">
  <input type="checkbox" name="labels" value="x"><input type="checkbox" name="labels" value="y">
  <input type="checkbox" name="accord">
  <select name="commune"><option value="">Choisir</option><option value="38416" selected>Là</option></select>
  <textarea name="motif">Déjà
écrit</textarea>
  <input name="muet" value="1" disabled>
  <input type="file" name="file">
  <button type="submit">Enregistrer<span> pour Ana</span></button>
  <button name="pause" value="1" formaction="/plus-tard">Plus tard</button>
</form>
"""


def test_what_stands_on_the_page_is_sent_as_it_stands():
    _, form = forms_in(PAGE)
    assert form.filled({}) == [
        ("cle", "abc"), ("nom", "Ana & Lou"), ("kind", "a"), ("commune", "38416"), ("motif", "Déjà\nécrit"),
    ]  # fmt: skip
    assert form.takes_file == "file"


def test_answers_replace_it_and_those_that_nobody_asks_for_stay_away():
    _, form = forms_in(PAGE)
    sent = form.filled(
        {"nom": "Lou", "kind": "b", "labels": ["y"], "accord": True, "commune": "", "other": 1}
    )
    assert sent == [
        ("cle", "abc"), ("nom", "Lou"), ("kind", "b"), ("labels", "y"), ("accord", "on"), ("commune", ""),
        ("motif", "Déjà\nécrit"),
    ]  # fmt: skip


def test_a_button_is_found_by_its_words_and_says_where_it_leads():
    search, form = forms_in(PAGE)
    assert search.button("Enregistrer") is None
    assert form.button("Enregistrer pour Ana")
    later = form.button("Plus tard")
    assert later
    assert later.action == "/plus-tard"
    assert form.filled({}, later)[-1] == ("pause", "1")


def test_a_select_without_a_choice_sends_its_first_option():
    (form,) = forms_in(
        '<form><select name="s"><option value="1">A</option><option value="2">B</option></select></form>'
    )
    assert form.filled({}) == [("s", "1")]
