"""What events of the bucket and of the scanner start."""

from typing import Any

from chalice import Blueprint

from chalicelib.runtime.lambda_task import Event, lambda_task
from chalicelib.uploads.bootstrap import receiving_service, scan_service

bp = Blueprint(__name__)


@bp.lambda_function(name="check_upload")
@lambda_task
def check_upload(event: Event, context: Any) -> Event:
    """Look at the file that has arrived; what comes of it, empty when it is gone."""
    upload = receiving_service().receive(event["detail"]["object"]["key"])
    return {"state": upload.state if upload else ""}


@bp.lambda_function(name="record_scan_result")
@lambda_task
def record_scan_result(event: Event, context: Any) -> Event:
    """Note what was found in a kept file. Raises `ScanUnclear`, which rings when it stays so."""
    from chalicelib.uploads.scanning import scan_result

    upload = scan_service().record(*scan_result(event))
    return {"state": upload.state if upload else ""}
