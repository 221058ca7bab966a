"""Makes terraform_schema.json: the arguments and attributes of the resources that Trazo writes, as the providers have them.

Usage: npm pack @cdktn/provider-aws @cdktn/provider-archive (some 40 MB), unpack both, then
    python3 terraform_schema.py AWS/package ARCHIVE/package > terraform_schema.json
Run it again where crates/formats/src/terraform names another type.

An argument is {} for an optional text; `type` where it is not text, `block`, `many`, `set` and `single` for what holds more,
`in` for what stands in it, `required`, `computed` where the provider fills in what is left out.
"""

import base64
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENTRY = re.compile(
    r"^ {8,12}(\w+): \{\s+value: (?P<value>.*?),\s+isBlock: (?P<block>\w+),\s+type: \"(?P<type>\w+)\","
    r"\s+storageClassType: \"(?P<holds>\w+)\"",
    re.M | re.S,
)
SAID = re.compile(r"^  // (\w+) - computed: (\w+), optional: (\w+), required: (\w+)", re.M)
GETTER = re.compile(r"get(\w*?)Attribute\('(\w+)'\)")
SIMPLE = {"boolean": "bool", "number": "number", "string": "string"}


def type_of(kind, holds):
    """The type of an argument that is no block, as Terraform writes types."""
    if kind == "simple":
        return SIMPLE.get(holds, "string")
    parts = re.fullmatch(r"(boolean|number|string)(List|Map)(List|Map)?", holds)
    if not parts:
        return "string"
    inner = SIMPLE[parts.group(1)]
    if parts.group(3):
        inner = [parts.group(2).lower(), inner]
    return [kind, inner]


class Folder:
    """What a package says of one type."""

    def __init__(self, folder):
        self.text = (folder / "index.js").read_text()
        self.types = (folder / "index.d.ts").read_text()
        self.declared = {}
        for match in re.finditer(r"export interface (\w+)[^{]*\{\n(.*?)\n\}", self.types, re.S):
            members = re.findall(r"^    readonly (\w+)(\??):", match.group(2), re.M)
            self.declared[match.group(1)] = {member: not optional for member, optional in members}
        # The source says what the compiled text does not: what the provider computes.
        map_text = self.text.rsplit("base64,", 1)[1]
        source = json.loads(base64.b64decode(map_text))["sourcesContent"][0]
        self.computed = {}
        for part in re.split(r"^export class ", source, flags=re.M)[1:]:
            name = re.match(r"\w+", part).group()
            self.computed[name] = {said[0]: said[1] == "true" for said in SAID.findall(part)}

    def entries(self, body, interface, class_name):
        """Arguments by name: whether it is a block, its kind, whether it must be there, what stands in it."""
        found = {}
        computed = self.computed.get(class_name, {})
        for match in ENTRY.finditer(body):
            name, kind, value = match.group(1), match.group("type"), match.group("value")
            property_name = re.sub(r"_+(\w)", lambda it: it.group(1).upper(), name)
            mapper = re.search(r"(\w+)ToHclTerraform\b", value)
            one = {}
            if match.group("block") == "true":
                one["block"] = True
            if kind in ("list", "set") and "Mapper" in value:
                one["many"] = True
            if kind == "set":
                one["set"] = True
            if kind == "struct":
                one["single"] = True
            if self.declared.get(interface, {}).get(property_name) is True:
                one["required"] = True
            if computed.get(name):
                one["computed"] = True
            if mapper and f"function {mapper.group(1)}ToHclTerraform(" in self.text:
                function = self.text.split(f"function {mapper.group(1)}ToHclTerraform(", 1)[1].split("\n}\n", 1)[0]
                inner = mapper.group(1)[0].upper() + mapper.group(1)[1:]
                one["in"] = self.entries(function, inner, inner + "OutputReference")
            elif type_of(kind, match.group("holds")) != "string":
                one["type"] = type_of(kind, match.group("holds"))
            found[name] = one
        return found

    def whole(self):
        declared = re.search(r"export declare class (\w+) extends cdktn\.Terraform(?:Resource|DataSource|Provider)", self.types)
        class_name = declared.group(1)
        arguments = self.entries(self.text.split("synthesizeHclAttributes()", 1)[1], class_name + "Config", class_name)
        attributes = {"id": "string"}
        for kind, name in GETTER.findall(self.text.split(f"class {class_name} extends", 1)[1]):
            wanted = {"String": "string", "Number": "number", "Boolean": "bool", "List": ["list", "string"]}
            attributes[name] = wanted.get(kind, ["map", "string"] if kind == "StringMap" else "string")
        # Lists of objects that nobody writes or reads are kept without what stands in them.
        for name in self.computed.get(class_name, {}):
            attributes.setdefault(name, ["map", "string"] if name == "tags_all" else ["list", "string"])
        return {"arguments": arguments, "attributes": {name: attributes[name] for name in sorted(attributes.keys() - arguments)}}


def main():
    package, archive = map(pathlib.Path, sys.argv[1:3])
    text = "".join(path.read_text() for path in sorted((ROOT / "crates/formats/src/terraform").rglob("*.rs")))
    named = sorted(set(re.findall(r'"(aws_[a-z0-9_]+)"', text)))
    data = ["aws_availability_zones", "aws_caller_identity", "aws_partition", "aws_region", "aws_ssm_parameter"]
    folder = lambda name: name.removeprefix("aws_").replace("_", "-")
    version = re.search(r"hashicorp/aws/([\d.]+)/docs", (package / "lib/vpc/index.d.ts").read_text()).group(1)
    of = lambda name: Folder(package / "lib" / name).whole()
    schema = {
        "provider": version,
        "settings": {name: said for name, said in of("provider")["arguments"].items() if name != "endpoints"},
        "resource": {name: of(folder(name)) for name in named if name not in data},
        "data": {name: of("data-" + name.replace("_", "-")) for name in data},
        "archive": {"archive_file": Folder(archive / "lib/data-archive-file").whole()},
    }
    json.dump(schema, sys.stdout, sort_keys=True, separators=(",", ":"))
    print()


main()
