"""The CloudFormation engine against ministack, behind the gate: up, changed, looked at, broken, and away again.

`TRAZO_FORMATION` is the program that does what the page does (`crates/cli/examples/formation`).
"""

import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/emulators"))

import rig  # noqa: E402

PROGRAM = os.environ["TRAZO_FORMATION"]
WRITTEN = pathlib.Path(os.environ["TRAZO_WRITTEN"])
TEMPLATES = ROOT / "crates/formats/templates"
DESIGN = "oracle"

# What ministack does not know, beside scaling, which is switched off in every design here: these templates stay out.
UNKNOWN = {
    "AWS::ApiGatewayV2::VpcLink",
    "AWS::EC2::EIP",
    "AWS::EC2::NatGateway",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::ECS::CapacityProvider",
    "AWS::ECS::ClusterCapacityProviderAssociations",
}

# ministack knows no `CidrBlock` of a VPC: this template fails there half way, and so shows what a failure looks like.
FAILS = "https-privada"


def usable():
    """The templates that are made of types that ministack knows."""
    for file in sorted(TEMPLATES.glob("*.trazo.json")):
        name = file.name.removesuffix(".trazo.json")
        template = json.loads((WRITTEN / f"{name}.template.json").read_text())
        types = {resource["Type"] for resource in template["Resources"].values()}
        if name != FAILS and not types & UNKNOWN:
            yield name


