"""What AWS's own linter says of every template that the exporter's tests hold as expected."""

import os
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CFN_LINT = os.environ.get("CFN_LINT", "cfn-lint")


def templates():
    """All expected templates of the repository, sorted."""
    found = [*ROOT.glob("crates/*/tests/**/*.template.json"), *ROOT.glob("tests/fixtures/**/*.template.json")]
    return sorted(found)


class Templates(unittest.TestCase):
    """Errors and warnings alike are failures; hints are not asked for."""

    def test_there_is_something_to_judge(self):
        self.assertNotEqual(templates(), [])

    def test_the_linter_accepts_every_template(self):
        for template in templates():
            with self.subTest(template=str(template.relative_to(ROOT))):
                verdict = subprocess.run(
                    [CFN_LINT, "--format", "parseable", "--", str(template)],
                    capture_output=True,
                    text=True,
                    check=False,
                )
                self.assertEqual(verdict.returncode, 0, verdict.stdout + verdict.stderr)


if __name__ == "__main__":
    unittest.main()
