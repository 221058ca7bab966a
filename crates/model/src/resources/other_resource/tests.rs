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
