//! What requests and answers must never be taken for. That they are right otherwise is held against AWS's own implementation, in
//! `tests/oracles/wire_test.py`.

use serde_json::{Value, json};
use trazo_calls::{Call, Service};
use trazo_provision::{Answer, CallError, wire};

fn answer(status: u16, body: &str) -> Answer {
    Answer { status, headers: Vec::new(), body: body.as_bytes().to_vec() }
}

fn read(service: Service, operation: &'static str, status: u16, body: &str) -> Result<Value, CallError> {
    wire::read(&Call::new(service, operation), &answer(status, body))
}

#[test]
fn an_address_that_would_be_another_one_is_not_written() {
    // Without its id, one API would be all.
    let delete = Call::new(Service::ApiGatewayV2, "DeleteApi");
    for call in [
        delete.clone(),
        delete.clone().with("ApiId", ""),
        delete.clone().with("ApiId", ".."),
        delete.clone().with("ApiId", json!(["a"])),
        delete.clone().with("ApiId", Value::Null),
    ] {
        assert_eq!(wire::write(&call), Err(CallError::Unsendable("apigatewayv2", "DeleteApi")));
    }
    let path = wire::write(&delete.with("ApiId", "a/../b?c")).unwrap().path;
    assert_eq!(path, "/v2/apis/a%2F..%2Fb%3Fc");
}

#[test]
fn an_operation_without_an_address_is_told() {
    let call = Call::new(Service::Lambda, "PublishLayerVersion");
    assert_eq!(wire::write(&call), Err(CallError::Unknown("lambda", "PublishLayerVersion")));
}

#[test]
fn the_answer_to_something_else_is_not_read() {
    let other = "<CreateVpcResponse><vpc/></CreateVpcResponse>";
    for (operation, body) in [("DescribeVpcs", other), ("DescribeVpcs", "<html></html>"), ("DescribeVpcs", "")] {
        assert_eq!(read(Service::Ec2, operation, 200, body), Err(CallError::Unreadable), "{body}");
    }
    for body in ["", "[]", "null", "{\"a\":1", "<html></html>"] {
        assert_eq!(read(Service::Ecs, "ListTasks", 200, body), Err(CallError::Unreadable), "{body}");
    }
    assert_eq!(read(Service::Ecs, "ListTasks", 302, ""), Err(CallError::Unreadable));
}

#[test]
fn what_answers_nothing_may_be_empty() {
    assert_eq!(read(Service::Logs, "PutRetentionPolicy", 200, ""), Ok(json!({})));
    assert_eq!(read(Service::ApiGatewayV2, "DeleteApi", 204, ""), Ok(json!({})));
    assert_eq!(read(Service::Logs, "DescribeLogGroups", 200, ""), Err(CallError::Unreadable));
    assert_eq!(read(Service::ApiGatewayV2, "CreateApi", 201, ""), Err(CallError::Unreadable));
}

#[test]
fn a_refusal_is_told_although_its_words_are_lost() {
    let refusal = read(Service::Ecs, "ListTasks", 503, "<html>").unwrap_err();
    assert!(refusal.is("503"));
    assert_eq!(read(Service::Ecs, "ListTasks", 400, "{\"__type\":\"Clie"), Err(CallError::Unreadable));
}

#[test]
fn lists_of_api_gateway_are_lists_also_among_links() {
    let one = r#"{"_links":{},"_embedded":{"item":{"id":"a"}}}"#;
    assert_eq!(read(Service::ApiGateway, "GetRestApis", 200, one).unwrap()["items"], json!([{"id": "a"}]));
    let plain = r#"{"item":[{"id":"a"},{"id":"b"}]}"#;
    assert_eq!(read(Service::ApiGateway, "GetRestApis", 200, plain), Ok(json!({"items": [{"id": "a"}, {"id": "b"}]})));
    let stages = r#"{"item":[{"stageName":"a"}]}"#;
    assert_eq!(read(Service::ApiGateway, "GetStages", 200, stages), Ok(json!({"item": [{"stageName": "a"}]})));
}

#[test]
fn policies_of_iam_are_read() {
    let of = |text: &str| {
        let body = format!(
            "<GetRoleResponse><GetRoleResult><Role><AssumeRolePolicyDocument>{text}</AssumeRolePolicyDocument></Role>\
             </GetRoleResult></GetRoleResponse>"
        );
        read(Service::Iam, "GetRole", 200, &body).unwrap()["Role"]["AssumeRolePolicyDocument"].clone()
    };
    assert_eq!(of("%7B%22Version%22%3A%20%22%C3%B1%22%7D"), json!({"Version": "ñ"}));
    for other in ["%7", "%zz", "%7B%22", "words"] {
        assert_eq!(of(other), json!(other));
    }
}
