"""What lies in an account: each thing with what `Ref` and `Fn::GetAtt` give, its tags, and its properties in the words of
CloudFormation. The readers for the services are in `network.py`, `containers.py`, `apis.py` and `others.py`; each gives things by
asking with AWS's own client, and knows nothing of Trazo."""

import dataclasses

import botocore.exceptions
import botocore.parsers


@dataclasses.dataclass
class Thing:
    """One thing of a type."""

    type: str
    ref: str
    properties: dict
    tags: dict = dataclasses.field(default_factory=dict)
    attributes: dict = dataclasses.field(default_factory=dict)
    # What every account has from the beginning.
    given: bool = False
    # How it is told where it is left over.
    name: str = ""

    def __str__(self):
        return f"{self.type} {self.name or self.ref}"


def tagged(tags):
    """Tags as a map, from any of their forms."""
    if isinstance(tags, dict):
        return dict(tags)
    return {tag.get("Key", tag.get("key")): tag.get("Value", tag.get("value")) for tag in tags or []}


def pages(client, operation, member, **words):
    """All items of an operation that gives them in pages."""
    if client.can_paginate(operation):
        for page in client.get_paginator(operation).paginate(**words):
            yield from page.get(member, [])
    else:
        yield from getattr(client, operation)(**words).get(member, [])


def asked(call, default=None, **words):
    """What a call gives, or `default` where it is refused: some emulators lack a question, and some things an answer."""
    try:
        return call(**words)
    except (botocore.exceptions.ClientError, botocore.parsers.ResponseParserError):
        return default


def settings(items, key="Key", value="Value"):
    """A list of keys and values as a map."""
    return {item[key]: item.get(value) for item in items or []}


def renamed(source, names):
    """A copy with some members under other names."""
    return {names.get(name, name): value for name, value in source.items()}
