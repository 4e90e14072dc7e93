"""DynamoDB's wire, with an office file behind it and nothing else: what a cold function finds in a new deployment."""

import json
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler
from typing import Any

from chalicelib.office.loading import checked_document, read_file
from infra import serving
from infra.packaging.names import ROOT

OFFICE = ROOT / "offices" / "saint-marcellin-vercors-isere.json"


def served() -> AbstractContextManager[str]:
    """The endpoint, such as `http://127.0.0.1:40123`; every write succeeds and is forgotten."""
    return serving.served(_handler(_office_items()))


def _office_items() -> dict[str, dict[str, Any]]:
    """The two items of a published office file, by sort key."""
    document = json.dumps(checked_document(read_file(OFFICE)), ensure_ascii=False)
    common = {
        "pk": {"S": "OFFICE"},
        "version": {"N": "1"},
        "digest": {"S": "0"},
        "published_at": {"S": "2027-03-01T08:00:00.000000+0000"},
    }
    version = {**common, "sk": {"S": "VERSION#000001"}, "document": {"S": document}}
    return {"CURRENT": {**common, "sk": {"S": "CURRENT"}}, "VERSION#000001": version}


def _answer(operation: str, asked: dict[str, Any], items: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if operation == "GetItem":
        item = items.get(asked["Key"].get("sk", {}).get("S", ""))
        return {"Item": item} if item else {}
    return {"Items": [], "Count": 0, "ScannedCount": 0} if operation == "Query" else {}


def _handler(items: dict[str, dict[str, Any]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body leave together: in two pieces they wait 40 ms for an acknowledgement

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            operation = self.headers["X-Amz-Target"].rpartition(".")[2]
            body = json.dumps(_answer(operation, asked, items)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-amz-json-1.0")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_HEAD(self) -> None:
            """No file is there."""
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            self.do_HEAD()

        def log_message(self, *_: Any) -> None:
            """Stay quiet: the table is what is printed."""

    return Handler
