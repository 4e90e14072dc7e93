from chalicelib.web.static import FOLDER

STYLE_LIMIT = 40_000
SCRIPT_LIMIT = 10_000


def size(pattern):
    return sum(path.stat().st_size for path in FOLDER.glob(pattern))


def test_the_style_sheets_stay_under_40_kb():
    assert size("*.css") <= STYLE_LIMIT


def test_the_scripts_stay_under_10_kb():
    assert size("*.js") <= SCRIPT_LIMIT


def test_there_are_at_most_two_fonts():
    assert len(list(FOLDER.glob("*.woff*"))) <= 2


def test_every_file_from_elsewhere_is_named_with_its_licence():
    text = (FOLDER / "VENDORED.md").read_text("utf-8")
    assert all((FOLDER / name).exists() for name in ("ATKINSON-OFL.txt", "MODERN-NORMALIZE-LICENSE.txt"))
    assert all(name in text for name in ("modern-normalize", "atkinson-hyperlegible-next", "5.3.0", "3.0.1"))
