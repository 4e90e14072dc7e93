"""What the embedded cloud keeps between two runs, put right where it would mislead the next one."""

import json
import os
from pathlib import Path


def read_streams_from_their_start(state: Path) -> None:
    """Forget how far the readers of streams had come: the records themselves are not kept.

    Else the readers would pass over as many new records as they had read before, and mails would wait for a sweep.
    """
    path = state / "lambda.json"
    if not path.exists():
        return
    written = path.stat()
    kept = json.loads(path.read_text())
    if kept["payload"].pop("dynamodb_stream_positions", None) is None:
        return
    beside = path.with_suffix(".mended")
    beside.write_text(json.dumps(kept))
    os.utime(beside, (written.st_atime, written.st_mtime))  # its time says when the state was kept
    beside.replace(path)
