"""QR codes: a real decoder reads what is drawn, on a dark page too, and nothing of it needs what our pages forbid."""

import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from chalicelib.adapters.qr import png, rows, svg

LINK = "https://bureau.example.org/formations/s1/emargement?jour=2027-05-11"
TITLE = "Code à photographier pour signer votre présence"
NIGHT = "#0f191b"
SCALE = 6
STEP = re.compile(r"([Mmhvz])(-?[\d.]*) ?(-?[\d.]*)")


def decoded(picture):
    """The one code of the picture."""
    (found,) = zxingcpp.read_barcodes(picture)
    return found


def painted(drawing):
    """The `<svg>` on a page in the dark: its ground as it says, then each line of it."""
    root = ElementTree.fromstring(drawing)
    _, _, width, height = map(int, root.get("viewBox").split())
    page = Image.new("RGB", ((width + 8) * SCALE, (height + 8) * SCALE), NIGHT)
    brush = ImageDraw.Draw(page)
    ground, modules = root.findall("path")
    assert ground.get("d") == f"M0 0h{width}v{height}h-{width}z"
    brush.rectangle(box(0, 0, width, height), ground.get("fill"))
    for left, middle, length in strokes(modules.get("d")):
        brush.rectangle(box(left, middle - 0.5, length, 1), modules.get("stroke"))
    return page


def box(left, top, width, height):
    corners = (left + 4, top + 4, left + width + 4, top + height + 4)
    first_x, first_y, last_x, last_y = (int(corner * SCALE) for corner in corners)
    return first_x, first_y, last_x - 1, last_y - 1


def strokes(path):
    """The lying lines of a path: where each begins, and how long it is."""
    x = y = 0.0
    for kind, first, second in STEP.findall(path):
        if kind == "M":
            x, y = float(first), float(second)
        elif kind == "m":
            x, y = x + float(first), y + float(second or 0)
        else:
            yield x, y, float(first)
            x += float(first)


def test_the_drawing_is_read_on_a_dark_page_with_a_seventh_of_it_to_spare():
    found = decoded(painted(svg(LINK, TITLE)))
    assert (found.text, found.format, found.ec_level) == (LINK, zxingcpp.BarcodeFormat.QRCode, "M")


def test_the_picture_is_read():
    found = decoded(Image.open(BytesIO(png(LINK))))
    assert (found.text, found.format, found.ec_level) == (LINK, zxingcpp.BarcodeFormat.QRCode, "M")


@settings(max_examples=25)
@given(st.from_regex(r"https://bureau\.example\.org/[a-z]{1,10}/[A-Za-z0-9_-]{1,90}", fullmatch=True))
def test_any_link_is_read(link):
    assert decoded(painted(svg(link, TITLE))).text == link
    assert decoded(Image.open(BytesIO(png(link)))).text == link


@pytest.mark.parametrize("text", ["1", "7", "A1", "Émargement du 11 mai : salle « Vercors »"])
def test_a_short_text_is_no_micro_code_and_accents_are_kept(text):
    found = decoded(painted(svg(text, TITLE)))
    assert (found.text, found.format) == (text, zxingcpp.BarcodeFormat.QRCode)


def test_the_drawing_says_what_it_is_and_leaves_its_size_to_the_page():
    root = ElementTree.fromstring(svg(LINK, TITLE))
    assert (root.tag, root.get("role"), root[0].tag, root[0].text) == ("svg", "img", "title", TITLE)
    assert (root.get("width"), root.get("height")) == (None, None)


def test_nothing_in_it_needs_what_our_pages_forbid():
    assert not re.search(r"<style|<script|style=|href|<!--|on\w+=|javascript|<\?xml", svg(LINK, TITLE))


@pytest.mark.parametrize(
    "title", ['<script>alert("x")</script>', "</title></svg>", "a\x00\r\n\ud800b", '" onload="x']
)
def test_a_title_stays_words(title):
    root = ElementTree.fromstring(svg(LINK, title))
    assert [each.tag for each in root.iter()] == ["svg", "title", "path", "path"]
    assert set(root.attrib) == {"role", "shape-rendering", "viewBox", "class"}


def test_the_same_text_is_the_same_drawing_and_picture():
    assert (svg(LINK, TITLE), png(LINK)) == (svg(LINK, TITLE), png(LINK))


def test_the_quiet_zone_is_white():
    page = Image.open(BytesIO(png(LINK))).convert("L")
    edge = 4 * 8
    frame = [
        (0, 0, page.width, edge),
        (0, 0, edge, page.height),
        (page.width - edge, 0, page.width, page.height),
    ]
    for part in frame:
        assert page.crop(part).getextrema() == (255, 255)


def test_the_rows_are_the_modules_of_the_picture_without_the_white_around():
    page, drawn = Image.open(BytesIO(png(LINK))).convert("L"), rows(LINK)
    assert {len(row) for row in drawn} == {len(drawn)}
    middles = [8 * (4 + at) + 4 for at in range(len(drawn))]
    assert drawn == ["".join("1" if page.getpixel((x, y)) == 0 else "0" for x in middles) for y in middles]


def test_more_than_a_code_can_hold_is_refused():
    with pytest.raises(ValueError, match="large"):
        svg("a" * 2332, TITLE)
    assert png("a" * 2331)
