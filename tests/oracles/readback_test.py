"""Reading an account back: it finds what was made, tells each difference, and tells what is left."""

import copy
import json
import pathlib
import sys
import unittest

EMULATORS = pathlib.Path(__file__).resolve().parents[1] / "emulators"
sys.path.insert(0, str(EMULATORS))

import account  # noqa: E402
import compare  # noqa: E402
import gate_test  # noqa: E402
import readback  # noqa: E402
import rig  # noqa: E402

DEPLOYMENT = "d-1"
TEMPLATE = {
    "Parameters": {"VpcId": {"Type": "AWS::EC2::VPC::Id"}, "SubnetIds": {"Type": "List<AWS::EC2::Subnet::Id>"}},
    "Resources": {
        "Group": {
            "Type": "AWS::EC2::SecurityGroup",
            "Properties": {
                "GroupDescription": "Web",
                "VpcId": {"Ref": "VpcId"},
                "SecurityGroupIngress": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"}],
            },
        },
        "Balancer": {
            "Type": "AWS::ElasticLoadBalancingV2::LoadBalancer",
            "Properties": {
                "Name": "web",
                "Scheme": "internet-facing",
                "Subnets": {"Ref": "SubnetIds"},
                "SecurityGroups": [{"Fn::GetAtt": ["Group", "GroupId"]}],
                "LoadBalancerAttributes": [{"Key": "idle_timeout.timeout_seconds", "Value": "75"}],
            },
        },
        "Listener": {
            "Type": "AWS::ElasticLoadBalancingV2::Listener",
            "Properties": {
                "LoadBalancerArn": {"Ref": "Balancer"},
                "Port": 80,
                "Protocol": "HTTP",
                "DefaultActions": [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
            },
        },
        "Api": {
            "Type": "AWS::ApiGatewayV2::Api",
            "Properties": {"Name": "tienda", "ProtocolType": "HTTP", "Tags": {"curso": "pd"}},
        },
        "Integration": {
            "Type": "AWS::ApiGatewayV2::Integration",
            "Properties": {
                "ApiId": {"Ref": "Api"},
                "IntegrationType": "HTTP_PROXY",
                "IntegrationUri": {"Fn::Sub": "http://${Balancer.DNSName}"},
                "PayloadFormatVersion": "1.0",
            },
        },
        "Route": {
            "Type": "AWS::ApiGatewayV2::Route",
            "Properties": {
                "ApiId": {"Ref": "Api"},
                "RouteKey": "GET /",
                "Target": {"Fn::Join": ["/", ["integrations", {"Ref": "Integration"}]]},
            },
        },
    },
}


class Readback(gate_test.Case):
    def setUp(self):
        super().setUp()
        self.gate.empty_account()
        self.parameters = {}

    def ask(self, service):
        return rig.client(self.gate, service)

    def tags(self, logical_id):
        return {"trazo:deployment": DEPLOYMENT, "trazo:resource": logical_id}

    def pairs(self, logical_id):
        return [{"Key": key, "Value": value} for key, value in self.tags(logical_id).items()]

    def make(self):
        """What the template asks for, as an engine makes it."""
        ec2, elb, api = self.ask("ec2"), self.ask("elbv2"), self.ask("apigatewayv2")
        vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
        subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets()["Subnets"]][:2]
        self.parameters = {"VpcId": vpc, "SubnetIds": subnets}
        specification = [{"ResourceType": "security-group", "Tags": self.pairs("Group")}]
        group = ec2.create_security_group(Description="Web", GroupName="g", VpcId=vpc, TagSpecifications=specification)
        rule = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
        ec2.authorize_security_group_ingress(GroupId=group["GroupId"], IpPermissions=[rule])
        balancer = elb.create_load_balancer(
            Name="web", Scheme="internet-facing", Subnets=subnets, SecurityGroups=[group["GroupId"]], Tags=self.pairs("Balancer")
        )["LoadBalancers"][0]
        self.balancer = balancer["LoadBalancerArn"]
        self.set_timeout("75")
        action = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}
        elb.create_listener(LoadBalancerArn=self.balancer, Port=80, Protocol="HTTP", DefaultActions=[action])
        made = api.create_api(Name="tienda", ProtocolType="HTTP", Tags={"curso": "pd", **self.tags("Api")})
        self.api = made["ApiId"]
        integration = api.create_integration(
            ApiId=self.api,
            IntegrationType="HTTP_PROXY",
            IntegrationUri=f"http://{balancer['DNSName']}",
            PayloadFormatVersion="1.0",
        )["IntegrationId"]
        api.create_route(ApiId=self.api, RouteKey="GET /", Target=f"integrations/{integration}")
        self.group = group["GroupId"]

    def set_timeout(self, seconds):
        attributes = [{"Key": "idle_timeout.timeout_seconds", "Value": seconds}]
        self.ask("elbv2").modify_load_balancer_attributes(LoadBalancerArn=self.balancer, Attributes=attributes)

    def differences(self, template=None, deployment=DEPLOYMENT):
        return readback.Readback(self.ask, template or TEMPLATE, deployment, self.parameters).differences()

    def test_what_was_made_as_it_was_asked_for_has_no_difference(self):
        self.make()
        self.assertEqual(self.differences(), [])

    def test_each_difference_is_told_where_it_is(self):
        self.make()
        self.set_timeout("60")
        self.assertEqual(
            self.differences(),
            ['Balancer: LoadBalancerAttributes[idle_timeout.timeout_seconds]: asked for "75", there is "60"'],
        )
        self.set_timeout("75")
        for logical_id, name, value, told in (
            ("Group", "SecurityGroupIngress", [{"IpProtocol": "tcp", "FromPort": 81, "ToPort": 81, "CidrIp": "0.0.0.0/0"}], "FromPort"),
            ("Balancer", "Scheme", "internal", "Scheme"),
            ("Listener", "Protocol", "HTTPS", "Protocol"),
            ("Api", "Tags", {"curso": "otro"}, "Tags[curso]"),
            ("Route", "Target", "integrations/other", "Target"),
        ):
            changed = copy.deepcopy(TEMPLATE)
            changed["Resources"][logical_id]["Properties"][name] = value
            found = self.differences(changed)
            self.assertTrue(found and all(line.startswith(f"{logical_id}: ") for line in found), found)
            self.assertIn(told, found[0])

    def test_what_is_missing_or_somebody_else_s_is_told(self):
        self.make()
        self.ask("apigatewayv2").delete_api(ApiId=self.api)
        missing = [line for line in self.differences() if line.startswith("Api:")]
        self.assertEqual(missing, ["Api: there is no AWS::ApiGatewayV2::Api"])
        other = self.differences(deployment="d-2")
        self.assertIn("Balancer: there is no AWS::ElasticLoadBalancingV2::LoadBalancer", other)

    def test_what_is_left_is_told_until_nothing_is(self):
        self.assertEqual(account.left(self.ask), [])
        self.make()
        self.assertEqual(len(account.left(self.ask)), 6)
        self.ask("apigatewayv2").delete_api(ApiId=self.api)
        self.ask("elbv2").delete_load_balancer(LoadBalancerArn=self.balancer)
        self.assertEqual(account.left(self.ask), [f"AWS::EC2::SecurityGroup {self.group}"])
        self.ask("ec2").delete_security_group(GroupId=self.group)
        self.assertEqual(account.left(self.ask), [])


