"""The bucket: one contract, on the fake and on S3; what only S3 does."""

import base64
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.exceptions import ClientError

from chalicelib.adapters import aws
from chalicelib.adapters.files import Files
from chalicelib.kernel.files import FileMissing, PostRules, Shown
from tests.fakes.uploads import FakeFiles
from tests.inprocess import ENVIRONMENT, client

BUCKET = ENVIRONMENT["FILES_BUCKET"]
NAMES = ["été.pdf", "a b+c&d.pdf", "a\u202eb.pdf", "100%.pdf", "<é>\"'.pdf", "a\tb.pdf", "a\0b.pdf", "\ufffe"]


@pytest.fixture(params=["fake", "s3"])
def files(request):
    if request.param == "fake":
        return FakeFiles()
    request.getfixturevalue("tables")
    return Files(BUCKET)


@pytest.fixture
def bucket(tables):
    return Files(BUCKET)


def test_a_file_is_found_as_it_was_put(files):
    files.put("kept/a", b"content", "application/pdf")
    found = files.head("kept/a")
    assert (found.key, found.size) == ("kept/a", 7)
    assert files.get("kept/a") == b"content"


def test_a_file_that_is_not_there_is_none_or_missing(files):
    assert files.head("kept/a") is None
    with pytest.raises(FileMissing):
        files.get("kept/a")


def test_the_etag_changes_with_the_content_and_only_with_it(files):
    for key, content in (("a", b"1"), ("b", b"1"), ("c", b"2")):
        files.put(key, content, "text/plain")
    one, same, other = (files.head(key).etag for key in "abc")
    assert one == same != other
    assert '"' not in one


def test_a_copy_has_the_content_and_a_type_of_its_own(files):
    files.put("a", b"content", "text/html")
    files.copy("a", "b", "application/pdf")
    assert files.get("b") == files.get("a") == b"content"


def test_files_are_listed_under_their_prefix_in_the_order_of_their_keys(files):
    for key in ("kept/b", "kept/a/2", "incoming/a", "kept/a/1"):
        files.put(key, b"x", "text/plain")
    assert [(each.key, each.size) for each in files.list_under("kept/a/")] == [
        ("kept/a/1", 1),
        ("kept/a/2", 1),
    ]
    assert files.list_under("none/") == []


def test_files_are_forgotten_and_missing_ones_are_no_mistake(files):
    files.put("a", b"x", "text/plain")
    files.put("b", b"x", "text/plain")
    files.delete("a", "never was")
    files.delete()
    assert [each.key for each in files.list_under("")] == ["b"]


@pytest.mark.parametrize("name", NAMES)
def test_a_key_may_end_in_any_name(files, name):
    files.put(f"incoming/{name}", b"x", "text/plain")
    assert [each.key for each in files.list_under("incoming/")] == [f"incoming/{name}"]
    assert files.get(f"incoming/{name}") == b"x"
    files.delete(f"incoming/{name}")
    assert files.list_under("") == []


def test_a_kept_file_has_the_type_that_we_say(bucket):
    bucket.put("a", b"x", "image/png")
    bucket.copy("a", "b", "application/pdf")
    types = [client("s3").head_object(Bucket=BUCKET, Key=key)["ContentType"] for key in ("a", "b")]
    assert types == ["image/png", "application/pdf"]


def test_another_failure_is_not_taken_for_a_missing_file(bucket):
    with pytest.raises(Exception, match="NoSuchBucket"):
        Files("no-such-bucket").get("a")


def test_a_file_that_may_not_be_looked_at_is_not_taken_for_a_missing_one(bucket, monkeypatch):
    class Forbidding:
        def head_object(self, **_):
            raise ClientError({"Error": {"Code": "403"}}, "HeadObject")

    monkeypatch.setattr(aws, "client", lambda service: Forbidding())
    with pytest.raises(ClientError, match="403"):
        bucket.head("a")


def policy_of(ticket):
    return json.loads(base64.b64decode(ticket.fields["policy"]))


def test_a_ticket_holds_the_browser_to_place_size_and_time(bucket):
    ticket = bucket.post_ticket("incoming/a/", PostRules("https://pro.example.org/x", 500, 3600))
    policy = policy_of(ticket)
    assert ["starts-with", "$key", "incoming/a/"] in policy["conditions"]
    assert ["content-length-range", 1, 500] in policy["conditions"]
    assert {"bucket": BUCKET} in policy["conditions"]
    assert ticket.fields["key"] == "incoming/a/${filename}"
    assert ticket.fields["success_action_redirect"] == "https://pro.example.org/x"
    ends = datetime.fromisoformat(policy["expiration"])
    assert timedelta(minutes=59) < ends - datetime.now(UTC) <= timedelta(hours=1)


def test_every_field_of_a_ticket_is_one_that_its_policy_knows(bucket):
    ticket = bucket.post_ticket("incoming/a/", PostRules("https://pro.example.org/x", 500, 3600))
    known = {
        str(name).lstrip("$")
        for condition in policy_of(ticket)["conditions"]
        for name in (condition if isinstance(condition, dict) else condition[1:2])
    }
    assert set(ticket.fields) - known == {"policy", "x-amz-signature"}


def test_browsers_are_sent_to_the_bucket_s_own_host_in_its_region_as_the_pages_policy_has_it(bucket):
    ticket = bucket.post_ticket("incoming/a/", PostRules("https://pro.example.org/x", 500, 3600))
    link = bucket.download_url("kept/a", Shown("application/pdf", "attachment", 300))
    origins = {f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, (ticket.url, link))}
    assert origins == {ENVIRONMENT["FILES_ORIGIN"]}


@pytest.fixture
def new_clients():
    for cached in (aws.session, aws.client):
        cached.cache_clear()
    yield
    for cached in (aws.session, aws.client):
        cached.cache_clear()


def test_the_machine_may_say_that_buckets_are_paths(tables, new_clients, monkeypatch, tmp_path):
    told = tmp_path / "config"
    told.write_text("[default]\ns3 =\n  addressing_style = path\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(told))
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:4566")
    ticket = Files(BUCKET).post_ticket("incoming/a/", PostRules("http://127.0.0.1:4566/x", 500, 3600))
    assert ticket.url == f"http://localhost:4566/{BUCKET}"


def test_a_link_says_how_the_file_is_saved_and_ends(bucket):
    shown = Shown("application/pdf", "attachment; filename=\"a.pdf\"; filename*=UTF-8''a.pdf", 300)
    asked = parse_qs(urlsplit(bucket.download_url("kept/a", shown)).query)
    assert asked["response-content-type"] == ["application/pdf"]
    assert asked["response-content-disposition"] == [shown.disposition]
    assert asked["X-Amz-Expires"] == ["300"]
