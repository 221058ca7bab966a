"""Carries steps out with boto3, as an engine would: call, read what it gives, wait, find it again, and take all of it back."""

import boto3
import botocore.exceptions
from botocore import xform_name

from . import resolve, steps as written

REGION = "us-east-1"
# How often a question is asked before it is given up: an emulator needs no time.
QUESTIONS = 5


class Stuck(Exception):
    """A step that cannot be taken, with what AWS said."""


class Place(resolve.Template):
    """What is known so far."""

    def __init__(self, document, account):
        super().__init__(document)
        self.known = {
            ("AWS::AccountId", ""): account,
            ("AWS::Partition", ""): "aws",
            ("AWS::Region", ""): REGION,
            ("AWS::StackName", ""): "trazo",
            ("AWS::URLSuffix", ""): "amazonaws.com",
        }
        for name, parameter in document["Parameters"].items():
            if parameter["Default"] is not None:
                self.known[name, ""] = parameter["Default"]

    def reference(self, name):
        return resolve.GONE if name == "AWS::NoValue" else self.attribute(name, "")

    def attribute(self, name, attribute):
        if (name, attribute) not in self.known:
            raise Stuck(f"{name}.{attribute} is not known")
        return self.known[name, attribute]

    def function(self, name, inner):
        if name == "GetAZs":
            return self.attribute("AWS::Zones", "")
        if name == "Join":
            items = [item for value in self.value(inner[1]) for item in (value if isinstance(value, list) else [value])]
            return inner[0].join(str(item) for item in items)
        if name == "Base64":
            import base64

            return base64.b64encode(str(self.value(inner)).encode()).decode()
        return super().function(name, inner)


