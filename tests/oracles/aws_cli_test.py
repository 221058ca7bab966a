"""The files and scripts for the AWS CLI: what the CLI, the shapes of AWS's APIs, ShellCheck and an emulator say of them."""

import base64
import collections
import concurrent.futures
import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "emulators"))

import account  # noqa: E402
import readback  # noqa: E402
import rig  # noqa: E402
from api_requests import shapes  # noqa: E402
from api_requests import steps as written  # noqa: E402
from botocore import xform_name  # noqa: E402

from aws_cli import loaded, scripts  # noqa: E402

EXPORTS = pathlib.Path(os.environ["TRAZO_WRITTEN"]) / "exports"
SHELLCHECK = os.environ.get("SHELLCHECK", "shellcheck")
TEMPLATES = pathlib.Path(__file__).parents[2] / "crates/formats/templates"
# Of the random designs, every one of so many: their calls are judged as steps as well.
SAMPLE = 5
PATIENCE = 300


def own():
    """The folders of the templates."""
    names = sorted(path.name.removesuffix(".trazo.json") for path in TEMPLATES.glob("*.trazo.json"))
    return [EXPORTS / name / "aws-cli" for name in names]


def covering():
    """As few of them as make every call that any of them makes; all where `TRAZO_EVERY_SCRIPT` is set."""
    calls = {folder: {call[:2] for call in scripts.outlines_of_bash(read(folder, "deploy.sh"))} for folder in own()}
    if os.environ.get("TRAZO_EVERY_SCRIPT"):
        return list(calls)
    chosen, missing = [], set.union(*calls.values())
    while missing:
        best = max(calls, key=lambda folder: len(calls[folder] & missing))
        chosen.append(best)
        missing -= calls[best]
    return chosen


def random():
    """Some of the folders of random designs."""
    known = set(own())
    others = [path for path in sorted(EXPORTS.glob("*/aws-cli")) if path not in known]
    return others[::SAMPLE]


def read(folder, name):
    return (folder / name).read_text(encoding="utf-8")


def operation(service, command):
    """The name in the API of a command of the CLI."""
    names = shapes.service(service).operation_names
    return next(name for name in names if xform_name(name, "-") == command)


def sample_is_at_fault(said, service, command, text):
    """Whether the CLI complains of its own sample answer only, which it makes of zeros and names once it has taken the input."""
    names = set(written.operation(service, operation(service, command)).input_shape.members)

    def of_sample(name, line):
        is_given = name in names and f'"{name}"' in text
        return not is_given or (", value: 0," in line and not re.search(rf'"{name}": 0\b', text))

    found = re.findall(r"^.*parameter (\w+).*$", said, re.MULTILINE)
    lines = re.findall(r"^.*parameter \w+.*$", said, re.MULTILINE)
    return "Parameter validation failed" in said and bool(found) and all(map(of_sample, found, lines))


class Files(unittest.TestCase):
    """Each file is the input of its call."""

    def none(self, found):
        lines = [f"{fault}\n    in {len(names)}, first {names[0]}" for fault, names in sorted(found.items())]
        self.assertEqual(len(lines), 0, "\n" + "\n".join(lines)[:20000])

    def test_the_cli_takes_each_file(self):
        with loaded.opened() as path, concurrent.futures.ThreadPoolExecutor(2) as pool:
            environment = {**os.environ, "PATH": f"{path}{os.pathsep}{os.environ['PATH']}", "AWS_DEFAULT_REGION": "us-east-1"}

            def refused(call):
                folder, (file, service, command) = call
                words = ["aws", service, command, "--cli-input-json", f"file://{file}", "--generate-cli-skeleton", "output"]
                if (folder / f"{file}.zip.base64").exists():
                    # The script unpacks it so too.
                    (folder / f"{file}.zip").write_bytes(base64.b64decode(read(folder, f"{file}.zip.base64")))
                    words += ["--zip-file", f"fileb://{file}.zip"]
                ran = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
                if ran.returncode == 0 or sample_is_at_fault(ran.stderr, service, command, read(folder, file)):
                    return None
                return f"{folder.parent.name} {file}: {ran.stderr.strip()[:500]}"

            calls = [(folder, call) for folder in own() for call in scripts.files(read(folder, "deploy.sh"))]
            self.assertGreater(len(calls), 300)
            self.assertEqual([said for said in pool.map(refused, calls) if said], [])

    def test_every_file_has_the_shape_of_its_call(self):
        found = collections.defaultdict(list)
        judged = 0
        for folder in own() + random():
            calls = scripts.files(read(folder, "deploy.sh"))
            self.assertEqual(sorted(file for file, _, _ in calls), sorted(path.name for path in folder.glob("*.json")), folder)
            for file, service, command in calls:
                shape = written.operation(service, operation(service, command)).input_shape
                value = json.loads(read(folder, file))
                if (folder / f"{file}.zip.base64").exists():
                    value.setdefault("Code", {})["ZipFile"] = "zip"
                judged += 1
                for fault in shapes.faults(shape, written.blobs(shape, value)):
                    # What is filled in later has no form yet, nor a length.
                    whose = value.get(fault.split(":")[0].strip("."))
                    if "${" not in fault and "${" not in str(whose):
                        found[f"{service} {command}: {fault}"[:300]].append(f"{folder.parent.name}/{file}")
        self.assertGreater(judged, 2000)
        self.none(found)


