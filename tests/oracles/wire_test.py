"""Trazo's requests, answers and signatures against botocore's, for every operation that Trazo uses."""

import datetime
import json
import random
import unittest
import unittest.mock
import urllib.parse

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import botocore.model
import botocore.parsers
import botocore.serialize

from api_requests import shapes
from wire import samples, speech, xml
from wire.operations import OPERATIONS

PROTOCOLS = {"ec2": "ec2", "apigateway": "rest-json", "apigatewayv2": "rest-json", "lambda": "rest-json"}
PROTOCOLS |= {name: "query" for name in ("autoscaling", "cloudformation", "cloudwatch", "elbv2", "iam", "sts")}


def operations():
    """(service, protocol, operation) of all."""
    for service, names in OPERATIONS.items():
        for name in names:
            yield service, PROTOCOLS.get(service, "json"), shapes.service(service).operation_model(name)


def pairs(query):
    return sorted(urllib.parse.parse_qsl(query, keep_blank_values=True))


def theirs(protocol, operation, value):
    """What botocore writes."""
    made = botocore.serialize.create_serializer(protocol, False).serialize_to_request(value, operation)
    body, query = made["body"], made["query_string"]
    if isinstance(body, dict):
        body = sorted((key, str(entry)) for key, entry in body.items())
    else:
        text = body.decode() if isinstance(body, bytes) else body
        body = json.loads(text) if text else None
    entries = query.items() if isinstance(query, dict) else query
    asked = [(key, one) for key, entry in entries for one in (entry if isinstance(entry, list) else [entry])]
    asked = sorted((key, "true" if one is True else "false" if one is False else str(one)) for key, one in asked)
    return {
        "method": made["method"],
        "path": made["url_path"],
        "query": asked,
        "target": made["headers"].get("X-Amz-Target"),
        "body": body,
    }


def ours(protocol, written):
    """The same of what Trazo writes."""
    body = written["body"]
    form = protocol in ("query", "ec2")
    return {
        "method": written["method"],
        "path": written["path"],
        "query": pairs(written["query"]),
        "target": written["headers"].get("x-amz-target"),
        "body": pairs(body) if form else json.loads(body) if body else None,
    }


def named(shape, value):
    """A value with the names of the wire, for answers in JSON."""
    kind = shape.type_name
    if kind == "structure":
        wire = {name: shape.members[name].serialization.get("name", name) for name in value}
        return {wire[name]: named(shape.members[name], entry) for name, entry in value.items()}
    if kind == "list":
        return [named(shape.member, item) for item in value]
    if kind == "map":
        return {key: named(shape.value, entry) for key, entry in value.items()}
    return value


def blanked(value):
    """What XML can tell of a value: an element without content is an empty structure as well as an empty text."""
    if isinstance(value, dict):
        return {name: "" if entry == {} else blanked(entry) for name, entry in value.items()}
    return [blanked(item) for item in value] if isinstance(value, list) else value


