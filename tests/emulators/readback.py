"""Reads an account back and says where it differs from what a design asks for.

    python readback.py http://127.0.0.1:PORT TEMPLATE.json|- DEPLOYMENT [PARAMETERS.json|{…}]

The template is what `trazo export --to cloudformation` writes, DEPLOYMENT the value of the tag `trazo:deployment`, PARAMETERS a map of what
was entered. Each resource is looked for by its tags, and where a type has none by what makes it the only one; then every property
is compared. One line a difference; what the emulator is to blame for is left out (`exceptions.json` says why).
"""

import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "oracles")]

import account  # noqa: E402
import compare  # noqa: E402
import rig  # noqa: E402
from api_requests import resolve  # noqa: E402

DEPLOYMENT, RESOURCE = "trazo:deployment", "trazo:resource"
# What makes a thing without tags the only one of its type.
KEYS = {
    "AWS::ApiGateway::Deployment": ("RestApiId",),
    "AWS::ApiGateway::GatewayResponse": ("RestApiId", "ResponseType"),
    "AWS::ApiGateway::Method": ("RestApiId", "ResourceId", "HttpMethod"),
    "AWS::ApiGateway::Model": ("RestApiId", "Name"),
    "AWS::ApiGateway::RequestValidator": ("RestApiId", "Name"),
    "AWS::ApiGateway::Authorizer": ("RestApiId", "Name"),
    "AWS::ApiGateway::Resource": ("RestApiId", "ParentId", "PathPart"),
    "AWS::ApiGateway::Stage": ("RestApiId", "StageName"),
    "AWS::ApiGateway::UsagePlanKey": ("KeyId", "UsagePlanId"),
    "AWS::ApiGatewayV2::Authorizer": ("ApiId", "Name"),
    "AWS::ApiGatewayV2::Integration": ("ApiId", "IntegrationType", "IntegrationUri", "RequestParameters", "TimeoutInMillis"),
    "AWS::ApiGatewayV2::Route": ("ApiId", "RouteKey"),
    "AWS::ApiGatewayV2::Stage": ("ApiId", "StageName"),
    "AWS::ApplicationAutoScaling::ScalableTarget": ("ResourceId", "ScalableDimension"),
    "AWS::ApplicationAutoScaling::ScalingPolicy": ("ScalingTargetId", "PolicyName"),
    "AWS::EC2::Route": ("RouteTableId", "DestinationCidrBlock"),
    "AWS::EC2::SecurityGroupEgress": ("GroupId", "IpProtocol", "FromPort", "ToPort", "DestinationSecurityGroupId", "CidrIp"),
    "AWS::EC2::SecurityGroupIngress": ("GroupId", "IpProtocol", "FromPort", "ToPort", "SourceSecurityGroupId", "CidrIp"),
    "AWS::EC2::SubnetRouteTableAssociation": ("SubnetId", "RouteTableId"),
    "AWS::EC2::VPCGatewayAttachment": ("VpcId", "InternetGatewayId"),
    "AWS::ECS::ClusterCapacityProviderAssociations": ("Cluster",),
    "AWS::ElasticLoadBalancingV2::Listener": ("LoadBalancerArn", "Port"),
    "AWS::ElasticLoadBalancingV2::ListenerCertificate": ("ListenerArn",),
    "AWS::ElasticLoadBalancingV2::ListenerRule": ("ListenerArn", "Priority"),
    "AWS::Lambda::Permission": ("FunctionName", "Action", "SourceArn"),
    # These have tags, and a name of their own as well: it helps where the emulator keeps no tags.
    "AWS::Logs::LogGroup": ("LogGroupName",),
    "AWS::ECS::Cluster": ("ClusterName",),
    "AWS::ECS::Service": ("ServiceName",),
    "AWS::ECS::TaskDefinition": ("Family",),
    "AWS::ECS::CapacityProvider": ("Name",),
    "AWS::IAM::InstanceProfile": ("Roles",),
    "AWS::Lambda::Function": ("FunctionName",),
    "AWS::ServiceDiscovery::HttpNamespace": ("Name",),
}
# Types that are a setting and no thing.
SETTINGS = ("AWS::ApiGateway::Account",)


