"""The bucket from which CloudFormation takes the template and the code."""

from pathlib import Path
from typing import Any

from infra.cloud.target import Target
from infra.package import Package

CLOSED = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}


def upload(target: Target, package: Package) -> str:
    """Upload what is not there yet; return the template's URL."""
    s3 = target.client("s3")
    _make_bucket(s3, target)
    template_key = f"templates/{package.fingerprint}.json"
    artifacts = {**package.layers, package.code_key: package.archive, template_key: package.template_file}
    for key, path in artifacts.items():
        put_once(s3, target.artifact_bucket, key, path)
    root = target.endpoint_url or f"https://s3.{target.region}.amazonaws.com"
    return f"{root}/{target.artifact_bucket}/{template_key}"


def _make_bucket(s3: Any, target: Target) -> None:
    names = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
    if target.artifact_bucket in names:
        return
    s3.create_bucket(
        Bucket=target.artifact_bucket,
        CreateBucketConfiguration={"LocationConstraint": target.region},
    )
    s3.put_public_access_block(Bucket=target.artifact_bucket, PublicAccessBlockConfiguration=CLOSED)


def put_once(s3: Any, bucket: str, key: str, path: Path) -> None:
    """Upload the file at `path`, unless there is an object of that key: keys are made from the content."""
    found = s3.list_objects_v2(Bucket=bucket, Prefix=key, MaxKeys=1)
    if not found.get("KeyCount"):
        with path.open("rb") as body:
            s3.put_object(Bucket=bucket, Key=key, Body=body)
