use serde_json::{Value, json};

use crate::field::{Control, Place};
use crate::testing::{Drawing, shop};
use crate::{Kind, Target};

const CLEAN: [&str; 0] = [];
const IMAGE: &str = "public.ecr.aws/docker/library/httpd:2.4";

/// The shop with a second container beside `app`.
fn with_sidecar(sidecar: Value) -> Drawing {
    let mut d = shop();
    let app = d.get("task1", "containers.0");
    d.set("task1", "containers", json!([app, sidecar]));
    d
}

fn sidecar() -> Value {
    json!({ "name": "proxy", "image": IMAGE, "essential": false })
}

#[test]
fn a_good_one_has_no_finding() {
    assert_eq!(with_sidecar(sidecar()).codes(), CLEAN);
}

#[test]
fn it_needs_a_container_that_is_essential() {
    let mut d = shop();
    d.set("task1", "containers", json!([]));
    d.mend("TSK001");
    assert_eq!(d.get("task1", "containers.0.ports.0.containerPort"), 80);
    d.set("task1", "containers.0.image", IMAGE);
    assert!(!d.codes().iter().any(|code| code.starts_with("TSK0") && *code != "TSK008"));
    d.set("task1", "containers.0.essential", false);
    d.mend("TSK002");
}

#[test]
fn a_container_needs_a_name_and_an_image() {
    let mut d = shop();
    for (field, code) in [("containers.0.name", "FLD001"), ("containers.0.image", "TSK040")] {
        let old = d.get("task1", field);
        d.set("task1", field, "");
        assert_eq!(d.found(code)[0].field, field);
        d.set("task1", field, "no es válido");
        assert_eq!(d.found("FLD003")[0].field, field);
        d.set("task1", field, old);
    }
    assert_eq!(d.codes(), CLEAN);
}

#[test]
fn containers_have_names_of_their_own() {
    let mut second = sidecar();
    second["name"] = "app".into();
    let mut d = with_sidecar(second);
    assert_eq!(d.codes(), ["TSK003"]);
    d.mend("TSK003");
    assert_eq!(d.get("task1", "containers.1.name"), "app-2");
}

#[test]
fn only_sizes_that_fargate_has() {
    let mut d = shop();
    for (cpu, memory, good) in
        [(256, 512, true), (256, 4096, false), (1024, 1024, false), (300, 512, false), (8192, 17408, false)]
    {
        d.set("task1", "cpu", cpu);
        d.set("task1", "memory", memory);
        assert_eq!(d.codes(), if good { vec![] } else { vec!["TSK004"] }, "{cpu} {memory}");
        if !good {
            d.mend("TSK004");
        }
    }
}

#[test]
fn the_lists_offer_legal_pairs_only() {
    let mut d = shop();
    let offered = |d: &Drawing, key: &str| -> Vec<Value> {
        let target: Target = "task1".into();
        let props = crate::element_json(&d.design, &target).unwrap();
        let field = Kind::TaskDefinition.spec().fields.iter().find(|field| field.key == key).unwrap();
        let Control::ChoiceOf(choices) = field.control else { panic!("{key} is no list") };
        let place = Place { design: &d.design, target: &target, props: &props };
        choices(&place).into_iter().map(|choice| choice.value).collect()
    };
    assert_eq!(offered(&d, "memory"), [512, 1024, 2048].map(Value::from));
    // Choosing a CPU brings the nearest memory along.
    for cpu in offered(&d, "cpu") {
        d.choose("task1", "cpu", cpu.clone());
        assert_eq!(d.codes(), CLEAN, "{cpu}");
        let memory = d.get("task1", "memory");
        assert!(offered(&d, "memory").contains(&memory));
    }
    assert_eq!(d.get("task1", "memory"), 61_440);
    d.choose("task1", "cpu", 256);
    assert_eq!(d.get("task1", "memory"), 2048);
}

#[test]
fn a_port_is_taken_once() {
    let mut d = shop();
    let port = json!({ "containerPort": 80, "protocol": "tcp" });
    d.set("task1", "containers.0.ports", json!([port, port]));
    assert_eq!(d.codes(), ["TSK005"]);
    d.mend("TSK005");
    let mut second = sidecar();
    second["ports"] = json!([port]);
    let mut d = with_sidecar(second);
    assert_eq!(d.found("TSK005")[0].fix, None);
    d.set("task1", "containers.1.ports.0.protocol", "udp");
    assert_eq!(d.codes(), CLEAN);
    d.set("task1", "containers.1.ports.0.containerPort", 70_000);
    assert_eq!(d.codes(), ["FLD002"]);
}

