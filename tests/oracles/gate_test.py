"""The gate before the emulators: it lets pass what AWS lets pass, and refuses and fails as AWS does."""

import contextlib
import datetime
import json
import pathlib
import sys
import time
import unittest
import urllib.error
import urllib.request

import boto3
import botocore.exceptions
from botocore.config import Config

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "emulators"))

import operations  # noqa: E402
import rig  # noqa: E402

ORIGIN = "https://curso.example"
# A call of each protocol, and the names that its refusals have.
CALLS = {
    "ec2": ("describe_vpcs", {}),
    "elbv2": ("describe_load_balancers", {}),
    "iam": ("list_roles", {}),
    "sts": ("get_caller_identity", {}),
    "ecs": ("list_clusters", {}),
    "logs": ("describe_log_groups", {"logGroupNamePrefix": "/a b/ñ+%"}),
    "application-autoscaling": ("describe_scalable_targets", {"ServiceNamespace": "ecs"}),
    "apigateway": ("get_rest_apis", {"limit": 5}),
    "apigatewayv2": ("get_apis", {"MaxResults": "5"}),
    "lambda": ("list_functions", {}),
    "resourcegroupstaggingapi": ("get_resources", {}),
}
# The permissions that they take, where these are not called as service and operation are.
PERMISSIONS = {
    "elbv2": "elasticloadbalancing:DescribeLoadBalancers",
    "apigateway": "apigateway:GET",
    "apigatewayv2": "apigateway:GET",
    "resourcegroupstaggingapi": "tag:GetResources",
}


class Case(unittest.TestCase):
    """One gate for all tests of a class, as new for each."""

    @classmethod
    def setUpClass(cls):
        opened = contextlib.ExitStack()
        cls.addClassCleanup(opened.close)
        cls.gate = opened.enter_context(rig.moto())

    def setUp(self):
        self.gate.forget()

    def refused(self, call, **words):
        with self.assertRaises(botocore.exceptions.ClientError) as raised:
            call(**words)
        return raised.exception.response

    def preflight(self, path, wanted="authorization,x-amz-date"):
        headers = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": wanted}
        request = urllib.request.Request(self.gate.url + path, method="OPTIONS", headers=headers)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.headers
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers


class Signatures(Case):
    def test_what_aws_s_own_client_signs_passes(self):
        for service, (operation, words) in CALLS.items():
            with self.subTest(service=service):
                getattr(rig.client(self.gate, service), operation)(**words)
        asked = [(entry["service"], entry["operation"]) for entry in self.gate.log]
        pascal = ["".join(part.title() for part in operation.split("_")) for operation, _ in CALLS.values()]
        self.assertEqual(asked, list(zip(CALLS, pascal)))

    def test_another_secret_token_or_key_is_refused(self):
        for wrong in ({"aws_secret_access_key": "x"}, {"aws_session_token": "x"}, {"aws_access_key_id": "ASIAX"}):
            words = {
                "aws_access_key_id": rig.KEY.access_key_id,
                "aws_secret_access_key": rig.KEY.secret_access_key,
                "aws_session_token": rig.KEY.session_token,
                **wrong,
            }
            client = boto3.client("ecs", region_name="us-east-1", endpoint_url=self.gate.url, **words)
            response = self.refused(client.list_clusters)
            self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], 403)
            known = "InvalidSignatureException" if "aws_secret_access_key" in wrong else "UnrecognizedClientException"
            self.assertEqual(response["Error"]["Code"], known)

    def test_a_request_that_was_changed_on_its_way_is_refused(self):
        client = rig.client(self.gate, "ecs")

        def change(request, **_):
            request.body = request.body.replace(b"{}", b"[]")

        client.meta.events.register("before-send", change)
        self.addCleanup(client.meta.events.unregister, "before-send", change)
        self.assertEqual(self.refused(client.list_clusters)["Error"]["Code"], "InvalidSignatureException")

    def test_a_clock_may_be_off_by_a_quarter_of_an_hour(self):
        for minutes, passes in ((-20, False), (-10, True), (10, True), (20, False)):
            with self.subTest(minutes=minutes):
                self.gate.settings["clock"] = minutes * 60
                client = rig.client(self.gate, "iam")
                if passes:
                    client.list_roles()
                else:
                    response = self.refused(client.list_roles)
                    self.assertEqual(response["Error"]["Code"], "SignatureDoesNotMatch")
                    self.assertIn("Signature expired", response["Error"]["Message"])
                    told = response["ResponseMetadata"]["HTTPHeaders"]["date"]
                    clock = datetime.datetime.strptime(told, "%a, %d %b %Y %H:%M:%S GMT")
                    away = clock - datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
                    self.assertAlmostEqual(away.total_seconds(), minutes * 60, delta=30)

    def test_scope_and_region_are_checked(self):
        self.assertEqual(
            self.refused(rig.client(self.gate, "ecs", "eu-west-1").list_clusters)["Error"]["Code"],
            "InvalidSignatureException",
        )
        client = rig.client(self.gate, "ecs")

        def add(request, **_):
            request.headers["x-amz-more"] = "1"

        client.meta.events.register("before-send", add)
        self.addCleanup(client.meta.events.unregister, "before-send", add)
        self.assertEqual(self.refused(client.list_clusters)["Error"]["Code"], "InvalidSignatureException")
        self.assertIn("x-amz-more", self.gate.log[-1]["why"])

    def test_without_a_signature_nothing_passes(self):
        config = Config(signature_version=botocore.UNSIGNED)
        client = boto3.client("ecs", region_name="us-east-1", endpoint_url=self.gate.url, config=config)
        self.assertEqual(self.refused(client.list_clusters)["Error"]["Code"], "MissingAuthenticationTokenException")


