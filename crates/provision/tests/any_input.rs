//! Nothing that is called or answered makes writing, signing or reading panic.

use proptest::prelude::*;
use serde_json::{Map, Value};
use trazo_calls::{Call, Service};
use trazo_provision::sign::{Manner, Scope, sign};
use trazo_provision::{Answer, Credentials, Secret, wire};

/// Operations of every protocol, known and not, with those whose names are odd.
const OPERATIONS: &[&str] = &[
    "CreateApi",
    "CreateSecurityGroup",
    "CreateStage",
    "DescribeVpcs",
    "GetResources",
    "GetTags",
    "ModifyLaunchTemplate",
    "PutIntegration",
    "RemovePermission",
    "TerminateInstances",
    "UntagResource",
    "Ñ",
];
/// Members that mean something to an address or to a table.
const MEMBERS: &[&str] = &[
    "ApiId",
    "StageName",
    "restApiId",
    "resourceId",
    "httpMethod",
    "resourceArn",
    "ResourceArn",
    "FunctionName",
    "StatementId",
    "Groups",
    "Addresses",
    "s",
    "es",
    "RouteSettings",
    "Tags",
    "ResourceIdentifier",
    "",
    "ñ ü",
    "Set",
];

fn name() -> impl Strategy<Value = String> {
    prop_oneof![proptest::sample::select(MEMBERS).prop_map(str::to_owned), any::<String>()]
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            object(inner).prop_map(Value::Object),
        ]
    })
}

fn object(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    proptest::collection::vec((name(), value), 0..6).prop_map(|entries| entries.into_iter().collect())
}

fn call() -> impl Strategy<Value = Call> {
    let service = proptest::sample::select(Service::ALL);
    (service, proptest::sample::select(OPERATIONS), object(json())).prop_map(|(service, operation, input)| Call {
        service,
        operation,
        input,
    })
}

#[test]
fn an_answer_that_is_nested_without_end_is_refused() {
    for service in [Service::Ec2, Service::Iam] {
        let deep = "<a>".repeat(200_000);
        let body = format!(
            "<GetRoleResponse><GetRoleResult>{deep}{}</GetRoleResult></GetRoleResponse>",
            "</a>".repeat(200_000)
        );
        for status in [200, 400] {
            let answer = Answer { status, headers: Vec::new(), body: body.clone().into_bytes() };
            assert!(wire::read(&Call::new(service, "GetRole"), &answer).is_err());
        }
    }
}

proptest! {
    #[test]
    fn any_call_is_written_and_signed_or_refused(call in call(), token: Option<String>, time: u64, region in ".{0,8}") {
        let Ok(request) = wire::write(&call) else { return Ok(()) };
        prop_assert!(request.path.starts_with('/'));
        prop_assert!(request.path.bytes().chain(request.query.bytes()).all(|byte| byte.is_ascii_graphic()));
        let credentials = Credentials {
            access_key_id: region.clone(),
            secret_access_key: Secret::new(region.clone()),
            session_token: token.map(Secret::new),
            expires: None,
        };
        let service = call.service.signing_name();
        let scope = Scope { credentials: &credentials, region: &region, service, time, manner: Manner::default() };
        let url = format!("https://{}{}?{}", call.service.host("us-east-1"), request.path, request.query);
        let headers: Vec<(&str, &str)> = request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        if let Ok(signed) = sign(request.method, &url, &headers, &request.body, &scope) {
            prop_assert_eq!(signed.url, url, "what was written goes out as it is");
        }
    }

    #[test]
    fn any_address_is_signed_or_refused(url in "https?://[ -~]{0,40}|.{0,40}", time in 0_u64..4_000_000_000_000) {
        let credentials = Credentials {
            access_key_id: "AKIDEXAMPLE".to_owned(),
            secret_access_key: Secret::new(String::new()),
            session_token: None,
            expires: None,
        };
        let scope =
            Scope { credentials: &credentials, region: "us-east-1", service: "ecs", time, manner: Manner::default() };
        let _ = sign("GET", &url, &[], b"", &scope);
    }

    #[test]
    fn any_answer_is_read_or_refused(call in call(), status in 0_u16..700, body: String, json in json()) {
        let texts = [body.clone(), json.to_string(), format!("<{0}Response><{0}Result>{body}<a/>", call.operation)];
        for text in texts {
            let answer = Answer { status, headers: Vec::new(), body: text.into_bytes() };
            let _ = wire::read(&call, &answer);
        }
    }

    #[test]
    fn an_answer_cut_short_is_never_taken_for_a_whole_one(at in 0_usize..160) {
        let body = "<DescribeVpcsResponse><requestId>r</requestId><vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet>\
                    </DescribeVpcsResponse>";
        let call = Call::new(Service::Ec2, "DescribeVpcs");
        let cut = &body.as_bytes()[..at.min(body.len() - 1)];
        let answer = Answer { status: 200, headers: Vec::new(), body: cut.to_vec() };
        prop_assert!(wire::read(&call, &answer).is_err());
    }
}
