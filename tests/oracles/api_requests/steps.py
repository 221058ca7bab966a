"""The steps of a stack as Trazo writes them (`<name>.steps.json`): what they name, and what AWS's shapes say of their calls."""

import functools
import json
import re

from . import resolve, shapes


class Steps:
    """One file of steps."""

    def __init__(self, path):
        self.path = path
        document = json.loads(path.read_text(encoding="utf-8"))
        self.document = document
        self.problem = document["Problem"]
        self.steps = document["Steps"]
        self.examples = resolve.Template(document)

    def calls(self, step):
        """Every call of a step with what it is for."""
        yield "call", step["Call"]
        if step["Ready"]:
            yield "ready", step["Ready"]["Poll"]
        for undo in step["Undo"]:
            yield "undo", undo["Call"]
            if undo["Wait"]:
                yield "undo wait", undo["Wait"]["Poll"]
        if step["Find"]:
            yield "find", step["Find"]["Call"]
            if step["Find"]["Proof"]:
                yield "proof", step["Find"]["Proof"]["Call"]

    def faults(self):
        """What AWS would refuse, what answers do not have, and what is used before it is given."""
        given, before = {}, {}
        for step in self.steps:
            for use, call in self.calls(step):
                for fault in judged(call, self.examples):
                    yield f"{step['Call']['Operation']} {use} {call['Operation']}: {fault}"
            yield from answers(step)
            known = set(step["Needs"])
            for need in step["Needs"]:
                if need not in before:
                    yield f"{step['Id']} needs {need}, which is not before it"
                known |= before.get(need, set())
            before[step["Id"]] = known
            yield from self.unknown(step, known, given)
            for gives in all_gives(step):
                given.setdefault((step["LogicalId"], gives["Attribute"]), step["Id"])

    def unknown(self, step, known, given):
        """What a step names that no step before it, which it needs, gives."""
        own = {gives["Attribute"] for gives in all_gives(step)}
        for use, call in self.calls(step):
            for name, attribute in references(call["Input"]):
                if name.startswith("AWS::") and name != "AWS::Zones" or name in self.document["Parameters"]:
                    continue
                if use not in ("call", "find") and name == step["LogicalId"] and attribute in own:
                    continue
                giver = given.get((name, attribute))
                if giver is None or giver not in known:
                    yield f"{step['Call']['Operation']} {use}: {name}.{attribute} is not given before"


def all_gives(step):
    """What a step gives with its answer and with the last answer of its wait."""
    return step["Gives"] + (step["Ready"]["Gives"] if step["Ready"] else [])


def references(value):
    """What a value names, as (name, attribute)."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    if not isinstance(value, dict):
        return
    if set(value) == {"Ref"}:
        yield value["Ref"], ""
    elif set(value) == {"Fn::GetAtt"}:
        yield tuple(value["Fn::GetAtt"])
    elif set(value) == {"Fn::Sub"}:
        for name in re.findall(r"\$\{([^!}][^}]*)\}", value["Fn::Sub"]):
            yield tuple(name.split(".", 1)) if "." in name else (name, "")
    elif set(value) == {"Fn::GetAZs"}:
        yield "AWS::Zones", ""
    else:
        for inner in value.values():
            yield from references(inner)


@functools.lru_cache(maxsize=None)
def operation(service, name):
    """The model of an operation."""
    return shapes.service(service).operation_model(name)


def judged(call, examples):
    """What AWS would refuse in a call; names have to be the API's own."""
    model = operation(call["Service"], call["Operation"])
    value = examples.value(call["Input"])
    if model.input_shape is None:
        return ["takes no input"] if value else []
    return shapes.faults(model.input_shape, blobs(model.input_shape, value))


def blobs(shape, value):
    """Text in Base64, which JSON has where a shape holds bytes, as bytes."""
    if shape.type_name == "structure" and isinstance(value, dict):
        return {key: blobs(shape.members[key], entry) if key in shape.members else entry for key, entry in value.items()}
    if shape.type_name == "list" and isinstance(value, list):
        return [blobs(shape.member, item) for item in value]
    if shape.type_name == "blob" and isinstance(value, str):
        return value.encode()
    return value


def answers(step):
    """Paths that the answers do not have."""
    def missing(call, path):
        return None if has(operation(call["Service"], call["Operation"]).output_shape, path) else (
            f"{call['Operation']}: its answer has no {path}"
        )

    paths = [(step["Call"], joined(step["Answer"], gives["Path"])) for gives in step["Gives"] if "Path" in gives]
    for wait in [step["Ready"], *(undo["Wait"] for undo in step["Undo"])]:
        if not wait:
            continue
        for kind, *parts in wait["Until"] + wait["Fails"]:
            wanted = parts[:2] if kind == "same" else parts[:1]
            if kind == "none but":
                wanted = [joined(parts[0] + "[0]", parts[1])]
            paths += [(wait["Poll"], path) for path in wanted]
        paths += [(wait["Poll"], gives["Path"]) for gives in wait["Gives"]]
    find = step["Find"]
    if find:
        shape = operation(find["Call"]["Service"], find["Call"]["Operation"]).output_shape
        inner = find["Items"] + ("[0]" if is_list(shape, find["Items"]) else "")
        for gives in find["Gives"] or step["Gives"]:
            if "Path" in gives:
                paths.append((find["Call"], joined(inner, gives["Path"])))
        paths += [(find["Call"], joined(inner, at)) for at, _ in find["Matching"]]
        if find["Tagged"]:
            paths.append((find["Call"], joined(inner, find["Tagged"])))
        if find["Proof"]:
            paths.append((find["Proof"]["Call"], find["Proof"]["Tagged"]))
    return [fault for fault in (missing(call, path) for call, path in paths) if fault]


def joined(one, other):
    """A path below another."""
    return f"{one}.{other}" if one and other and not other.startswith("[") else one + other


def reached(shape, path):
    """The shape at a path."""
    for segment in path.split(".") if path else []:
        name, index = (segment.split("[", 1) + [""])[:2]
        if name:
            shape = below(shape, name)
        if index:
            shape = shape.member if shape is not None and shape.type_name == "list" else None
        if shape is None:
            return None
    return shape


def below(shape, name):
    """The shape of a member, or of an entry of a map."""
    if shape is not None and shape.type_name == "map":
        return shape.value
    return shape.members.get(name) if shape is not None and shape.type_name == "structure" else None


def has(shape, path):
    """Whether an answer can have something at a path."""
    return reached(shape, path) is not None


def is_list(shape, path):
    """Whether a list stands at a path."""
    found = reached(shape, path)
    return found is not None and found.type_name == "list"
