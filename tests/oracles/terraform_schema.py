"""Makes terraform_schema.json: the arguments and attributes of the resources that Trazo writes, as the AWS provider has them.

Usage: npm pack @cdktn/provider-aws (some 40 MB), unpack it, then
    python3 terraform_schema.py UNPACKED/package > terraform_schema.json
Run it again where crates/formats/src/terraform names another type.
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENTRY = re.compile(
    r"^ {8,12}(\w+): \{\s+value: (?P<value>.*?),\s+isBlock: (?P<block>\w+),\s+type: \"(?P<type>\w+)\",", re.M | re.S
)


def entries(body, text, declared, interface):
    """Arguments by name: whether it is a block, its kind, whether it must be there, what stands in it."""
    found = {}
    for match in ENTRY.finditer(body):
        name = match.group(1)
        property_name = re.sub(r"_+(\w)", lambda it: it.group(1).upper(), name)
        members = declared.get(interface, {})
        mapper = re.search(r"(\w+)ToHclTerraform\b", match.group("value"))
        inner = None
        if mapper and f"function {mapper.group(1)}ToHclTerraform(" in text:
            function = text.split(f"function {mapper.group(1)}ToHclTerraform(", 1)[1].split("\n}\n", 1)[0]
            inner_name = mapper.group(1)[0].upper() + mapper.group(1)[1:]
            inner = entries(function, text, declared, inner_name)
        one = {}
        if match.group("block") == "true":
            one["block"] = True
        if match.group("type") in ("list", "set") and "Mapper" in match.group("value"):
            one["many"] = True
        if members.get(property_name) is True:
            one["required"] = True
        if inner is not None:
            one["in"] = inner
        found[name] = one
    return found


def resource(package, name):
    folder = package / "lib" / name
    text = (folder / "index.js").read_text()
    types = (folder / "index.d.ts").read_text()
    declared = {}
    for match in re.finditer(r"export interface (\w+)[^{]*\{\n(.*?)\n\}", types, re.S):
        members = re.findall(r"^    readonly (\w+)(\??):", match.group(2), re.M)
        declared[match.group(1)] = {member: not optional for member, optional in members}
    class_name = re.search(r"export declare class (\w+) extends cdktn\.Terraform(?:Resource|DataSource)", types).group(1)
    body = text.split("synthesizeHclAttributes()", 1)[1]
    arguments = entries(body, text, declared, class_name + "Config")
    main = text.split(f"class {class_name} extends", 1)[1]
    computed = set(re.findall(r"get\w+Attribute\('(\w+)'\)", main)) | {"id"}
    return {"arguments": arguments, "attributes": sorted(computed - arguments.keys())}


def main():
    package = pathlib.Path(sys.argv[1])
    text = "".join(path.read_text() for path in sorted((ROOT / "crates/formats/src/terraform").rglob("*.rs")))
    named = sorted(set(re.findall(r'"(aws_[a-z0-9_]+)"', text)))
    data = ["aws_availability_zones", "aws_caller_identity", "aws_partition", "aws_region", "aws_ssm_parameter"]
    folder = lambda name: name.removeprefix("aws_").replace("_", "-")
    version = re.search(r"hashicorp/aws/([\d.]+)/docs", (package / "lib/vpc/index.d.ts").read_text()).group(1)
    schema = {
        "provider": version,
        "resource": {name: resource(package, folder(name)) for name in named if name not in data},
        "data": {name: resource(package, "data-" + name.replace("_", "-")) for name in data},
    }
    json.dump(schema, sys.stdout, sort_keys=True, separators=(",", ":"))
    print()


main()