class Preflights(Case):
    def test_they_are_answered_as_aws_does(self):
        status, headers = self.preflight("/restapis")
        self.assertEqual((status, headers["access-control-allow-origin"]), (200, "*"))
        for name in ("authorization", "content-type", "x-amz-date", "x-amz-security-token", "x-amz-target"):
            self.assertIn(name, headers["access-control-allow-headers"].split(","))
        for name in ("*", "x-trazo-token", "amz-sdk-invocation-id"):
            self.assertNotIn(name, headers["access-control-allow-headers"].split(","))
        self.assertNotIn("access-control-allow-credentials", headers)

    def test_those_of_http_apis_are_not(self):
        status, headers = self.preflight("/v2/apis")
        self.assertEqual((status, headers["access-control-allow-origin"]), (403, None))
        self.gate.settings["answers_v2"] = True
        self.assertEqual(self.preflight("/v2/apis")[0], 200)

    def test_answers_can_be_read_by_a_page(self):
        answer = rig.client(self.gate, "ecs").list_clusters()["ResponseMetadata"]["HTTPHeaders"]
        self.assertEqual(answer["access-control-allow-origin"], "*")
        self.assertIn("date", answer["access-control-expose-headers"].split(","))
        answer = rig.client(self.gate, "apigatewayv2").get_apis()["ResponseMetadata"]["HTTPHeaders"]
        self.assertNotIn("access-control-allow-origin", answer)


