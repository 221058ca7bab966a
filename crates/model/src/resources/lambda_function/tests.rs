use serde_json::{Value, json};

use crate::testing::{Drawing, shop};
use crate::{Kind, NodeId};

const NONE: [&str; 0] = [];
const IMAGE: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com/confirmaciones:1.0";

/// A design with one new function, without a finding but that nothing calls it.
fn one() -> (Drawing, NodeId) {
    let mut d = Drawing::new();
    let function = d.node(Kind::LambdaFunction, "confirmaciones");
    (d, function)
}

/// The codes but that of what nothing calls.
fn codes(d: &Drawing) -> Vec<&'static str> {
    d.codes().into_iter().filter(|code| *code != "FUN001").collect()
}

#[test]
fn a_new_function_works_but_nothing_calls_it() {
    let (d, _) = one();
    assert_eq!(d.codes(), ["FUN001"]);
}

#[test]
fn its_template() {
    let (mut d, function) = one();
    d.set(&function, "code", "def handler(event, context):\n    return {}\n");
    insta::assert_json_snapshot!(d.stack());
}

#[test]
fn its_template_with_everything() {
    let (mut d, function) = one();
    for (path, value) in [
        ("description", json!("Envía las confirmaciones")),
        ("package", json!("s3")),
        ("runtime", json!("java25")),
        ("handler", json!("tienda.Confirmaciones::handleRequest")),
        ("s3Bucket", json!("tienda-codigo")),
        ("s3Key", json!("confirmaciones.zip")),
        ("s3Version", json!("abc")),
        ("layers", json!(["arn:aws:lambda:us-east-1:123456789012:layer:comun:3"])),
        ("architecture", json!("arm64")),
        ("memory", json!(512)),
        ("timeout", json!(20)),
        ("ephemeralStorage", json!(1024)),
        ("reservedConcurrency", json!(5)),
        ("environment", json!([{"name": "COLA", "value": "pedidos"}])),
        ("tracing", json!(true)),
        ("logFormat", json!("JSON")),
        ("logRetention", json!(0)),
        ("tags", json!([{"key": "curso", "value": "distribuida"}])),
    ] {
        d.set(&function, path, value);
    }
    assert_eq!(codes(&d), NONE);
    insta::assert_json_snapshot!(d.stack());
}

#[test]
fn an_image_has_no_runtime_and_no_handler() {
    let (mut d, function) = one();
    d.set(&function, "package", "image");
    assert_eq!(codes(&d), ["FLD001"], "the image is missing");
    d.set(&function, "imageUri", IMAGE);
    d.set(&function, "imageCommand", json!(["app.handler"]));
    assert_eq!(codes(&d), NONE);
    let made = &d.stack()["ConfirmacionesFunction"];
    assert_eq!(made["PackageType"], "Image");
    assert_eq!(made["Code"], json!({ "ImageUri": IMAGE }));
    assert_eq!(made["ImageConfig"], json!({ "Command": ["app.handler"] }));
    assert_eq!([&made["Runtime"], &made["Handler"]], [&Value::Null, &Value::Null]);
}

#[test]
fn in_a_vpc_it_has_a_security_group_that_admits_nobody() {
    let mut d = Drawing::new();
    let vpc = d.node(Kind::Vpc, "red");
    for (path, value) in [("source", json!("new")), ("privateSubnets", json!(true)), ("nat", json!("single"))] {
        d.set(&vpc, path, value);
    }
    let function = d.node_in(Kind::LambdaFunction, "informes", &vpc);
    assert!(d.found("FUN016").is_empty());
    let stack = d.stack();
    assert_eq!(
        stack["InformesFunction"]["VpcConfig"],
        json!({
            "SubnetIds": ["!Ref RedPrivateSubnet1", "!Ref RedPrivateSubnet2"],
            "SecurityGroupIds": ["!GetAtt InformesFunctionSecurityGroup.GroupId"],
        })
    );
    assert_eq!(stack["InformesFunctionSecurityGroup"]["SecurityGroupIngress"], Value::Null);
    let statements = stack["InformesFunctionRole"]["Policies"][0]["PolicyDocument"]["Statement"].as_array().unwrap();
    assert_eq!(statements[1]["Action"][0], "ec2:CreateNetworkInterface");
    d.set(&vpc, "nat", "none");
    assert_eq!(d.found("FUN016")[0].node(), Some(&function));
}

