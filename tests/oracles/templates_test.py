"""What AWS's own linter says of the CloudFormation that Trazo writes."""

import os
import pathlib
import subprocess
import unittest

CFN_LINT = os.environ.get("CFN_LINT", "cfn-lint")
WRITTEN = pathlib.Path(os.environ["TRAZO_WRITTEN"])


class Templates(unittest.TestCase):
    """Errors and warnings alike are failures."""

    def test_there_is_something_to_judge(self):
        self.assertNotEqual(list(WRITTEN.glob("*.template.json")), [])

    def test_the_linter_accepts_every_template(self):
        for template in sorted(WRITTEN.glob("*.template.json")):
            with self.subTest(template=template.name):
                verdict = subprocess.run(
                    [CFN_LINT, "--format", "parseable", "--template", str(template)],
                    capture_output=True,
                    text=True,
                    check=False,
                )
                self.assertEqual(verdict.returncode, 0, verdict.stdout + verdict.stderr)


if __name__ == "__main__":
    unittest.main()
