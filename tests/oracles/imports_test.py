"""Templates of other authors, imported and exported again: what Trazo keeps of other kinds is what it was."""

import json
import os
import pathlib
import subprocess
import unittest

from cfnlint.decode import cfn_json, cfn_yaml

CFN_LINT = os.environ.get("CFN_LINT", "cfn-lint")
FIXTURES = pathlib.Path(__file__).parent.parent / "imports" / "cloudformation"
# What `write_templates` made of them.
AGAIN = pathlib.Path(os.environ["TRAZO_WRITTEN"]) / "imports"
# The linter does not unfold SAM, so what a function of it needs is first missed afterwards.
OF_SAM = {"E3033", "E1161"}


def read(path):
    return cfn_json.load(str(path)) if path.suffix == ".json" else cfn_yaml.load(str(path))


class Meaning:
    """The values of a template with the defaults of its parameters."""

    def __init__(self, template):
        self.parameters = {name: one.get("Default") for name, one in template.get("Parameters", {}).items()}
        self.conditions = template.get("Conditions", {})
        self.mappings = template.get("Mappings", {})

    def holds(self, name):
        return bool(self.value(self.conditions[name]))

    def value(self, json_):
        if isinstance(json_, list):
            return [self.value(item) for item in json_]
        if not isinstance(json_, dict):
            return json_
        if len(json_) == 1:
            (key, argument), = json_.items()
            if key == "Ref" and self.parameters.get(argument) is not None:
                return self.parameters[argument]
            if key == "Fn::GetAtt" and isinstance(argument, str):
                return {key: argument.split(".", 1)}
            if key == "Fn::If":
                return self.value(argument[1] if self.holds(argument[0]) else argument[2])
            if key == "Fn::Equals":
                return self.value(argument[0]) == self.value(argument[1])
            if key == "Fn::Not":
                return not self.value(argument[0])
            if key == "Fn::FindInMap":
                first, second, third = map(self.value, argument)
                return self.mappings[first][second][third]
        return {key: self.value(inner) for key, inner in json_.items()}


def names(json_):
    """The logical ids that a value names, each with how it is named."""
    found = []
    if isinstance(json_, list):
        for item in json_:
            found += names(item)
    elif isinstance(json_, dict):
        for key, inner in json_.items():
            if key == "Ref" and isinstance(inner, str):
                found.append(inner)
            elif key == "Fn::GetAtt":
                found.append(inner[0])
            else:
                found += names(inner)
    return found


def same(one, other, renamed):
    """Whether two values say the same, but for other logical ids; what was renamed is noted, and has to be so everywhere."""
    if isinstance(one, dict) and isinstance(other, dict):
        if set(one) != set(other):
            return False
        for key, inner in one.items():
            if key == "Ref" or key == "Fn::GetAtt":
                was, now = (inner, other[key]) if key == "Ref" else (inner[0], other[key][0])
                if renamed.setdefault(was, now) != now:
                    return False
                if key == "Fn::GetAtt" and inner[1:] != other[key][1:]:
                    return False
            elif not same(inner, other[key], renamed):
                return False
        return True
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(a, b, renamed) for a, b in zip(one, other))
    return str(one).lower() == str(other).lower()


def plain(json_):
    """Texts that are put together are compared by the importer's own tests; here all else is."""
    return not any(key in json.dumps(json_, default=str) for key in ("Fn::Sub", "Fn::Join", "Fn::Select", "Fn::Split"))


class Imports(unittest.TestCase):
    def pairs(self):
        for path in sorted(FIXTURES.iterdir()):
            yield path, read(path), json.loads((AGAIN / f"{path.stem}.json").read_text(encoding="utf-8"))

    def test_other_resources_are_what_they_were(self):
        files, compared = set(), 0
        for path, before, after in self.pairs():
            meaning, renamed = Meaning(before), {}
            others = {node["name"] for node in after["Metadata"]["Trazo"]["nodes"] if node["kind"] == "other_resource"}
            for name, resource in before["Resources"].items():
                kept = after["Resources"].get(name)
                if name not in others or kept["Type"] != resource["Type"] or not plain(resource):
                    continue
                own = meaning.value(resource.get("Properties", {}))
                self.assertTrue(same(own, kept.get("Properties", {}), renamed), f"{path.name} {name}")
                for other in names(kept.get("Properties", {})):
                    known = other.startswith("AWS::") or other in after["Resources"] or other in after.get("Parameters", {})
                    self.assertTrue(known, f"{path.name} {name}: {other}")
                files.add(path.name)
                compared += 1
            # Two resources stay two, and each stays of its type.
            made = {now: was for was, now in renamed.items()}
            self.assertEqual(len(made), len(renamed), f"{path.name}: {renamed}")
            for was, now in renamed.items():
                if was in before["Resources"]:
                    types = (before["Resources"][was]["Type"], after["Resources"][now]["Type"])
                    self.assertEqual(types[0], types[1], f"{path.name} {was}")
        self.assertGreaterEqual(len(files), 5, files)
        self.assertGreaterEqual(compared, 15)

    def faults(self, paths):
        """The errors of each file, by their rules."""
        command = [CFN_LINT, "--format", "json", "--template", *map(str, paths)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        found = {path.stem: {} for path in paths}
        for match in json.loads(ran.stdout or "[]"):
            if match["Level"] == "Error":
                found[pathlib.Path(match["Filename"]).stem][match["Rule"]["Id"]] = match["Message"]
        return found

    def test_the_linter_accepts_what_it_accepted(self):
        pairs = list(self.pairs())
        first = self.faults([path for path, _, _ in pairs])
        then = self.faults([AGAIN / f"{path.stem}.json" for path, _, _ in pairs])
        for path, before, _ in pairs:
            known = set(first[path.stem]) | (OF_SAM if "Transform" in before else set())
            worse = {rule: said for rule, said in then[path.stem].items() if rule not in known}
            self.assertEqual(worse, {}, path.name)


if __name__ == "__main__":
    unittest.main()