#[test]
fn a_role_that_is_drawn_takes_the_place_of_its_own() {
    let mut d = shop();
    let function = d.node(Kind::LambdaFunction, "confirmaciones");
    let role: NodeId = "role1".into();
    d.link(&function, &role);
    let stack = d.stack();
    assert_eq!(stack["ConfirmacionesFunction"]["Role"], "!GetAtt CatalogoExecutionRole.Arn");
    assert_eq!(stack["ConfirmacionesFunctionRole"], Value::Null);
    let made = &stack["CatalogoExecutionRole"];
    assert_eq!(
        made["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"],
        json!(["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"])
    );
    assert_eq!(made["Policies"][0]["PolicyName"], "Functions");
    d.set(&role, "source", "existing");
    d.set(&role, "arn", "LabRole");
    let stack = d.stack();
    let arn = "!Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/LabRole";
    assert_eq!(stack["ConfirmacionesFunction"]["Role"], arn);
    assert!(!stack.as_object().unwrap().values().any(|one| one["Type"] == "AWS::IAM::Role"));
}

#[test]
fn old_runtimes_are_told_and_replaced() {
    for (old, code, new) in [
        ("python3.9", "FUN002", "python3.14"),
        ("nodejs20.x", "FUN002", "nodejs24.x"),
        ("python2.7", "FUN003", "python3.14"),
        ("nodejs14.x", "FUN003", "nodejs24.x"),
    ] {
        let (mut d, function) = one();
        d.choose(&function, "runtime", old);
        assert_eq!(codes(&d), [code], "{old}");
        d.mend(code);
        assert_eq!(d.get(&function, "runtime"), new);
        assert_eq!(codes(&d), NONE, "{old}");
    }
    let (mut d, function) = one();
    d.set(&function, "runtime", "cobol1");
    assert_eq!(d.found("FLD004").len(), 1);
}

#[test]
fn the_sample_follows_the_runtime_until_it_is_changed() {
    let (mut d, function) = one();
    d.choose(&function, "runtime", "nodejs24.x");
    assert!(d.get(&function, "code").as_str().unwrap().contains("exports.handler"));
    assert_eq!(codes(&d), NONE);
    d.set(&function, "code", "exports.handler = async () => ({ statusCode: 204 });");
    d.choose(&function, "runtime", "python3.14");
    assert!(d.get(&function, "code").as_str().unwrap().contains("204"));
}

#[test]
fn only_python_and_node_may_be_inline() {
    let (mut d, function) = one();
    d.set(&function, "runtime", "java25");
    assert_eq!(codes(&d), ["FUN004"]);
    d.mend("FUN004");
    assert_eq!(codes(&d), ["FLD001"], "where the zip file lies has to be said");
}

#[test]
fn code_has_limits() {
    let (mut d, function) = one();
    let code = |length: usize| format!("def handler(event, context):\n    return {{}}\n{}", "#\n".repeat(length / 2));
    d.set(&function, "code", code(39_000));
    assert_eq!(codes(&d), NONE);
    d.set(&function, "code", code(41_000));
    assert_eq!(codes(&d), ["FUN006"]);
    d.set(&function, "code", code(4 * 1024 * 1024));
    assert_eq!(codes(&d), ["FUN005"]);
    d.mend("FUN005");
}

#[test]
fn the_handler_names_a_file_and_a_function() {
    for (package, runtime, handler, code) in [
        ("inline", "python3.14", "index.handler", None),
        ("inline", "python3.14", "app.handler", Some("FUN007")),
        ("inline", "python3.14", "handler", Some("FUN007")),
        ("inline", "python3.14", "index.main", Some("FUN008")),
        ("s3", "python3.14", "app.main", None),
        ("s3", "nodejs24.x", "dist/app.main", None),
        ("s3", "nodejs24.x", "app", Some("FUN007")),
        ("s3", "java25", "tienda.App::run", None),
        ("s3", "provided.al2023", "bootstrap", None),
    ] {
        let (mut d, function) = one();
        d.set(&function, "s3Bucket", "tienda-codigo");
        d.set(&function, "s3Key", "app.zip");
        d.set(&function, "package", package);
        d.set(&function, "runtime", runtime);
        d.set(&function, "handler", handler);
        assert_eq!(codes(&d), code.into_iter().collect::<Vec<_>>(), "{package} {runtime} {handler}");
        if code == Some("FUN007") {
            d.mend("FUN007");
            assert_eq!(codes(&d), NONE, "{handler}");
        }
    }
    let (mut d, function) = one();
    d.set(&function, "handler", "");
    assert_eq!(codes(&d), ["FLD001"]);
    d.set(&function, "handler", "index handler");
    assert!(codes(&d).contains(&"FLD003"));
}

