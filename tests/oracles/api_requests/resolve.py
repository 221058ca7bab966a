"""Values of a template without functions: each reference becomes what AWS could have put there."""

import re

ACCOUNT = "123456789012"
REGION = "us-east-1"
PSEUDO = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::StackId": f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/trazo/0a1b2c3d-0000-0000-0000-000000000000",
    "AWS::StackName": "trazo",
    "AWS::URLSuffix": "amazonaws.com",
}
# What stands for AWS::NoValue: the property is left out.
GONE = object()
HEX = "0123456789abcdef0"

# What `Ref` of a resource gives; {id} is the logical id in small letters, at most 32 characters.
REFERENCES = {
    "AWS::ElasticLoadBalancingV2::LoadBalancer": "arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/app/{id}/50dc6c495c0c9188",
    "AWS::ElasticLoadBalancingV2::TargetGroup": "arn:aws:elasticloadbalancing:{region}:{account}:targetgroup/{id}/50dc6c495c0c9188",
    "AWS::ElasticLoadBalancingV2::Listener": "arn:aws:elasticloadbalancing:{region}:{account}:listener/app/{id}/50dc6c495c0c9188/f2f7dc8efc522ab2",
    "AWS::ElasticLoadBalancingV2::ListenerRule": "arn:aws:elasticloadbalancing:{region}:{account}:listener-rule/app/{id}/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee",
    "AWS::ECS::TaskDefinition": "arn:aws:ecs:{region}:{account}:task-definition/{id}:1",
    "AWS::ECS::Service": "arn:aws:ecs:{region}:{account}:service/cluster/{id}",
    "AWS::EC2::VPC": "vpc-" + HEX,
    "AWS::EC2::Subnet": "subnet-" + HEX,
    "AWS::EC2::SecurityGroup": "sg-" + HEX,
    "AWS::EC2::RouteTable": "rtb-" + HEX,
    "AWS::EC2::InternetGateway": "igw-" + HEX,
    "AWS::EC2::NatGateway": "nat-" + HEX,
    "AWS::EC2::EIP": "203.0.113.7",
    "AWS::EC2::LaunchTemplate": "lt-" + HEX,
    "AWS::EC2::VPCEndpoint": "vpce-" + HEX,
    "AWS::ApiGateway::RestApi": "a1b2c3d4e5",
    "AWS::ApiGatewayV2::Api": "a1b2c3d4e5",
    "AWS::ServiceDiscovery::HttpNamespace": "ns-a1b2c3d4e5f6g7h8",
    "AWS::ServiceDiscovery::PrivateDnsNamespace": "ns-a1b2c3d4e5f6g7h8",
    "AWS::ApplicationAutoScaling::ScalableTarget": "service/cluster/{id}|ecs:service:DesiredCount|ecs",
    "AWS::EFS::FileSystem": "fs-0123456789abcdef0",
    "AWS::EFS::AccessPoint": "fsap-0123456789abcdef0",
}

# What attributes give that are no ARN and no plain name.
ATTRIBUTES = {
    "AllocationId": "eipalloc-" + HEX,
    "DefaultSecurityGroup": "sg-" + HEX,
    "GroupId": "sg-" + HEX,
    "LatestVersionNumber": "1",
    "DefaultVersionNumber": "1",
    "RootResourceId": "a1b2c3d4e5",
    "DNSName": "alb-1234567890.us-east-1.elb.amazonaws.com",
    "LoadBalancerFullName": "app/alb/50dc6c495c0c9188",
    "TargetGroupFullName": "targetgroup/tg/50dc6c495c0c9188",
    "ApiEndpoint": "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
    "RepositoryUri": "123456789012.dkr.ecr.us-east-1.amazonaws.com/catalogo",
    "CidrBlock": "10.0.0.0/16",
}

# ARNs whose form the shapes ask for.
ARNS = {
    "AWS::IAM::Role": "arn:aws:iam::{account}:role/{id}",
    "AWS::IAM::InstanceProfile": "arn:aws:iam::{account}:instance-profile/{id}",
    "AWS::Lambda::Function": "arn:aws:lambda:{region}:{account}:function:{id}",
    "AWS::Logs::LogGroup": "arn:aws:logs:{region}:{account}:log-group:{id}:*",
    "AWS::ECR::Repository": "arn:aws:ecr:{region}:{account}:repository/{id}",
    "AWS::ECS::Cluster": "arn:aws:ecs:{region}:{account}:cluster/{id}",
    "AWS::ServiceDiscovery::HttpNamespace": "arn:aws:servicediscovery:{region}:{account}:namespace/ns-a1b2c3d4e5f6g7h8",
    "AWS::AutoScaling::AutoScalingGroup": "arn:aws:autoscaling:{region}:{account}:autoScalingGroup:0a1b:autoScalingGroupName/{id}",
}

