use serde_json::json;

use super::{NONE, api, guarded_shop, integration, private_shop};

const POOL: &str = "arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_a1B2c3D4e";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:111122223333:function:autorizador";
const SCHEMA: &str = r#"{"type": "object", "properties": {"nombre": {"type": "string"}}, "required": ["nombre"]}"#;

#[test]
fn methods_that_ask_for_a_key_need_one() {
    let mut d = private_shop();
    let link = integration(&d);
    d.set(&link, "routes.0.apiKey", true);
    assert_eq!(d.codes(), ["RST014"]);
    d.mend("RST014");
    assert_eq!(d.codes(), NONE);
    d.set(&api(), "apiKeys.0.enabled", false);
    assert_eq!(d.codes(), ["RST014"], "a key that is not enabled opens nothing");
}

#[test]
fn keys_and_plans_belong_together() {
    let mut d = guarded_shop();
    d.set(&api(), "apiKeys", json!([{"name": "movil", "plan": "basico"}, {"name": "web"}]));
    assert_eq!(d.codes(), ["RST018"]);
    d.mend("RST018");
    assert_eq!(d.codes(), NONE);
    d.set(&api(), "usagePlans", json!([{"name": "basico"}, {"name": "oro"}]));
    assert_eq!(d.codes(), ["RST015"]);
    d.set(&api(), "apiKeys.1.plan", "plata");
    assert_eq!(d.codes(), ["FLD004", "RST015"]);
}

#[test]
fn limits_of_plans_make_sense() {
    for (plan, code) in [
        (json!({"name": "basico", "throttling": {"enabled": true, "rate": 500, "burst": 20}}), "RST016"),
        (json!({"name": "basico", "quota": {"enabled": true, "limit": 10}}), "RST017"),
    ] {
        let mut d = guarded_shop();
        d.set(&api(), "throttling.enabled", true);
        d.set(&api(), "usagePlans", json!([plan]));
        assert_eq!(d.codes(), [code], "{plan}");
        d.mend(code);
        assert_eq!(d.codes(), NONE, "{plan}");
    }
}

#[test]
fn names_in_lists_are_there_once() {
    let mut d = guarded_shop();
    d.set(&api(), "apiKeys", json!([{"name": "movil", "plan": "basico"}, {"name": "movil", "plan": "basico"}]));
    assert_eq!(d.codes(), ["RST025"]);
    d.mend("RST025");
    assert_eq!(d.codes(), NONE);
}

#[test]
fn authorizers_say_whom_they_ask() {
    for (authorizer, codes) in [
        (json!({"name": "pool", "userPools": [POOL]}), vec![]),
        (json!({"name": "pool"}), vec!["FLD001"]),
        (json!({"name": "pool", "userPools": ["us-east-1_a1B2c3D4e"]}), vec!["FLD003"]),
        (json!({"name": "pool", "type": "token", "functionArn": FUNCTION}), vec![]),
        (json!({"name": "pool", "type": "token"}), vec!["FLD001"]),
        (json!({"name": "pool", "type": "token", "function": "fn9"}), vec!["FLD004"]),
        (json!({"name": "pool", "type": "request", "functionArn": FUNCTION, "ttl": 0}), vec![]),
        (json!({"name": "pool", "type": "request", "functionArn": FUNCTION}), vec!["RST041"]),
    ] {
        let mut d = private_shop();
        let link = integration(&d);
        d.set(&api(), "authorizers", json!([authorizer]));
        d.set(&link, "routes.0.authorizer", "pool");
        assert_eq!(d.codes(), codes, "{authorizer}");
        if codes == ["RST041"] {
            d.mend("RST041");
            assert_eq!(d.codes(), NONE);
        }
    }
}

#[test]
fn an_authorizer_that_nobody_asks_is_told() {
    let mut d = private_shop();
    d.set(&api(), "authorizers", json!([{"name": "pool", "userPools": [POOL]}]));
    assert_eq!(d.codes(), ["RST026"]);
}

#[test]
fn only_tokens_of_cognito_have_scopes() {
    let mut d = private_shop();
    let link = integration(&d);
    d.set(&api(), "authorizers", json!([{"name": "guardia", "type": "token", "functionArn": FUNCTION}]));
    d.set(&link, "routes", json!([{"authorizer": "guardia", "scopes": ["tienda/leer"]}]));
    assert_eq!(d.codes(), ["RST037"]);
    d.mend("RST037");
    assert_eq!(d.codes(), NONE);
}

#[test]
fn models_are_schemas_that_methods_use() {
    for (schema, codes) in [
        (SCHEMA, vec![]),
        ("{\"type\": \"objeto\"}", vec!["RST022"]),
        ("no es JSON", vec!["RST022"]),
        ("{\"type\": \"object\", \"example\": {}}", vec!["RST023"]),
        ("{\"$ref\": \"Otro\"}", vec!["RST024"]),
        ("", vec!["FLD001"]),
    ] {
        let mut d = private_shop();
        let link = integration(&d);
        d.set(&api(), "models", json!([{"name": "Producto", "schema": schema}]));
        d.set(&link, "routes", json!([{"validation": "body", "model": "Producto"}]));
        assert_eq!(d.codes(), codes, "{schema}");
    }
    let mut d = private_shop();
    d.set(&api(), "models", json!([{"name": "Producto", "schema": SCHEMA}]));
    assert_eq!(d.codes(), ["RST027"]);
    d.set(&api(), "models", json!([{"name": "mi producto", "schema": SCHEMA}]));
    assert_eq!(d.codes(), ["FLD003", "RST027"]);
}

#[test]
fn a_model_is_looked_at_where_the_body_is_validated() {
    let mut d = private_shop();
    let link = integration(&d);
    d.set(&api(), "models", json!([{"name": "Producto", "schema": SCHEMA}]));
    d.set(&link, "routes", json!([{"model": "Producto", "params": [{"name": "q"}]}]));
    assert_eq!(d.codes(), ["RST020", "RST021"]);
    d.mend("RST020");
    d.mend("RST021");
    assert_eq!(d.get(&link, "routes.0.validation"), "all");
    assert_eq!(d.codes(), NONE);
}

#[test]
fn logs_need_a_role() {
    let mut d = private_shop();
    d.set(&api(), "executionLogs", "error");
    assert_eq!(d.codes(), NONE);
    d.set(&api(), "logsRole", "existing");
    assert_eq!(d.codes(), ["FLD001"]);
    d.set(&api(), "logsRoleArn", "arn:aws:iam::111122223333:role/LabRole");
    assert_eq!(d.codes(), NONE);
    let stack = d.stack();
    assert_eq!(stack["ApiGatewayAccount"]["CloudWatchRoleArn"], "arn:aws:iam::111122223333:role/LabRole");
    assert!(stack.get("ApiGatewayLogsRole").is_none());
    d.set(&api(), "logsRole", "account");
    assert!(d.stack().get("ApiGatewayAccount").is_none());
}

#[test]
fn a_learner_lab_writes_logs_with_its_own_role() {
    let mut d = private_shop();
    d.set(&api(), "executionLogs", "error");
    d.set(crate::Target::Design, "account", "learner-lab");
    let stack = d.stack();
    let arn = "!Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/LabRole";
    assert_eq!(stack["ApiGatewayAccount"]["CloudWatchRoleArn"], arn);
    assert!(stack.get("ApiGatewayLogsRole").is_none());
}
