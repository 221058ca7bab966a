use crate::testing::{Drawing, shop};
use crate::{Kind, NodeId};

/// A shop in a new VPC with private subnets and one NAT gateway; ids: `vpc1`, `alb1`, `cluster1`.
fn in_new_vpc() -> Drawing {
    let mut d = Drawing::new();
    let vpc = d.node(Kind::Vpc, "red");
    d.choose(&vpc, "source", "new");
    d.choose(&vpc, "privateSubnets", true);
    d.choose(&vpc, "nat", "single");
    d
}

#[test]
fn a_new_vpc_that_fits_has_no_finding() {
    assert_eq!(in_new_vpc().codes(), Vec::<&str>::new());
}

#[test]
fn blocks_that_aws_refuses_are_told_and_mended() {
    for (cidr, code, mended) in [
        ("10.0.0.0", "VPC001", "10.0.0.0/16"),
        ("10.0.0.0/8", "VPC002", "10.0.0.0/16"),
        ("10.0.7.0/29", "VPC002", "10.0.7.0/24"),
        ("10.0.0.0/27", "VPC003", "10.0.0.0/26"),
        ("8.8.0.0/16", "VPC004", "10.0.0.0/16"),
    ] {
        let mut d = in_new_vpc();
        d.set(&NodeId::new("vpc1"), "cidr", cidr);
        assert_eq!(d.codes(), [code], "{cidr}");
        d.mend(code);
        let vpc = d.design.node(&"vpc1".into()).unwrap().props.to_json();
        assert_eq!(vpc["cidr"], mended, "{cidr}");
        assert_eq!(d.codes(), Vec::<&str>::new(), "{cidr}");
    }
}

#[test]
fn an_empty_block_is_told_once() {
    let mut d = in_new_vpc();
    d.set(&NodeId::new("vpc1"), "cidr", "");
    assert_eq!(d.codes(), ["FLD001"]);
}

#[test]
fn nat_gateways_that_make_no_sense() {
    let mut d = in_new_vpc();
    d.set(&NodeId::new("vpc1"), "privateSubnets", false);
    assert_eq!(d.codes(), ["VPC005"]);
    d.mend("VPC005");
    assert_eq!(d.codes(), Vec::<&str>::new());

    let mut d = in_new_vpc();
    d.set(&NodeId::new("vpc1"), "nat", "per_zone");
    assert_eq!(d.codes(), ["VPC006"]);
    d.mend("VPC006");
}

#[test]
fn turning_private_subnets_off_takes_the_nat_gateway_along() {
    let mut d = in_new_vpc();
    d.choose(&NodeId::new("vpc1"), "privateSubnets", false);
    assert_eq!(d.codes(), Vec::<&str>::new());
}

#[test]
fn private_subnets_with_a_service_need_a_way_out() {
    let mut d = in_new_vpc();
    d.set(&NodeId::new("vpc1"), "nat", "none");
    assert!(d.found("VPC007").is_empty(), "nothing is in them yet");
    let cluster = d.node_in(Kind::Cluster, "tienda", &"vpc1".into());
    d.node_in(Kind::Service, "catalogo", &cluster);
    d.mend("VPC007");
}

#[test]
fn subnets_for_a_load_balancer_are_not_too_small() {
    let mut d = in_new_vpc();
    d.set(&NodeId::new("vpc1"), "cidr", "10.0.0.0/26");
    assert!(d.found("VPC008").is_empty());
    d.node_in(Kind::LoadBalancer, "publico", &"vpc1".into());
    d.mend("VPC008");
}

#[test]
fn the_default_vpc_is_two_parameters() {
    let stack = shop().stack();
    assert_eq!(stack["VpcId"], "AWS::EC2::VPC::Id");
    assert_eq!(stack["SubnetIds"], "List<AWS::EC2::Subnet::Id>");
    assert!(!stack.to_string().contains("AWS::EC2::Subnet\""), "nothing is made");
}

#[test]
fn a_new_vpc_has_subnets_routes_and_a_nat_gateway() {
    insta::assert_json_snapshot!(in_new_vpc().stack());
}

#[test]
fn a_nat_gateway_in_each_zone_has_a_table_of_its_own() {
    let mut d = in_new_vpc();
    d.set(&NodeId::new("vpc1"), "zones", 3);
    d.set(&NodeId::new("vpc1"), "nat", "per_zone");
    let stack = d.stack();
    for zone in 1..=3 {
        assert_eq!(stack[format!("RedPrivateRoute{zone}")]["NatGatewayId"], format!("!Ref RedNatGateway{zone}"));
        let table = &stack[format!("RedPrivateSubnet{zone}RouteTable")]["RouteTableId"];
        assert_eq!(table, &format!("!Ref RedPrivateRouteTable{zone}"));
    }
}