#[test]
fn containers_share_what_the_task_has() {
    let mut d = with_sidecar(sidecar());
    d.set("task1", "containers.0.cpu", 200);
    d.set("task1", "containers.1.cpu", 56);
    d.set("task1", "containers.0.memoryReservation", 256);
    d.set("task1", "containers.1.memory", 256);
    assert_eq!(d.codes(), CLEAN);
    d.set("task1", "containers.1.cpu", 57);
    assert_eq!(d.codes(), ["TSK006"]);
    d.mend("TSK006");
    assert_eq!((d.get("task1", "cpu"), d.get("task1", "memory")), (json!(512), json!(1024)));
    d.set("task1", "containers.0.memory", 2000);
    assert_eq!(d.codes(), ["TSK025"]);
    d.mend("TSK025");
    assert_eq!(d.get("task1", "memory"), 2048);
    assert_eq!(d.codes(), CLEAN);
    d.set("task1", "containers.0.memoryReservation", 2000);
    assert!(d.found("TSK007").is_empty());
    d.set("task1", "containers.0.memoryReservation", 2001);
    d.mend("TSK007");
}

#[test]
fn what_fargate_does_needs_an_execution_role() {
    let mut d = shop();
    d.remove("role1");
    assert_eq!(d.codes(), ["TSK008"]);
    d.mend("TSK008");
    assert_eq!(d.codes(), CLEAN);
    assert_eq!(d.design.node(&"role1".into()).unwrap().name, "catalogo-execution");

    d.remove("role1");
    d.set("task1", "containers.0.logs", false);
    assert_eq!(d.codes(), CLEAN);
    d.set("task1", "containers.0.image", "123456789012.dkr.ecr.us-east-1.amazonaws.com/catalogo:1.0");
    assert_eq!(d.codes(), ["TSK023"]);
    d.set("task1", "containers.0.image", IMAGE);
    d.set("task1", "containers.0.secrets", json!([{ "name": "KEY", "valueFrom": "/tienda/key" }]));
    assert_eq!(d.codes(), ["TSK024"]);
    d.mend("TSK024");
    assert_eq!(d.codes(), CLEAN);
}

#[test]
fn a_role_that_is_there_is_used_before_one_is_made() {
    let mut d = shop();
    d.remove("role1");
    let lab = d.node(Kind::Role, "lab");
    d.set(&lab, "source", "existing");
    d.set(&lab, "arn", "LabRole");
    d.mend("TSK008");
    assert_eq!(d.codes(), CLEAN);
    let link = d.design.link_between(&"task1".into(), &lab).unwrap().id.clone();
    assert_eq!(d.get(&link, "use"), "both");
}

#[test]
fn roles_are_linked_for_what_they_are() {
    let mut d = shop();
    let usage = |d: &Drawing, role: &str| {
        let link = d.design.link_between(&"task1".into(), &role.into()).unwrap().id.clone();
        d.get(&link, "use")
    };
    // Its name says that it is for execution; the second takes what is left.
    assert_eq!(usage(&d, "role1"), "execution");
    let second = d.node(Kind::Role, "aplicacion");
    d.link(&"task1".into(), &second);
    assert_eq!(usage(&d, "role2"), "task");
    assert_eq!(d.codes(), CLEAN);
    // One alone serves for all.
    d.remove("role1");
    d.remove("role2");
    let one = d.node(Kind::Role, "rol");
    d.link(&"task1".into(), &one);
    assert_eq!(usage(&d, "role1"), "both");
}

#[test]
fn two_roles_for_one_purpose_are_told() {
    for (first, second) in
        [("both", "both"), ("both", "task"), ("execution", "execution"), ("task", "both"), ("both", "execution")]
    {
        let mut d = shop();
        let role = d.node(Kind::Role, "otro");
        let link = d.link(&"task1".into(), &role);
        let of_first = d.design.link_between(&"task1".into(), &"role1".into()).unwrap().id.clone();
        d.set(&of_first, "use", first);
        d.set(&link, "use", second);
        d.mend("TSK021");
        assert_eq!(d.codes(), CLEAN, "{first} {second}");
    }
}

