"""What an independent validator makes of the published schema of the manifest."""

import copy
import json
import pathlib
import unittest

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "public/schema/trazo-1.schema.json").read_text(encoding="utf-8"))
DESIGNS = sorted((ROOT / "tests/fixtures").glob("*.trazo.json"))


class Schema(unittest.TestCase):
    """Designs that Trazo wrote pass; the same with a fault do not."""

    def setUp(self):
        self.validator = jsonschema.Draft202012Validator(SCHEMA)
        self.designs = [json.loads(path.read_text(encoding="utf-8")) for path in DESIGNS]
        self.assertNotEqual(self.designs, [])

    def test_it_is_a_schema(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def test_designs_are_valid(self):
        for path, design in zip(DESIGNS, self.designs):
            with self.subTest(design=path.name):
                faults = [f"{fault.json_path}: {fault.message}" for fault in self.validator.iter_errors(design)]
                self.assertEqual(faults, [])

    def test_faults_are_found(self):
        faults = {
            "a position between the points of the grid": lambda node: node.update(x=1.5),
            "a kind that there is not": lambda node: node.update(kind="mainframe"),
            "no id": lambda node: node.pop("id"),
            "a property that there is not": lambda node: node["props"].update(colour="red"),
        }
        for name, spoil in faults.items():
            for design in self.designs:
                with self.subTest(fault=name):
                    spoiled = copy.deepcopy(design)
                    spoil(spoiled["nodes"][0])
                    self.assertFalse(self.validator.is_valid(spoiled))


if __name__ == "__main__":
    unittest.main()
