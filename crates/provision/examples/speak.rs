//! Writes calls as requests, reads answers and signs, one JSON object a line from stdin to stdout: for the tests in
//! `tests/oracles/`, which hold it against AWS's own implementation.

use std::io::{BufRead, Error};

use serde_json::{Map, Value, json};
use trazo_calls::{Call, Service};
use trazo_provision::sign::{Manner, Scope, sign};
use trazo_provision::{Answer, CallError, Credentials, Secret, wire};

fn main() -> Result<(), Error> {
    for line in std::io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        let told = match (&asked["sign"], &asked["answer"]) {
            (Value::Object(_), _) => signed(&asked["sign"]),
            (_, Value::Object(_)) => call(&asked).map(|call| read(&call, &asked["answer"])),
            _ => call(&asked).map(|call| written(&call)),
        };
        println!("{}", told.unwrap_or_else(|| json!({"error": "not understood"})));
    }
    Ok(())
}

fn call(asked: &Value) -> Option<Call> {
    let name = asked["service"].as_str()?;
    let service = *Service::ALL.iter().find(|service| service.cli() == name)?;
    let operation: &'static str = asked["operation"].as_str()?.to_owned().leak();
    Some(Call { service, operation, input: asked["input"].as_object().cloned().unwrap_or_default() })
}

fn written(call: &Call) -> Value {
    match wire::write(call) {
        Ok(request) => {
            let unsigned = request.unsigned.iter().map(|(name, value)| (*name, (*value).to_owned()));
            let headers: Map<String, Value> = request
                .headers
                .into_iter()
                .chain(unsigned)
                .map(|(name, value)| (name.to_owned(), value.into()))
                .collect();
            json!({
                "method": request.method, "path": request.path, "query": request.query, "headers": headers,
                "body": String::from_utf8_lossy(&request.body),
            })
        }
        Err(error) => json!({"error": error.to_string()}),
    }
}

fn read(call: &Call, answer: &Value) -> Value {
    let headers = answer["headers"].as_object().into_iter().flatten();
    let answer = Answer {
        status: answer["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(200),
        headers: headers.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect(),
        body: answer["body"].as_str().unwrap_or_default().as_bytes().to_vec(),
    };
    match wire::read(call, &answer) {
        Ok(json) => json!({"json": json}),
        Err(CallError::Refused(said)) => {
            json!({"code": said.code, "message": said.message, "request": said.request_id, "status": said.status})
        }
        Err(error) => json!({"error": error.to_string()}),
    }
}

fn signed(asked: &Value) -> Option<Value> {
    let text = |name: &str| asked[name].as_str();
    let credentials = Credentials {
        access_key_id: text("id")?.to_owned(),
        secret_access_key: Secret::new(text("secret")?.to_owned()),
        session_token: text("token").map(|token| Secret::new(token.to_owned())),
        expires: None,
    };
    let scope = Scope {
        credentials: &credentials,
        region: text("region")?,
        service: text("service")?,
        time: asked["time"].as_u64()?,
        manner: Manner::default(),
    };
    let headers: Vec<(&str, &str)> = asked["headers"]
        .as_object()?
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
        .collect();
    let signed = sign(text("method")?, text("url")?, &headers, text("body")?.as_bytes(), &scope).ok()?;
    let headers: Map<String, Value> =
        signed.headers.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    Some(json!({"url": signed.url, "headers": headers}))
}