class Faults(Case):
    def put(self, *faults):
        body = json.dumps(faults).encode()
        urllib.request.urlopen(urllib.request.Request(f"{self.gate.url}/_gate/faults", data=body)).close()

    def test_each_protocol_is_refused_in_its_own_form(self):
        for service, (operation, words) in CALLS.items():
            with self.subTest(service=service):
                self.put({"do": "refuse", "why": "denied"})
                response = self.refused(getattr(rig.client(self.gate, service), operation), **words)
                self.assertIn(
                    response["Error"]["Code"], ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation")
                )
                permission = PERMISSIONS.get(service) or f"{service}:{self.gate.log[-1]['operation']}"
                self.assertTrue(response["Error"]["Message"].endswith(f"is not authorized to perform: {permission}"))

    def test_bursts_end(self):
        self.put({"do": "refuse", "why": "throttled", "times": 2, "retry_after": 1})
        client = rig.client(self.gate, "ecs")
        for _ in range(2):
            response = self.refused(client.list_clusters)["ResponseMetadata"]
            self.assertEqual((response["HTTPStatusCode"], response["HTTPHeaders"]["retry-after"]), (429, "1"))
        client.list_clusters()

    def test_a_cut_before_does_nothing_and_a_cut_after_has_done_it(self):
        client = rig.client(self.gate, "ecs")
        for do, made in (("cut_before", False), ("cut_after", True)):
            self.put({"do": do, "service": "ecs", "operation": "CreateCluster"})
            with self.assertRaises(botocore.exceptions.BotoCoreError):
                client.create_cluster(clusterName=do)
            found = client.describe_clusters(clusters=[do])["clusters"]
            self.assertEqual(bool(found), made)

    def test_a_cut_can_be_late(self):
        client = rig.client(self.gate, "ecs")
        for do in ("cut_before", "cut_after"):
            self.put({"do": do, "operation": "CreateCluster", "seconds": 0.3})
            began = time.monotonic()
            with self.assertRaises(botocore.exceptions.BotoCoreError):
                client.create_cluster(clusterName=do)
            self.assertGreaterEqual(time.monotonic() - began, 0.3)

    def test_each_request_can_go_wrong_once(self):
        client = rig.client(self.gate, "ecs")
        self.put({"do": "refuse", "why": "denied", "changes": True, "each": True})
        for name in ("e", "f"):
            self.assertEqual(self.refused(client.create_cluster, clusterName=name)["Error"]["Code"], "AccessDeniedException")
            client.create_cluster(clusterName=name)

    def test_an_answer_can_be_lost_in_other_ways(self):
        client = rig.client(self.gate, "ecs")
        self.put({"do": "break_after", "operation": "CreateCluster"})
        self.assertEqual(self.refused(client.create_cluster, clusterName="a")["ResponseMetadata"]["HTTPStatusCode"], 500)
        self.put({"do": "short", "operation": "CreateCluster"})
        with self.assertRaises(botocore.exceptions.BotoCoreError):
            client.create_cluster(clusterName="b")
        self.assertEqual(len(client.describe_clusters(clusters=["a", "b"])["clusters"]), 2)

    def test_some_go_well_first(self):
        self.put({"do": "refuse", "why": "expired", "changes": True, "skip": 1, "times": 0})
        client = rig.client(self.gate, "ecs")
        client.create_cluster(clusterName="c")
        client.list_clusters()
        for _ in range(2):
            self.assertEqual(self.refused(client.create_cluster, clusterName="d")["Error"]["Code"], "ExpiredTokenException")
        client.list_clusters()

    def test_what_is_no_fault_is_refused(self):
        with self.assertRaises(urllib.error.HTTPError) as raised:
            self.put({"do": "explode"})
        raised.exception.close()


class Operations(unittest.TestCase):
    def test_paths_tell_operations(self):
        for method, path, name in (
            ("POST", "/restapis", "apigateway CreateRestApi"),
            ("PUT", "/restapis/a/resources/b/methods/GET/integration", "apigateway PutIntegration"),
            ("DELETE", "/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fa", "apigateway UntagResource"),
            ("POST", "/v2/apis/a/routes", "apigatewayv2 CreateRoute"),
            ("POST", "/v2/vpclinks", "apigatewayv2 CreateVpcLink"),
            ("GET", "/nowhere", "apigateway None"),
        ):
            asked = operations.asked("apigateway", method, path, {}, b"")
            self.assertEqual(f"{asked.service} {asked.operation}", name)
        form = {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}
        asked = operations.asked("monitoring", "POST", "/", form, b"Action=DescribeAlarms&Version=2010-08-01")
        self.assertEqual((asked.service, asked.operation, asked.protocol), ("cloudwatch", "DescribeAlarms", "query"))


if __name__ == "__main__":
    unittest.main()
