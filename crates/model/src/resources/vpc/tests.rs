use serde_json::json;

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
fn three_zones_have_a_nat_gateway_each() {
    let mut d = in_new_vpc();
    d.set("vpc1", "zones", 3);
    assert_eq!(d.codes(), ["VPC028"]);
    d.mend("VPC028");
    assert_eq!(d.get("vpc1", "nat"), "per_zone");
    assert_eq!(d.codes(), Vec::<&str>::new());
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

/// A shop whose service runs in private subnets of a new VPC, with an image of ECR and without a NAT gateway.
fn private_shop() -> Drawing {
    let mut d = shop();
    let vpc = d.node(Kind::Vpc, "red");
    d.choose(&vpc, "source", "new");
    d.choose(&vpc, "privateSubnets", true);
    for id in ["alb1", "cluster1"] {
        let mut place = d.design.node(&id.into()).unwrap().place.clone();
        place.parent = Some(vpc.clone());
        d.apply(crate::Edit::Place { node: id.into(), place });
    }
    d.set("service1", "privateSubnets", true);
    d.set("service1", "assignPublicIp", false);
    d.set("task1", "containers.0.image", "123456789012.dkr.ecr.us-east-1.amazonaws.com/catalogo:1.0");
    d
}

#[test]
fn endpoints_give_tasks_what_they_need() {
    let mut d = private_shop();
    assert_eq!(d.codes(), ["SVC005", "VPC007"]);
    d.set("vpc1", "endpoints.dynamodb", true);
    assert_eq!(d.codes(), ["VPC020"]);
    assert_eq!(d.found("VPC020")[0].args[1], ("endpoints", "ecr.api, ecr.dkr, s3, logs".to_owned()));
    d.mend("VPC020");
    assert_eq!(d.codes(), Vec::<&str>::new());
    let secrets = json!([
        { "name": "A", "valueFrom": "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf" },
        { "name": "B", "valueFrom": "/tienda/b" },
    ]);
    d.set("task1", "containers.0.secrets", secrets);
    d.set("service1", "enableExecuteCommand", true);
    assert_eq!(d.found("VPC020")[0].args[1], ("endpoints", "secretsmanager, ssm, ssmmessages".to_owned()));
    // What is named among the others counts too.
    d.set("vpc1", "endpoints.others", json!(["secretsmanager", "ssm", "ssmmessages"]));
    assert!(d.found("VPC020").is_empty());
}

#[test]
fn tasks_with_endpoints_need_no_public_address() {
    let mut d = private_shop();
    d.set("service1", "privateSubnets", false);
    assert_eq!(d.found("SVC004").len(), 1);
    d.set("vpc1", "endpoints", json!({ "s3": true, "ecr": true, "logs": true }));
    assert_eq!(d.codes(), Vec::<&str>::new());
}

#[test]
fn no_endpoint_leads_to_images_of_others() {
    let mut d = private_shop();
    d.set("vpc1", "endpoints", json!({ "logs": true }));
    d.set("task1", "containers.0.image", "nginx:1.29");
    assert_eq!(d.codes(), ["VPC021"]);
    d.mend("VPC021");
    assert_eq!(d.get("vpc1", "nat"), "single");
}

#[test]
fn endpoints_that_are_paid_for_nothing_are_told_and_mended() {
    for (endpoints, nat, code) in [
        (json!({ "s3": true, "ecr": true, "logs": true, "exec": true }), "none", "VPC029"),
        (json!({ "s3": true, "ecr": true }), "single", "VPC022"),
        (json!({ "dynamodb": true }), "single", "VPC030"),
        (json!({ "s3": true, "ecr": true, "logs": true, "others": ["sqs", "logs"] }), "none", "VPC024"),
    ] {
        let mut d = private_shop();
        d.set("vpc1", "endpoints", endpoints);
        d.set("vpc1", "nat", nat);
        assert_eq!(d.codes(), [code]);
        d.mend(code);
        assert_eq!(d.codes(), Vec::<&str>::new(), "{code}");
    }
    let mut d = private_shop();
    d.set("vpc1", "zones", 3);
    d.set("vpc1", "endpoints", json!({ "s3": true, "ecr": true, "logs": true, "others": ["sqs"] }));
    assert_eq!(d.codes(), Vec::<&str>::new());
    d.set("vpc1", "endpoints.others", json!(["sqs", "sns"]));
    assert_eq!(d.codes(), ["VPC023"]);
}

#[test]
fn a_way_out_that_nothing_takes_is_told() {
    let mut d = private_shop();
    d.set("vpc1", "nat", "single");
    d.set("vpc1", "endpoints.s3", true);
    assert_eq!(d.codes(), Vec::<&str>::new());
    d.set("service1", "privateSubnets", false);
    d.set("service1", "assignPublicIp", true);
    assert_eq!(d.codes(), ["VPC031"]);
    d.mend("VPC031");
    assert_eq!(d.codes(), Vec::<&str>::new());
}

#[test]
fn a_nat_gateway_eats_the_budget_of_a_lab() {
    let mut d = in_new_vpc();
    assert!(d.found("LAB005").is_empty());
    d.set(crate::Target::Design, "account", "learner-lab");
    assert_eq!(d.codes(), ["LAB005"]);
}

#[test]
fn blocks_that_lie_badly_are_told_and_mended() {
    let mut d = in_new_vpc();
    d.set("vpc1", "cidr", "172.17.0.0/16");
    assert_eq!(d.codes(), ["VPC026"]);
    d.mend("VPC026");
    let second = d.node(Kind::Vpc, "otra");
    d.choose(&second, "source", "new");
    d.set(&second, "cidr", "10.0.128.0/20");
    let found = d.found("VPC025");
    assert_eq!(found[0].node(), Some(&second), "the later one is told");
    d.mend("VPC025");
    assert_eq!(d.get(&second, "cidr"), "10.1.0.0/20");
    assert_eq!(d.codes(), Vec::<&str>::new());
}

#[test]
fn subnets_of_given_sizes_fit_into_the_block() {
    let mut d = in_new_vpc();
    d.set("vpc1", "publicPrefix", 24);
    d.set("vpc1", "privatePrefix", 20);
    assert_eq!(d.codes(), Vec::<&str>::new());
    let stack = d.stack();
    assert_eq!(stack["RedPublicSubnet2"]["CidrBlock"], "10.0.1.0/24");
    assert_eq!(stack["RedPrivateSubnet2"]["CidrBlock"], "10.0.144.0/20");
    d.set("vpc1", "privatePrefix", 16);
    assert_eq!(d.codes(), ["VPC027"]);
    d.mend("VPC027");
    d.set("vpc1", "publicPrefix", 30);
    assert_eq!(d.codes(), ["FLD002"]);
    d.set("vpc1", "publicPrefix", 28);
    d.node_in(Kind::LoadBalancer, "publico", &"vpc1".into());
    d.mend("VPC008");
}

#[test]
fn a_new_vpc_that_nothing_lies_in_is_told() {
    let mut d = in_new_vpc();
    assert!(d.found("VPC032").is_empty(), "there is nothing that could lie in it");
    let cluster = d.node(Kind::Cluster, "tienda");
    assert_eq!(d.found("VPC032").len(), 1);
    let mut place = d.design.node(&cluster).unwrap().place.clone();
    place.parent = Some("vpc1".into());
    d.apply(crate::Edit::Place { node: cluster, place });
    assert!(d.found("VPC032").is_empty());
}

#[test]
fn lowering_of_endpoints_and_flow_logs() {
    let mut d = private_shop();
    d.set("vpc1", "endpoints", json!({ "s3": true, "ecr": true, "logs": true, "others": ["execute-api"] }));
    d.set("vpc1", "flowLogs", json!({ "enabled": true, "traffic": "REJECT" }));
    let stack = d.stack();
    let part = |id: &str| stack[id].clone();
    insta::assert_json_snapshot!([
        part("RedS3Endpoint"),
        part("RedEcrApiEndpoint"),
        part("RedExecuteApiEndpoint"),
        part("RedEndpointSecurityGroup"),
        part("RedFlowLogGroup"),
        part("RedFlowLogRole"),
        part("RedFlowLog"),
    ]);
    let waits = stack["CatalogoService"]["DependsOn"].as_array().unwrap();
    assert!(waits.contains(&json!("RedEcrDkrEndpoint")), "{waits:?}");
    d.set(crate::Target::Design, "account", "learner-lab");
    let role = &d.stack()["RedFlowLog"]["DeliverLogsPermissionArn"];
    assert_eq!(role, "!Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/LabRole");
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
