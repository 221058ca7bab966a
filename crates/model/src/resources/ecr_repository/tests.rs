use serde_json::{Value, json};

use super::REPOSITORY_NAME;
use crate::testing::{Drawing, shop};
use crate::{Kind, NodeId};

const CLEAN: [&str; 0] = [];
const KEY: &str = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/// The shop with its image in a repository that is linked.
fn with_repository() -> (Drawing, NodeId) {
    let mut d = shop();
    d.set("task1", "containers.0.image", "");
    let repository = d.node(Kind::EcrRepository, "tienda/catalogo");
    d.link(&"task1".into(), &repository);
    (d, repository)
}

/// The codes of what is found, but that the image has to be pushed before the service starts, which is so in all of them.
fn told(d: &Drawing) -> Vec<&'static str> {
    d.codes().into_iter().filter(|code| *code != "ECR007").collect()
}

fn pull(d: &Drawing) -> String {
    d.design.link_between(&"task1".into(), &"ecr1".into()).unwrap().id.to_string()
}

#[test]
fn a_good_one_has_no_finding() {
    assert_eq!(told(&with_repository().0), CLEAN);
}

#[test]
fn names_are_those_that_ecr_takes() {
    for good in ["ab", "tienda/catalogo", "a.b_c__d---e/f0", "0a/1b/2c"] {
        assert!(REPOSITORY_NAME.accepts(good), "{good}");
    }
    for bad in ["a", "Tienda", "a//b", "/ab", "ab/", "a..b", "a___b", "-ab", "a._b", "a b", "catálogo"] {
        assert!(!REPOSITORY_NAME.accepts(bad), "{bad}");
    }
    assert!(!REPOSITORY_NAME.accepts(&"a".repeat(257)));
}

#[test]
fn one_that_nobody_pulls_from_is_told() {
    let mut d = shop();
    d.node(Kind::EcrRepository, "tienda/catalogo");
    assert_eq!(told(&d), ["ECR001"]);
}

#[test]
fn its_settings_are_looked_at() {
    let (mut d, repository) = with_repository();
    let cases: [(&str, Value, &str); 4] = [
        ("tagMutability", "MUTABLE".into(), "ECR002"),
        ("scanOnPush", false.into(), "ECR003"),
        ("keepImages", 1.into(), "ECR005"),
        ("keepImages", 0.into(), "FLD002"),
    ];
    for (field, bad, code) in cases {
        let good = d.get(&repository, field);
        d.set(&repository, field, bad);
        assert_eq!(told(&d), [code], "{field}");
        if code != "FLD002" {
            d.mend(code);
        }
        d.set(&repository, field, good);
        assert_eq!(told(&d), CLEAN, "{field}");
    }
    d.choose(&repository, "keepImages", Value::Null);
    assert_eq!(told(&d), CLEAN);
    d.choose(&repository, "expireUntaggedDays", Value::Null);
    d.mend("ECR004");
}

#[test]
fn a_key_is_in_the_region_of_the_repository() {
    let (mut d, repository) = with_repository();
    d.set(&repository, "encryption", "KMS");
    for good in ["", "alias/tienda", "1234abcd-12ab-34cd-56ef-1234567890ab", KEY] {
        d.set(&repository, "kmsKey", good);
        assert_eq!(told(&d), CLEAN, "{good}");
    }
    d.set(&repository, "kmsKey", "clave");
    assert_eq!(told(&d), ["FLD003"]);
    d.set(&repository, "kmsKey", KEY.replace("us-east-1", "eu-west-1"));
    assert_eq!(told(&d), ["ECR006"]);
}

#[test]
fn an_image_has_to_be_pushed_before_a_service_runs_it() {
    let (mut d, repository) = with_repository();
    assert_eq!(d.codes(), ["ECR007"]);
    d.set(&repository, "source", "existing");
    assert_eq!(d.codes(), CLEAN);
}

#[test]
fn one_elsewhere_is_told() {
    let (mut d, repository) = with_repository();
    d.set(&repository, "source", "existing");
    d.set(&repository, "account", "123456789012");
    assert_eq!(told(&d), ["ECR008"]);
    d.set(&repository, "account", "12345");
    assert!(told(&d).contains(&"FLD003"));
    d.set(&repository, "account", "");
    d.set(&repository, "region", "eu-west-1");
    assert_eq!(told(&d), ["ECR009"]);
    d.set(&repository, "region", "us-east-1");
    assert_eq!(told(&d), CLEAN);
}

#[test]
fn latest_cannot_be_pushed_twice() {
    let (mut d, repository) = with_repository();
    let link = pull(&d);
    d.set(link.as_str(), "tag", "latest");
    assert_eq!(told(&d), ["ECR010", "TSK019"]);
    d.set(&repository, "tagMutability", "MUTABLE");
    assert_eq!(told(&d), ["ECR002", "TSK019"]);
}

