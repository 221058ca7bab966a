"""The steps by which Trazo makes a stack: what the shapes of AWS's own APIs say of them, whether they follow from each other, what
a shell makes of their commands, and whether an emulator of AWS takes them and all of it can be taken back."""

import collections
import copy
import json
import os
import pathlib
import re
import subprocess
import tomllib
import unittest
import urllib.request

from botocore import xform_name

from api_requests import runner, steps

WRITTEN = pathlib.Path(os.environ["TRAZO_WRITTEN"])
LOCALES = pathlib.Path(__file__).parents[2] / "locales"
# A command that writes down its words instead of calling AWS.
LISTEN = "aws() { printf '%s\\0' \"$@\"; printf '\\0\\1\\0'; }\n"


def files():
    return [steps.Steps(path) for path in sorted(WRITTEN.rglob("*.steps.json"))]


KEPT = tuple(f"{kind} cannot be made step by step" for kind in ("AWS::S3::Bucket", "AWS::SNS::Topic", "AWS::SQS::Queue"))


class StepByStep(unittest.TestCase):
    """A fault is told once, with the files that have it."""

    def none(self, found):
        lines = [f"{fault}\n    in {len(names)}, first {names[0]}" for fault, names in sorted(found.items())]
        self.assertEqual(len(lines), 0, "\n" + "\n".join(lines)[:20000])

    def test_every_step_can_be_taken(self):
        found = collections.defaultdict(list)
        judged = 0
        for file in files():
            if file.problem:
                # What designs keep of other kinds is refused before anything is made: that is said, not done.
                why = file.problem.split(": ")[-1]
                if not why.startswith(KEPT):
                    found[why].append(file.path.name)
            judged += len(file.steps)
            for fault in file.faults():
                found[fault[:300]].append(file.path.name)
        self.assertGreater(judged, 100)
        self.none(found)

    def test_faults_are_found(self):
        good = next(file for file in files() if file.path.name == "web-publica.steps.json")
        self.assertEqual(list(good.faults()), [])

        def broken(change):
            file = copy.deepcopy(good)
            change(file.steps)
            return list(file.faults())

        def step(all_steps, operation):
            return next(one for one in all_steps if one["Call"]["Operation"] == operation)

        self.assertTrue(broken(lambda all_steps: all_steps.remove(step(all_steps, "CreateTargetGroup"))))
        self.assertTrue(broken(lambda all_steps: step(all_steps, "CreateCluster")["Call"]["Input"].update(Name="x")))
        self.assertTrue(broken(lambda all_steps: step(all_steps, "CreateService")["Call"]["Input"].update(desiredCount="2")))
        self.assertTrue(broken(lambda all_steps: step(all_steps, "CreateService")["Gives"].append({"Attribute": "X", "Path": "x"})))
        self.assertTrue(broken(lambda all_steps: step(all_steps, "CreateService").update(Needs=[])))

    def test_every_step_has_its_sentence(self):
        texts = collections.defaultdict(dict)
        for language in ("es", "en"):
            for path in (LOCALES / language / "provision").glob("*.toml"):
                texts[language].update(sentences(tomllib.loads(path.read_text(encoding="utf-8"))))
        keys = {step["Text"] for file in files() for step in file.steps}
        self.assertGreater(len(keys), 20)
        for language, known in texts.items():
            self.assertEqual(sorted(key for key in keys if key not in known), [], language)

    def test_a_shell_reads_each_command_as_its_call(self):
        every = [(file, step) for file in files() for step in file.steps]
        for form in ("Command", "Scripted"):
            script = LISTEN + "\n".join(step[form] for _, step in every)
            heard = subprocess.run(["bash"], input=script.encode(), capture_output=True, check=True).stdout.decode()
            lines = heard.split("\0\0\1\0")[:-1]
            self.assertEqual(len(lines), len(every))
            for (file, step), line in zip(every, lines):
                words = line.split("\0")
                call = step["Call"]
                self.assertEqual(words[:2], [call["Service"], xform_name(call["Operation"], "-")], file.path)
                if form == "Command":
                    self.assertEqual(words[2:4], ["--region", "us-east-1"])
                    read = read_options(call, words[4:])
                    self.assertEqual(read, step["Shown"], f"{file.path} {step['Id']}")


class Emulator(unittest.TestCase):
    """All that a design comes to is made, found again and taken back."""

    @classmethod
    def setUpClass(cls):
        os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
        # Only now, so that it heeds the setting.
        import logging

        from moto.server import ThreadedMotoServer

        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        cls.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        cls.server.start()
        host, port = cls.server.get_host_and_port()
        cls.endpoint = f"http://{host}:{port}"

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def test_templates_are_made_and_taken_back(self):
        own = [file for file in files() if file.path.parent == WRITTEN]
        self.assertGreater(len(own), 5)
        for file in own:
            with self.subTest(file.path.name):
                self.assertIsNone(file.problem)
                run = Patient(file, self.endpoint)
                run.settle()
                before = run.state()
                run.make()
                self.assertEqual(len(run.done), len(file.steps))
                self.assertNotEqual(run.state(), before)
                run.take_back()
                self.assertEqual(run.state(), before)
                continue
            # What one that failed has left is not the next one's fault.
            urllib.request.urlopen(urllib.request.Request(f"{self.endpoint}/moto-api/reset", method="POST")).close()


