"""Every Terraform file against the schema of the AWS provider: types, arguments, blocks, what must be there, what is referred to."""

import json
import os
import pathlib
import re
import unittest

WRITTEN = pathlib.Path(os.environ["TRAZO_WRITTEN"])
SCHEMA = json.loads(pathlib.Path(__file__).with_name("terraform_schema.json").read_text())
META = {"depends_on", "lifecycle", "count", "for_each", "provider"}
PLACE = re.compile(r"(?<!\$)\$\{")
# data.TYPE.NAME.ATTRIBUTE, TYPE.NAME.ATTRIBUTE, var.NAME and local.NAME in expressions.
NAMED = re.compile(r"(?<![\w.])(data\.)?((?:aws|archive)_\w+)\.(\w+)(?:\.(\w+))?|(?<![\w.])(var|local)\.(\w+)")


def judge(given, schema, where, faults):
    for name, value in given.items():
        if name in META and "." not in where.split(" ", 1)[-1]:
            continue
        known = schema.get(name)
        if known is None:
            faults.append(f"{where}.{name}: no such argument")
            continue
        blocks = value if isinstance(value, list) else [value]
        if known.get("block"):
            if not all(isinstance(block, dict) for block in blocks):
                faults.append(f"{where}.{name}: is a block")
                continue
            if len(blocks) > 1 and not known.get("many"):
                faults.append(f"{where}.{name}: stands once")
            for block in blocks:
                judge(block, known.get("in", {}), f"{where} {name}", faults)
        elif known.get("many") and "in" not in known:
            if not (isinstance(value, list) or (isinstance(value, str) and value.startswith("${"))):
                faults.append(f"{where}.{name}: is a list")
    for name, known in schema.items():
        if known.get("required") and name not in given:
            faults.append(f"{where}.{name}: is missing")


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def references(file, faults):
    for text in texts({key: value for key, value in file.items() if key != "terraform"}):
        codes = [text[place.end() :] for place in PLACE.finditer(text)]
        if re.fullmatch(r"aws_\w+\.\w+", text):
            codes.append(text)
        for code in codes:
            for data, kind, name, attribute, space, own in NAMED.findall(code.split("}")[0] if "(" not in code else code):
                if space:
                    there = file.get({"var": "variable", "local": "locals"}[space], {})
                    if own not in there:
                        faults.append(f"{space}.{own} is nowhere")
                    continue
                if name not in file.get("data" if data else "resource", {}).get(kind, {}):
                    faults.append(f"{data}{kind}.{name} is nowhere")
                schema = SCHEMA["data" if data else "resource"].get(kind)
                if schema and attribute and attribute not in schema["arguments"] and attribute not in schema["attributes"]:
                    faults.append(f"{data}{kind} has no {attribute}")


class Terraform(unittest.TestCase):
    maxDiff = None

    def test_every_file_is_what_the_provider_takes(self):
        files = sorted(WRITTEN.glob("exports/*/terraform/main.tf.json"))
        self.assertGreater(len(files), 5)
        faults = {}
        for path in files:
            file, found = json.loads(path.read_text()), []
            for section in ("resource", "data"):
                for kind, all_of_kind in file.get(section, {}).items():
                    if kind == "archive_file":
                        continue
                    schema = SCHEMA[section].get(kind)
                    if schema is None:
                        found.append(f"{kind}: no such type")
                        continue
                    for body in all_of_kind.values():
                        judge(body, schema["arguments"], kind, found)
            references(file, found)
            for fault in found:
                faults.setdefault(fault, path.parts[-3])
        self.assertEqual(faults, {})


if __name__ == "__main__":
    unittest.main()
