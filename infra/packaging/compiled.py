"""The templates as the Python that Jinja makes of them: in the zip they are imported like any module."""

import tempfile
from pathlib import Path

from chalicelib.runtime.templating import COMPILED, ROOMS, environment


def compiled_templates() -> dict[str, bytes]:
    """The modules of all templates, by their names in the zip."""
    place = COMPILED.relative_to(ROOMS.parent).as_posix()
    with tempfile.TemporaryDirectory() as scratch:
        environment().compile_templates(scratch, zip=None, ignore_errors=False)
        return {f"{place}/{path.name}": path.read_bytes() for path in sorted(Path(scratch).iterdir())}
