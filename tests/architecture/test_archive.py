"""The archive that is deployed: the same bytes each time, all that runs and nothing else."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import dateutil
import pytest

from infra.package import Package, build
from infra.packaging.archive import repack
from infra.packaging.names import ROOT
from tests.harness.documents import a_pdf

pytestmark = pytest.mark.xdist_group("archive")


def test_the_same_sources_give_the_same_bytes(package: Package, tmp_path: Path) -> None:
    again = build(tmp_path / "again")
    assert again.archive.read_bytes() == package.archive.read_bytes()
    assert again.template == package.template


def test_the_zip_holds_the_application_and_nothing_that_is_not_run(package: Package) -> None:
    names = zipfile.ZipFile(package.archive).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {"app.py", "chalicelib", "chalice", "jinja2"} <= tops
    assert not tops & {"tests", "infra", "offices", "workflows", "boto3", "botocore", "pip", "typst"}
    assert not tops & {"icalendar", "segno", "tzdata", "vacances_scolaires_france"}
    assert package.archive.stat().st_size < 6_000_000


def test_the_zip_holds_what_is_printed_with_its_typeface(package: Package) -> None:
    names = set(zipfile.ZipFile(package.archive).namelist())
    printed = [path for path in (ROOT / "chalicelib").rglob("*") if path.suffix in {".typ", ".ttf"}]
    assert len(printed) > 6
    assert {path.relative_to(ROOT).as_posix() for path in printed} <= names


def test_the_zip_holds_no_key_and_no_credentials(package: Package) -> None:
    with zipfile.ZipFile(package.archive) as archive:
        ours = [name for name in archive.namelist() if name.startswith(("app.py", "chalicelib/"))]
        for name in ours:
            assert not re.search(rb"AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY", archive.read(name)), name
        assert not [
            name for name in archive.namelist() if re.search(r"(^|/)\.(env|aws|netrc)|\.pem$|\.key$", name)
        ]


RUN_FROM_THE_ZIP = """
import importlib, pathlib, sys
sys.path.insert(0, sys.argv[1])
for path in sorted(pathlib.Path(sys.argv[1], "chalicelib").rglob("*.py")):
    importlib.import_module(".".join(path.relative_to(sys.argv[1]).with_suffix("").parts).removesuffix(".__init__"))
