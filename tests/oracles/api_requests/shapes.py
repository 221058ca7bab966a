"""Requests against the shapes that AWS publishes with botocore: types, names, required, enums, lengths, ranges, patterns."""

import functools

import botocore.loaders
import botocore.model
import botocore.validate
import regex

LOADER = botocore.loaders.Loader()


@functools.lru_cache(maxsize=None)
def service(name):
    """The model of a service."""
    return botocore.model.ServiceModel(LOADER.load_service_model(name, "service-2"), name)


@functools.lru_cache(maxsize=None)
def pattern(text):
    """A pattern of a shape; None where it is written in a way that cannot be read here."""
    try:
        return regex.compile(text)
    except regex.error:
        return None


def input_shape(service_name, operation):
    """What a request may hold."""
    return service(service_name).operation_model(operation).input_shape


def fitted(shape, value):
    """CloudFormation's value with the API's names: the same word, written with other capitals; numbers that
    CloudFormation takes as text become numbers, and the other way round. What has no place stays, and is a fault."""
    if shape.type_name == "structure" and isinstance(value, dict):
        names = {name.lower(): name for name in shape.members}
        out = {}
        for key, entry in value.items():
            name = names.get(key.lower(), key)
            out[name] = fitted(shape.members[name], entry) if name in shape.members else entry
        return out
    if shape.type_name == "list" and isinstance(value, list):
        return [fitted(shape.member, item) for item in value]
    if shape.type_name == "map" and isinstance(value, list) and all(set(item) == {"Key", "Value"} for item in value):
        # Tags, which CloudFormation takes as a list of pairs everywhere.
        return {item["Key"]: item["Value"] for item in value}
    if shape.type_name == "map" and isinstance(value, dict):
        return {key: fitted(shape.value, entry) for key, entry in value.items()}
    if shape.type_name in ("integer", "long") and isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    if shape.type_name in ("double", "float") and isinstance(value, str):
        return float(value)
    if shape.type_name == "boolean" and value in ("true", "false"):
        return value == "true"
    if shape.type_name == "string" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value


def faults(shape, value):
    """What AWS would refuse in a request."""
    report = botocore.validate.ParamValidator().validate(value, shape)
    found = [report.generate_report()] if report.has_errors() else []
    return found + list(further(shape, value, ""))


def further(shape, value, path):
    """What botocore itself leaves to the service: names that there are not, enums, greatest lengths, patterns."""
    kind = shape.type_name
    if kind == "structure" and isinstance(value, dict):
        for key, entry in value.items():
            if key in shape.members:
                yield from further(shape.members[key], entry, f"{path}.{key}")
            else:
                yield f"{path}.{key}: there is no such member"
    elif kind == "list" and isinstance(value, list):
        yield from beyond(shape, len(value), path, "items")
        for index, item in enumerate(value):
            yield from further(shape.member, item, f"{path}[{index}]")
    elif kind == "map" and isinstance(value, dict):
        yield from beyond(shape, len(value), path, "entries")
        for key, entry in value.items():
            yield from further(shape.key, key, f"{path}.{key} (key)")
            yield from further(shape.value, entry, f"{path}.{key}")
    elif kind == "string" and isinstance(value, str):
        yield from beyond(shape, len(value), path, "characters")
        if shape.enum and value not in shape.enum:
            yield f"{path}: {value!r} is none of {', '.join(shape.enum)}"
        wanted = pattern(shape.metadata["pattern"]) if "pattern" in shape.metadata else None
        if wanted is not None and not wanted.fullmatch(value):
            yield f"{path}: {value!r} has not the form {shape.metadata['pattern']}"
    elif kind in ("integer", "long", "double", "float") and isinstance(value, (int, float)):
        yield from beyond(shape, value, path, "")


def beyond(shape, number, path, unit):
    """Faults of a length or a number."""
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and number < least:
        yield f"{path}: {number} {unit} are fewer than {least}"
    if most is not None and number > most:
        yield f"{path}: {number} {unit} are more than {most}"
