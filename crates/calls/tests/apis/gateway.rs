//! API Gateway.

use serde_json::json;
use trazo_calls::{Repeat, Verdict};
use trazo_stack::{Value, att, join, list, map, reference};

use crate::{Row, input, made, shown, stack};

/// A REST API with these parts.
fn rest(more: &[Row<'_>]) -> trazo_stack::Stack {
    let mut all = stack([("Api", "AWS::ApiGateway::RestApi", &[("Name", "tienda".into())])]);
    for (id, type_name, properties) in more {
        let mut properties = properties.to_vec();
        properties.insert(0, ("RestApiId", reference("Api")));
        all.resources.extend(stack([(id, type_name, &properties)]).resources);
    }
    all
}

#[test]
fn a_rest_api_comes_part_by_part() {
    let answer = |value: Value| {
        list([map([
            ("StatusCode", "204".into()),
            ("ResponseParameters", map([("method.response.header.Access-Control-Max-Age", value)])),
        ])])
    };
    let method = [
        ("ResourceId", reference("Products")),
        ("HttpMethod", "GET".into()),
        ("AuthorizationType", "NONE".into()),
        ("RequestParameters", map([("method.request.querystring.Page", false.into())])),
        ("MethodResponses", answer(false.into())),
        (
            "Integration",
            map([
                ("Type", "HTTP_PROXY".into()),
                ("ConnectionId", reference("Link")),
                ("RequestParameters", map([("integration.request.header.X-Id", "context.requestId".into())])),
                ("IntegrationResponses", answer("'300'".into())),
            ]),
        ),
    ];
    let mut all = rest(&[
        (
            "Products",
            "AWS::ApiGateway::Resource",
            &[("ParentId", att("Api", "RootResourceId")), ("PathPart", "productos".into())],
        ),
        (
            "Product",
            "AWS::ApiGateway::Model",
            &[
                ("Name", "Producto".into()),
                ("Schema", map([("type", "object".into())])),
                ("ContentType", "application/json".into()),
            ],
        ),
        ("GetProducts", "AWS::ApiGateway::Method", &method),
        ("Snapshot", "AWS::ApiGateway::Deployment", &[]),
    ]);
    all.resources.extend(
        stack([(
            "Link",
            "AWS::ApiGatewayV2::VpcLink",
            &[("Name", "tienda".into()), ("SubnetIds", list(["subnet-1"]))],
        )])
        .resources,
    );
    insta::assert_snapshot!("rest_api", shown(&all));
}

#[test]
fn settings_of_a_stage_become_changes_of_text() {
    let setting = |path: &str, method: &str| {
        map([
            ("ResourcePath", path.into()),
            ("HttpMethod", method.into()),
            ("ThrottlingRateLimit", 10.5.into()),
            ("MetricsEnabled", true.into()),
        ])
    };
    let logs = map([("DestinationArn", att("Logs", "Arn")), ("Format", "$context.requestId".into())]);
    let mut all = rest(&[(
        "Stage",
        "AWS::ApiGateway::Stage",
        &[
            ("StageName", "prod".into()),
            ("MethodSettings", list([setting("/*", "*"), setting("/a/{id}", "GET")])),
            ("AccessLogSetting", logs),
        ],
    )]);
    all.resources.extend(stack([("Logs", "AWS::Logs::LogGroup", &[("LogGroupName", "/api".into())])]).resources);
    let steps = made(&all);
    let update = steps.iter().find(|step| step.id == "Stage/settings").unwrap();
    let changes = input(&update.call)["patchOperations"].clone();
    let seen: Vec<_> = changes
        .as_array()
        .unwrap()
        .iter()
        .map(|change| (change["path"].as_str().unwrap(), change["value"].as_str().unwrap()))
        .collect();
    assert_eq!(
        seen,
        [
            ("/*/*/metrics/enabled", "true"),
            ("/*/*/throttling/rateLimit", "10.5"),
            ("/~1a~1{id}/GET/metrics/enabled", "true"),
            ("/~1a~1{id}/GET/throttling/rateLimit", "10.5"),
            // Without the `:*` of the group's ARN.
            (
                "/accessLogSettings/destinationArn",
                "arn:{AWS::Partition}:logs:{AWS::Region}:{AWS::AccountId}:log-group:{Logs}"
            ),
            ("/accessLogSettings/format", "$context.requestId"),
        ]
    );
    assert!(update.is_patient_with(
        "BadRequestException",
        "CloudWatch Logs role ARN must be set in account settings to enable logging"
    ));
    let create = steps.iter().find(|step| step.id == "Stage").unwrap();
    assert!(input(&create.call).get("methodSettings").is_none());
}

#[test]
fn a_usage_plan_lets_go_of_its_stages_first() {
    let stages = list([map([("ApiId", reference("Api")), ("Stage", reference("Stage"))])]);
    let mut all = rest(&[("Stage", "AWS::ApiGateway::Stage", &[("StageName", "prod".into())])]);
    all.resources.extend(
        stack([
            (
                "Plan",
                "AWS::ApiGateway::UsagePlan",
                &[
                    ("UsagePlanName", "basico".into()),
                    ("ApiStages", stages),
                    ("Throttle", map([("BurstLimit", 10.into()), ("RateLimit", 5.into())])),
                    ("Quota", map([("Limit", 1000.into()), ("Period", "DAY".into())])),
                ],
            ),
            ("Key", "AWS::ApiGateway::ApiKey", &[("Name", "movil".into()), ("Enabled", true.into())]),
            (
                "Member",
                "AWS::ApiGateway::UsagePlanKey",
                &[("KeyId", reference("Key")), ("KeyType", "API_KEY".into()), ("UsagePlanId", reference("Plan"))],
            ),
        ])
        .resources,
    );
    insta::assert_snapshot!("usage_plan", shown(&all));
}

#[test]
fn an_http_api_comes_part_by_part() {
    let changes = map([(
        "200",
        map([(
            "ResponseParameters",
            list([map([("Destination", "overwrite:header.X-Id".into()), ("Source", "$response.header.etag".into())])]),
        )]),
    )]);
    let all = stack([
        ("Api", "AWS::ApiGatewayV2::Api", &[("Name", "tienda".into()), ("ProtocolType", "HTTP".into())]),
        (
            "Link",
            "AWS::ApiGatewayV2::VpcLink",
            &[("Name", "tienda".into()), ("SubnetIds", reference("Subnets")), ("SecurityGroupIds", list(["sg-1"]))],
        ),
        (
            "Backend",
            "AWS::ApiGatewayV2::Integration",
            &[
                ("ApiId", reference("Api")),
                ("IntegrationType", "HTTP_PROXY".into()),
                ("ConnectionId", reference("Link")),
                ("ResponseParameters", changes),
            ],
        ),
        (
            "All",
            "AWS::ApiGatewayV2::Route",
            &[
                ("ApiId", reference("Api")),
                ("RouteKey", "ANY /{proxy+}".into()),
                ("Target", join("/", vec!["integrations".into(), reference("Backend")])),
            ],
        ),
        (
            "Stage",
            "AWS::ApiGatewayV2::Stage",
            &[("ApiId", reference("Api")), ("StageName", "$default".into()), ("AutoDeploy", true.into())],
        ),
    ]);
    insta::assert_snapshot!("http_api", shown(&all));
}

#[test]
fn a_vpc_link_is_waited_for_both_ways() {
    let all = stack([("Link", "AWS::ApiGatewayV2::VpcLink", &[("Name", "tienda".into())])]);
    let steps = made(&all);
    let ready = steps[0].ready.as_ref().unwrap();
    assert_eq!(ready.judge(&json!({ "VpcLinkStatus": "PENDING" })), Verdict::NotYet);
    assert_eq!(ready.judge(&json!({ "VpcLinkStatus": "AVAILABLE" })), Verdict::Ready);
    assert_eq!(
        ready.judge(&json!({ "VpcLinkStatus": "FAILED", "VpcLinkStatusMessage": "No free addresses" })),
        Verdict::Failed("No free addresses".to_owned())
    );
    let gone = steps[0].undo[0].wait.as_ref().unwrap();
    assert_eq!(gone.judge(&json!({ "VpcLinkStatus": "DELETING" })), Verdict::NotYet);
    assert_eq!(gone.judge_refusal("NotFoundException", ""), Some(Verdict::Ready));
}

#[test]
fn integrations_that_look_alike_are_not_mistaken_for_each_other() {
    let integration: &[(&str, Value)] =
        &[("ApiId", reference("Api")), ("IntegrationType", "AWS_PROXY".into()), ("IntegrationUri", "arn".into())];
    let one = ("One", "AWS::ApiGatewayV2::Integration", integration);
    let api: (&str, _, &[(&str, Value)]) = ("Api", "AWS::ApiGatewayV2::Api", &[]);
    let alone = made(&stack([api, one]));
    assert_eq!(alone[1].repeat, Repeat::Again);
    assert!(alone[1].find.is_some());
    let two = made(&stack([api, one, ("Two", "AWS::ApiGatewayV2::Integration", integration)]));
    assert!(two[1..].iter().all(|step| step.find.is_none()));
}