# What parameters hold that have no default.
PARAMETERS = {
    "AWS::EC2::VPC::Id": "vpc-" + HEX,
    "AWS::EC2::SecurityGroup::Id": "sg-" + HEX,
    "AWS::EC2::Subnet::Id": "subnet-" + HEX,
    "List<AWS::EC2::Subnet::Id>": ["subnet-" + HEX, "subnet-0fedcba9876543210"],
    "List<AWS::EC2::SecurityGroup::Id>": ["sg-" + HEX],
    "CommaDelimitedList": ["a", "b"],
    "Number": "1",
}


class Unresolved(Exception):
    """A reference that leads nowhere, or a function that is not known here."""


class Template:
    """A template whose values can be asked for."""

    def __init__(self, document):
        self.parameters = document.get("Parameters", {})
        self.resources = document.get("Resources", {})

    def properties(self, logical_id):
        """The properties of a resource, without functions."""
        return self.value(self.resources[logical_id].get("Properties", {}))

    def value(self, value):
        if isinstance(value, list):
            items = [self.value(item) for item in value]
            return [item for item in items if item is not GONE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            name, inner = next(iter(value.items()))
            if name == "Ref":
                return self.reference(inner)
            if name.startswith("Fn::"):
                return self.function(name[4:], inner)
        entries = {key: self.value(entry) for key, entry in value.items()}
        return {key: entry for key, entry in entries.items() if entry is not GONE}

    def reference(self, name):
        if name == "AWS::NoValue":
            return GONE
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self.parameters:
            return self.parameter(self.parameters[name])
        if name in self.resources:
            kind = self.resources[name]["Type"]
            return filled(REFERENCES.get(kind, "{id}"), name)
        raise Unresolved(f"Ref {name}")

    @staticmethod
    def parameter(parameter):
        kind = parameter["Type"]
        if kind.startswith("AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>"):
            return "ami-" + HEX
        if parameter.get("Default") not in (None, ""):
            default = parameter["Default"]
            return default.split(",") if kind in ("CommaDelimitedList",) or kind.startswith("List<") else default
        return PARAMETERS.get(kind, "value")

    def attribute(self, name, attribute):
        if name not in self.resources:
            raise Unresolved(f"GetAtt {name}.{attribute}")
        kind = self.resources[name]["Type"]
        if attribute.endswith("Arn"):
            return filled(ARNS.get(kind, REFERENCES.get(kind, "arn:aws:service:{region}:{account}:{id}")), name)
        return ATTRIBUTES.get(attribute, filled("{id}", name))

    def function(self, name, inner):
        if name == "GetAtt":
            resource, attribute = inner if isinstance(inner, list) else inner.split(".", 1)
            return self.attribute(resource, attribute)
        if name == "Sub":
            text, own = (inner[0], self.value(inner[1])) if isinstance(inner, list) else (inner, {})
            return re.sub(r"\$\{(!?)([^}]*)\}", lambda found: self.place(found, own), text)
        if name == "Join":
            return inner[0].join(str(item) for item in self.value(inner[1]))
        if name == "Select":
            return self.value(inner[1])[int(inner[0])]
        if name == "Split":
            return self.value(inner[1]).split(inner[0])
        if name == "GetAZs":
            return [REGION + letter for letter in "abc"]
        if name == "Cidr":
            return [f"10.0.{number}.0/24" for number in range(int(self.value(inner[1])))]
        if name in ("Base64", "ToJsonString"):
            return str(self.value(inner))
        raise Unresolved(f"Fn::{name}")

    def place(self, found, own):
        literal, name = found.groups()
        if literal:
            return "${" + name + "}"
        if name in own:
            return str(own[name])
        return str(self.attribute(*name.split(".", 1)) if "." in name else self.reference(name))


def filled(form, logical_id):
    """An example of what AWS answers."""
    return form.format(id=logical_id.lower()[:32], region=REGION, account=ACCOUNT)
