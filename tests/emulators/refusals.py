"""Errors in the forms in which AWS's services give them."""

import json
import uuid
from xml.sax.saxutils import escape


def refusal(protocol, code, message):
    """Headers and body of an error in a service's protocol."""
    request_id = str(uuid.uuid4())
    if protocol == "ec2":
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>'
            f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
            f"</Error></Errors><RequestID>{request_id}</RequestID></Response>"
        )
        return {"content-type": "text/xml;charset=UTF-8"}, body.encode()
    if protocol == "query":
        body = (
            "<ErrorResponse><Error><Type>Sender</Type>"
            f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
            f"</Error><RequestId>{request_id}</RequestId></ErrorResponse>"
        )
        return {"content-type": "text/xml", "x-amzn-requestid": request_id}, body.encode()
    if protocol == "json":
        body = json.dumps({"__type": code, "message": message})
        return {"content-type": "application/x-amz-json-1.1", "x-amzn-requestid": request_id}, body.encode()
    body = json.dumps({"message": message})
    named = {"x-amzn-errortype": code, "x-amzn-requestid": request_id, "x-amz-apigw-id": request_id[:16]}
    return {"content-type": "application/json", **named}, body.encode()


# The same refusal has other names in services that speak JSON than in those that speak XML.
NAMES = {
    "expired": ("ExpiredToken", "ExpiredTokenException", "The security token included in the request is expired"),
    "unknown": (
        "InvalidClientTokenId",
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
    ),
    "unsigned": (
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
        "Request is missing Authentication Token",
    ),
    "mismatch": (
        "SignatureDoesNotMatch",
        "InvalidSignatureException",
        "The request signature we calculated does not match the signature you provided. "
        "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    ),
    "skewed": ("SignatureDoesNotMatch", "InvalidSignatureException", "Signature expired: {signed} is now earlier than {now}"),
    "denied": (
        "AccessDenied",
        "AccessDeniedException",
        "User: arn:aws:sts::123456789012:assumed-role/voclabs/user is not authorized to perform: {action}",
    ),
    "throttled": ("Throttling", "ThrottlingException", "Rate exceeded"),
    "broken": ("InternalFailure", "InternalServerException", "The request processing has failed because of an unknown error."),
    "unavailable": ("ServiceUnavailable", "ServiceUnavailableException", "Service is unavailable"),
    "quota": ("LimitExceeded", "LimitExceededException", "The quota of this resource has been reached."),
}


def named(protocol, why, **words):
    """As `refusal`, by why it is refused."""
    xml, spoken, message = NAMES[why]
    if protocol == "ec2" and why == "denied":
        xml = "UnauthorizedOperation"
    if protocol == "ec2" and why == "throttled":
        xml = "RequestLimitExceeded"
    code = xml if protocol in ("ec2", "query") else spoken
    return refusal(protocol, code, message.format(**words))
