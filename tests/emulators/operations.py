"""Which operation of which service a request asks for, by the models that AWS publishes with its SDKs."""

import dataclasses
import functools
import re
import urllib.parse

import botocore.exceptions
import botocore.session

# Names for signing whose service is called otherwise; API Gateway's two are told apart by their paths.
SIGNED_AS = {
    "elasticloadbalancing": "elbv2",
    "monitoring": "cloudwatch",
    "servicequotas": "service-quotas",
    "tagging": "resourcegroupstaggingapi",
}
# What permissions begin with, where that is not the name for signing
# (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
GRANTED_AS = {"cloudwatch": "cloudwatch", "resourcegroupstaggingapi": "tag"}

# A place in a path that may hold slashes.
PLACES = {"+}": ".+"}


@dataclasses.dataclass(frozen=True)
class Asked:
    """What is asked for, and how. `operation` is None where the model has none at that place."""

    service: str
    operation: str | None
    protocol: str


@functools.cache
def model(service):
    """The model of a service."""
    return botocore.session.get_session().get_service_model(service)


@functools.cache
def places(service):
    """Method, pattern of the path, and name of each operation of a REST service; longer paths first."""
    found = []
    for name in model(service).operation_names:
        http = model(service).operation_model(name).http
        path = http["requestUri"].split("?")[0]
        parts = [part for part in re.split(r"(\{[^}]*\})", path) if part]
        pattern = "".join(PLACES.get(part[-2:]) or ("[^/]+" if part[0] == "{" else re.escape(part)) for part in parts)
        found.append((http["method"], re.compile(pattern), name, len(path)))
    return sorted(found, key=lambda place: -place[3])


def asked(signing_name, method, target, headers, body):
    """What a request asks for; None where its service is none of AWS's."""
    path, _, query = target.partition("?")
    service = SIGNED_AS.get(signing_name, signing_name)
    if service == "apigateway" and path.startswith("/v2/"):
        service = "apigatewayv2"
    try:
        model(service)
    except botocore.exceptions.UnknownServiceError:
        return None
    # Some services can be spoken to in several ways: the request says which.
    if headers.get("content-type", "").startswith("application/x-www-form-urlencoded") or "Action=" in query:
        form = urllib.parse.parse_qs(body.decode("utf-8", "replace") if body else query)
        return Asked(service, form.get("Action", [None])[0], "ec2" if service == "ec2" else "query")
    if "x-amz-target" in headers:
        return Asked(service, headers["x-amz-target"].rpartition(".")[2], "json")
    if path.startswith("/service/"):
        return Asked(service, path.rpartition("/")[2], "json")
    operation = next((name for verb, place, name, _ in places(service) if verb == method and place.fullmatch(path)), None)
    return Asked(service, operation, "rest-json")


def action(asked, method):
    """The permission that a request takes, as AWS names it to those who lack it. API Gateway's are methods of HTTP."""
    if asked.service in ("apigateway", "apigatewayv2"):
        return f"apigateway:{method}"
    signed = next((signed for signed, service in SIGNED_AS.items() if service == asked.service), asked.service)
    return f"{GRANTED_AS.get(asked.service, signed)}:{asked.operation}"
