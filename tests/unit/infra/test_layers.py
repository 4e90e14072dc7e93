"""Layers: made once from the pinned wheels, and given to the functions that import what is in them."""

import zipfile
from pathlib import Path

import pytest

from infra.packaging import layers
from infra.packaging.layers import Layer, LayerNotMade
from infra.packaging.names import ROOT, lambda_function

PRINTER, OTHER = lambda_function("write_award"), lambda_function("send_mail")
TABLE = "documents: {requirements: requirements-x.txt, functions: [write_award, write_receipt]}\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "infra" / "layers.yaml"
    path.parent.mkdir()
    path.write_text(TABLE)
    (tmp_path / "requirements-x.txt").write_text("x==1\n")
    return path


def template() -> dict:
    return {"Resources": {each.logical_id: {"Properties": {}} for each in (PRINTER, OTHER)}}


def test_a_function_that_does_not_exist_yet_is_left_out_and_named(table: Path) -> None:
    ((layer,), missing) = layers.read(table, {PRINTER.id: PRINTER, OTHER.id: OTHER})
    assert (layer.functions, missing) == ((PRINTER,), ["write_receipt"])
    assert layer.requirements.read_text() == "x==1\n"


def test_a_layer_that_nobody_imports_is_not_made(table: Path) -> None:
    assert layers.read(table, {OTHER.id: OTHER}) == ([], ["write_award", "write_receipt"])


def test_a_layer_is_attached_to_its_functions_and_to_no_other() -> None:
    made = template()
    layers.attach(made, Layer("documents", Path("r.txt"), (PRINTER,)), "layers/documents-0.zip")
    assert made["Resources"]["WriteAward"]["Properties"]["Layers"] == [{"Ref": "DocumentsLayer"}]
    assert made["Resources"]["SendMail"]["Properties"] == {}
    content = made["Resources"]["DocumentsLayer"]["Properties"]["Content"]
    assert content == {"S3Bucket": {"Ref": "ArtifactBucket"}, "S3Key": "layers/documents-0.zip"}


def wheel_of(version: str, times: list[Path]):
    """What pip would bring, a wheel whose files are of another time and order each time."""

    def download(requirements: Path, folder: Path) -> None:
        times.append(requirements)
        names = ["x/__init__.py", "x/_x.abi3.so", "x/__init__.pyi", f"x-{version}.dist-info/METADATA"]
        with zipfile.ZipFile(folder / f"x-{version}.whl", "w") as wheel:
            for name in names if len(times) % 2 else reversed(names):
                wheel.writestr(zipfile.ZipInfo(name, (2000 + len(times), 1, 1, 0, 0, 0)), version)

    return download


def test_the_same_pins_are_made_once_and_are_the_same_bytes_anywhere(table, tmp_path, monkeypatch) -> None:
    ((layer,), _) = layers.read(table, {PRINTER.id: PRINTER})
    times: list[Path] = []
    monkeypatch.setattr(layers, "_download", wheel_of("1", times))
    one = layers.made(layer, tmp_path / "one")
    assert layers.made(layer, tmp_path / "one") == one
    assert len(times) == 1
    two = layers.made(layer, tmp_path / "two")
    assert two.read_bytes() == one.read_bytes()
    assert layers.key(layer, one) == layers.key(layer, two)
    assert zipfile.ZipFile(one).namelist() == ["python/x/__init__.py", "python/x/_x.abi3.so"]
    assert [path.name for path in (tmp_path / "one").iterdir()] == [one.name]


def test_another_pin_is_another_layer(table, tmp_path, monkeypatch) -> None:
    ((layer,), _) = layers.read(table, {PRINTER.id: PRINTER})
    monkeypatch.setattr(layers, "_download", wheel_of("1", []))
    before = layers.made(layer, tmp_path)
    layer.requirements.write_text("x==2\n")
    monkeypatch.setattr(layers, "_download", wheel_of("2", []))
    after = layers.made(layer, tmp_path)
    assert before != after
    assert layers.key(layer, before) != layers.key(layer, after)


def test_what_pip_cannot_get_is_said_and_nothing_is_kept(table, tmp_path) -> None:
    ((layer,), _) = layers.read(table, {PRINTER.id: PRINTER})
    layer.requirements.write_text("./nowhere-1-py3-none-any.whl\n")
    with pytest.raises(LayerNotMade, match=r"requirements-x\.txt: .*nowhere"):
        layers.made(layer, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.parametrize(
    ("layer", "library"),
    [
        ("calendars", "icalendar"),
        ("calendars", "segno"),
        ("documents", "typst"),
        ("observatory", "vacances-scolaires-france"),
        ("uploads", "pypdf"),
    ],
)
def test_the_tests_import_what_the_layer_holds(layer: str, library: str) -> None:
    pins = (ROOT / f"requirements-{layer}.txt").read_text()
    assert f"-r requirements-{layer}.txt" in (ROOT / "requirements-run.txt").read_text()
    assert f"{library}==" in pins
    assert library not in (ROOT / "requirements.txt").read_text()
