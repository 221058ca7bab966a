"""What AWS's own linter says of the CloudFormation that Trazo writes."""

import collections
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import unittest

CFN_LINT = os.environ.get("CFN_LINT", "cfn-lint")
WRITTEN = pathlib.Path(os.environ["TRAZO_WRITTEN"])
# Rules of the linter that are switched off, each with its reason.
EXCEPTIONS = json.loads(pathlib.Path(__file__).with_name("linter-exceptions.json").read_text(encoding="utf-8"))["rules"]
# How many linters run side by side, and how many templates each start of one judges.
WORKERS = 2
CHUNK = 40
# The least that has to be there for the verdict to mean something.
RANDOM_DESIGNS = 300


def verdicts(templates):
    """What the linter has against these templates, a list of matches."""
    command = [CFN_LINT, "--format", "json"]
    for rule in sorted(EXCEPTIONS):
        command += ["--ignore-checks", rule]
    # The list of rules to ignore would swallow what follows it, so the templates have their own name.
    command += ["--template", *map(str, templates)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if not ran.stdout.strip():
        raise RuntimeError(f"the linter ended with {ran.returncode}: {ran.stderr}")
    return json.loads(ran.stdout)


def told(match):
    """What is wrong, without what differs from template to template: logical ids and numbers."""
    path = [str(step) for step in match["Location"]["Path"] or []]
    where = "/".join(step for step in path[2:] if not step.isdigit()) if path[:1] == ["Resources"] else "/".join(path)
    return re.sub(r"\b\d+\b", "#", f"{match['Rule']['Id']} {where}: {match['Message'][:200]}")


class Templates(unittest.TestCase):
    """Errors and warnings alike are failures."""

    def test_there_is_something_to_judge(self):
        self.assertNotEqual(list(WRITTEN.glob("*.template.json")), [])
        self.assertGreaterEqual(len(list((WRITTEN / "random").glob("*.template.json"))), RANDOM_DESIGNS)

    def test_every_exception_has_its_reason(self):
        self.assertEqual([rule for rule, reason in EXCEPTIONS.items() if len(reason) < 20], [])

    def test_the_linter_accepts_every_template(self):
        templates = sorted(WRITTEN.rglob("*.template.json"))
        chunks = [templates[at : at + CHUNK] for at in range(0, len(templates), CHUNK)]
        found = collections.defaultdict(list)
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            for matches in pool.map(verdicts, chunks):
                for match in matches:
                    found[told(match)].append(pathlib.Path(match["Filename"]).name)
        lines = [f"{fault}\n    {len(names)} times, first in {names[0]}" for fault, names in sorted(found.items())]
        self.assertEqual(len(lines), 0, f"of {len(templates)} templates:\n" + "\n".join(lines)[:20000])


if __name__ == "__main__":
    unittest.main()