class Exceptions(unittest.TestCase):
    def test_each_has_its_fault(self):
        for exception in json.loads((EMULATORS / "exceptions.json").read_text("utf-8"))["exceptions"]:
            self.assertEqual(set(exception), {"type", "line", "fault"})
            self.assertGreater(len(exception["fault"]), 20)
            # It excuses what is missing, and never another value than was asked for.
            self.assertIn("there is ", exception["line"])


class Compare(unittest.TestCase):
    def lines(self, asked, there):
        return list(compare.differences(asked, there))

    def test_the_same_in_other_words_is_the_same(self):
        for asked, there in (
            ({"Port": "80"}, {"port": 80}),
            ({"Enabled": True}, {"enabled": "true"}),
            ({"A": ["x", "y"]}, {"A": ["y", "x"]}),
            ({"Policy": {"a": 1}}, {"policy": '{"a": 1}'}),
            ({"A": compare.ANYTHING}, {}),
            ({"A": 1}, {"A": 1, "B": 2}),
        ):
            self.assertEqual(self.lines(asked, there), [], asked)

    def test_other_things_are_not(self):
        for asked, there in (
            ({"Port": 80}, {"port": 81}),
            ({"Enabled": True}, {"enabled": False}),
            ({"A": ["x", "x"]}, {"A": ["x"]}),
            ({"A": ["x"]}, {}),
            ({"A": {"B": 1}}, {"A": None}),
            ({"A": [{"B": 1}]}, {"A": [{"B": 2}]}),
        ):
            self.assertNotEqual(self.lines(asked, there), [], asked)


if __name__ == "__main__":
    unittest.main()