class Wire(unittest.TestCase):
    maxDiff = None

    def compare(self, found):
        self.assertEqual(len(found), 0, "\n" + "\n".join(found)[:20000])

    def test_requests_are_those_of_botocore(self):
        chance = random.Random(4)
        questions, wanted = [], []
        for service, protocol, operation in operations():
            drawn = samples.Samples(chance, protocol)
            for every in (True, False, False):
                shape = operation.input_shape
                value = drawn.given(shape, every, samples.ODD) if shape is not None else {}
                typed = samples.typed(shape, value) if shape is not None else {}
                questions.append({"service": service, "operation": operation.name, "input": value})
                wanted.append((protocol, theirs(protocol, operation, typed)))
        self.assertGreater(len(questions), 1000)
        found = []
        for question, (protocol, want), written in zip(questions, wanted, speech.ask(questions), strict=True):
            given = ours(protocol, written) if "error" not in written else written
            # A body without members may be there or not.
            if given != want and {**given, "body": given.get("body") or None} != {**want, "body": want["body"] or None}:
                parts = [f"{key}: {given.get(key)}\n   not {want[key]}" for key in want if given.get(key) != want[key]]
                found.append(f"{question['service']} {question['operation']}: {written.get('error', '')}\n  " + "\n  ".join(parts))
        self.compare(found)

    def test_answers_are_read_as_botocore_reads_them(self):
        chance = random.Random(5)
        questions, wanted = [], []
        for service, protocol, operation in operations():
            shape = operation.output_shape
            drawn = samples.Samples(chance, protocol)
            for every in (True, False):
                value = drawn.given(shape, every, samples.ODD_ANSWERS) if shape is not None else {}
                if protocol in ("query", "ec2"):
                    value = samples.texts(value)
                    body = xml.document(operation, protocol, value)
                else:
                    body = json.dumps(named(shape, value)) if shape is not None else ""
                if not body and protocol == "json" and service != "logs":
                    body = "{}"
                answer = {"status": 200, "body": body}
                questions.append({"service": service, "operation": operation.name, "input": {}, "answer": answer})
                wanted.append(blanked(value) if protocol in ("query", "ec2") else value)
                if protocol in ("query", "ec2") and shape is not None:
                    # What was written for the test is an answer to botocore, too.
                    parser = botocore.parsers.create_parser(protocol)
                    parsed = parser.parse({"status_code": 200, "headers": {}, "body": body.encode()}, shape)
                    parsed.pop("ResponseMetadata", None)
                    self.assertEqual(sorted(parsed), sorted(value), operation.name)
        found = []
        for question, want, told in zip(questions, wanted, speech.ask(questions), strict=True):
            if told.get("json") != want:
                found.append(f"{question['service']} {question['operation']}: {difference(told.get('json', told), want)}")
        self.compare(found)

    def test_empty_lists_are_lists(self):
        questions, wanted = [], []
        for service, protocol, operation in operations():
            shape = operation.output_shape
            if protocol not in ("query", "ec2") or shape is None:
                continue
            value = {name: [] for name, member in shape.members.items() if member.type_name == "list"}
            answer = {"status": 200, "body": xml.document(operation, protocol, value)}
            questions.append({"service": service, "operation": operation.name, "input": {}, "answer": answer})
            wanted.append(value)
        told = [answer.get("json") for answer in speech.ask(questions)]
        self.compare([f"{q['operation']}: {t} not {w}" for q, t, w in zip(questions, told, wanted) if t != w])

    def test_signatures_are_those_of_botocore(self):
        chance = random.Random(6)
        moment = datetime.datetime(2026, 11, 22, 16, 0, 0, tzinfo=datetime.timezone.utc)
        keys = {"id": "ASIAEXAMPLE", "secret": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "token": "IQoJb3JpZ2luX2VjE//+="}
        questions, wanted = [], []
        for _ in range(200):
            words = [urllib.parse.quote(chance.choice(samples.WORDS), safe="-_.~") for _ in range(4)]
            url = f"https://apigateway.us-east-1.amazonaws.com/v2/tags/{words[0]}/{words[1]}?tagKeys={words[2]}&tagKeys={words[3]}"
            method, body = chance.choice([("GET", ""), ("DELETE", ""), ("POST", '{"a":"ñ"}')])
            headers = {"content-type": "application/json"} if body else {}
            request = botocore.awsrequest.AWSRequest(method=method, url=url, data=body.encode(), headers=headers)
            signer = botocore.auth.SigV4Auth(botocore.credentials.Credentials(*keys.values()), "apigateway", "us-east-1")
            with unittest.mock.patch("botocore.auth.get_current_datetime", return_value=moment.replace(tzinfo=None)):
                signer.add_auth(request)
            wanted.append((request.headers["Authorization"], url))
            time = int(moment.timestamp() * 1000)
            asked = {**keys, "region": "us-east-1", "service": "apigateway", "time": time, "method": method, "url": url}
            questions.append({"sign": {**asked, "headers": headers, "body": body}})
        told = [(answer["headers"]["authorization"], answer["url"]) for answer in speech.ask(questions)]
        self.assertEqual(told, wanted)

    def test_refusals_are_read_in_every_form(self):
        query = "<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>a &lt; b</Message></Error><RequestId>r</RequestId></ErrorResponse>"
        ec2 = "<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>a &lt; b</Message></Error></Errors><RequestID>r</RequestID></Response>"
        forms = [
            ("iam", query, {}, "ValidationError"),
            ("ec2", ec2, {}, "InvalidVpcID.NotFound"),
            ("ecs", '{"__type":"com.amazonaws.ecs#ClientException","message":"a < b"}', {"x-amzn-requestid": "r"}, "ClientException"),
            ("logs", '{"__type":"ValidationException","Message":"a < b"}', {"x-amzn-requestid": "r"}, "ValidationException"),
            (
                "lambda",
                '{"Type":"User","Message":"a < b"}',
                {"x-amzn-requestid": "r", "x-amzn-errortype": "ResourceConflictException:http://x/"},
                "ResourceConflictException",
            ),
        ]
        operations_of = {"iam": "GetRole", "ec2": "DescribeVpcs", "ecs": "ListTasks", "logs": "DescribeLogGroups", "lambda": "GetPolicy"}
        questions = [
            {"service": name, "operation": operations_of[name], "answer": {"status": 400, "body": body, "headers": headers}}
            for name, body, headers, _ in forms
        ]
        for (name, body, headers, code), told in zip(forms, speech.ask(questions), strict=True):
            self.assertEqual(told, {"code": code, "message": "a < b", "request": "r", "status": 400}, name)
            parser = botocore.parsers.create_parser(PROTOCOLS.get(name, "json"))
            lower = botocore.awsrequest.HeadersDict(headers)
            parsed = parser.parse({"status_code": 400, "headers": lower, "body": body.encode()}, None)
            self.assertEqual((parsed["Error"]["Code"], parsed["Error"]["Message"]), (code, "a < b"), name)


def difference(given, want, path=""):
    """The first place at which two values part."""
    if isinstance(given, dict) and isinstance(want, dict):
        for name in sorted({*given, *want}):
            if given.get(name) != want.get(name):
                return difference(given.get(name), want.get(name), f"{path}.{name}")
    return f"{path}: {str(given)[:200]} not {str(want)[:200]}"


if __name__ == "__main__":
    unittest.main()