class Formation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        stack = contextlib.ExitStack()
        cls.addClassCleanup(stack.close)
        cls.gate = stack.enter_context(rig.ministack())
        cls.folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cls.cloudformation = rig.client(cls.gate, "cloudformation")

    def setUp(self):
        self.gate.empty_account()
        self.gate.forget()
        ec2 = rig.client(self.gate, "ec2")
        vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
        subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
        self.values = {"VpcId": vpc, "SubnetIds": ",".join(it["SubnetId"] for it in subnets[:2])}
        self.gate.forget()

    def design(self, name, change=lambda design: None):
        """A template of Trazo's without scaling, changed."""
        design = json.loads((TEMPLATES / f"{name}.trazo.json").read_text())
        for node in design["nodes"]:
            if node["kind"] == "service":
                node["props"].setdefault("scaling", {})["enabled"] = False
        change(design)
        file = self.folder / f"{name}.trazo.json"
        file.write_text(json.dumps(design))
        return file

    def ask(self, what, file):
        """What the engine tells; the seconds are many since the machine may be busy."""
        values = [f"{name}={value}" for name, value in self.values.items()]
        environment = {
            **os.environ,
            "AWS_ACCESS_KEY_ID": rig.KEY.access_key_id,
            "AWS_SECRET_ACCESS_KEY": rig.KEY.secret_access_key,
            "AWS_SESSION_TOKEN": rig.KEY.session_token,
        }
        done = subprocess.run(
            [PROGRAM, what, self.gate.url, str(file), *values],
            env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300, check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn(rig.KEY.secret_access_key, done.stdout + done.stderr)
        return json.loads(done.stdout)

    def stacks(self):
        """The stacks that are there, by what was tagged."""
        found = self.cloudformation.describe_stacks()["Stacks"]
        return [it for it in found if {"Key": "trazo:design", "Value": DESIGN} in it["Tags"]]

    def sent(self):
        return [entry["operation"] for entry in self.gate.log if entry.get("status") == 200]

    def test_templates_come_up_with_all_that_was_drawn_and_go_away_again(self):
        names = list(usable())
        self.assertGreaterEqual(len(names), 6, "most templates are of types that ministack knows")
        for name in names:
            with self.subTest(template=name):
                self.setUp()
                self.comes_and_goes(name)

    def comes_and_goes(self, name):
        file = self.design(name)
        up = self.ask("up", file)
        self.assertEqual(up.get("status"), "CREATE_COMPLETE", up)
        self.assertTrue(up["creates"])
        drawn = set(up["drawn"])
        there = self.cloudformation.describe_stack_resources(StackName=up["stack"])["StackResources"]
        self.assertEqual({it["LogicalResourceId"] for it in there}, drawn)
        self.assertEqual({it["logical"] for it in up["changes"]}, drawn)
        self.assertEqual(
            {logical: tuple(it) for logical, it in up["items"].items()},
            {it["LogicalResourceId"]: ("CREATE_COMPLETE", it["PhysicalResourceId"]) for it in there},
        )
        for element, states in up["elements"].items():
            self.assertEqual((states[0], states[-1]), ("pending", "done"), element)
        outputs = self.cloudformation.describe_stacks(StackName=up["stack"])["Stacks"][0].get("Outputs", [])
        self.assertEqual(
            [(it["name"], it["value"]) for it in up["outputs"]], [(it["OutputKey"], it["OutputValue"]) for it in outputs]
        )
        self.assertTrue(all(it["element"] for it in up["outputs"]))
        self.assertTrue(up["address"].startswith("http"), up["outputs"])
        again = self.ask("up", file)
        self.assertEqual(again.get("problem"), "deploy.formation.problem.no_changes", again)
        down = self.ask("down", file)
        self.assertEqual(down.get("status"), "DELETE_COMPLETE", down)
        self.assertEqual((down["alive"], down["kept"]), ([], []))
        self.assertEqual(self.stacks(), [])

    def test_a_changed_design_is_an_update_whose_changes_were_told(self):
        self.assertTrue(self.ask("up", self.design("web-publica"))["succeeded"])

        def more(design):
            service = next(node for node in design["nodes"] if node["kind"] == "service")
            service["props"]["desiredCount"] = 3
            design["name"] = "Otro nombre"

        changed = self.ask("up", self.design("web-publica", more))
        self.assertEqual(changed.get("status"), "UPDATE_COMPLETE", changed)
        self.assertFalse(changed["creates"])
        service = next(it for it in changed["changes"] if it["logical"].endswith("Service"))
        self.assertEqual(service["action"], "change")
        self.assertIn("desiredCount", [it["field"] for it in service["properties"]])
        self.assertEqual(len(self.stacks()), 1, "the renamed design has the stack that it had")
        ecs = rig.client(self.gate, "ecs")
        arn = changed["items"][service["logical"]][1]
        cluster = ecs.list_clusters()["clusterArns"][0]
        self.assertEqual(ecs.describe_services(cluster=cluster, services=[arn])["services"][0]["desiredCount"], 3)

    def test_what_somebody_changed_outside_is_told_at_its_field(self):
        file = self.design("web-publica")
        self.assertTrue(self.ask("up", file)["succeeded"])
        logs = rig.client(self.gate, "logs")
        for group in logs.describe_log_groups()["logGroups"]:
            logs.put_retention_policy(logGroupName=group["logGroupName"], retentionInDays=400)
        drift = self.ask("drift", file)
        modified = [it for it in drift["resources"] if it["state"] == "modified"]
        self.assertTrue(modified, drift)
        for resource in modified:
            self.assertTrue(resource["element"])
            told = {it["path"]: (it["actual"], it["field"]) for it in resource["differences"]}
            self.assertEqual(told["RetentionInDays"][0], "400")
            self.assertTrue(told["RetentionInDays"][1], "the field of the design")

    def test_what_fails_is_rolled_back_and_its_cause_is_told_at_the_element(self):
        file = self.design(FAILS)
        failed = self.ask("up", file)
        self.assertEqual(failed.get("status"), "ROLLBACK_COMPLETE", failed)
        self.assertFalse(failed["succeeded"])
        cause = failed["causes"][0]
        self.assertIn("CidrBlock does not exist", cause["reason"])
        self.assertEqual((cause["element"], len(failed["causes"])), ("vpc1", 1), "and not what was only stopped by it")
        last = {element: states[-1] for element, states in failed["elements"].items()}
        self.assertEqual(last.pop("vpc1"), "failed")
        self.assertEqual(set(last.values()), {"undone"}, last)
        self.assertEqual(self.ask("up", file)["problem"], "deploy.formation.problem.must_delete")
        self.assertEqual(self.ask("down", file)["status"], "DELETE_COMPLETE")

    def test_whatever_breaks_there_is_one_stack_in_the_end(self):
        changing = ["CreateChangeSet", "ExecuteChangeSet"]
        reading = ["ValidateTemplate", "DescribeStacks", "DescribeChangeSet", "DescribeStackEvents"]
        faults = [
            {"do": do, "operation": operation, "times": times, **more}
            for operation in changing + reading
            for do, times, more in [
                ("cut_before", 9, {}),
                ("cut_after", 1, {}),
                ("break_after", 1, {}),
                ("short", 1, {}),
                ("refuse", 2, {"why": "throttled"}),
                ("refuse", 1, {"why": "expired"}),
            ]
        ]
        file = self.design("web-publica")
        for fault in faults:
            with self.subTest(**fault):
                self.setUp()
                self.gate.faults.put([fault])
                self.ask("up", file)
                self.gate.faults.put([])
                told = self.ask("up", file)
                done = told.get("succeeded") or told.get("problem") == "deploy.formation.problem.no_changes"
                self.assertTrue(done, told)
                self.assertEqual([it["StackStatus"] for it in self.stacks()], ["CREATE_COMPLETE"])
                self.assertEqual(len(rig.client(self.gate, "ecs").list_clusters()["clusterArns"]), 1)

    def test_two_at_once_make_one_stack(self):
        file = self.design("web-publica")
        words = [PROGRAM, "up", self.gate.url, str(file), *[f"{name}={value}" for name, value in self.values.items()]]
        environment = {
            **os.environ,
            "AWS_ACCESS_KEY_ID": rig.KEY.access_key_id,
            "AWS_SECRET_ACCESS_KEY": rig.KEY.secret_access_key,
            "AWS_SESSION_TOKEN": rig.KEY.session_token,
        }
        both = [subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        told = [json.loads(one.communicate(timeout=300)[0]) for one in both]
        self.assertTrue(any(it.get("succeeded") for it in told), told)
        self.assertEqual([it["StackStatus"] for it in self.stacks()], ["CREATE_COMPLETE"])
        self.assertEqual(len(rig.client(self.gate, "ecs").list_clusters()["clusterArns"]), 1)


if __name__ == "__main__":
    unittest.main()
