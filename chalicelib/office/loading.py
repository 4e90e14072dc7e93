"""An office file from disk to the deployment: read, checked as a whole, completed, published."""

import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.validators import extend

from chalicelib.kernel.clock import paris_day, utc_now
from chalicelib.office.building import build
from chalicelib.office.checks import CHECKS, clean_texts
from chalicelib.office.formats import checker
from chalicelib.office.model import Office
from chalicelib.office.problems import OfficeFileRefused, Problem, schema_problems
from chalicelib.office.territories import with_communes
from chalicelib.office.typography import typeset

SCHEMA = Path(__file__).parent / "schemas" / "office.json"
UNPUBLISHED = 0

Document = dict[str, Any]


def load_document(document: Document, on: date | None = None) -> Office:
    """The office of a valid document, at version 0. Raises OfficeFileRefused, which lists every mistake.

    `on` is the Paris day on which everyone must find a pack and someone must decide; today by default.
    """
    return build(checked_document(document, on), UNPUBLISHED)


def read_file(path: str | Path) -> Any:
    """The document of an office file, as written. Raises OfficeFileRefused if it is not readable JSON."""
    try:
        text = Path(path).read_text(encoding="utf-8")
        document = json.loads(text, object_pairs_hook=_each_key_once)
    except OSError as error:
        raise _refused(
            f"«\u00a0{path}\u00a0» ne peut pas être lu\u00a0: vérifiez son nom et son emplacement."
        ) from error
    except UnicodeDecodeError as error:
        raise _refused("le fichier n’est pas en UTF-8\u00a0: enregistrez-le dans ce format.") from error
    except json.JSONDecodeError as error:
        where = f"ligne {error.lineno}, colonne {error.colno}"
        mend = "vérifiez les virgules, les guillemets et les crochets juste avant"
        raise _refused(f"ce n’est pas du JSON ({where})\u00a0: {mend}.") from error
    return _named_as_file(document, Path(path).stem)


def publish_file(path: str | Path) -> int:
    """Check the file, then publish it; the version in force, the same as before if nothing changed."""
    from chalicelib.office.bootstrap import office_repository  # checking a file needs no database

    return office_repository().publish(checked_document(read_file(path)))


def checked_document(document: Any, on: date | None = None) -> Document:
    """`document` with its communes written out. Raises OfficeFileRefused, which lists every mistake."""
    problems = _problems(document, on or paris_day(utc_now()))
    if problems:
        raise OfficeFileRefused(problems)
    return with_communes({key: value for key, value in document.items() if key != "$schema"})


@lru_cache(maxsize=1)
def _validator() -> Any:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    # 150.0 is an integer for JSON Schema; cents are not floats here.
    types = Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _, value: type(value) is int)
    return extend(Draft202012Validator, type_checker=types)(schema, format_checker=checker())


def _problems(document: Any, on: date) -> list[Problem]:
    found = [problem for error in _validator().iter_errors(document) for problem in schema_problems(error)]
    if not isinstance(document, dict):
        return found
    found += clean_texts(document)
    broken = {problem.path.split(".")[0].split("[")[0] for problem in found}
    found += _cross_problems(document, broken, on)
    return [Problem(each.path, typeset(each.message)) for each in found]


def _cross_problems(document: Document, broken: set[str], on: date) -> Iterator[Problem]:
    # A check reads only sections that the schema found well formed; the others are told about already.
    for check, sections in CHECKS:
        if broken.isdisjoint(sections):
            yield from check(document, on)


def _each_key_once(pairs: list[tuple[str, Any]]) -> Document:
    document: Document = {}
    for key, value in pairs:
        if key in document:
            raise _refused(
                f"le champ «\u00a0{key}\u00a0» figure deux fois dans le même bloc\u00a0: gardez-en un."
            )
        document[key] = value
    return document


def _named_as_file(document: Any, stem: str) -> Any:
    if isinstance(document, dict) and document.get("slug", stem) != stem:
        raise OfficeFileRefused(
            [Problem("slug", typeset(f"écrivez «\u00a0{stem} », comme le nom du fichier."))]
        )
    return document


def _refused(message: str) -> OfficeFileRefused:
    return OfficeFileRefused([Problem("", typeset(message))])
