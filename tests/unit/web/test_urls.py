import re

from chalicelib.web import urls
from chalicelib.web.static import FOLDER, content_version


def test_a_path_gets_the_prefix_of_the_deployment():
    assert urls.url("/adhesion") == "/api/adhesion"


def test_an_absolute_address_starts_with_the_base_url():
    assert urls.absolute("/adhesion") == "https://pro.example.org/api/adhesion"


def test_a_static_address_carries_the_hash_of_the_content():
    assert re.fullmatch(r"/api/static/[0-9a-f]{12}/cordee\.css", urls.static("cordee.css"))


def test_the_version_changes_when_a_file_changes(monkeypatch, tmp_path):
    for source in FOLDER.iterdir():
        (tmp_path / source.name).write_bytes(source.read_bytes())
    before = content_version()
    from chalicelib.web import static

    (tmp_path / "cordee.css").write_text("changed")
    monkeypatch.setattr(static, "FOLDER", tmp_path)
    static.content_version.cache_clear()
    static._files.cache_clear()
    try:
        assert content_version() != before
    finally:
        static.content_version.cache_clear()
        static._files.cache_clear()
