"""Answers in XML, written by the shapes of AWS's APIs."""

from xml.sax.saxutils import escape


def document(operation, protocol, value):
    """The answer that gives a value."""
    shape = operation.output_shape
    inside = members(shape, value, protocol) if shape is not None else ""
    name = operation.name
    if protocol == "ec2":
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name}Response xmlns="x"><requestId>r-1</requestId>{inside}</{name}Response>'
    result = f"\n  <{name}Result>{inside}</{name}Result>" if shape is not None else ""
    meta = "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>"
    return f'<{name}Response xmlns="http://x/">{result}\n  {meta}\n</{name}Response>\n'


def members(shape, value, protocol):
    """The members of a structure."""
    return "\n".join(
        element(shape.members[name].serialization.get("name", name), shape.members[name], entry, protocol)
        for name, entry in value.items()
    )


def element(tag, shape, value, protocol):
    """One element."""
    kind = shape.type_name
    if kind == "structure":
        inside = members(shape, value, protocol)
    elif kind == "list":
        item = shape.member.serialization.get("name", "item" if protocol == "ec2" else "member")
        inside = "".join(element(item, shape.member, entry, protocol) for entry in value)
    elif kind == "map":
        inside = "".join(
            f"<entry><key>{escape(key)}</key>{element('value', shape.value, entry, protocol)}</entry>"
            for key, entry in value.items()
        )
    else:
        inside = escape(value)
    return f"<{tag}>{inside}</{tag}>"