import app
from chalicelib.runtime.observability import count, logger
from stdnum import bic, iban
from stdnum.fr import siren, siret
assert siret.validate("73282932000074") and siren.validate("732829320")
assert iban.validate("FR7630006000011234567890189") and iban.validate("BE31435411161155")
from chalicelib.web.contact_formats import tidy_phone
assert (tidy_phone("04 65 71 00 00"), tidy_phone("0041 22 379 79 79")) == ("+33465710000", "+41223797979")
from chalicelib.uploads.inspection import inspect
from chalicelib.uploads.rules import PDF, PNG, USUAL
assert inspect(pathlib.Path(sys.argv[2]).read_bytes(), USUAL) == (PDF, None)
from datetime import date
from chalicelib.adapters.charts import Part, stacked_bars
from chalicelib.adapters.workbook import Column, Sheet, workbook
assert "<svg" in stacked_bars("Essai", ["2027"], [Part("Versé", "hatched", [24_000])], 640)
assert workbook([Sheet("Essai", [Column("Jour", "date")], [[date(2027, 3, 3)]])], "Essai")[:2] == b"PK"
logger.info("runs")
assert app.__file__.startswith(sys.argv[1])
"""


def test_the_application_runs_without_the_parts_left_out_of_the_zip(package: Package, tmp_path: Path) -> None:
    zipfile.ZipFile(package.archive).extractall(tmp_path)
    sent = tmp_path / "devis.pdf"
    sent.write_bytes(a_pdf())
    done = subprocess.run(
        [sys.executable, "-c", RUN_FROM_THE_ZIP, str(tmp_path), str(sent)],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


RUN_FROM_THE_LAYER = """
import sys
sys.path[:0] = sys.argv[1:]
from datetime import UTC, datetime
from chalicelib.adapters import calendars, qr
from chalicelib.kernel.calendar import CalendarEntry
texts = dict.fromkeys(("summary", "description", "location", "url", "organizer_name", "organizer_email"), "x")
instants = dict.fromkeys(("starts_at", "ends_at", "changed_at"), datetime(2027, 5, 11, 7, tzinfo=UTC))
entry = CalendarEntry(uid="1", sequence=0, **texts, **instants, attendee_email="c@example.org")
assert b"DTSTART;TZID=Europe/Paris:20270511T090000" in calendars.invitation(entry)
assert b"X-WR-CALNAME:Essai" in calendars.published([entry], "Essai", "https://bureau.example.org")
assert "<svg" in qr.svg("https://bureau.example.org", "Essai") and qr.png("1")[1:4] == b"PNG"
import icalendar, segno, tzdata
assert all(each.__file__.startswith(sys.argv[1]) for each in (icalendar, segno, tzdata))
"""
OF_THE_RUNTIME = ("dateutil", "six.py")


def test_calendars_and_codes_are_made_with_what_is_in_their_layer_and_the_runtime(
    package: Package, tmp_path: Path
) -> None:
    places = [tmp_path / "layer" / "python", tmp_path / "runtime", tmp_path / "task"]
    (layer,) = (path for key, path in package.layers.items() if key.startswith("layers/calendars-"))
    zipfile.ZipFile(layer).extractall(tmp_path / "layer")
    zipfile.ZipFile(package.archive).extractall(tmp_path / "task")
    (tmp_path / "runtime").mkdir()
    for name in OF_THE_RUNTIME:
        (tmp_path / "runtime" / name).symlink_to(Path(dateutil.__file__).parents[1] / name)
    done = subprocess.run(
        [sys.executable, "-S", "-c", RUN_FROM_THE_LAYER, *map(str, places)],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


HOLIDAYS_FROM_THE_LAYER = """
import sys
sys.path[:0] = sys.argv[1:]
from datetime import date
from chalicelib.adapters.school_holidays import holiday_name, zones_on_holiday
assert zones_on_holiday(date(2026, 2, 15)) == {"A", "B"} and holiday_name(date(2026, 2, 15))
import vacances_scolaires_france
assert vacances_scolaires_france.__file__.startswith(sys.argv[1])
"""


def test_school_holidays_are_known_with_what_is_in_their_layer(package: Package, tmp_path: Path) -> None:
    (layer,) = (path for key, path in package.layers.items() if key.startswith("layers/observatory-"))
    zipfile.ZipFile(layer).extractall(tmp_path / "layer")
    zipfile.ZipFile(package.archive).extractall(tmp_path / "task")
    done = subprocess.run(
        [sys.executable, "-S", "-c", HOLIDAYS_FROM_THE_LAYER, *map(str, (tmp_path / "layer" / "python", tmp_path / "task"))],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_bytecode_stays_valid_whatever_the_time_of_the_unpacked_file(package: Package) -> None:
    with zipfile.ZipFile(package.archive) as archive:
        compiled = [name for name in archive.namelist() if name.endswith(".pyc")]
        assert compiled
        assert all(
            archive.read(name)[4:8] == b"\x01\x00\x00\x00" for name in compiled
        )  # hash-based, unchecked


def test_a_repacked_zip_does_not_depend_on_the_order_or_times_of_its_source(tmp_path: Path) -> None:
    for name, order in {"one": ["b.py", "a.py"], "two": ["a.py", "b.py"]}.items():
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as source:
            for at, entry in enumerate(order):
                source.writestr(zipfile.ZipInfo(entry, (2000 + at, 1, 1, 0, 0, 0)), f"# {entry}\n")
        repack(tmp_path / f"{name}.zip", tmp_path / f"{name}-out.zip", {"front.py": b""})
    assert (tmp_path / "one-out.zip").read_bytes() == (tmp_path / "two-out.zip").read_bytes()


REPACK_OURS = """
import hashlib, sys, zipfile
from pathlib import Path
from infra.packaging.archive import repack
from infra.packaging.compiled import compiled_templates

source, target = Path(sys.argv[1], "in.zip"), Path(sys.argv[1], "out.zip")
with zipfile.ZipFile(source, "w") as packed:
    for path in sorted(Path("chalicelib").rglob("*.py")):
        packed.write(path)
repack(source, target, compiled_templates())
print(hashlib.sha256(target.read_bytes()).hexdigest())
"""


def test_two_packagings_in_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", REPACK_OURS, str(tmp_path)],
            cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        digests.add(done.stdout)
    assert len(digests) == 1


def test_the_zip_has_every_template_compiled_and_none_in_words(package: Package) -> None:
    with zipfile.ZipFile(package.archive) as archive:
        names = archive.namelist()
    written = [path for path in (ROOT / "chalicelib").glob("*/templates/**/*") if path.is_file()]
    compiled = [name for name in names if name.startswith("chalicelib/runtime/compiled/tmpl_")]
    assert len(compiled) == len(written)
    assert [name for name in names if "/templates/" in name] == []
