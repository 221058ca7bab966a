"""What the shapes of AWS's own APIs say of the resources in the templates that Trazo writes."""

import collections
import json
import os
import pathlib
import unittest

from api_requests import resolve, shapes, table

WRITTEN = pathlib.Path(os.environ["TRAZO_WRITTEN"])

# What designs keep of other kinds comes out as it came in: Trazo makes no request of it.
KEPT = {"AWS::S3::Bucket", "AWS::SNS::Topic", "AWS::SQS::Queue"}


def judge(template, found):
    """Adds what AWS would refuse to `found`; gives the operations that were judged."""
    document = resolve.Template(json.loads(template.read_text(encoding="utf-8")))
    judged = set()
    for logical_id, resource in document.resources.items():
        kind = resource["Type"]
        try:
            properties = document.properties(logical_id)
        except resolve.Unresolved as reason:
            found[f"{kind}: {reason}"].append(template.name)
            continue
        if kind in KEPT:
            continue
        requests = table.requests(kind, properties)
        if requests is None:
            found[f"{kind}: api_requests/table.py has no row for it"].append(template.name)
            continue
        for service, operation, parameters in requests:
            shape = shapes.input_shape(service, operation)
            judged.add(f"{service}:{operation}")
            for fault in shapes.faults(shape, shapes.fitted(shape, parameters)):
                found[f"{kind} {operation} {fault[:300]}"].append(template.name)
    return judged


class Requests(unittest.TestCase):
    """A fault is told once, with the templates that have it."""

    def test_aws_accepts_every_request(self):
        found = collections.defaultdict(list)
        judged = set()
        templates = sorted(WRITTEN.rglob("*.template.json"))
        for template in templates:
            judged |= judge(template, found)
        self.assertGreater(len(judged), 10)
        lines = [f"{fault}\n    in {len(names)}, first {names[0]}" for fault, names in sorted(found.items())]
        self.assertEqual(len(lines), 0, "\n" + "\n".join(lines)[:20000])

    def test_faults_are_found(self):
        shape = shapes.input_shape("ecs", "RegisterTaskDefinition")
        good = {"Family": "web", "NetworkMode": "awsvpc", "ContainerDefinitions": [{"Name": "web", "Image": "nginx"}]}
        self.assertEqual(shapes.faults(shape, shapes.fitted(shape, good)), [])
        for bad in (
            {**good, "NetworkMode": "wireless"},
            {**good, "Colour": "red"},
            {**good, "ContainerDefinitions": [{"Name": "web", "Cpu": "many"}]},
        ):
            self.assertNotEqual(shapes.faults(shape, shapes.fitted(shape, bad)), [], bad)


if __name__ == "__main__":
    unittest.main()