#[test]
fn the_link_names_container_and_tag() {
    let (mut d, _) = with_repository();
    let link = pull(&d);
    let link = link.as_str();
    assert_eq!((d.get(link, "container"), d.get(link, "tag")), (json!(""), json!("1.0")));
    for good in ["2.1-rc_1", &format!("sha256:{}", "a".repeat(64))] {
        d.set(link, "tag", good);
        assert_eq!(told(&d), CLEAN, "{good}");
    }
    for (bad, code) in [("", "FLD001"), ("-a", "FLD003"), ("a:b", "FLD003"), ("sha256:abc", "FLD003")] {
        d.set(link, "tag", bad);
        assert_eq!(told(&d), [code], "{bad}");
    }
    d.set(link, "tag", "1.0");
    d.set(link, "container", "nadie");
    assert_eq!(told(&d), ["TSK040", "TSK041"]);
    d.mend("TSK041");
    assert_eq!(told(&d), CLEAN);
}

#[test]
fn a_container_has_one_image() {
    let (mut d, repository) = with_repository();
    d.remove(pull(&d).as_str());
    assert_eq!(told(&d), ["ECR001", "TSK040"]);
    d.set("task1", "containers.0.image", "nginx:1.29");
    d.link(&"task1".into(), &repository);
    // All containers have an image, so the link names the first.
    assert_eq!(d.get(pull(&d).as_str(), "container"), "app");
    assert_eq!(told(&d), ["TSK042"]);
    d.mend("TSK042");
    assert_eq!(told(&d), CLEAN);
    // A second repository for the same containers serves nobody.
    let second = d.node(Kind::EcrRepository, "tienda/otro");
    d.link(&"task1".into(), &second);
    d.mend("TSK043");
}

#[test]
fn its_tags_have_values() {
    let (mut d, repository) = with_repository();
    d.set(&repository, "tags", json!([{ "key": "curso", "value": "distribuida" }, { "key": "prueba", "value": "" }]));
    d.mend("ECR011");
    assert_eq!(d.get(&repository, "tags"), json!([{ "key": "curso", "value": "distribuida" }]));
}

#[test]
fn its_template() {
    let (mut d, repository) = with_repository();
    d.set(&repository, "encryption", "KMS");
    d.set(&repository, "kmsKey", KEY);
    d.set(&repository, "emptyOnDelete", true);
    d.set(&repository, "tags", json!([{ "key": "curso", "value": "distribuida" }]));
    assert_eq!(told(&d), CLEAN);
    let stack = d.stack();
    insta::assert_json_snapshot!(json!({
        "TiendaCatalogoRepository": stack["TiendaCatalogoRepository"],
        "→ TiendaCatalogoRepositoryUri": stack["→ TiendaCatalogoRepositoryUri"],
        "Image": stack["CatalogoTaskDefinition"]["ContainerDefinitions"][0]["Image"],
        "CatalogoExecutionRole": stack["CatalogoExecutionRole"],
    }));
}

#[test]
fn one_that_exists_is_named_and_not_made() {
    let (mut d, repository) = with_repository();
    d.set(&repository, "source", "existing");
    let image = |d: &Drawing| d.stack()["CatalogoTaskDefinition"]["ContainerDefinitions"][0]["Image"].clone();
    assert_eq!(
        image(&d),
        "!Sub ${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/tienda/catalogo:1.0"
    );
    d.set(&repository, "account", "210987654321");
    d.set(&repository, "region", "eu-west-1");
    let digest = format!("sha256:{}", "0".repeat(64));
    d.set(pull(&d).as_str(), "tag", digest.clone());
    assert_eq!(
        image(&d),
        format!("!Sub 210987654321.dkr.ecr.eu-west-1.${{AWS::URLSuffix}}/tienda/catalogo@{digest}")
    );
    let stack = d.stack();
    assert!(!stack.as_object().unwrap().values().any(|one| one["Type"] == "AWS::ECR::Repository"));
    let policies = stack["CatalogoExecutionRole"]["Policies"].to_string();
    assert!(policies.contains(":ecr:eu-west-1:210987654321:repository/tienda/catalogo"), "{policies}");
}

#[test]
fn a_role_that_pulls_more_than_is_drawn_keeps_the_policy_of_aws() {
    let (mut d, _) = with_repository();
    let app = d.get("task1", "containers.0");
    let image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/proxy:1.0";
    d.set("task1", "containers", json!([app, { "name": "proxy", "image": image, "essential": false }]));
    assert_eq!(told(&d), CLEAN);
    let role = d.stack()["CatalogoExecutionRole"].clone();
    assert_eq!(role["Policies"], Value::Null);
    assert!(role["ManagedPolicyArns"][0].as_str().unwrap().ends_with("AmazonECSTaskExecutionRolePolicy"));
}