class Shells(unittest.TestCase):
    """The shells read the scripts, and both make the same calls."""

    def test_shellcheck_has_nothing_to_say(self):
        paths = [str(path) for folder in own() + random() for path in sorted(folder.glob("*.sh"))]
        ran = subprocess.run([SHELLCHECK, "--norc", *paths], capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, 0, (ran.stdout + ran.stderr)[:4000])

    def test_powershell_makes_the_same_calls(self):
        for folder in own() + random():
            for name in ("deploy", "remove"):
                one = scripts.outlines_of_bash(read(folder, f"{name}.sh"))
                other = scripts.outlines_of_powershell(read(folder, f"{name}.ps1"))
                self.assertEqual(one, other, folder / name)

    def test_a_broken_script_is_found(self):
        good = read(own()[0], "deploy.ps1")
        with self.assertRaises(scripts.Broken):
            scripts.outlines_of_powershell(good.replace("{", "(", 1))


class Account(unittest.TestCase):
    """Run in an account, the scripts make what was drawn, and take it away."""

    @classmethod
    def setUpClass(cls):
        opened = contextlib.ExitStack()
        cls.addClassCleanup(opened.close)
        cls.gate = opened.enter_context(rig.moto())
        path = opened.enter_context(loaded.opened())
        cls.environment = {
            **os.environ,
            "PATH": f"{path}{os.pathsep}{os.environ['PATH']}",
            "AWS_ENDPOINT_URL": cls.gate.url,
            "AWS_ACCESS_KEY_ID": rig.KEY.access_key_id,
            "AWS_SECRET_ACCESS_KEY": rig.KEY.secret_access_key,
            "AWS_SESSION_TOKEN": rig.KEY.session_token,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }

    def ask(self, service):
        return rig.client(self.gate, service)

    def parameters(self):
        ec2 = self.ask("ec2")
        subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets()["Subnets"][:2]]
        return {"VpcId": ec2.describe_vpcs()["Vpcs"][0]["VpcId"], "SubnetIds": subnets}

    def run_script(self, folder, name, parameters):
        given = {key: ",".join(value) if isinstance(value, list) else value for key, value in parameters.items()}
        environment = self.environment | given
        ran = subprocess.run(
            ["bash", name], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        self.assertEqual(ran.returncode, 0, f"{name}: {ran.stdout[-1500:]}\n{ran.stderr[-3000:]}")
        return ran.stdout

    def test_the_scripts_make_what_was_drawn_and_take_it_away(self):
        for template in covering():
            with self.subTest(template.parent.name), tempfile.TemporaryDirectory() as place:
                folder = pathlib.Path(place, "aws-cli")
                shutil.copytree(template, folder)
                self.gate.empty_account()
                document = json.loads(read(template.parent, "cloudformation/cloudformation.json"))
                parameters = self.parameters()
                self.run_script(folder, "deploy.sh", parameters)
                deployment = deployment_of(folder)
                there = readback.Readback(self.ask, document, deployment, parameters)
                self.assertEqual(there.differences(), [])
                # A second time there is nothing left to do.
                before = len(account.things(self.ask))
                self.run_script(folder, "deploy.sh", parameters)
                self.assertEqual(len(account.things(self.ask)), before)
                self.run_script(folder, "remove.sh", {})
                self.assertEqual(account.left(self.ask), [])


def deployment_of(folder):
    """What the things of a script are tagged with."""
    for path in sorted(folder.glob("*.json")):
        text = path.read_text(encoding="utf-8")
        if readback.DEPLOYMENT in text:
            return tagged(json.loads(text))
    raise AssertionError(f"nothing in {folder} is tagged")


def tagged(value):
    """The value of the tag of deployments, wherever it stands."""
    if isinstance(value, dict):
        if isinstance(value.get(readback.DEPLOYMENT), str):
            return value[readback.DEPLOYMENT]
        pair = {str(key).lower(): entry for key, entry in value.items()}
        if pair.get("key") == readback.DEPLOYMENT:
            return pair["value"]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((found for found in map(tagged, inner) if found), None)


if __name__ == "__main__":
    unittest.main()
