from tests.integration.access.conftest import PARTNER, Partners


def test_the_mail_says_what_to_do_until_when_and_why(site):
    browser = site.browser()
    browser.post("/connexion", email=PARTNER)
    (letter,) = site.letters()
    assert letter.subject == "À ouvrir dans les 10\u00a0minutes\u00a0: votre lien de connexion"
    assert (letter.to, letter.reply_to) == (PARTNER, "accueil@val.example.org")
    (link,) = [line for line in letter.text.splitlines() if line.startswith("https://")]
    assert letter.html.count(link) == 3
    for words in ("Bonjour Gîte des Noyers", "une seule fois", "un lien de connexion a été demandé"):
        assert words in letter.text
        assert words in letter.html


def test_a_name_with_markup_stays_text_in_the_mail(site, monkeypatch):
    monkeypatch.setattr(Partners, "name_of", lambda self, email: "<b>Gîte</b> & Co")
    site.browser().post("/connexion", email=PARTNER)
    (letter,) = site.letters()
    assert "&lt;b&gt;Gîte&lt;/b&gt; &amp; Co" in letter.html
    assert "<b>Gîte</b> & Co" in letter.text


def test_the_code_is_never_in_the_mail(site):
    browser = site.browser()
    answer = browser.post("/connexion", email=PARTNER)
    code = answer.body.partition('class="reference">')[2][:20]
    (letter,) = site.letters()
    digits = "".join(sign for sign in code.replace("&nbsp;", "").partition("<")[0] if sign.isdigit())
    assert len(digits) == 6
    assert digits not in letter.text + letter.html