#[test]
fn containers_wait_for_containers_that_are_there() {
    let mut d = with_sidecar(sidecar());
    let wait = |condition: &str| json!([{ "container": "proxy", "condition": condition }]);
    for (condition, code) in [("START", ""), ("COMPLETE", ""), ("SUCCESS", ""), ("HEALTHY", "TSK011")] {
        d.set("task1", "containers.0.dependsOn", wait(condition));
        assert_eq!(d.codes(), if code.is_empty() { vec![] } else { vec![code] }, "{condition}");
    }
    d.mend("TSK011");
    d.set("task1", "containers.1.essential", true);
    d.set("task1", "containers.0.dependsOn", wait("SUCCESS"));
    assert_eq!(d.codes(), ["TSK012"]);
    d.mend("TSK012");
    d.set("task1", "containers.0.dependsOn.0.container", "nadie");
    assert_eq!(d.codes(), ["TSK009"]);
    d.mend("TSK009");
    d.set("task1", "containers.0.dependsOn", json!([{ "container": "app", "condition": "START" }]));
    assert_eq!(d.codes(), ["TSK009"]);
}

#[test]
fn containers_that_wait_for_each_other_are_told_once() {
    let mut d = with_sidecar(sidecar());
    d.set("task1", "containers.0.dependsOn", json!([{ "container": "proxy" }]));
    d.set("task1", "containers.1.dependsOn", json!([{ "container": "app" }]));
    assert_eq!(d.codes(), ["TSK010"]);
    d.mend("TSK010");
    assert_eq!(d.codes(), CLEAN);
}

#[test]
fn health_commands_say_how_they_are_run() {
    let mut d = shop();
    for good in [json!(["CMD-SHELL", "curl -f http://localhost/ || exit 1"]), json!(["CMD", "/healthy"])] {
        d.set("task1", "containers.0.healthCheck.command", good);
        assert_eq!(d.codes(), CLEAN);
    }
    for bad in [
        json!(["curl -f http://localhost/ || exit 1"]),
        json!(["CMD-SHELL, curl -f http://localhost/ || exit 1"]),
        json!(["CMD-SHELL", "curl", "-f", "http://localhost/", "||", "exit", "1"]),
    ] {
        d.set("task1", "containers.0.healthCheck.command", bad);
        assert_eq!(d.codes(), ["TSK013"]);
        d.mend("TSK013");
        let mended = json!(["CMD-SHELL", "curl -f http://localhost/ || exit 1"]);
        assert_eq!(d.get("task1", "containers.0.healthCheck.command"), mended);
    }
    d.set("task1", "containers.0.healthCheck.timeout", 61);
    assert_eq!(d.codes(), ["FLD002"]);
}

#[test]
fn variables_have_names_and_one_value_each() {
    let mut d = shop();
    let mut with = |variables: Value| {
        d.set("task1", "containers.0.environment", variables);
        d.clone()
    };
    assert_eq!(with(json!([{ "name": "PORT", "value": "" }])).codes(), CLEAN);
    assert_eq!(with(json!([{ "name": "", "value": "a" }])).codes(), ["TSK014"]);
    assert_eq!(with(json!([{ "name": "A=B", "value": "a" }])).codes(), ["TSK014"]);
    let mut odd = with(json!([{ "name": "MI VARIABLE", "value": "a" }]));
    assert_eq!(odd.codes(), ["TSK015"]);
    odd.mend("TSK015");
    assert_eq!(odd.get("task1", "containers.0.environment.0.name"), "MI_VARIABLE");
    let mut twice =
        with(json!([{ "name": "A", "value": "1" }, { "name": "B", "value": "" }, { "name": "A", "value": "2" }]));
    assert_eq!(twice.codes(), ["TSK016"]);
    twice.mend("TSK016");
    assert_eq!(
        twice.get("task1", "containers.0.environment"),
        json!([{ "name": "B", "value": "" }, { "name": "A", "value": "2" }])
    );
}

#[test]
fn secrets_are_kept_out_of_the_open() {
    let mut d = shop();
    d.set("task1", "containers.0.environment", json!([{ "name": "DB_PASSWORD", "value": "hunter2" }]));
    assert_eq!(d.codes(), ["TSK018"]);
    let secret = |from: &str| json!([{ "name": "DB_PASSWORD", "valueFrom": from }]);
    d.set("task1", "containers.0.secrets", secret("arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"));
    d.mend("TSK017");
    assert_eq!(d.codes(), CLEAN);
    for good in ["/tienda/db", "db", "arn:aws:ssm:us-east-1:123456789012:parameter/tienda/db"] {
        d.set("task1", "containers.0.secrets", secret(good));
        assert_eq!(d.codes(), CLEAN, "{good}");
    }
    for bad in ["arn:aws:s3:::cubo", "mi secreto", "arn:aws:secretsmanager:us-east-1"] {
        d.set("task1", "containers.0.secrets", secret(bad));
        assert_eq!(d.codes(), ["TSK022"], "{bad}");
    }
    d.set("task1", "containers.0.secrets", secret(""));
    assert_eq!(d.codes(), ["FLD001"]);
}

