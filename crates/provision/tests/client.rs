//! The client in a world that follows a script.

#[cfg(test)]
#[path = "client/script.rs"]
mod script;

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use script::{Event, NOW, SECRET, Script, TOKEN, answer, credentials, done, outcome, poll, refused};
use serde_json::json;
use trazo_calls::{Call, Service};
use trazo_provision::client::{ATTEMPTS, ATTEMPTS_WHEN_THROTTLED, LIMIT, PATIENCE, TIMEOUT, is_safe_to_repeat};
use trazo_provision::{CallError, Caller, Cancel, Endpoints, Secret, Unsent};

fn read() -> Call {
    Call::new(Service::Ecs, "ListTasks").with("cluster", "web")
}

fn create() -> Call {
    Call::new(Service::Ecs, "CreateService").with("serviceName", "web")
}

fn create_with_token() -> Call {
    create().with("clientToken", "t-1")
}

fn times(number: u32, event: impl Fn() -> Event) -> Vec<Event> {
    (0..number).map(|_| event()).collect()
}

#[test]
fn a_call_goes_out_signed_with_these_headers_alone() {
    let script = Script::new([answer(200, &[], r#"{"taskArns":["a"]}"#)]);
    let answer = outcome(script.direct().call(&read()));
    assert_eq!(answer, Ok(json!({"taskArns": ["a"]})));
    let sent = script.sent.borrow();
    let (_, request) = &sent[0];
    assert_eq!((request.method, request.url.as_str()), ("POST", "https://ecs.us-east-1.amazonaws.com/"));
    let mut names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    assert_eq!(names, ["authorization", "content-type", "x-amz-date", "x-amz-security-token", "x-amz-target"]);
    assert_eq!((request.timeout, request.limit), (TIMEOUT, LIMIT));
    assert!(!format!("{request:?}").contains(TOKEN));
}

#[test]
fn a_relay_gets_what_is_signed_for_aws() {
    let direct = Script::new([done()]);
    outcome(direct.direct().call(&read())).unwrap();
    let relayed = Script::new([done()]);
    let relay = Endpoints::Relay { base: "http://127.0.0.1:8000".to_owned(), token: Secret::new("pass".to_owned()) };
    outcome(relayed.client(relay).call(&read())).unwrap();
    assert_eq!(relayed.sent.borrow()[0].1.url, "http://127.0.0.1:8000/relay/ecs.us-east-1.amazonaws.com/");
    assert_eq!(relayed.header(0, "x-trazo-token").as_deref(), Some("pass"));
    assert_eq!(relayed.header(0, "authorization"), direct.header(0, "authorization"));
}

#[test]
fn an_emulator_gets_what_is_signed_for_itself() {
    let script = Script::new([answer(200, &[], r#"{"items":[]}"#)]);
    let client = script.client(Endpoints::Custom { base: "http://127.0.0.1:5000".to_owned() });
    outcome(client.call(&Call::new(Service::ApiGatewayV2, "GetApis").with("MaxResults", "5"))).unwrap();
    assert_eq!(script.sent.borrow()[0].1.url, "http://127.0.0.1:5000/v2/apis?maxResults=5");
    assert_eq!(script.header(0, "x-trazo-token"), None);
}

#[test]
fn identity_is_signed_for_its_one_region() {
    let body =
        "<GetRoleResponse><GetRoleResult><Role><RoleName>web</RoleName></Role></GetRoleResult></GetRoleResponse>";
    let script = Script::new([answer(200, &[], body)]);
    let client = script.direct().in_region("us-west-2");
    let answer = outcome(client.call(&Call::new(Service::Iam, "GetRole").with("RoleName", "web"))).unwrap();
    assert_eq!(answer, json!({"Role": {"RoleName": "web"}}));
    assert!(script.header(0, "authorization").unwrap().contains("/us-east-1/iam/aws4_request"));
    assert_eq!(script.sent.borrow()[0].1.url, "https://iam.amazonaws.com/");
}

#[test]
fn nothing_is_sent_with_expired_or_wiped_credentials() {
    let script = Script::new([]);
    let client = script.direct();
    let mut old = credentials();
    old.expires = Some(NOW);
    client.enter(old);
    assert_eq!(outcome(client.call(&read())), Err(CallError::Expired));
    client.enter(credentials());
    assert!(client.is_ready());
    client.wipe();
    assert!(!client.is_ready());
    assert_eq!(outcome(client.call(&read())), Err(CallError::Expired));
    assert_eq!(script.number_sent(), 0);
}

#[test]
fn credentials_that_aws_calls_expired_are_wiped() {
    let script = Script::new([refused(400, "ExpiredTokenException", "The security token is expired")]);
    let client = script.direct();
    let copy = client.clone();
    assert_eq!(outcome(client.call(&create())), Err(CallError::Expired));
    assert!(!copy.is_ready());
}

#[test]
fn what_ec2_says_of_an_expired_token_is_told_from_a_wrong_clock() {
    let said = |date: &'static str| {
        let body = "<Response><Errors><Error><Code>RequestExpired</Code><Message>Request has expired.</Message></Error>\
                    </Errors></Response>";
        let headers: &[(&str, &str)] = if date.is_empty() { &[] } else { &[("date", date)] };
        answer(400, headers, body)
    };
    let call = Call::new(Service::Ec2, "DescribeVpcs");
    for date in ["Sun, 22 Nov 2026 16:00:01 GMT", ""] {
        let script = Script::new([said(date)]);
        let client = script.direct();
        assert_eq!(outcome(client.call(&call)), Err(CallError::Expired), "{date}");
        assert!(!client.is_ready());
    }
    let late = "Sun, 22 Nov 2026 16:20:00 GMT";
    let script = Script::new([said(late), answer(200, &[], "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>")]);
    let client = script.direct();
    assert_eq!(outcome(client.call(&call)), Ok(json!({"Vpcs": []})));
    assert!(client.is_ready());
}

#[test]
fn a_quota_is_no_reason_to_ask_again() {
    let words =
        "Maximum number of Resources for this API has been reached.  Please contact AWS if you need additional.";
    for code in ["LimitExceededException", "ConflictException", "TooManyRequestsException"] {
        let script = Script::new([refused(429, code, words)]);
        let call = Call::new(Service::ApiGateway, "CreateRestApi");
        let error = outcome(script.direct().call(&call)).unwrap_err();
        assert!(error.is(code) && !error.leaves_open());
    }
}

#[test]
fn a_throttled_call_is_tried_again_whatever_it_is() {
    for event in [
        || refused(400, "ThrottlingException", "Rate exceeded"),
        || answer(429, &[], ""),
        || answer(503, &[], "<html>busy</html>"),
    ] {
        let mut events = times(ATTEMPTS_WHEN_THROTTLED - 1, event);
        events.push(done());
        let script = Script::new(events);
        assert_eq!(outcome(script.direct().call(&create())), Ok(json!({})));
        assert!(script.is_done());
    }
}

#[test]
fn throttling_ends_after_so_many_tries() {
    let script = Script::new(times(ATTEMPTS_WHEN_THROTTLED, || refused(400, "RequestLimitExceeded", "")));
    let error = outcome(script.direct().call(&create())).unwrap_err();
    assert!(error.is("RequestLimitExceeded"));
    assert!(!error.leaves_open());
    assert!(script.is_done());
}

#[test]
fn waits_grow_are_drawn_and_have_a_limit() {
    let events = || times(ATTEMPTS_WHEN_THROTTLED, || answer(503, &[], ""));
    let script = Script::new(events());
    script.draw(0);
    outcome(script.direct().call(&read())).unwrap_err();
    assert!(script.waits.borrow().iter().all(|wait| *wait == 0), "full jitter begins at nothing");
    let script = Script::new(events());
    script.draw(15_999);
    outcome(script.direct().call(&read())).unwrap_err();
    let waits = script.waits.borrow();
    for (index, wait) in waits.iter().enumerate() {
        assert!(*wait <= 20_000.min(1000 << index), "{waits:?}");
    }
    assert!(waits.iter().any(|wait| *wait > 8000), "{waits:?}");
}

#[test]
fn a_failure_that_leaves_it_open_is_repeated_only_where_that_is_harmless() {
    for event in
        [|| refused(500, "ServerException", ""), || answer(200, &[], r#"{"serv"#), || Event::Fails(Unsent::TimedOut)]
    {
        let script = Script::new([event()]);
        let error = outcome(script.direct().call(&create())).unwrap_err();
        assert!(error.leaves_open(), "{error}");
        for call in [read(), create_with_token()] {
            let mut events = times(ATTEMPTS - 1, event);
            events.push(done());
            let script = Script::new(events);
            assert_eq!(outcome(script.direct().call(&call)), Ok(json!({})));
            assert!(script.is_done());
        }
    }
}

#[test]
fn what_a_browser_blocks_is_repeated_for_reads_alone() {
    let script = Script::new([Event::Fails(Unsent::Blocked), done()]);
    assert_eq!(outcome(script.direct().call(&read())), Ok(json!({})));
    let script = Script::new([Event::Fails(Unsent::Blocked)]);
    let error = outcome(script.direct().call(&create_with_token())).unwrap_err();
    assert_eq!(error, CallError::Unsent(Unsent::Blocked));
}

#[test]
fn what_answers_no_page_is_asked_once_and_told_apart() {
    let script = Script::new([Event::Fails(Unsent::Blocked)]);
    let call = Call::new(Service::ApiGatewayV2, "GetApis").with("MaxResults", "1");
    let client = script.direct();
    assert_eq!(outcome(client.call(&call)), Err(CallError::Unsent(Unsent::Barred)));
    assert!(script.is_done());
    assert!(!client.reaches(Service::ApiGatewayV2) && client.reaches(Service::ApiGateway));
}

#[test]
fn a_refusal_is_final() {
    for (status, code) in [(400, "ClientException"), (403, "AccessDeniedException"), (400, "LimitExceededException")] {
        let script = Script::new([refused(status, code, "No.")]);
        let error = outcome(script.direct().call(&read())).unwrap_err();
        assert!(error.is(code) && !error.leaves_open());
    }
}

#[test]
fn retry_after_is_obeyed() {
    let date = "Sun, 22 Nov 2026 16:00:30 GMT";
    for (value, wait) in [("7", 7000), (date, 30_000)] {
        let script = Script::new([answer(503, &[("retry-after", value)], ""), done()]);
        script.draw(0);
        outcome(script.direct().call(&read())).unwrap();
        assert_eq!(*script.waits.borrow(), [wait]);
    }
    let script = Script::new([answer(503, &[("retry-after", "3600")], "")]);
    outcome(script.direct().call(&read())).unwrap_err();
    assert!(script.waits.borrow().is_empty(), "nobody waits an hour");
}

#[test]
fn a_call_ends_in_time() {
    let slow = || Event::Late(40_000, Unsent::TimedOut);
    let script = Script::new(times(ATTEMPTS, slow));
    outcome(script.direct().call(&read())).unwrap_err();
    let sent = script.sent.borrow();
    assert!(sent.iter().all(|(at, request)| at - NOW + u64::from(request.timeout) <= u64::from(PATIENCE)));
    assert!(sent.last().is_some_and(|(_, request)| request.timeout < TIMEOUT));
}

#[test]
fn a_wrong_clock_is_learned_once_and_kept() {
    let skewed = || {
        let body = r#"{"__type":"InvalidSignatureException","message":"Signature expired"}"#;
        answer(403, &[("date", "Sun, 22 Nov 2026 16:20:00 GMT")], body)
    };
    let script = Script::new([skewed(), done(), done()]);
    let client = script.direct();
    outcome(client.call(&create())).unwrap();
    assert_eq!(script.header(0, "x-amz-date").as_deref(), Some("20261122T160000Z"));
    assert_eq!(script.header(1, "x-amz-date").as_deref(), Some("20261122T162000Z"));
    outcome(client.call(&create())).unwrap();
    assert_eq!(script.header(2, "x-amz-date").as_deref(), Some("20261122T162000Z"));
    assert!(script.waits.borrow().is_empty());
}

#[test]
fn a_clock_that_stays_wrong_is_no_endless_matter() {
    let refusal =
        |date: &'static str| answer(403, &[("date", date)], r#"{"__type":"RequestTimeTooSkewed","message":""}"#);
    let script = Script::new([refusal("Sun, 22 Nov 2026 16:20:00 GMT"), refusal("Sun, 22 Nov 2026 17:20:00 GMT")]);
    assert!(outcome(script.direct().call(&read())).unwrap_err().is("RequestTimeTooSkewed"));
}

#[test]
fn no_error_holds_what_is_secret() {
    let message =
        format!("The canonical string should have been 'x-amz-security-token:{TOKEN}' {SECRET}, ASIAIOSFODNN7EXAMPLE");
    let script = Script::new([refused(403, "SignatureDoesNotMatch", &message)]);
    let client = script.direct();
    let error = format!("{:?}", outcome(client.call(&read())).unwrap_err());
    for secret in [TOKEN, SECRET, "ASIAIOSFODNN7EXAMPLE"] {
        assert!(!error.contains(secret), "{error}");
    }
    assert!(error.contains("ASIA…MPLE"), "{error}");
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn a_call_under_way_is_cancelled() {
    let script = Script::new([Event::Hangs]);
    let cancel = Cancel::new();
    let client = script.direct().until(&cancel);
    let call = read();
    let mut under_way = pin!(client.call(&call));
    let woken = Arc::new(Woken(AtomicBool::new(false)));
    let waker = Waker::from(Arc::clone(&woken));
    let mut context = Context::from_waker(&waker);
    assert!(under_way.as_mut().poll(&mut context).is_pending());
    cancel.cancel();
    assert!(woken.0.load(Ordering::Relaxed));
    let cancelled = Err(CallError::Unsent(Unsent::Cancelled));
    assert_eq!(under_way.as_mut().poll(&mut context), Poll::Ready(cancelled));
}

#[test]
fn what_is_cancelled_sends_nothing_more_and_others_go_on() {
    let script = Script::new([done()]);
    let cancel = Cancel::new();
    let client = script.direct();
    let stopped = client.until(&cancel);
    cancel.cancel();
    let cancelled = Err(CallError::Unsent(Unsent::Cancelled));
    assert_eq!(outcome(stopped.call(&read())), cancelled);
    assert_eq!(script.number_sent(), 0);
    assert!(poll(client.call(&read())).is_ready());
}

#[test]
fn it_is_known_which_calls_can_be_repeated() {
    let ecs = |operation| Call::new(Service::Ecs, operation);
    for safe in [
        ecs("DescribeServices"),
        ecs("DeleteService"),
        ecs("UpdateService").with("desiredCount", 2),
        ecs("CreateService").with("clientToken", "t"),
        Call::new(Service::CloudFormation, "CreateChangeSet").with("ClientToken", "t"),
        Call::new(Service::Iam, "PutRolePolicy"),
        Call::new(Service::Ec2, "CreateTags"),
        Call::new(Service::ApiGatewayV2, "UpdateStage"),
    ] {
        assert!(is_safe_to_repeat(&safe), "{}", safe.operation);
    }
    for unsafe_ in [
        ecs("CreateService").with("clientToken", ""),
        ecs("RegisterTaskDefinition"),
        ecs("UpdateService").with("forceNewDeployment", true),
        Call::new(Service::Ec2, "CreateVpc"),
        Call::new(Service::ApiGateway, "PutMethod"),
        Call::new(Service::ApiGateway, "UpdateUsagePlan").with("patchOperations", json!([{"op": "add"}])),
        Call::new(Service::CloudFormation, "DetectStackDrift"),
        Call::new(Service::CloudFormation, "UpdateStack"),
    ] {
        assert!(!is_safe_to_repeat(&unsafe_), "{}", unsafe_.operation);
    }
}
