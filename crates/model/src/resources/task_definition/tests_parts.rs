//! Volumes, ports, limits, platforms, and where the values of secrets come from.

use serde_json::{Value, json};

use crate::testing::{Drawing, shop};
use crate::{Kind, lower};

const CLEAN: [&str; 0] = [];
const EFS: &str = "fs-0123456789abcdef0";
const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";

/// The shop whose container mounts a volume.
fn with_volume(volume: Value) -> Drawing {
    let mut d = shop();
    let name = volume["name"].clone();
    d.set("task1", "volumes", json!([volume]));
    d.set("task1", "containers.0.mountPoints", json!([{ "sourceVolume": name, "containerPath": "/datos" }]));
    d
}

/// The only container definition as the template has it.
fn container(d: &Drawing) -> Value {
    d.stack()["CatalogoTaskDefinition"]["ContainerDefinitions"][0].clone()
}

/// The policy of a role by its name.
fn policy(d: &Drawing, role: &str, name: &str) -> Value {
    let policies = d.stack()[role]["Policies"].clone();
    let found = policies.as_array().and_then(|all| all.iter().find(|policy| policy["PolicyName"] == name).cloned());
    found.unwrap_or_default()["PolicyDocument"]["Statement"].clone()
}

#[test]
fn volumes_are_mounted_where_they_are() {
    let mut d = with_volume(json!({ "name": "datos" }));
    assert_eq!(d.codes(), CLEAN);
    d.set("task1", "containers.0.mountPoints.0.sourceVolume", "otro");
    assert_eq!(d.codes(), ["TSK044", "TSK045"]);
    d.mend("TSK044");
    assert_eq!(d.codes(), CLEAN);
    let mount = json!({ "sourceVolume": "datos", "containerPath": "/datos" });
    d.set("task1", "containers.0.mountPoints", json!([mount, mount]));
    d.mend("TSK046");
    d.set("task1", "containers.0.mountPoints.0.containerPath", "datos");
    assert_eq!(d.codes(), ["FLD003"]);
    d.set("task1", "containers.0.mountPoints", json!([]));
    d.mend("TSK045");
    assert_eq!(d.get("task1", "volumes"), Value::Null);
}

#[test]
fn a_volume_that_is_missing_is_made() {
    let mut d = shop();
    d.set("task1", "containers.0.mountPoints", json!([{ "sourceVolume": "datos", "containerPath": "/datos" }]));
    d.mend("TSK044");
    assert_eq!(d.codes(), CLEAN);
    assert_eq!(d.get("task1", "volumes.0.name"), "datos");
}

#[test]
fn volumes_have_names_of_their_own() {
    let mut d = with_volume(json!({ "name": "datos" }));
    d.set("task1", "volumes", json!([{ "name": "datos" }, { "name": "datos" }]));
    assert_eq!(d.codes(), ["TSK047"]);
    d.mend("TSK047");
}

#[test]
fn file_systems_are_reached_safely() {
    let mut d = with_volume(json!({ "name": "datos", "type": "efs", "fileSystemId": EFS }));
    assert_eq!(d.codes(), CLEAN);
    for (bad, code) in [("", "FLD001"), ("fs-XYZ", "FLD003"), ("0123456789", "FLD003")] {
        d.set("task1", "volumes.0.fileSystemId", bad);
        assert_eq!(d.codes(), [code], "{bad}");
    }
    d.set("task1", "volumes.0.fileSystemId", EFS);
    d.set("task1", "volumes.0.rootDirectory", "/tienda");
    assert_eq!(d.codes(), CLEAN);
    d.set("task1", "volumes.0.accessPointId", "fsap-0123456789abcdef0");
    d.mend("TSK048");
    d.set("task1", "volumes.0.transitEncryption", false);
    d.mend("TSK049");
    d.set("task1", "volumes.0.accessPointId", "");
    d.set("task1", "volumes.0.transitEncryption", false);
    d.mend("TSK051");
    d.set("task1", "volumes.0.iam", true);
    assert_eq!(d.codes(), ["TSK050"]);
    d.mend("TSK050");
    assert_eq!(d.codes(), CLEAN);
}

#[test]
fn the_task_role_may_mount_what_asks_for_it() {
    let mut d = with_volume(json!({ "name": "datos", "type": "efs", "fileSystemId": EFS, "iam": true }));
    d.set("task1", "volumes.0.accessPointId", "fsap-0123456789abcdef0");
    d.mend("TSK050");
    d.set("task1", "volumes.0.rootDirectory", "/");
    let statement = policy(&d, "CatalogoTaskRole", "FileSystems")[0].clone();
    assert_eq!(statement["Action"], json!(["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]));
    assert!(statement["Resource"][0].as_str().unwrap().ends_with("file-system/fs-0123456789abcdef0"));
    assert!(statement["Condition"].to_string().contains("access-point/fsap-0123456789abcdef0"));
    d.set("task1", "containers.0.mountPoints.0.readOnly", true);
    assert_eq!(
        policy(&d, "CatalogoTaskRole", "FileSystems")[0]["Action"],
        json!(["elasticfilesystem:ClientMount"])
    );
    insta::assert_json_snapshot!(json!({
        "Volumes": d.stack()["CatalogoTaskDefinition"]["Volumes"],
        "MountPoints": container(&d)["MountPoints"],
    }));
}

#[test]
fn fargate_has_no_directory_of_an_instance() {
    let mut d = with_volume(json!({ "name": "datos", "type": "host_path", "sourcePath": "/var/datos" }));
    assert_eq!(d.codes(), ["TSK052"]);
    d.mend("TSK052");
    d.set("task1", "volumes.0.type", "host_path");
    d.set("task1", "volumes.0.sourcePath", "");
    assert_eq!(d.codes(), ["FLD001", "TSK052"]);
}

/// A task definition for instances: no service runs it, and its network mode says so.
fn on_instances(mode: &str) -> Drawing {
    let mut d = shop();
    d.remove("service1");
    d.set("task1", "networkMode", mode);
    d
}

/// What is found of the task definition itself.
fn of_task(d: &Drawing) -> Vec<&'static str> {
    let about = |finding: &crate::Finding| finding.node().is_some_and(|id| id.as_str() == "task1");
    let found = d.findings().into_iter().filter(about).map(|finding| finding.code);
    found.filter(|code| *code != "TSK020").collect()
}

#[test]
fn fargate_has_one_network_mode() {
    let mut d = shop();
    for mode in ["bridge", "host"] {
        d.set("task1", "networkMode", mode);
        assert_eq!(of_task(&d), ["TSK055"], "{mode}");
        d.mend("TSK055");
    }
    let stack = on_instances("bridge").stack();
    let task = &stack["CatalogoTaskDefinition"];
    assert_eq!((&task["NetworkMode"], &task["RequiresCompatibilities"]), (&json!("bridge"), &json!(["EC2"])));
}

#[test]
fn ports_of_the_host_are_those_of_the_container_or_free() {
    let mut d = shop();
    d.set("task1", "containers.0.ports.0.hostPort", 80);
    assert_eq!(d.codes(), CLEAN);
    d.set("task1", "containers.0.ports.0.hostPort", 8080);
    d.mend("TSK056");
    let mut d = on_instances("bridge");
    d.set("task1", "containers.0.ports.0.hostPort", 0);
    assert_eq!(of_task(&d), CLEAN);
    for (port, code) in [(8080, "TSK059"), (22, "TSK057"), (51679, "TSK057")] {
        d.set("task1", "containers.0.ports.0.hostPort", port);
        assert_eq!(of_task(&d), [code], "{port}");
        d.mend(code);
    }
    let port = |port: i64| json!({ "containerPort": port, "hostPort": 8080 });
    d.set("task1", "containers.0.ports", json!([port(80), port(81)]));
    d.mend("TSK058");
}

#[test]
fn containers_have_ports_of_their_own_in_a_bridge() {
    let mut d = on_instances("bridge");
    let app = d.get("task1", "containers.0");
    let mut second = app.clone();
    second["name"] = "proxy".into();
    d.set("task1", "containers", json!([app, second]));
    assert_eq!(of_task(&d), CLEAN);
    d.set("task1", "networkMode", "host");
    assert_eq!(of_task(&d), ["TSK005"]);
}

#[test]
fn ports_have_names_for_service_connect() {
    let mut d = shop();
    d.set("task1", "containers.0.ports.0.appProtocol", "http");
    d.mend("TSK061");
    let port = |port: i64| json!({ "containerPort": port, "name": "web", "appProtocol": "http" });
    d.set("task1", "containers.0.ports", json!([port(80), port(81)]));
    d.mend("TSK060");
    assert_eq!(container(&d)["PortMappings"][1]["Name"], "web-2");
    assert_eq!(container(&d)["PortMappings"][1]["AppProtocol"], "http");
    d.set("task1", "containers.0.ports.1.protocol", "udp");
    d.mend("TSK062");
}

#[test]
fn fargate_waits_two_minutes_at_most() {
    let mut d = shop();
    for field in ["containers.0.startTimeout", "containers.0.stopTimeout"] {
        d.set("task1", field, 120);
        assert_eq!(d.codes(), CLEAN);
        d.set("task1", field, 121);
        d.mend("TSK063");
        d.set("task1", field, 1);
        assert_eq!(d.codes(), ["FLD002"]);
        d.set("task1", field, 60);
    }
    assert_eq!((&container(&d)["StartTimeout"], &container(&d)["StopTimeout"]), (&json!(60), &json!(60)));
}

#[test]
fn limits_of_the_system_are_in_order() {
    let mut d = shop();
    let limit = |soft: i64, hard: i64| json!([{ "name": "nofile", "softLimit": soft, "hardLimit": hard }]);
    for (soft, hard) in [(1024, 4096), (4096, 4096), (4096, -1), (-1, -1)] {
        d.set("task1", "containers.0.ulimits", limit(soft, hard));
        assert_eq!(d.codes(), CLEAN, "{soft} {hard}");
    }
    for (soft, hard) in [(4097, 4096), (-1, 4096)] {
        d.set("task1", "containers.0.ulimits", limit(soft, hard));
        d.mend("TSK065");
    }
    let one = json!({ "name": "nproc", "softLimit": 1, "hardLimit": 2 });
    d.set("task1", "containers.0.ulimits", json!([one, one]));
    d.mend("TSK066");
}

#[test]
fn instances_need_no_size_of_the_task() {
    let mut d = on_instances("bridge");
    d.set("task1", "cpu", 0);
    d.set("task1", "memory", 0);
    assert_eq!(of_task(&d), ["TSK068"]);
    d.mend("TSK068");
    assert_eq!(of_task(&d), CLEAN);
    let task = d.stack()["CatalogoTaskDefinition"].clone();
    assert_eq!((&task["Cpu"], &task["Memory"]), (&Value::Null, &Value::Null));
    for (cpu, good) in [(300, true), (100, false), (200_000, false), (-1, false)] {
        d.set("task1", "cpu", cpu);
        assert_eq!(of_task(&d).is_empty(), good, "{cpu}: {:?}", of_task(&d));
        if !good {
            d.mend("TSK069");
        }
    }
}

#[test]
fn a_task_definition_is_not_too_large() {
    let mut d = shop();
    let app = d.get("task1", "containers.0");
    let named = |n: usize| {
        let mut container = app.clone();
        container["name"] = format!("c{n}").into();
        container["ports"] = json!([]);
        container["essential"] = (n == 0).into();
        container
    };
    d.set("task1", "containers", (0..10).map(named).collect::<Value>());
    assert_eq!(of_task(&d), CLEAN);
    d.set("task1", "containers", (0..11).map(named).collect::<Value>());
    assert_eq!(of_task(&d), ["TSK080"]);
    let mut d = shop();
    let value = "x".repeat(60_000);
    d.set("task1", "containers.0.environment", json!([{ "name": "A", "value": value }]));
    assert_eq!(d.codes(), CLEAN);
    let value = "x".repeat(66_000);
    d.set("task1", "containers.0.environment", json!([{ "name": "A", "value": value }]));
    assert_eq!(d.codes(), ["TSK079"]);
}

#[test]
fn logs_go_where_they_are_said_to() {
    let mut d = shop();
    d.set("task1", "logGroup", "/tienda/catalogo");
    d.set("task1", "containers.0.logMode", "non-blocking");
    d.set("task1", "containers.0.logBuffer", 25);
    assert_eq!(d.codes(), CLEAN);
    let options = container(&d)["LogConfiguration"]["Options"].clone();
    assert_eq!((&options["mode"], &options["max-buffer-size"]), (&json!("non-blocking"), &json!("25m")));
    assert_eq!(d.stack()["CatalogoTaskDefinitionLogGroup"]["LogGroupName"], "/tienda/catalogo");
    d.set("task1", "containers.0.logMode", "blocking");
    d.mend("TSK087");
    for bad in ["aws/x", "/aws/ecs/x"] {
        d.set("task1", "logGroup", bad);
        assert_eq!(d.codes(), ["FLD003"]);
    }
}

#[test]
fn task_definitions_may_share_a_log_group() {
    let mut d = shop();
    let second = d.node(Kind::TaskDefinition, "pedidos");
    d.set(&second, "logGroup", "/ecs/catalogo");
    let stack = d.stack();
    let groups = stack.as_object().unwrap().values().filter(|one| one["Type"] == "AWS::Logs::LogGroup").count();
    assert_eq!(groups, 1);
    let of = |task: &str| {
        let options = &stack[task]["ContainerDefinitions"][0]["LogConfiguration"]["Options"];
        options["awslogs-group"].clone()
    };
    assert_eq!(of("PedidosTaskDefinition"), of("CatalogoTaskDefinition"));
}

#[test]
fn windows_has_less() {
    let mut d = shop();
    d.set("task1", "os", "WINDOWS_SERVER_2022_CORE");
    assert_eq!(d.codes(), ["TSK072"]);
    d.mend("TSK072");
    assert_eq!((d.get("task1", "cpu"), d.get("task1", "memory")), (json!(1024), json!(2048)));
    assert_eq!(d.codes(), CLEAN);
    d.set("task1", "architecture", "ARM64");
    d.mend("TSK070");
    for (field, value) in [
        ("initProcess", json!(true)),
        ("readonlyRootFilesystem", json!(true)),
        ("user", json!("1000")),
        ("ulimits", json!([{}])),
    ] {
        d.set("task1", &format!("containers.0.{field}"), value);
        d.mend("TSK071");
    }
    d.set("service1", "launch", "spot");
    assert!(d.codes().contains(&"TSK073"));
    d.mend("TSK073");
    d.set("task1", "os", "WINDOWS_SERVER_2025_FULL");
    d.mend("TSK074");
    assert_eq!(d.get("task1", "os"), "WINDOWS_SERVER_2022_FULL");
    assert_eq!(d.codes(), CLEAN);
    let platform = d.stack()["CatalogoTaskDefinition"]["RuntimePlatform"].clone();
    assert_eq!(platform["OperatingSystemFamily"], "WINDOWS_SERVER_2022_FULL");
    d.set("task1", "volumes", json!([{ "name": "datos", "type": "efs", "fileSystemId": EFS }]));
    assert!(d.codes().contains(&"TSK071"));
}

#[test]
fn the_list_of_sizes_is_that_of_the_platform() {
    let offered = |d: &Drawing| -> Vec<i64> {
        let target: crate::Target = "task1".into();
        let props = crate::element_json(&d.design, &target).unwrap();
        let field = Kind::TaskDefinition.spec().fields.iter().find(|field| field.key == "cpu").unwrap();
        let crate::field::Control::ChoiceOf(choices) = field.control else { panic!("no list") };
        let place = crate::field::Place { design: &d.design, target: &target, props: &props };
        choices(&place).into_iter().filter_map(|choice| choice.value.as_i64()).collect()
    };
    let mut d = shop();
    assert_eq!(offered(&d).len(), 8);
    d.set("task1", "os", "WINDOWS_SERVER_2022_CORE");
    d.set("task1", "cpu", 1024);
    assert_eq!(offered(&d), [1024, 2048, 4096]);
    let mut d = on_instances("bridge");
    d.set("task1", "cpu", 0);
    assert_eq!(offered(&d)[..3], [0, 128, 256]);
}

#[test]
fn windows_on_instances_has_no_network_of_the_host() {
    let mut d = on_instances("host");
    d.set("task1", "os", "WINDOWS_SERVER_2025_CORE");
    assert_eq!(of_task(&d), ["TSK075"]);
    d.mend("TSK075");
}

#[test]
fn small_images_lack_what_a_check_calls() {
    let mut d = shop();
    let mut found = |image: &str, command: &str| {
        d.set("task1", "containers.0.image", image);
        d.set("task1", "containers.0.healthCheck.command", json!(["CMD-SHELL", command]));
        d.codes()
    };
    let (curl, wget) = ("curl -f http://localhost/ || exit 1", "wget -qO- http://localhost/ || exit 1");
    assert_eq!(found("node:22-alpine", curl), ["TSK077"]);
    assert_eq!(found("node:22-slim", wget), ["TSK077"]);
    assert_eq!(found("gcr.io/distroless/static:1", curl), ["TSK077"]);
    for (image, command) in [("node:22-alpine", wget), ("node:22", curl), ("nginx:1.29-alpine", curl)] {
        assert_eq!(found(image, command), CLEAN, "{image} {command}");
    }
}

#[test]
fn secrets_say_key_and_version() {
    let mut d = shop();
    let key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    d.set(
        "task1",
        "containers.0.secrets",
        json!([{ "name": "DB", "valueFrom": SECRET, "jsonKey": "password", "versionStage": "AWSPREVIOUS", "kmsKey": key }]),
    );
    assert_eq!(d.codes(), CLEAN);
    assert_eq!(container(&d)["Secrets"][0]["ValueFrom"], format!("{SECRET}:password:AWSPREVIOUS:"));
    let statements = policy(&d, "CatalogoExecutionRole", "Secrets");
    assert_eq!((&statements[0]["Resource"], &statements[1]["Resource"]), (&json!([SECRET]), &json!([key])));
    assert_eq!(statements[1]["Action"], json!(["kms:Decrypt"]));
    d.set("task1", "containers.0.secrets.0.versionId", "abc");
    d.mend("TSK083");
    d.set("task1", "containers.0.secrets.0.kmsKey", "alias/x");
    assert_eq!(d.codes(), ["FLD003"]);
    d.set("task1", "containers.0.secrets", json!([{ "name": "DB", "valueFrom": SECRET.replace("us-east", "eu-west") }]));
    assert_eq!(d.codes(), ["TSK081"]);
}

#[test]
fn private_registries_ask_for_credentials() {
    let mut d = shop();
    d.set("task1", "containers.0.image", "ghcr.io/tienda/catalogo:1.0");
    d.set("task1", "containers.0.repositoryCredentials", SECRET);
    assert_eq!(d.codes(), CLEAN);
    assert_eq!(container(&d)["RepositoryCredentials"]["CredentialsParameter"], SECRET);
    assert_eq!(policy(&d, "CatalogoExecutionRole", "Secrets")[0]["Resource"], json!([SECRET]));
    d.set("task1", "containers.0.image", "123456789012.dkr.ecr.us-east-1.amazonaws.com/catalogo:1.0");
    d.mend("TSK084");
    d.set("task1", "containers.0.image", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/catalogo:1.0");
    assert_eq!(d.codes(), ["TSK088"]);
    d.set("task1", "containers.0.image", "Catalogo:1.0");
    assert_eq!(d.codes(), ["TSK090"]);
}

#[test]
fn on_instances_logs_and_images_are_the_matter_of_the_instance() {
    let mut d = on_instances("bridge");
    d.remove("role1");
    assert_eq!(of_task(&d), CLEAN);
    d.set("task1", "containers.0.secrets", json!([{ "name": "KEY", "valueFrom": "/tienda/key" }]));
    assert_eq!(of_task(&d), ["TSK024"]);
}

#[test]
fn what_is_set_of_a_container_is_in_its_template() {
    let mut d = shop();
    d.set("task1", "containers.0.initProcess", true);
    d.set("task1", "containers.0.dockerLabels", json!([{ "name": "equipo", "value": "catalogo" }]));
    d.set("task1", "containers.0.ulimits", json!([{ "name": "nofile", "softLimit": 1024, "hardLimit": 4096 }]));
    assert_eq!(d.codes(), CLEAN);
    let made = container(&d);
    assert_eq!(made["LinuxParameters"]["InitProcessEnabled"], true);
    assert_eq!(made["DockerLabels"]["equipo"], "catalogo");
    assert_eq!(made["Ulimits"], json!([{ "Name": "nofile", "SoftLimit": 1024, "HardLimit": 4096 }]));
}

#[test]
fn a_design_with_all_errors_is_lowered() {
    let mut d = with_volume(json!({ "name": "", "type": "efs", "iam": true, "transitEncryption": false }));
    d.set("task1", "os", "WINDOWS_SERVER_2025_FULL");
    d.set("task1", "networkMode", "host");
    d.set("task1", "cpu", -5);
    d.set("task1", "containers.0.image", "");
    d.set("task1", "containers.0.ports", json!([{ "containerPort": -1, "hostPort": 99_999, "appProtocol": "grpc" }]));
    let other = d.node(Kind::TaskDefinition, "otra");
    d.set(&other, "containers", json!([]));
    assert!(lower(&d.design).resources.contains_key("CatalogoTaskDefinition"));
}
