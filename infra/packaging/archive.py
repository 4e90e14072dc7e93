"""The repack of Chalice's zip: smaller, quick to start, and the same bytes for the same sources.

Left out is what the Lambda runtime brings along and what nothing imports there. Bytecode is added, of a kind
that no time stamp invalidates (`unchecked-hash`): compiling at each cold start costs half a second.
"""

import ast
import importlib.util
import zipfile
from collections.abc import Mapping
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]
from pathlib import Path

# The runtime has boto3 with all that it needs, in versions that fit each other.
IN_THE_RUNTIME = {"boto3", "botocore", "s3transfer", "jmespath", "urllib3", "dateutil", "six.py", "bin"}
# email-validator looks into the DNS only when asked to check deliverability, and we do not ask.
NEVER_IMPORTED = {
    "dns",
    "pip",
    "setuptools",
    "pkg_resources",
    "_distutils_hack",
    "distutils-precedence.pth",
    "wheel",
}
# The identity numbers of other countries, short phone numbers such as 112, the ways to serve HTTP or queues,
# the notes and pictures of PDFs: a test runs the application without them.
USED_PARTS = {
    "stdnum/": (
        "__init__.py", "exceptions.py", "util.py", "luhn.py", "fr/",
        "iban.py", "iban.dat", "numdb.py", "iso7064/", "bic.py", "be/", "es/", "me/", "no/",
    ),
    "aws_lambda_powertools/utilities/": ("__init__.py", "jmespath_utils/", "serialization.py"),
    "aws_lambda_powertools/event_handler/": (),
    "phonenumbers/shortdata/": ("__init__.py",),
    "pypdf/annotations/": (),
    "pypdf/generic/_image_": (),
    "aws_lambda_powertools/metrics/provider/datadog/": (),
}  # fmt: skip
# Nobody looks for a line of these, and their bytecode stands where they would: templates and tables that machines
# wrote, and the libraries that weigh most.
BYTECODE_ONLY = (
    "chalicelib/runtime/compiled/",
    "phonenumbers/",
    "jinja2/",
    "idna/",
    "attr/",
    "stdnum/",
    "jsonschema/",
    "referencing/",
    "email_validator/",
    "pynamodb/",
    "aws_lambda_powertools/",
    "chalice/",
    "typing_extensions.py",
)
# Of what machines wrote, not even the numbers of lines: a third of its bytecode is nothing else.
LINELESS = ("chalicelib/runtime/compiled/", "phonenumbers/")
PLACED = (ast.expr, ast.stmt, ast.excepthandler, ast.arg, ast.keyword, ast.alias, ast.pattern)
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
NEVER_READ = {"tests", "test", "testing", "benchmarks", "__pycache__"}
NEVER_READ_SUFFIXES = (".pyc", ".pyi", ".c", ".h", ".pyx", ".whl")
EPOCH = (1980, 1, 1, 0, 0, 0)


def wanted(name: str) -> bool:
    """Whether the file `name` of Chalice's zip goes into ours."""
    parts = name.split("/")
    if name.endswith("/") or parts[0] in IN_THE_RUNTIME | NEVER_IMPORTED:
        return False
    if parts[0].endswith((".dist-info", ".data", ".egg-info")):
        return False
    if any(name.startswith(part) and not _is_used(name, part) for part in USED_PARTS):
        return False
    if "templates" in parts:
        return False  # they are added compiled
    return not NEVER_READ & set(parts) and not name.endswith(NEVER_READ_SUFFIXES) and parts[-1] != "py.typed"


def _is_used(name: str, part: str) -> bool:
    return name.removeprefix(part).startswith(USED_PARTS[part])


def repack(source: Path, target: Path, added: Mapping[str, bytes]) -> None:
    """Write `target` from the zip `source` and the files in `added`, by their names in the zip."""
    with zipfile.ZipFile(source) as packed:
        entries = {name: packed.read(name) for name in filter(wanted, packed.namelist())} | dict(added)
    sources = [name for name in entries if name.endswith(".py")]
    entries |= {_bytecode_name(name): _bytecode(name, entries[name]) for name in sources}
    pack({name: content for name, content in entries.items() if not _is_redundant(name)}, target)


def pack(entries: Mapping[str, bytes], target: Path) -> None:
    """Write the zip `target`: the same bytes for the same `entries`, whatever their order."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(entries):
            archive.writestr(_entry(name), entries[name])


def _bytecode_name(name: str) -> str:
    return f"{name}c" if name.startswith(BYTECODE_ONLY) else importlib.util.cache_from_source(name)


def _is_redundant(name: str) -> bool:
    """Whether it is a source whose bytecode is all that is read."""
    return name.startswith(BYTECODE_ONLY) and name.endswith(".py")


def _bytecode(name: str, source: bytes) -> bytes:
    parsed = ast.parse(source, name)
    _forget_places(parsed, with_lines=name.startswith(LINELESS))
    if name.startswith(BYTECODE_ONLY):
        _forget_docstrings(parsed)
    code = compile(parsed, f"/var/task/{name}", "exec", dont_inherit=True, optimize=0)
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), False))


def _forget_places(parsed: ast.Module, with_lines: bool) -> None:
    """Put everything in the first column, perhaps of the first line: a traceback names lines, and this packs well."""
    for node in ast.walk(parsed):
        if isinstance(node, PLACED):
            node.lineno = node.end_lineno = 1 if with_lines else node.lineno
            node.col_offset = node.end_col_offset = 0


def _forget_docstrings(parsed: ast.Module) -> None:
    """Nobody reads the documentation of a library where it runs."""
    for node in ast.walk(parsed):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.copy_location(ast.Pass(), node.body[0])]


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry
