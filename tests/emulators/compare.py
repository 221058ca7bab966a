"""Whether what is there is what was asked for."""

import json


class Anything:
    """Stands for a value that nobody can know beforehand."""

    def __repr__(self):
        return "anything"


ANYTHING = Anything()


def has_anything(value):
    """Whether a value holds something that is not known."""
    if isinstance(value, dict):
        return any(has_anything(inner) for inner in value.values())
    if isinstance(value, list):
        return any(has_anything(inner) for inner in value)
    return value is ANYTHING


def member(there, name):
    """A member of what is there. Services write the same names with other capitals."""
    if name in there:
        return there[name]
    return next((value for known, value in there.items() if known.lower() == name.lower()), None)


def differences(asked, there, path=""):
    """Where what is there is not what was asked for. More than was asked for may be there: defaults of AWS."""
    if asked is ANYTHING:
        return
    if isinstance(asked, dict):
        there = parsed(there)
        if not isinstance(there, dict):
            yield f"{path}: asked for {short(asked)}, there is {short(there)}"
            return
        for name, wanted in asked.items():
            yield from differences(wanted, member(there, name), f"{path}.{name}" if path else name)
    elif isinstance(asked, list):
        yield from of_lists(asked, there, path)
    elif not any(same(asked, one) for one in (there if isinstance(there, tuple) else (there,))):
        yield f"{path}: asked for {short(asked)}, there is {short(there)}"


def of_lists(asked, there, path):
    """Lists are compared without regard to their order: no service keeps that of all."""
    # Attributes are pairs in CloudFormation, and a map here.
    if isinstance(there, dict) and all(isinstance(item, dict) and set(item) == {"Key", "Value"} for item in asked):
        for item in asked:
            yield from differences(item["Value"], there.get(item["Key"]), f"{path}[{item['Key']}]")
        return
    there = list(there) if isinstance(there, (list, tuple)) else [] if there is None else [there]
    free = list(there)
    for number, wanted in enumerate(asked):
        found = next((item for item in free if not any(True for _ in differences(wanted, item))), None)
        if found is not None:
            free.remove(found)
            continue
        if len(asked) == len(there) == 1 or (number < len(there) and isinstance(wanted, dict)):
            yield from differences(wanted, closest(wanted, free), f"{path}[{number}]")
        else:
            yield f"{path}[{number}]: asked for {short(wanted)}, there is {short(there)}"


def closest(wanted, free):
    """The item that differs least."""
    return min(free, key=lambda item: sum(1 for _ in differences(wanted, item)), default=None)


def same(asked, there):
    """Whether two scalars say the same: numbers and flags are text in some answers, and an empty text is none in others."""
    asked, there = parsed(asked), parsed(there)
    if isinstance(asked, dict):
        return not any(True for _ in differences(asked, there))
    if asked in ("", None) and there in ("", None):
        return True
    if isinstance(asked, bool) or isinstance(there, bool):
        return str(asked).lower() == str(there).lower()
    try:
        return float(asked) == float(there)
    except (TypeError, ValueError):
        # The ARN of a log group is written with this end and without it.
        return str(asked).removesuffix(":*") == str(there).removesuffix(":*")


def parsed(value):
    """A document that is written as a text."""
    if isinstance(value, str) and value[:1] == "{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def short(value):
    text = json.dumps(value, default=repr, ensure_ascii=False)
    return text if len(text) < 160 else text[:157] + "…"
