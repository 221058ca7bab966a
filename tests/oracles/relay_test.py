"""The relay between AWS's own client and the gate: what was signed for AWS is still signed when it arrives."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import urllib.request

import boto3
import botocore.exceptions

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "emulators"))

import rig  # noqa: E402
from gate_test import CALLS, Case  # noqa: E402

STAND_IN = os.environ["TRAZO_STAND_IN"]


class Relay(Case):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        port = str(self.gate.server_address[1])
        self.child = subprocess.Popen([STAND_IN, folder.name, port], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end)
        self.url = self.child.stdout.readline().strip()
        hello = urllib.request.Request(f"{self.url}relay/hello", headers={"Sec-Fetch-Site": "same-origin"})
        with urllib.request.urlopen(hello) as answer:
            self.token = json.load(answer)["token"]

    def end(self):
        self.child.kill()
        self.told = self.child.communicate()[1]

    def client(self, service):
        """A client that signs for AWS, and whose requests go to the relay."""
        client = boto3.client(
            service,
            region_name="us-east-1",
            aws_access_key_id=rig.KEY.access_key_id,
            aws_secret_access_key=rig.KEY.secret_access_key,
            aws_session_token=rig.KEY.session_token,
            config=botocore.config.Config(retries={"total_max_attempts": 1}),
        )

        def lead(request, **_):
            signed = urllib.parse.urlsplit(request.url)
            target = request.url.partition(signed.netloc)[2]
            request.url = f"{self.url}relay/{signed.netloc}{target}"
            request.headers["X-Trazo-Token"] = self.token
            request.headers["Sec-Fetch-Site"] = "same-origin"

        # After signing.
        client.meta.events.register("before-send", lead)
        return client

    def test_what_was_signed_arrives_as_it_was_signed(self):
        for service, (operation, words) in CALLS.items():
            with self.subTest(service=service):
                getattr(self.client(service), operation)(**words)
        self.assertEqual([entry["service"] for entry in self.gate.log], list(CALLS))
        self.end()
        self.assertIn("POST ecs.us-east-1.amazonaws.com 200\n", self.told)
        self.assertIn("POST iam.amazonaws.com 200\n", self.told)
        for secret in (rig.KEY.access_key_id, rig.KEY.session_token, self.token, "Signature"):
            self.assertNotIn(secret, self.told)

    def test_paths_with_escapes_arrive_in_their_bytes(self):
        arn = "arn:aws:lambda:us-east-1:123456789012:function:tienda"
        with self.assertRaises(botocore.exceptions.ClientError) as raised:
            self.client("lambda").get_function(FunctionName=arn)
        # It came through the gate, and there is no such function.
        self.assertEqual(raised.exception.response["Error"]["Code"], "ResourceNotFoundException")
        self.assertIn("function%3Atienda", self.gate.log[-1]["path"])

    def test_refusals_and_broken_connections_arrive_too(self):
        self.gate.faults.put([{"do": "refuse", "why": "throttled", "retry_after": 3}])
        with self.assertRaises(botocore.exceptions.ClientError) as raised:
            self.client("ecs").list_clusters()
        answer = raised.exception.response["ResponseMetadata"]
        self.assertEqual((answer["HTTPStatusCode"], answer["HTTPHeaders"]["retry-after"]), (429, "3"))
        for do in ("cut_before", "short"):
            self.gate.faults.put([{"do": do}])
            with self.assertRaises(botocore.exceptions.ClientError) as raised:
                self.client("ecs").list_clusters()
            answer = raised.exception.response["ResponseMetadata"]
            self.assertEqual((answer["HTTPStatusCode"], answer["HTTPHeaders"]["x-trazo-relay"]), (502, "unreachable"))


# The class that lends its gate is tested where it stands.
del Case

if __name__ == "__main__":
    unittest.main()
