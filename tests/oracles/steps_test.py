"""What the shapes of AWS's own APIs say of the steps by which Trazo makes a stack, and whether they follow from each other."""

import collections
import os
import pathlib
import unittest

from api_requests import steps

WRITTEN = pathlib.Path(os.environ["TRAZO_WRITTEN"])


class StepByStep(unittest.TestCase):
    """A fault is told once, with the files that have it."""

    def test_every_step_can_be_taken(self):
        found = collections.defaultdict(list)
        judged = 0
        for path in sorted(WRITTEN.rglob("*.steps.json")):
            file = steps.Steps(path)
            if file.problem:
                found[file.problem.split(": ")[-1]].append(path.name)
            judged += len(file.steps)
            for fault in file.faults():
                found[fault[:300]].append(path.name)
        self.assertGreater(judged, 100)
        lines = [f"{fault}\n    in {len(names)}, first {names[0]}" for fault, names in sorted(found.items())]
        self.assertEqual(len(lines), 0, "\n" + "\n".join(lines)[:20000])


if __name__ == "__main__":
    unittest.main()
