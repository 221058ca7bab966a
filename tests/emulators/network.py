"""Networks, load balancers."""

from things import Thing, asked, pages, settings, tagged


def networks(ask):
    ec2 = ask("ec2")
    main = set()
    for table in pages(ec2, "describe_route_tables", "RouteTables"):
        of = {"RouteTableId": table["RouteTableId"]}
        is_main = any(link.get("Main") for link in table["Associations"])
        if is_main:
            main.add(table["RouteTableId"])
        yield Thing("AWS::EC2::RouteTable", of["RouteTableId"], table, tagged(table.get("Tags")), of, given=is_main)
        for link in table["Associations"]:
            if link.get("SubnetId"):
                name = link["RouteTableAssociationId"]
                yield Thing("AWS::EC2::SubnetRouteTableAssociation", name, link, attributes={"Id": name})
        for route in table["Routes"]:
            destination = route.get("DestinationCidrBlock", route.get("DestinationPrefixListId"))
            local = route.get("GatewayId") == "local" or "DestinationPrefixListId" in route
            # The emulator shows the route to a gateway endpoint among the others, where AWS makes it by itself as well.
            local = local or str(route.get("GatewayId", "")).startswith("vpce-")
            name = f"{table['RouteTableId']}|{destination}"
            yield Thing("AWS::EC2::Route", name, {**route, **of}, given=local)
    default = set()
    for vpc in pages(ec2, "describe_vpcs", "Vpcs"):
        if vpc.get("IsDefault"):
            default.add(vpc["VpcId"])
        names = ("enableDnsSupport", "enableDnsHostnames")
        flags = [ec2.describe_vpc_attribute(VpcId=vpc["VpcId"], Attribute=name) for name in names]
        words = {key: flag[key]["Value"] for flag in flags for key in ("EnableDnsSupport", "EnableDnsHostnames") if key in flag}
        attributes = {"CidrBlock": vpc["CidrBlock"], "VpcId": vpc["VpcId"]}
        given = bool(vpc.get("IsDefault"))
        yield Thing("AWS::EC2::VPC", vpc["VpcId"], {**vpc, **words}, tagged(vpc.get("Tags")), attributes, given)
    for subnet in pages(ec2, "describe_subnets", "Subnets"):
        attributes = {"SubnetId": subnet["SubnetId"], "AvailabilityZone": subnet["AvailabilityZone"]}
        given = subnet["VpcId"] in default and bool(subnet.get("DefaultForAz"))
        yield Thing("AWS::EC2::Subnet", subnet["SubnetId"], subnet, tagged(subnet.get("Tags")), attributes, given)
    for gateway in pages(ec2, "describe_internet_gateways", "InternetGateways"):
        name = gateway["InternetGatewayId"]
        given = any(link["VpcId"] in default for link in gateway["Attachments"])
        attributes = {"InternetGatewayId": name}
        yield Thing("AWS::EC2::InternetGateway", name, gateway, tagged(gateway.get("Tags")), attributes, given)
        for link in gateway["Attachments"]:
            words = {"VpcId": link["VpcId"], "InternetGatewayId": name}
            yield Thing("AWS::EC2::VPCGatewayAttachment", f"IGW|{link['VpcId']}", words, given=given)


def addresses(ask):
    ec2 = ask("ec2")
    for address in pages(ec2, "describe_addresses", "Addresses"):
        attributes = {"AllocationId": address["AllocationId"], "PublicIp": address["PublicIp"]}
        yield Thing("AWS::EC2::EIP", address["PublicIp"], address, tagged(address.get("Tags")), attributes)
    for gateway in pages(ec2, "describe_nat_gateways", "NatGateways"):
        if gateway["State"] in ("deleted", "deleting"):
            continue
        words = {**gateway, "AllocationId": gateway["NatGatewayAddresses"][0]["AllocationId"]}
        name = gateway["NatGatewayId"]
        yield Thing("AWS::EC2::NatGateway", name, words, tagged(gateway.get("Tags")), {"NatGatewayId": name})
    for endpoint in pages(ec2, "describe_vpc_endpoints", "VpcEndpoints"):
        if endpoint["State"].lower() in ("deleted", "deleting"):
            continue
        words = {**endpoint, "SecurityGroupIds": [group["GroupId"] for group in endpoint.get("Groups", [])]}
        yield Thing("AWS::EC2::VPCEndpoint", endpoint["VpcEndpointId"], words, tagged(endpoint.get("Tags")))
    for log in pages(ec2, "describe_flow_logs", "FlowLogs"):
        yield Thing("AWS::EC2::FlowLog", log["FlowLogId"], log, tagged(log.get("Tags")))


