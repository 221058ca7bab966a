"""The schemas of terraform_schema.json as Terraform asks for them, and what a provider does with a value by them."""

import itertools
import json

import msgpack

from .proto import message

# How blocks are held (NestedBlock.NestingMode).
SINGLE, LIST, SET = 1, 2, 3
# What stands for a value that is not known yet.
UNKNOWN = msgpack.ExtType(0, b"\0")


def is_unknown(value):
    """Unknown values may say what is known of them, under another number."""
    return isinstance(value, msgpack.ExtType) and value.code in (0, 12)


def block(arguments, attributes=None):
    """A Schema.Block."""
    plain, nested = [], []
    for name, said in sorted(arguments.items()):
        if "in" in said:
            nested.append(held(name, said))
        else:
            known = said.get("required"), not said.get("required"), said.get("computed")
            plain.append(attribute(name, said.get("type", "string"), *known))
    for name, kind in sorted((attributes or {}).items()):
        plain.append(attribute(name, kind, None, None, True))
    return message((2, plain), (3, nested))


def attribute(name, kind, required, optional, computed):
    return message((1, name), (2, json.dumps(kind)), (4, required), (5, optional), (6, computed))


def held(name, said):
    nesting = SINGLE if said.get("single") else SET if said.get("set") else LIST
    most = None if said.get("many") or nesting == SINGLE else 1
    return message((1, name), (2, block(said["in"])), (3, nesting), (4, 1 if said.get("required") else None), (5, most))


def schema(whole):
    """A Schema."""
    return message((2, block(whole["arguments"], whole.get("attributes"))))


def planned(whole, proposed):
    """What a provider promises: what it computes and nobody has said is not known yet."""
    out = inside(whole["arguments"], proposed)
    for name in whole.get("attributes", {}):
        if out.get(name) is None:
            out[name] = UNKNOWN
    return out


def inside(arguments, proposed):
    out = dict(proposed)
    for name, said in arguments.items():
        value = out.get(name)
        if "in" in said and isinstance(value, list):
            out[name] = [inside(said["in"], one) if isinstance(one, dict) else one for one in value]
        elif "in" in said and isinstance(value, dict):
            out[name] = inside(said["in"], value)
        elif "in" not in said and value is None and said.get("computed"):
            out[name] = UNKNOWN
    return out


# What each thing has that is made; what else may be left out stays out.
GIVEN = {"id", "arn", "name", "alarm_name", "function_name", "target_group_arn", "availability_zone"}
# No two things that are made have an id in common.
COUNT = itertools.count(1)


def made(whole, value, name):
    """What was promised, with a value for everything that was not known."""
    name = f"{name}-{next(COUNT)}"
    out = filled(whole["arguments"], value, name)
    for key, kind in whole.get("attributes", {}).items():
        if is_unknown(out.get(key)):
            out[key] = sample(kind, f"{name}-{key}")
    return out


def filled(arguments, value, name):
    out = dict(value)
    for key, said in arguments.items():
        held_now = out.get(key)
        if "in" in said and isinstance(held_now, list):
            out[key] = [filled(said["in"], one, name) for one in held_now]
        elif "in" in said and isinstance(held_now, dict):
            out[key] = filled(said["in"], held_now, name)
        elif is_unknown(held_now):
            out[key] = sample(said.get("type", "string"), f"{name}-{key}") if key in GIVEN else None
    return out


def sample(kind, text):
    """A value of a type."""
    if isinstance(kind, list):
        return {} if kind[0] == "map" else []
    # Names that nobody gave are made up by Terraform in this form.
    text = f"terraform-{next(COUNT):026x}" if text.endswith("-name") else text
    return {"number": 1, "bool": False}.get(kind, text)
