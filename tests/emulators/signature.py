"""Whether a request is signed as AWS asks, by botocore's own canonicaliser.

moto's own check refuses valid requests without a body, so this one stands before it.
"""

import dataclasses
import datetime
import hmac
import re

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

# How far the clock of who signs may be off (AWS says five minutes, and lets pass up to fifteen).
TOLERANCE = datetime.timedelta(minutes=15)
FORM = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[A-Z0-9]+)/(?P<date>\d{8})/(?P<region>[a-z0-9-]+)/(?P<service>[a-z0-9-]+)/aws4_request, ?"
    r"SignedHeaders=(?P<headers>[a-z0-9;-]+), ?Signature=(?P<signature>[0-9a-f]{64})"
)
STAMP = "%Y%m%dT%H%M%SZ"
# Services that have one endpoint, for which all sign with this region.
GLOBAL = {"iam": "us-east-1"}


@dataclasses.dataclass(frozen=True)
class Key:
    """Credentials that the gate knows."""

    access_key_id: str
    secret_access_key: str
    session_token: str | None


class Unsigned(Exception):
    """Why a request is refused: a key of `refusals.NAMES`, and words for its text."""

    def __init__(self, why, detail="", **words):
        super().__init__(f"{why}: {detail}")
        self.why = why
        self.words = words


def scope(headers):
    """What the signature says of itself."""
    found = FORM.fullmatch(headers.get("authorization", ""))
    if found is None:
        raise Unsigned("unsigned", headers.get("authorization", "")[:40])
    return found


def check(key, regions, now, method, target, headers, body):
    """Gives the service and the region that a request is signed for; raises `Unsigned`.

    `headers` has names in small letters, `target` is path and query as they came.
    """
    told = scope(headers)
    if told["key"] != key.access_key_id or headers.get("x-amz-security-token") != key.session_token:
        raise Unsigned("unknown", "key or token")
    signed = told["headers"].split(";")
    if signed != sorted(set(signed)):
        raise Unsigned("mismatch", "signed headers out of order")
    bound = ["host", "x-amz-date", *(name for name in headers if name.startswith("x-amz-"))]
    if "content-type" in headers and body:
        bound.append("content-type")
    missing = [name for name in bound if name not in signed or name not in headers]
    if missing:
        raise Unsigned("mismatch", f"not signed: {missing}")
    stamp = headers["x-amz-date"]
    if stamp[:8] != told["date"]:
        raise Unsigned("mismatch", "scope of another day")
    moment = datetime.datetime.strptime(stamp, STAMP).replace(tzinfo=datetime.timezone.utc)
    if abs(now - moment) > TOLERANCE:
        raise Unsigned("skewed", stamp, signed=stamp, now=now.strftime(STAMP))
    region = told["region"]
    if region != GLOBAL.get(told["service"], region) or region not in regions:
        raise Unsigned("mismatch", f"region {region}")
    expected = signature(key, told, stamp, signed, method, target, headers, body)
    if not hmac.compare_digest(expected, told["signature"]):
        raise Unsigned("mismatch", "signature")
    return told["service"], region


def signature(key, told, stamp, signed, method, target, headers, body):
    """The signature that botocore makes of this request."""
    request = AWSRequest(method=method, url=f"https://{headers['host']}{target}", data=body)
    # What is not signed is nobody's affair here.
    for name in signed:
        request.headers[name] = headers[name]
    request.context["timestamp"] = stamp
    auth = SigV4Auth(Credentials(key.access_key_id, key.secret_access_key, key.session_token), told["service"], told["region"])
    return auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