class Place(resolve.Template):
    """The template's values, with what is known of the account."""

    def __init__(self, document, parameters, things, zones):
        super().__init__(document)
        self.given = parameters
        self.known = {}
        self.zones = zones

    def reference(self, name):
        if name == "AWS::NoValue":
            return resolve.GONE
        if name == "AWS::StackName" or name == "AWS::StackId":
            return compare.ANYTHING
        if name in resolve.PSEUDO:
            return resolve.PSEUDO[name]
        if name in self.parameters:
            parameter = self.parameters[name]
            told = self.given.get(name, parameter.get("Default"))
            if told in (None, "") or "SSM::Parameter" in parameter["Type"]:
                return compare.ANYTHING
            is_list = parameter["Type"].startswith("List<") or parameter["Type"] == "CommaDelimitedList"
            return told.split(",") if is_list and isinstance(told, str) else told
        return self.known[name].ref if name in self.known else compare.ANYTHING

    def attribute(self, name, attribute):
        thing = self.known.get(name)
        return thing.attributes.get(attribute, compare.ANYTHING) if thing else compare.ANYTHING

    def function(self, name, inner):
        if name == "GetAZs":
            return self.zones
        if name in ("Sub", "Join", "Select", "Split", "Base64"):
            # A text of which a part is not known is not known.
            parts = self.parts(name, inner)
            if compare.has_anything(parts):
                return compare.ANYTHING
        if name in ("Cidr",):
            return [compare.ANYTHING] * 256
        if name == "Base64":
            import base64

            return base64.b64encode(str(self.value(inner)).encode()).decode()
        return super().function(name, inner)

    def parts(self, name, inner):
        if name != "Sub":
            return self.value(inner)
        text, own = (inner[0], self.value(inner[1])) if isinstance(inner, list) else (inner, {})
        names = [name for name in re.findall(r"\$\{([^!}][^}]*)\}", text) if name not in own]
        return [own, [self.attribute(*it.split(".", 1)) if "." in it else self.reference(it) for it in names]]


class Readback:
    """A template beside an account."""

    def __init__(self, ask, document, deployment, parameters=None):
        self.things = account.things(ask)
        zones = [zone["ZoneName"] for zone in ask("ec2").describe_availability_zones()["AvailabilityZones"]]
        self.place = Place(document, parameters or {}, self.things, zones)
        self.resources = document["Resources"]
        self.deployment = deployment
        self.exceptions = json.loads((HERE / "exceptions.json").read_text(encoding="utf-8"))["exceptions"]

    def differences(self):
        """Lines, sorted; what the emulator is to blame for is left out."""
        found = [(kind, f"{logical_id}: {line}") for logical_id, kind, line in self.all()]
        return sorted(line for kind, line in found if not self.is_excepted(kind, line))

    def all(self):
        self.match()
        for logical_id, resource in self.resources.items():
            kind = resource["Type"]
            if kind in SETTINGS:
                continue
            thing = self.place.known.get(logical_id)
            if thing is None:
                yield logical_id, kind, f"there is no {kind}"
                continue
            properties = self.place.properties(logical_id)
            own = compare.member(properties, "Tags")
            for line in compare.differences({key: value for key, value in properties.items() if key != "Tags"}, thing.properties):
                yield logical_id, kind, line
            if own:
                for key, value in (own if isinstance(own, dict) else {tag["Key"]: tag["Value"] for tag in own}).items():
                    if not compare.same(value, thing.tags.get(key)):
                        yield logical_id, kind, f"Tags[{key}]: asked for {value}, there is {thing.tags.get(key)}"

    def match(self):
        """Finds each resource's thing: those that are named by others first, as often as something new becomes known."""
        pending = dict(self.resources)
        while pending:
            found = {logical_id: self.thing(logical_id, resource) for logical_id, resource in pending.items()}
            found = {logical_id: thing for logical_id, thing in found.items() if thing}
            if not found:
                return
            self.place.known.update(found)
            for logical_id in found:
                del pending[logical_id]

    def thing(self, logical_id, resource):
        kind = resource["Type"]
        all_of = [thing for thing in self.things if thing.type == kind]
        for thing in all_of:
            if thing.tags.get(DEPLOYMENT) == self.deployment and thing.tags.get(RESOURCE) == logical_id:
                return thing
        keys = KEYS.get(kind)
        if not keys:
            return None
        wanted = {key: value for key, value in self.place.properties(logical_id).items() if key in keys}
        # A part that is not known yet may become known.
        if not wanted or compare.has_anything(wanted):
            return None
        fits = [thing for thing in all_of if not any(True for _ in compare.differences(wanted, thing.properties))]
        return fits[0] if fits else None

    def is_excepted(self, kind, line):
        return any(
            exception["type"] == kind and re.search(exception["line"], line.partition(": ")[2]) for exception in self.exceptions
        )


def main(arguments):
    url, template, deployment, *rest = arguments
    text = sys.stdin.read() if template == "-" else pathlib.Path(template).read_text(encoding="utf-8")
    template = json.loads(text)
    parameters = entered(template, rest[0]) if rest else None
    for line in Readback(lambda service: rig.client(url, service), template, deployment, parameters).differences():
        print(line)


def entered(template, given):
    """Values of parameters, as JSON or in a file: lists as the page has them, with commas, are lists afterwards."""
    values = json.loads(given if given.startswith("{") else pathlib.Path(given).read_text(encoding="utf-8"))

    def of(name, value):
        kind = template.get("Parameters", {}).get(name, {}).get("Type", "")
        is_list = isinstance(value, str) and (kind.startswith("List<") or kind == "CommaDelimitedList")
        return [part.strip() for part in value.split(",")] if is_list else value

    return {name: of(name, value) for name, value in values.items()}


if __name__ == "__main__":
    main(sys.argv[1:])
