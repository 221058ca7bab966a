"""Values for shapes, drawn at random but always the same."""

import base64

# Members whose wire name is another one in another place, of resources that Trazo does not make.
ODD = {"References", "PrivateIpAddresses", "BaselinePerformanceFactors"}
# Odd only in answers: Trazo does not read them.
ODD_ANSWERS = {"References", "BaselinePerformanceFactors", "LicenseSpecifications", "Licenses"}
WORDS = ["web", "a b", "ñandú", "x+y=z&w", "100%", "arn:aws:ecs:us-east-1:123456789012:cluster/web", "<b>", "'\"~-_."]


class Samples:
    """Values as the AWS CLI takes and prints them (`given`), and as botocore takes them (`typed`)."""

    def __init__(self, chance, protocol):
        self.chance = chance
        self.protocol = protocol

    def text(self):
        return self.chance.choice(WORDS) + str(self.chance.randrange(100))

    def given(self, shape, every, skipped, above=()):
        """A value for a shape; with `every`, all members that can be."""
        kind = shape.type_name
        if kind == "structure":
            return self.structure(shape, every, skipped, (*above, shape.name))
        if kind == "list":
            number = self.chance.choice([1, 1, 2, 3])
            return [self.given(shape.member, every, skipped, above) for _ in range(number)]
        if kind == "map":
            keys = getattr(shape.key, "enum", None) or [self.text(), "x-" + self.text()]
            return {key: self.given(shape.value, every, skipped, above) for key in keys[:2]}
        return self.scalar(shape)

    def structure(self, shape, every, skipped, above):
        out = {}
        entries = list(shape.members.items())
        if getattr(shape, "is_tagged_union", False):
            entries, every = [self.chance.choice(entries)], True
        for name, member in entries:
            inner = member.member if member.type_name == "list" else member
            if name in skipped or inner.name in above or len(above) > 7:
                continue
            if every or name in shape.required_members or self.chance.random() < 0.3:
                out[name] = self.given(member, every, skipped, above)
        # Nobody can tell an empty structure from an empty text.
        if not out and len(above) > 1 and entries:
            name, member = entries[0]
            out[name] = self.given(member, every, skipped, above)
        return out

    def scalar(self, shape):
        kind = shape.type_name
        if kind == "boolean":
            return self.chance.random() < 0.5
        if kind in ("integer", "long"):
            return self.chance.randrange(1, 4000)
        if kind in ("double", "float"):
            return self.chance.randrange(1, 4000) + 0.5
        if kind == "timestamp":
            return 1700000000 if "json" in self.protocol else "2026-11-22T16:00:00Z"
        if kind == "blob":
            return base64.b64encode(self.text().encode()).decode()
        if getattr(shape, "enum", None):
            return self.chance.choice(shape.enum)
        return self.text()


def typed(shape, value):
    """A value with the bytes that botocore wants for blobs."""
    kind = shape.type_name
    if kind == "structure":
        return {name: typed(shape.members[name], entry) for name, entry in value.items()}
    if kind == "list":
        return [typed(shape.member, item) for item in value]
    if kind == "map":
        return {key: typed(shape.value, entry) for key, entry in value.items()}
    return base64.b64decode(value) if kind == "blob" else value


def texts(value):
    """A value as it stands in XML, where numbers and flags are text."""
    if isinstance(value, dict):
        return {name: texts(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [texts(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)
