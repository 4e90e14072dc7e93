"""The documents that were joined to an application, under the names that the office gives them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from chalicelib.office.model import Office
from chalicelib.office.schemes import AskedDocument, Phase
from chalicelib.subsidies.model import JoinedDocument
from chalicelib.uploads.model import Upload, UploadState


def asked(
    answers: Mapping[str, Any], office: Office, phase: Phase = "application"
) -> tuple[AskedDocument, ...]:
    """The documents to join, for this kind of accommodation."""
    if office.subsidies is None:
        return ()
    return office.subsidies.documents_for(str(answers.get("category", "")), phase)


def joined(
    uploads: Iterable[Upload], answers: Mapping[str, Any], office: Office, phase: Phase = "application"
) -> Sequence[JoinedDocument]:
    """What was kept of what is asked, in the order of the office file."""
    kept = [upload for upload in uploads if upload.state is UploadState.KEPT]
    return [
        JoinedDocument(
            kind=one.kind,
            title=one.name,
            upload_id=upload.id,
            name=upload.name,
            content_type=upload.content_type,
            size=upload.size,
            sha256=upload.sha256,
            readers=one.readers,
        )
        for one in asked(answers, office, phase)
        for upload in kept
        if upload.kind == one.kind
    ]


def missing(
    documents: Sequence[JoinedDocument],
    answers: Mapping[str, Any],
    office: Office,
    phase: Phase = "application",
) -> Iterator[AskedDocument]:
    """The documents that have to be joined and are not."""
    kinds = {document.kind for document in documents}
    return (one for one in asked(answers, office, phase) if one.required and one.kind not in kinds)
