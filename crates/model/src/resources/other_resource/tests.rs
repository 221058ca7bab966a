use serde_json::json;

use crate::Kind;
use crate::testing::shop;

#[test]
fn it_comes_out_as_it_is_with_the_names_of_what_is_made() {
    let mut d = shop();
    let bucket = d.node(Kind::OtherResource, "Imagenes");
    d.set(&bucket, "body", json!({ "Properties": { "BucketName": { "Fn::Sub": "x-${Tareas.Name}" } } }).to_string());
    d.set(&bucket, "refs", json!([{ "name": "Tareas", "element": "service1", "type": "AWS::ECS::Service" }]));
    let alarm = d.node(Kind::OtherResource, "Aviso");
    d.set(&alarm, "type", "AWS::SNS::Topic");
    let body = json!({ "DependsOn": "Imagenes", "DeletionPolicy": "Retain", "Properties": { "TopicName": { "Ref": "Tema" } } });
    d.set(&alarm, "body", body.to_string());
    d.set(&alarm, "refs", json!([{ "name": "Tema", "element": "", "type": "String" }]));
    assert_eq!(d.codes(), Vec::<&str>::new());
    let stack = d.stack();
    assert_eq!(stack["Imagenes"]["Type"], "AWS::S3::Bucket");
    assert_eq!(stack["Imagenes"]["BucketName"], "!Sub x-${CatalogoService.Name}");
    assert_eq!(stack["Aviso"]["DependsOn"], json!(["Imagenes"]));
    assert_eq!(stack["Aviso"]["TopicName"], "!Ref Tema");
    assert_eq!(stack["Tema"], "String");
    let lowered = crate::lower(&d.design);
    assert_eq!(lowered.resources["Aviso"].attributes["DeletionPolicy"].as_str(), Some("Retain"));
}

#[test]
fn texts_of_others_that_name_it_are_references() {
    let mut d = shop();
    d.node(Kind::OtherResource, "Cola");
    let variables = json!([
        { "name": "URL", "value": "${Cola}" },
        { "name": "ARN", "value": "${Cola.Arn}" },
        { "name": "MIX", "value": "${Cola}/${HOME}" },
        { "name": "OWN", "value": "bucket-${AWS::AccountId}" },
        { "name": "LEFT", "value": "${HOME}" },
    ]);
    let task = task_of(&d);
    d.set(&task, "containers.0.environment", variables);
    let stack = d.stack().to_string();
    for said in ["!Ref Cola", "!GetAtt Cola.Arn", "!Sub ${Cola}/${!HOME}", "!Sub bucket-${AWS::AccountId}", "\"${HOME}\""] {
        assert!(stack.contains(said), "{said}: {stack}");
    }
}

fn task_of(d: &crate::testing::Drawing) -> crate::NodeId {
    d.design.nodes_of(Kind::TaskDefinition).next().unwrap().id.clone()
}

#[test]
fn it_means_one_of_several() {
    let mut d = shop();
    let vpc = d.node(Kind::Vpc, "red");
    d.set(&vpc, "source", "new");
    let other = d.node(Kind::OtherResource, "Grupo");
    d.set(&other, "body", r#"{"Properties":{"A":{"Ref":"Una"},"B":{"Ref":"Otra"}}}"#);
    let named = |name: &str, part: &str| {
        json!({ "name": name, "element": vpc.as_str(), "type": "AWS::EC2::Subnet", "part": part })
    };
    d.set(&other, "refs", json!([named("Una", "PublicSubnet2"), named("Otra", "PublicSubnet1")]));
    let stack = d.stack();
    assert_eq!((&stack["Grupo"]["A"], &stack["Grupo"]["B"]), (&"!Ref RedPublicSubnet2".into(), &"!Ref RedPublicSubnet1".into()));
}

#[test]
fn a_change_of_a_kept_method_is_deployed() {
    let mut d = shop();
    let api = d.node(Kind::RestApi, "tienda");
    let method = d.node(Kind::OtherResource, "Simulado");
    d.set(&method, "type", "AWS::ApiGateway::Method");
    d.set(&method, "refs", json!([{ "name": "Api", "element": api.as_str(), "type": "AWS::ApiGateway::RestApi" }]));
    let mut deployment = |verb: &str| {
        let body = json!({ "Properties": { "RestApiId": { "Ref": "Api" }, "HttpMethod": verb } });
        d.set(&method, "body", body.to_string());
        let stack = crate::lower(&d.design);
        let mut made = stack.resources.iter().filter(|(_, one)| one.type_name == "AWS::ApiGateway::Deployment");
        made.next().map(|(id, one)| (id.clone(), one.depends_on.clone())).unwrap()
    };
    let [(get, waits), (post, _), (again, _)] = ["GET", "POST", "GET"].map(&mut deployment);
    assert!(waits.contains(&"Simulado".to_owned()), "{waits:?}");
    assert_ne!(get, post);
    assert_eq!(get, again);
}

#[test]
fn a_body_that_is_no_json_is_told_and_lowered_empty() {
    let mut d = shop();
    let other = d.node(Kind::OtherResource, "Cola");
    d.set(&other, "body", "{");
    assert_eq!(d.codes(), ["OTH001"]);
    assert_eq!(d.stack()["Cola"], json!({ "Type": "AWS::S3::Bucket" }));
}

#[test]
fn two_of_one_name_and_a_name_of_nobody_are_told() {
    let mut d = shop();
    d.node(Kind::OtherResource, "Cola");
    let second = d.node(Kind::OtherResource, "Cola");
    d.mend("OTH002");
    d.set(&second, "body", r#"{"Properties":{"A":{"Ref":"Nadie"}}}"#);
    d.set(&second, "refs", json!([{ "name": "Nadie", "element": "service9", "type": "AWS::ECS::Service" }]));
    assert_eq!(d.codes(), ["OTH003"]);
}