class Patient(runner.Runner):
    """A runner that gives the emulator what a real account has."""

    def settle(self):
        """Certificates that the design names; the default VPC."""
        text = json.dumps(self.file.document)
        for arn in set(re.findall(r'arn:aws:acm:[a-z0-9:/-]*', text)):
            made = self.client("acm").request_certificate(DomainName="example.com")["CertificateArn"]
            text = text.replace(arn, made)
        self.file.document = json.loads(text)
        self.file.steps = self.file.document["Steps"]
        vpc = self.client("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]
        subnets = self.client("ec2").describe_subnets()["Subnets"]
        self.place.known["VpcId", ""] = vpc
        self.place.known["SubnetIds", ""] = [subnet["SubnetId"] for subnet in subnets][:2]

    def send(self, call):
        if call["Operation"] == "CreateService":
            # As many tasks run as were asked for.
            os.environ["MOTO_ECS_SERVICE_RUNNING"] = str(call["Input"].get("desiredCount", 1))
        return super().send(call)

    def state(self):
        """What is in the account, as far as anyone pays for it or trips over it."""
        listed = {
            ("ec2", "describe_vpcs"): "Vpcs[*].VpcId",
            ("ec2", "describe_subnets"): "Subnets[*].SubnetId",
            ("ec2", "describe_security_groups"): "SecurityGroups[*].GroupId",
            ("ec2", "describe_addresses"): "Addresses[*].PublicIp",
            ("ec2", "describe_internet_gateways"): "InternetGateways[*].InternetGatewayId",
            ("ec2", "describe_route_tables"): "RouteTables[*].RouteTableId",
            ("ec2", "describe_launch_templates"): "LaunchTemplates[*].LaunchTemplateId",
            ("elbv2", "describe_load_balancers"): "LoadBalancers[*].LoadBalancerArn",
            ("elbv2", "describe_target_groups"): "TargetGroups[*].TargetGroupArn",
            ("ecs", "list_task_definitions"): "taskDefinitionArns",
            ("iam", "list_roles"): "Roles[*].RoleName",
            ("iam", "list_instance_profiles"): "InstanceProfiles[*].InstanceProfileName",
            ("logs", "describe_log_groups"): "logGroups[*].logGroupName",
            ("apigateway", "get_rest_apis"): "items[*].id",
            ("apigatewayv2", "get_apis"): "Items[*].ApiId",
            ("apigatewayv2", "get_vpc_links"): "Items[*].VpcLinkId",
            ("lambda", "list_functions"): "Functions[*].FunctionName",
            ("ecr", "describe_repositories"): "repositories[*].repositoryName",
            ("cloudwatch", "describe_alarms"): "MetricAlarms[*].AlarmName",
            ("autoscaling", "describe_auto_scaling_groups"): "AutoScalingGroups[*].AutoScalingGroupName",
            ("servicediscovery", "list_namespaces"): "Namespaces[*].Id",
        }
        clusters = self.client("ecs").list_clusters()["clusterArns"]
        described = self.client("ecs").describe_clusters(clusters=clusters)["clusters"] if clusters else []
        # One that was deleted is still listed for a while.
        active = {"list_clusters": [one["clusterArn"] for one in described if one["status"] == "ACTIVE"]}
        return active | {
            operation: runner.at(getattr(self.client(service), operation)(), path)
            for (service, operation), path in listed.items()
        }


def sentences(tree, prefix=""):
    """Whole keys of a file of texts."""
    for name, inner in tree.items():
        if isinstance(inner, dict):
            yield from sentences(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", inner


def read_options(call, words):
    """The input that the AWS CLI would read of options."""
    model = steps.operation(call["Service"], call["Operation"])
    if words[:1] == ["--cli-input-json"]:
        return json.loads(words[1])
    members = {xform_name(name, "-"): (name, shape) for name, shape in (model.input_shape.members if model.input_shape else {}).items()}
    out, at = {}, 0
    while at < len(words):
        option = words[at].removeprefix("--")
        values = []
        at += 1
        while at < len(words) and not words[at].startswith("--"):
            values.append(words[at])
            at += 1
        if not values:
            name, _ = members[option.removeprefix("no-")] if option not in members else members[option]
            out[name] = option in members
            continue
        name, shape = members[option]
        plain = [int(value) if shape.type_name in ("integer", "long") else value for value in values]
        out[name] = plain if shape.type_name == "list" else plain[0]
    return out


if __name__ == "__main__":
    unittest.main()
