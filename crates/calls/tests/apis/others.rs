//! Functions, repositories, alarms, instances, namespaces.

use trazo_stack::{Value, att, list, map, reference};

use crate::{input, made, shown, stack};

/// The bytes of text in Base64.
fn decoded(text: &str) -> Vec<u8> {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut out, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for letter in text.chars().filter(|letter| *letter != '=') {
        bits = bits << 6 | u32::try_from(letters.find(letter).unwrap()).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held & 0xff) as u8);
        }
    }
    out
}

#[test]
fn inline_code_is_packed_under_the_name_that_cloudformation_gives() {
    for (runtime, file) in [("python3.13", "index.py"), ("nodejs22.x", "index.js")] {
        let code = "exports.handler = async () => 'ñ';";
        let all = stack([(
            "Hello",
            "AWS::Lambda::Function",
            &[("FunctionName", "hola".into()), ("Runtime", runtime.into()), ("Code", map([("ZipFile", code.into())]))],
        )]);
        let packed = input(&made(&all)[0].call)["Code"]["ZipFile"].as_str().map(decoded).unwrap();
        let text = String::from_utf8_lossy(&packed);
        assert!(packed.starts_with(b"PK\x03\x04"));
        assert_eq!(text.matches(file).count(), 2, "in its head and in the list");
        assert!(text.contains(code));
    }
}

#[test]
fn a_function_gives_back_its_network_before_the_network_goes() {
    let vpc =
        |group: Value| [("VpcConfig", map([("SecurityGroupIds", list([group])), ("SubnetIds", list(["subnet-1"]))]))];
    let group: (&str, _, &[(&str, Value)]) = ("Group", "AWS::EC2::SecurityGroup", &[("GroupDescription", "g".into())]);
    let own = vpc(att("Group", "GroupId"));
    let steps = made(&stack([group, ("Hello", "AWS::Lambda::Function", &own)]));
    let wait = steps.last().unwrap().undo[0].wait.as_ref().unwrap();
    assert_eq!(input(&wait.poll)["Filters"][0]["Values"][0], "{Group.GroupId}");
    assert!(wait.longest >= 1200);
    // With a group of somebody else the interfaces of others could be waited for.
    let foreign = vpc("sg-1".into());
    let steps = made(&stack([("Hello", "AWS::Lambda::Function", &foreign)]));
    assert!(steps[0].undo[0].wait.is_none());
}

#[test]
fn functions_and_permissions() {
    let all = stack([
        (
            "Hello",
            "AWS::Lambda::Function",
            &[
                ("FunctionName", "hola".into()),
                ("Role", "arn:aws:iam::123456789012:role/LabRole".into()),
                ("Code", map([("ImageUri", "image".into())])),
                ("PackageType", "Image".into()),
                ("ReservedConcurrentExecutions", 2.into()),
            ],
        ),
        (
            "HelloPermission",
            "AWS::Lambda::Permission",
            &[
                ("FunctionName", reference("Hello")),
                ("Action", "lambda:InvokeFunction".into()),
                ("Principal", "apigateway.amazonaws.com".into()),
            ],
        ),
    ]);
    insta::assert_snapshot!("lambda", shown(&all));
    let steps = made(&all);
    assert!(steps[0].is_patient_with(
        "InvalidParameterValueException",
        "The role defined for the function cannot be assumed by Lambda."
    ));
}

#[test]
fn a_repository_goes_with_its_images_only_where_the_design_says_so() {
    for emptied in [true, false] {
        let all = stack([(
            "Images",
            "AWS::ECR::Repository",
            &[("RepositoryName", "tienda".into()), ("EmptyOnDelete", emptied.into())],
        )]);
        let undo = input(&made(&all)[0].undo[0].call);
        assert_eq!(undo.get("force").and_then(serde_json::Value::as_bool), emptied.then_some(true));
    }
}

#[test]
fn repositories_alarms_instances_and_namespaces() {
    let lifecycle = map([("LifecyclePolicyText", r#"{"rules":[]}"#.into())]);
    let all = stack([
        (
            "Images",
            "AWS::ECR::Repository",
            &[
                ("RepositoryName", "tienda".into()),
                ("ImageScanningConfiguration", map([("ScanOnPush", true.into())])),
                ("LifecyclePolicy", lifecycle),
            ],
        ),
        (
            "Busy",
            "AWS::CloudWatch::Alarm",
            &[
                ("MetricName", "CPUUtilization".into()),
                ("Threshold", 70.into()),
                ("AlarmActions", list([reference("Policy")])),
            ],
        ),
        (
            "Instances",
            "AWS::AutoScaling::AutoScalingGroup",
            &[
                ("MinSize", "1".into()),
                ("MaxSize", "3".into()),
                ("VPCZoneIdentifier", list([reference("SubnetA"), reference("SubnetB")])),
                ("LaunchTemplate", map([("LaunchTemplateId", reference("Template"))])),
                (
                    "Tags",
                    list([map([
                        ("Key", "Name".into()),
                        ("Value", "tienda".into()),
                        ("PropagateAtLaunch", false.into()),
                    ])]),
                ),
            ],
        ),
        ("Names", "AWS::ServiceDiscovery::HttpNamespace", &[("Name", "tienda".into())]),
    ]);
    insta::assert_snapshot!("others", shown(&all));
    let group = input(&made(&all).iter().find(|step| step.id == "Instances").unwrap().call);
    let tags: Vec<_> =
        group["Tags"].as_array().unwrap().iter().map(|tag| (&tag["Key"], &tag["PropagateAtLaunch"])).collect();
    assert_eq!((tags[0].0.as_str(), tags[0].1.as_bool()), (Some("Name"), Some(false)));
    assert!(tags[1..].iter().all(|(_, propagated)| propagated.as_bool() == Some(true)));
}