#[test]
fn what_node_refuses_is_told() {
    for (runtime, code, found) in [
        ("nodejs24.x", "exports.handler = async (event) => ({});", None),
        ("nodejs24.x", "exports.handler = (event, context, callback) => callback(null, {});", Some("FUN017")),
        ("nodejs22.x", "exports.handler = (event, context, callback) => callback(null, {});", None),
        ("nodejs24.x", "export const handler = async () => ({});", Some("FUN018")),
        ("nodejs22.x", "import fs from 'node:fs';\nexports.handler = async () => ({});", Some("FUN018")),
    ] {
        let (mut d, function) = one();
        d.set(&function, "runtime", runtime);
        d.set(&function, "code", code);
        assert_eq!(codes(&d), found.into_iter().collect::<Vec<_>>(), "{runtime} {code}");
    }
}

#[test]
fn images_lie_in_ecr_in_the_same_region() {
    let (mut d, function) = one();
    d.set(&function, "package", "image");
    d.set(&function, "imageUri", "docker.io/library/nginx:1.27");
    assert_eq!(codes(&d), ["FUN009"]);
    d.set(&function, "imageUri", IMAGE.replace("us-east-1", "eu-west-1"));
    assert_eq!(codes(&d), ["FUN010"]);
}

#[test]
fn layers_and_words_stand_there_once() {
    let layer = |n: u32| format!("arn:aws:lambda:us-east-1:123456789012:layer:comun:{n}");
    let (mut d, function) = one();
    d.set(&function, "layers", json!([layer(1), layer(1)]));
    assert_eq!(codes(&d), ["FUN021"]);
    d.mend("FUN021");
    assert_eq!(codes(&d), NONE);
    d.set(&function, "layers", json!((1..=6).map(layer).collect::<Vec<_>>()));
    assert_eq!(codes(&d), ["FUN020"]);
    d.set(&function, "layers", json!(["arn:aws:lambda:us-east-1:123456789012:layer:comun"]));
    assert_eq!(codes(&d), ["FLD003"]);
    let (mut d, function) = one();
    d.set(&function, "package", "image");
    d.set(&function, "imageUri", IMAGE);
    d.set(&function, "imageCommand", json!(["app.handler", "app.handler"]));
    assert_eq!(codes(&d), ["FUN021"]);
}

#[test]
fn sizes_have_ranges() {
    for (path, value) in [
        ("memory", 127),
        ("memory", 10_241),
        ("timeout", 0),
        ("timeout", 901),
        ("ephemeralStorage", 511),
        ("ephemeralStorage", 10_241),
        ("reservedConcurrency", -1),
    ] {
        let (mut d, function) = one();
        d.set(&function, path, value);
        assert_eq!(codes(&d), ["FLD002"], "{path} {value}");
    }
}

#[test]
fn a_function_that_may_never_run_is_told() {
    let (mut d, function) = one();
    d.set(&function, "reservedConcurrency", 0);
    assert_eq!(codes(&d), ["FUN015"]);
    d.mend("FUN015");
    assert_eq!(codes(&d), NONE);
    assert_eq!(d.stack()["ConfirmacionesFunction"]["ReservedConcurrentExecutions"], Value::Null);
}

#[test]
fn environment_variables_have_rules() {
    for (variables, code, mendable) in [
        (json!([{"name": "AWS_REGION", "value": "eu-west-1"}]), "FUN011", true),
        (json!([{"name": "1_A", "value": "b"}]), "FUN012", false),
        (json!([{"name": "MI COLA", "value": "b"}]), "FUN012", true),
        (json!([{"name": "COLA", "value": "a"}, {"name": "COLA", "value": "b"}]), "FUN019", true),
        (json!([{"name": "DB_PASSWORD", "value": "hunter2"}]), "FUN014", false),
        (json!([{"name": "DATOS", "value": "x".repeat(4096)}]), "FUN013", false),
    ] {
        let (mut d, function) = one();
        d.set(&function, "environment", variables);
        assert_eq!(codes(&d), [code]);
        if mendable {
            d.mend(code);
            assert_eq!(codes(&d), NONE);
        }
    }
    let (mut d, function) = one();
    d.set(&function, "environment", json!([{"name": "DATOS", "value": "x".repeat(4000)}]));
    assert_eq!(codes(&d), NONE);
}

#[test]
fn names_are_those_that_lambda_takes() {
    let (mut d, function) = one();
    for name in ["con espacio", "ñandú", "", &"a".repeat(65)] {
        d.set(&function, "name", name);
        assert_eq!(codes(&d), ["FLD005"], "{name}");
    }
}
