"""The documents of a file, opened by links that live minutes."""

from chalicelib.subsidies.model import Subsidy
from chalicelib.uploads.bootstrap import upload_service
from chalicelib.uploads.model import UploadUnknown


def link_to_upload(subsidy: Subsidy, upload_id: str) -> str:
    """An address for a document that was joined to this file. Raises `UploadUnknown`."""
    upload = upload_service().find(subsidy.id, upload_id)
    if upload is None:
        raise UploadUnknown
    return upload_service().download_url(upload)