#[test]
fn an_image_without_version_is_told() {
    let mut d = shop();
    d.set("task1", "containers.0.image", "nginx:latest");
    assert_eq!(d.codes(), ["TSK019"]);
}

#[test]
fn one_that_nobody_runs_is_told() {
    let mut d = shop();
    d.remove("service1");
    assert!(d.codes().contains(&"TSK020"));
}

#[test]
fn the_card_tells_the_size() {
    let d = with_sidecar(sidecar());
    let node = d.design.node(&"task1".into()).unwrap();
    let phrases = (node.kind().spec().summary)(&d.design, node);
    let told: Vec<_> = phrases.iter().map(|phrase| phrase.args.first().map_or("", |(_, text)| text)).collect();
    assert_eq!(told, ["0.25 vCPU", "0.5 GB", ""]);
    assert_eq!(phrases[2].count, Some(2));
}

#[test]
fn its_template() {
    let mut d = with_sidecar(json!({
        "name": "proxy", "image": "public.ecr.aws/nginx/nginx:1.27", "essential": false, "logs": false,
        "ports": [{ "containerPort": 8443, "name": "https" }, { "containerPort": 53, "protocol": "udp" }],
        "entryPoint": ["/start"], "command": ["--verbose"], "workingDirectory": "/srv", "user": "1000:1000",
        "readonlyRootFilesystem": true, "cpu": 64, "memory": 128, "memoryReservation": 64,
        "dependsOn": [{ "container": "app", "condition": "HEALTHY" }],
    }));
    d.set("task1", "containers.0.environment", json!([{ "name": "PORT", "value": "80" }]));
    d.set("task1", "containers.0.secrets", json!([{ "name": "KEY", "valueFrom": "/tienda/key" }]));
    d.set("task1", "containers.0.healthCheck.command", json!(["CMD-SHELL", "curl -f http://localhost/ || exit 1"]));
    d.set("task1", "architecture", "ARM64");
    d.set("task1", "ephemeralStorage", 40);
    d.set("task1", "tags", json!([{ "key": "curso", "value": "distribuida" }]));
    assert_eq!(d.codes(), CLEAN);
    let stack = d.stack();
    insta::assert_json_snapshot!(json!({
        "CatalogoTaskDefinition": stack["CatalogoTaskDefinition"],
        "CatalogoTaskDefinitionLogGroup": stack["CatalogoTaskDefinitionLogGroup"],
    }));
}

#[test]
fn without_logs_there_is_no_log_group_and_for_ever_is_no_number() {
    let mut d = shop();
    d.set("task1", "logRetention", 0);
    assert_eq!(d.codes(), ["TSK085"]);
    let group = d.stack()["CatalogoTaskDefinitionLogGroup"].clone();
    assert_eq!((&group["LogGroupName"], &group["RetentionInDays"]), (&json!("/ecs/catalogo"), &Value::Null));
    d.set("task1", "containers.0.logs", false);
    assert_eq!(d.stack()["CatalogoTaskDefinitionLogGroup"], Value::Null);
}

#[test]
fn every_property_knows_the_field_it_came_from() {
    let mut d = shop();
    d.set("task1", "containers.0.healthCheck.command", json!(["CMD", "/healthy"]));
    let stack = crate::lower(&d.design);
    let mut fields = Vec::new();
    for value in stack.resources["CatalogoTaskDefinition"].properties.values() {
        value.walk(&mut |inner| fields.extend(inner.origin.as_ref().map(|origin| origin.field.to_string())));
    }
    for field in [
        "name",
        "cpu",
        "memory",
        "architecture",
        "use",
        "containers.0.image",
        "containers.0.ports.0",
        "containers.0.healthCheck.command.1",
        "containers.0.logPrefix",
    ] {
        assert!(fields.iter().any(|listed| listed == field), "{field}: {fields:?}");
    }
}
