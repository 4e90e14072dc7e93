"""The documents of a file, opened by links that live minutes."""

from chalicelib.subsidies.model import Subsidy
from chalicelib.uploads.bootstrap import upload_service


def link_to_upload(subsidy: Subsidy, upload_id: str) -> str:
    """An address for a document that was joined to this file. Raises `UploadUnknown`."""
    return upload_service().download_url_of(subsidy.id, upload_id)
