"""What the schemas that AWS publishes for CloudFormation say of the permissions that Trazo tells."""

import functools
import json
import pathlib
import re
import unittest

import cfnlint

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = (ROOT / "crates/provision/src/policy/table.rs").read_text(encoding="utf-8")
SCHEMAS = pathlib.Path(cfnlint.__file__).parent / "data/schemas/resources"
# Permissions for properties that Trazo never sets, each with its reason.
EXCEPTIONS = json.loads(pathlib.Path(__file__).with_name("policy-exceptions.json").read_text(encoding="utf-8"))

OWN = {kind: set(actions.split()) for kind, actions in re.findall(r'\("(AWS::\w+::\w+)", "([A-Za-z* ]+)"\)', TABLE)}
PREFIXES = dict(re.findall(r'"(\w+)" => "([a-z0-9-]+)",\n', TABLE.split("pub(super) fn own")[1]))
HANDLERS = ("create", "read", "update", "delete")


@functools.cache
def handlers():
    """By type: the permissions of each handler."""
    found = {}
    for path in sorted(SCHEMAS.glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        if schema.get("typeName") in OWN:
            all_of_it = schema.get("handlers", {})
            found[schema["typeName"]] = {
                name: set(all_of_it.get(name, {}).get("permissions", [])) for name in HANDLERS
            }
    return found


def is_excused(permission):
    return any(re.fullmatch(pattern, permission) for pattern in EXCEPTIONS)


class Policy(unittest.TestCase):
    """The table of actions against `handlers.*.permissions`."""

    def test_there_is_something_to_judge(self):
        self.assertGreaterEqual(len(OWN), 35)
        self.assertGreater(len(handlers()), 30)

    def test_every_exception_has_its_reason(self):
        self.assertEqual([pattern for pattern, reason in EXCEPTIONS.items() if len(reason) < 20], [])

    def test_nothing_is_missing(self):
        missing = []
        for kind, of in handlers().items():
            prefix = PREFIXES[kind.split("::")[1]]
            for name in HANDLERS:
                for permission in sorted(of[name]):
                    service, action = permission.split(":", 1)
                    if service == prefix and action not in OWN[kind] and not is_excused(permission):
                        missing.append(f"{kind} {name}: {permission}")
        self.assertEqual(missing, [])

    def test_every_exception_is_needed(self):
        told = {permission for of in handlers().values() for name in HANDLERS for permission in of[name]}
        unused = [pattern for pattern in EXCEPTIONS if not any(re.fullmatch(pattern, one) for one in told)]
        self.assertEqual(unused, [])

    def test_no_action_is_made_up(self):
        """What a schema does not name is written here too, so that a slip of the pen is found."""
        beside = {
            "AWS::EC2::LaunchTemplate": {"DescribeLaunchTemplateVersions"},
            "AWS::IAM::InstanceProfile": {"TagInstanceProfile", "UntagInstanceProfile"},
            "AWS::IAM::Role": {"ListInstanceProfilesForRole", "ListRoleTags"},
        }
        unknown = []
        for kind, of in handlers().items():
            told = {permission.split(":", 1)[1] for name in HANDLERS for permission in of[name]}
            if told:
                unknown += [f"{kind}: {action}" for action in sorted(OWN[kind] - told - beside.get(kind, set()))]
        self.assertEqual(unknown, [])


if __name__ == "__main__":
    unittest.main()
