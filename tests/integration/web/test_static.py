import base64
import re

import pytest

from chalicelib.web import urls

FONT = "atkinson-hyperlegible-next-latin-400-normal.woff2"


def test_a_static_file_may_be_kept_for_ever(http):
    response = http.get(urls.static("cordee.css"))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_the_address_of_an_earlier_deployment_still_works_but_is_not_kept(http):
    response = http.get("/static/0123456789ab/cordee.css")
    assert response.status_code == 200
    assert "immutable" not in response.headers["Cache-Control"]


@pytest.mark.parametrize("headers", [{}, {"Accept": "font/woff2"}, {"Accept": "text/html"}])
def test_a_font_goes_out_as_bytes_whatever_the_browser_accepts(http, headers):
    response = http.get(urls.static(FONT), headers=headers)
    assert response.headers["Content-Type"] == "font/woff2"
    assert response.body.startswith(b"wOF2")


def test_text_goes_out_as_text(gateway):
    response = gateway("GET", urls.static("cordee.js"))
    with pytest.raises(ValueError, match=r".*"):
        base64.b64decode(response.text, validate=True)


@pytest.mark.parametrize(
    "name",
    ["inconnu.css", "VENDORED.md", "..%2fstatic.py", "theme-zzzzzz.css", "theme-12345678.css", "__init__.py"],
)
def test_nothing_else_is_served(http, name):
    assert http.get(f"/static/x/{name}").status_code == 404


def test_every_file_a_page_names_is_there(http):
    for name in re.findall(r'(?:href|src)="(/static/[^"]+)"', http.get("/").body.decode()):
        assert http.get(name).status_code == 200
    for name in re.findall(r'url\("([^"]+)"\)', http.get(urls.static("cordee.css")).body.decode()):
        assert http.get(urls.static(name)).status_code == 200


def test_the_accent_of_the_office_is_made_readable(http):
    style = http.get(urls.static("theme-ffff00.css")).body.decode()
    assert "#ffff00" in style.split("@media")[1]
    assert "#ffff00" not in style.split("@media")[0]


def test_a_static_file_is_served_without_the_template_engine():
    import subprocess
    import sys

    code = (
        "import sys; from chalicelib.web import static; static.file_response('cordee.css', ''); "
        "assert 'jinja2' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
