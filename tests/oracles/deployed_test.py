"""What the steps of a design make in an account: every property is what was drawn, and taking it back leaves nothing."""

import json
import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "emulators"))

import account  # noqa: E402
import gate_test  # noqa: E402
import readback  # noqa: E402
import rig  # noqa: E402
from api_requests import runner, steps  # noqa: E402

WRITTEN = pathlib.Path(os.environ["TRAZO_WRITTEN"])


class Deployed(gate_test.Case):
    def ask(self, service):
        return rig.client(self.gate, service)

    def parameters(self):
        ec2 = self.ask("ec2")
        subnets = ec2.describe_subnets()["Subnets"][:2]
        return {
            "VpcId": ec2.describe_vpcs()["Vpcs"][0]["VpcId"],
            "SubnetIds": [subnet["SubnetId"] for subnet in subnets],
        }

    def test_every_property_is_what_was_drawn(self):
        files = [steps.Steps(path) for path in sorted(WRITTEN.glob("*.steps.json"))]
        self.assertGreater(len(files), 10)
        for file in files:
            with self.subTest(file.path.name):
                self.gate.empty_account()
                self.assertIsNone(file.problem)
                template = json.loads(file.path.with_name(file.path.name.replace(".steps.", ".template.")).read_text("utf-8"))
                parameters = self.parameters()
                run = runner.Runner(file, "http://%s:%s" % self.gate.emulator)
                run.place.known.update({(name, ""): value for name, value in parameters.items()})
                run.make()
                there = readback.Readback(self.ask, template, file.document["Token"], parameters)
                self.assertEqual(there.differences(), [])
                run.take_back()
                self.assertEqual(account.left(self.ask), [])


if __name__ == "__main__":
    unittest.main()
