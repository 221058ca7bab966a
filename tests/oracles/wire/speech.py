"""What Trazo's `speak` says."""

import json
import os
import subprocess


def ask(questions):
    """One answer for each question, in their order."""
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    done = subprocess.run([os.environ["TRAZO_SPEAK"]], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]
