"""Amazon S3: the one bucket of the deployment, for files that are private and fetched by links of a few minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chalicelib.adapters import aws
from chalicelib.kernel.files import FileMissing, PostTicket, StoredFile

if TYPE_CHECKING:
    from chalicelib.kernel.files import PostRules, Shown

MISSING = {"404", "NoSuchKey"}
FILENAME = "${filename}"
"""S3 puts the name of the file that was sent in its place, without any path."""


@dataclass(frozen=True)
class Files:
    """The files of one bucket."""

    bucket: str

    def head(self, key: str) -> StoredFile | None:
        """What is known of a file, or None."""
        try:
            found = _s3().head_object(Bucket=self.bucket, Key=key)
        except Exception as error:
            if aws.error_code(error) not in MISSING:
                raise
            return None
        return _stored(key, found["ContentLength"], found["ETag"])

    def get(self, key: str) -> bytes:
        """The content of a file. Raises `FileMissing`."""
        try:
            content: bytes = _s3().get_object(Bucket=self.bucket, Key=key)["Body"].read()
        except Exception as error:
            if aws.error_code(error) not in MISSING:
                raise
            raise FileMissing from error
        return content

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep a file, in the place of the one before it."""
        _s3().put_object(Bucket=self.bucket, Key=key, Body=content, ContentType=content_type)

    def copy(self, key: str, to: str, content_type: str) -> None:
        """Keep the same content under another key."""
        source = {"Bucket": self.bucket, "Key": key}
        told = {"ContentType": content_type, "MetadataDirective": "REPLACE"}
        _s3().copy_object(Bucket=self.bucket, Key=to, CopySource=source, **told)

    def delete(self, *keys: str) -> None:
        """Forget files, if they are there.

        One by one: the call that takes many is XML, which cannot hold what the name of a file may.
        """
        for key in keys:
            _s3().delete_object(Bucket=self.bucket, Key=key)

    def list_under(self, prefix: str) -> list[StoredFile]:
        """The files whose keys begin with `prefix`, in the order of their keys."""
        pages = _s3().get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        found = [each for page in pages for each in page.get("Contents", ())]
        return [_stored(each["Key"], each["Size"], each["ETag"]) for each in found]

    def post_ticket(self, prefix: str, rules: PostRules) -> PostTicket:
        """A form for one file, kept under `prefix` and its own name. Signed here: nothing is asked of S3.

        A script may leave the redirect empty, and read the status 204 instead.
        """
        made = _s3().generate_presigned_post(
            Bucket=self.bucket,
            Key=prefix + FILENAME,
            Fields={"success_action_redirect": rules.back_to, "success_action_status": "204"},
            Conditions=[
                ["starts-with", "$success_action_redirect", ""],
                {"success_action_status": "204"},
                ["content-length-range", 1, rules.most_bytes],
            ],
            ExpiresIn=rules.valid_for_seconds,
        )
        return PostTicket(made["url"], made["fields"])

    def download_url(self, key: str, shown: Shown) -> str:
        """A link to a file. Signed here: nothing is asked of S3."""
        asked = {
            "Bucket": self.bucket,
            "Key": key,
            "ResponseContentType": shown.content_type,
            "ResponseContentDisposition": shown.disposition,
        }
        made = _s3().generate_presigned_url("get_object", Params=asked, ExpiresIn=shown.valid_for_seconds)
        return str(made)


def _stored(key: str, size: int, etag: str) -> StoredFile:
    return StoredFile(key, int(size), etag.strip('"'))


def _s3() -> Any:
    return aws.client("s3")