class Runner:
    """One deployment against one endpoint."""

    def __init__(self, file, endpoint, account="123456789012"):
        self.file = file
        self.place = Place(file.document, account)
        self.session = boto3.Session(
            region_name=REGION, aws_access_key_id="testing", aws_secret_access_key="testing", aws_session_token="testing"
        )
        self.endpoint = endpoint
        self.clients = {}
        self.done = []

    def client(self, service):
        if service not in self.clients:
            self.clients[service] = self.session.client(service, endpoint_url=self.endpoint)
        return self.clients[service]

    def send(self, call):
        """Makes a call; raises botocore's ClientError where it is refused."""
        parameters = self.place.value(call["Input"])
        shape = written.operation(call["Service"], call["Operation"]).input_shape
        if shape is not None:
            parameters = written.blobs(shape, parameters)
        method = getattr(self.client(call["Service"]), xform_name(call["Operation"]))
        return method(**parameters)

    def take(self, step):
        """One step."""
        try:
            answer = self.send(step["Call"])
        except botocore.exceptions.ClientError as error:
            raise Stuck(f"{step['Id']}: {step['Call']['Operation']}: {error}") from error
        self.done.append(step)
        given = self.read(step["Gives"], at(answer, step["Answer"]))
        self.keep(step, given)
        if step["Ready"]:
            self.keep(step, self.read(step["Ready"]["Gives"], self.wait(step, step["Ready"])))
        if step["Find"]:
            self.compare(step)

    def compare(self, step):
        """What was made has to be found again, as the same."""
        known = {name: value for (name_of, name), value in self.place.known.items() if name_of == step["LogicalId"]}
        found = self.find(step)
        told = {gives["Attribute"] for gives in step["Find"]["Gives"] or step["Gives"] if "Path" in gives}
        if found is None or any(known.get(name, found[name]) != found[name] for name in told):
            raise Stuck(f"{step['Id']}: found again as {found}, not {known}")

    def keep(self, step, given):
        for attribute, value in given.items():
            self.place.known[step["LogicalId"], attribute] = value

    def read(self, all_gives, thing):
        given = {}
        for gives in all_gives:
            if "Known" in gives:
                value = self.place.value(gives["Known"])
            else:
                value = at(thing, gives["Path"])
                if value is None:
                    raise Stuck(f"nothing at {gives['Path']} of {thing}")
                if "After" in gives:
                    value = value.rsplit(gives["After"], 1)[-1]
            given[gives["Attribute"]] = value if isinstance(value, list) else str(value)
        return given

    def wait(self, step, wait):
        for _ in range(QUESTIONS):
            try:
                answer = self.send(wait["Poll"])
            except botocore.exceptions.ClientError as error:
                if told(error, wait["Gone"]):
                    return {}
                if told(error, wait["Unseen"]):
                    continue
                raise Stuck(f"{step['Id']}: {wait['Poll']['Operation']}: {error}") from error
            if any(holds(condition, answer) for condition in wait["Fails"]):
                raise Stuck(f"{step['Id']}: failed: {answer}")
            if all(holds(condition, answer) for condition in wait["Until"]):
                return answer
        raise Stuck(f"{step['Id']}: {wait['Poll']['Operation']} never said {wait['Until']}: {answer}")

    def find(self, step):
        """What the step made, found again."""
        find = step["Find"]
        if not find:
            return None
        try:
            answer = self.send(find["Call"])
        except botocore.exceptions.ClientError as error:
            if told(error, find["Missing"]):
                return None
            raise Stuck(f"{step['Id']}: {find['Call']['Operation']}: {error}") from error
        items = at(answer, find["Items"])
        wanted = [(path, str(self.place.value(value))) for path, value in find["Matching"]]
        for item in items if isinstance(items, list) else [items]:
            if any(str(at(item, path)) != value for path, value in wanted):
                continue
            if find["Tagged"] and not self.is_ours(step, at(item, find["Tagged"])):
                continue
            given = self.read(find["Gives"] or step["Gives"], item)
            if find["Proof"]:
                self.keep(step, given)
                if not self.is_ours(step, at(self.send(find["Proof"]["Call"]), find["Proof"]["Tagged"])):
                    continue
            return given
        return None

    def is_ours(self, step, tags):
        if isinstance(tags, list):
            tags = {tag.get("Key", tag.get("key")): tag.get("Value", tag.get("value")) for tag in tags}
        wanted = {"trazo:deployment": self.file.document["Token"], "trazo:resource": step["LogicalId"]}
        return all((tags or {}).get(key) == value for key, value in wanted.items())

    def make(self):
        for step in self.file.steps:
            self.take(step)

    def take_back(self):
        """All that was made, last first."""
        for step in reversed(self.done):
            for undo in step["Undo"]:
                try:
                    self.send(undo["Call"])
                except botocore.exceptions.ClientError as error:
                    if not told(error, undo["Gone"]):
                        raise Stuck(f"{step['Id']}: {undo['Call']['Operation']}: {error}") from error
                    continue
                if undo["Wait"]:
                    self.wait(step, undo["Wait"])
        self.done.clear()


def told(error, refusals):
    """Whether a refusal is one of these."""
    code, message = error.response["Error"]["Code"], error.response["Error"].get("Message", "").lower()
    return any(
        (code.endswith(wanted) if wanted.startswith(".") else code == wanted) and words.lower() in message
        for wanted, words in refusals
    )


def at(answer, path):
    """What stands at a path; None where there is nothing."""
    if not path or answer is None:
        return answer
    segment, _, rest = path.partition(".")
    name, _, index = segment.partition("[")
    inner = answer.get(name) if name else answer
    if not index or inner is None:
        return at(inner, rest)
    if index == "*]":
        return [at(item, rest) for item in inner]
    number = int(index.rstrip("]"))
    return at(inner[number], rest) if number < len(inner) else None


def holds(condition, answer):
    """Whether a condition holds for an answer."""
    kind, path, *rest = condition
    found = at(answer, path)
    if kind in ("is", "is not"):
        same = found is not None and str(found).lower() == rest[0].lower()
        return same == (kind == "is")
    if kind == "same":
        return str(found) == str(at(answer, rest[0]))
    if kind == "length":
        return len(found or []) == rest[0]
    if kind == "none but":
        return all(holds(["is", *rest], item) for item in found or [])
    return found is not None