# How a source or a destination of a rule is called: in the API, and in CloudFormation for each direction.
SIDES = (
    ("IpRanges", "CidrIp", "CidrIp", "CidrIp"),
    ("Ipv6Ranges", "CidrIpv6", "CidrIpv6", "CidrIpv6"),
    ("UserIdGroupPairs", "GroupId", "SourceSecurityGroupId", "DestinationSecurityGroupId"),
    ("PrefixListIds", "PrefixListId", "SourcePrefixListId", "DestinationPrefixListId"),
)


def rules(permissions, outwards):
    """Each rule of a group by itself, as CloudFormation writes it."""
    for permission in permissions:
        base = {key: permission[key] for key in ("IpProtocol", "FromPort", "ToPort") if permission.get(key) is not None}
        for member, key, into, out in SIDES:
            for side in permission.get(member, []):
                told = {"Description": side["Description"]} if side.get("Description") else {}
                yield {**base, (out if outwards else into): side[key], **told}


def groups(ask):
    for group in pages(ask("ec2"), "describe_security_groups", "SecurityGroups"):
        into = list(rules(group["IpPermissions"], False))
        out = list(rules(group["IpPermissionsEgress"], True))
        words = {**group, "GroupDescription": group["Description"], "SecurityGroupIngress": into, "SecurityGroupEgress": out}
        name, given = group["GroupId"], group["GroupName"] == "default"
        yield Thing("AWS::EC2::SecurityGroup", name, words, tagged(group.get("Tags")), {"GroupId": name}, given)
        for kind, of in (("Ingress", into), ("Egress", out)):
            for rule in of:
                # A rule goes with its group: it is not told among what is left.
                yield Thing(f"AWS::EC2::SecurityGroup{kind}", name, {**rule, "GroupId": name}, given=True)


def balancers(ask):
    elb = ask("elbv2")
    for balancer in pages(elb, "describe_load_balancers", "LoadBalancers"):
        arn = balancer["LoadBalancerArn"]
        described = elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]
        words = {
            **balancer,
            "Name": balancer["LoadBalancerName"],
            "Subnets": [zone["SubnetId"] for zone in balancer["AvailabilityZones"]],
            "LoadBalancerAttributes": settings(described),
        }
        full = arn.partition(":loadbalancer/")[2]
        attributes = {"DNSName": balancer["DNSName"], "LoadBalancerArn": arn, "LoadBalancerFullName": full}
        yield Thing("AWS::ElasticLoadBalancingV2::LoadBalancer", arn, words, tags_of(elb, arn), attributes)
        yield from listeners(elb, arn)
    for group in pages(elb, "describe_target_groups", "TargetGroups"):
        arn = group["TargetGroupArn"]
        described = elb.describe_target_group_attributes(TargetGroupArn=arn)["Attributes"]
        words = {**group, "Name": group["TargetGroupName"], "TargetGroupAttributes": settings(described)}
        attributes = {"TargetGroupArn": arn, "TargetGroupFullName": "targetgroup/" + arn.partition(":targetgroup/")[2]}
        yield Thing("AWS::ElasticLoadBalancingV2::TargetGroup", arn, words, tags_of(elb, arn), attributes)


def listeners(elb, balancer):
    for listener in pages(elb, "describe_listeners", "Listeners", LoadBalancerArn=balancer):
        arn = listener["ListenerArn"]
        yield Thing("AWS::ElasticLoadBalancingV2::Listener", arn, listener, tags_of(elb, arn), {"ListenerArn": arn})
        certificates = asked(elb.describe_listener_certificates, {}, ListenerArn=arn).get("Certificates", [])
        for certificate in certificates:
            words = {"ListenerArn": arn, "Certificates": [{"CertificateArn": certificate["CertificateArn"]}]}
            kind = "AWS::ElasticLoadBalancingV2::ListenerCertificate"
            yield Thing(kind, certificate["CertificateArn"], words, given=True)
        for rule in pages(elb, "describe_rules", "Rules", ListenerArn=arn):
            name = rule["RuleArn"]
            words = {**rule, "ListenerArn": arn}
            attributes = {"RuleArn": name}
            given = bool(rule["IsDefault"])
            yield Thing("AWS::ElasticLoadBalancingV2::ListenerRule", name, words, tags_of(elb, name), attributes, given)


def tags_of(elb, arn):
    described = asked(elb.describe_tags, {}, ResourceArns=[arn]).get("TagDescriptions", [])
    return tagged(described[0]["Tags"]) if described else {}
