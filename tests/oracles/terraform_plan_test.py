"""Terraform itself judges what is exported: it validates, plans, makes and plans again, against a stand-in for the AWS provider."""

import json
import os
import pathlib
import re
import shutil
import tempfile
import unittest

from provider import Served
from provider.run import PROGRAM, said, terraform

WRITTEN = pathlib.Path(os.environ["TRAZO_WRITTEN"])
# Of the random designs so many are planned, spread evenly.
SAMPLED = 24
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def files():
    """Our own templates and fixtures, and some of the random designs."""
    found = sorted(WRITTEN.glob("exports/*/terraform/main.tf.json"))
    random = [path for path in found if path.parts[-3].startswith("random-")]
    step = max(1, len(random) // SAMPLED)
    return [path for path in found if path not in random], random[::step]


def values(file):
    """What a person would give for variables that have no default."""
    given = {}
    for name, variable in file.get("variable", {}).items():
        if "default" not in variable:
            many = variable["type"].startswith("list")
            given[name] = [f"{name}-{at}" for at in range(3)] if many else f"{name}-1"
    return given


class Names(unittest.TestCase):
    """What needs no Terraform."""

    def test_names_are_written_as_terraform_writes_them(self):
        own, random = files()
        for path in own + random:
            file = json.loads(path.read_text(encoding="utf-8"))
            names = [*file.get("variable", {}), *file.get("output", {}), *file.get("locals", {})]
            for section in ("resource", "data"):
                names += [name for of_kind in file.get(section, {}).values() for name in of_kind]
            self.assertEqual([], [name for name in names if not SNAKE.fullmatch(name)], path)
            untold = [name for key in ("variable", "output") for name, it in file.get(key, {}).items() if not it.get("description")]
            self.assertEqual([], untold, path)


@unittest.skipIf(PROGRAM is None, "there is no Terraform for this machine: terraform_test.py holds the files against the schema")
class Planned(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.served = Served().__enter__()
        cls.addClassCleanup(cls.served.__exit__)

    def run_in(self, folder, *arguments, codes=(0,)):
        code, out, err = terraform(folder, self.served.environment, *arguments)
        self.assertEqual([], said(out), f"{folder}: terraform {arguments[0]}")
        self.assertIn(code, codes, f"{folder}: terraform {' '.join(arguments)}\n{out[-4000:]}\n{err[-4000:]}")
        return out

    def begun(self, path):
        """A folder in which Terraform has read a file."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix=f"{path.parts[-3]}-"))
        self.addCleanup(shutil.rmtree, folder)
        shutil.copy(path, folder)
        given = values(json.loads(path.read_text(encoding="utf-8")))
        (folder / "terraform.tfvars.json").write_text(json.dumps(given), encoding="utf-8")
        self.run_in(folder, "init", "-input=false", "-backend=false")
        self.run_in(folder, "validate", "-json")
        self.run_in(folder, "plan", "-json", "-input=false", "-out=plan")
        return folder

    def test_every_template_is_planned_and_made_and_then_nothing_is_left_to_do(self):
        own, _ = files()
        self.assertGreaterEqual(len(own), 12)
        for path in own:
            with self.subTest(path.parts[-3]):
                folder = self.begun(path)
                self.run_in(folder, "apply", "-json", "-input=false", "plan")
                # 0: nothing to change.
                self.run_in(folder, "plan", "-json", "-input=false", "-detailed-exitcode")

    def test_random_designs_are_planned(self):
        _, random = files()
        self.assertGreaterEqual(len(random), SAMPLED)
        for path in random:
            with self.subTest(path.parts[-3]):
                self.begun(path)

    def test_a_wrong_argument_is_told(self):
        """The stand-in is as strict as the provider's schema."""
        own, _ = files()
        path = next(path for path in own if path.parts[-3] == "tienda-virtual")
        for wrong in ({"desired_counts": 1}, {"desired_count": "many"}, {"cluster": "${aws_ecs_cluster.tienda.arm}"}):
            folder = pathlib.Path(tempfile.mkdtemp())
            self.addCleanup(shutil.rmtree, folder)
            file = json.loads(path.read_text(encoding="utf-8"))
            next(iter(file["resource"]["aws_ecs_service"].values())).update(wrong)
            (folder / "main.tf.json").write_text(json.dumps(file), encoding="utf-8")
            terraform(folder, self.served.environment, "init", "-backend=false")
            code, out, _ = terraform(folder, self.served.environment, "validate", "-json")
            self.assertEqual(code, 1, out)
            self.assertEqual(len(said(out)), 1, out)


if __name__ == "__main__":
    unittest.main()
