//! The lines that an HTTP API writes about requests.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html>

use serde::{Deserialize, Serialize};

/// The form of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A JSON object.
    #[default]
    Json,
    /// The common log format of web servers.
    Clf,
    /// One's own.
    Custom,
}

/// Whether each request is written to CloudWatch Logs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AccessLogs {
    /// Whether it is.
    pub enabled: bool,
    /// For how many days the logs are kept; 0 is for ever.
    pub retention_days: i64,
    /// The form of a line.
    pub format: LogFormat,
    /// One's own form, with `$context` variables.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub custom_format: String,
}

impl Default for AccessLogs {
    fn default() -> Self {
        Self { enabled: false, retention_days: 7, format: LogFormat::Json, custom_format: String::new() }
    }
}

impl AccessLogs {
    /// A line, with `$context` variables.
    pub fn line(&self) -> &str {
        match self.format {
            LogFormat::Json => JSON,
            LogFormat::Clf => CLF,
            LogFormat::Custom => &self.custom_format,
        }
    }
}

const JSON: &str = concat!(
    r#"{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","requestTime":"$context.requestTime","#,
    r#""routeKey":"$context.routeKey","path":"$context.path","status":"$context.status","#,
    r#""integrationStatus":"$context.integrationStatus","integrationError":"$context.integrationErrorMessage","#,
    r#""latency":"$context.responseLatency","responseLength":"$context.responseLength"}"#
);

const CLF: &str = concat!(
    r#"$context.identity.sourceIp - - [$context.requestTime] "$context.httpMethod $context.routeKey "#,
    r#"$context.protocol" $context.status $context.responseLength $context.requestId"#
);

/// What a line must tell.
pub(super) const REQUEST_ID: &str = "$context.requestId";

/// Variables of a line; those that begin with `authorizer.` besides
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html>).
const VARIABLES: &str = "accountId apiId awsEndpointRequestId awsEndpointRequestId2 customDomain.basePathMatched \
    dataProcessed domainName domainPrefix error.message error.messageString error.responseType extendedRequestId \
    httpMethod identity.accountId identity.caller identity.cognitoAuthenticationProvider \
    identity.cognitoAuthenticationType identity.cognitoIdentityId identity.cognitoIdentityPoolId \
    identity.principalOrgId identity.clientCert.clientCertPem identity.clientCert.subjectDN \
    identity.clientCert.issuerDN identity.clientCert.serialNumber identity.clientCert.validity.notBefore \
    identity.clientCert.validity.notAfter identity.sourceIp identity.user identity.userAgent identity.userArn \
    integration.error integration.integrationStatus integration.latency integration.requestId integration.status \
    integrationErrorMessage integrationLatency integrationStatus path protocol requestId requestTime requestTimeEpoch \
    responseLatency responseLength routeKey stage status";

/// The first variable of a line that does not exist, with its `$`.
pub(super) fn unknown_variable(line: &str) -> Option<String> {
    let parts = line.split('$').skip(1);
    let mut names = parts.map(|rest| {
        let name = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_' || c == '-';
        rest.split(|c| !name(c)).next().unwrap_or_default().trim_end_matches(['.', '-'])
    });
    let known = |name: &str| {
        let Some(name) = name.strip_prefix("context.") else { return name.is_empty() };
        name.starts_with("authorizer.") || VARIABLES.split(' ').any(|known| known == name)
    };
    names.find(|name| !known(name)).map(|name| format!("${name}"))
}

/// The same line with what it must tell.
pub(super) fn with_request_id(line: &str) -> String {
    match line.trim().strip_prefix('{') {
        Some("}") => format!("{{\"requestId\":\"{REQUEST_ID}\"}}"),
        Some(rest) => format!("{{\"requestId\":\"{REQUEST_ID}\",{rest}"),
        None => format!("{} {REQUEST_ID}", line.trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ready_made_lines_are_whole() {
        for line in [JSON, CLF] {
            assert!(line.contains(REQUEST_ID));
            assert_eq!(unknown_variable(line), None);
        }
        assert!(serde_json::from_str::<serde_json::Value>(JSON).is_ok());
    }

    #[test]
    fn variables() {
        for (line, unknown) in [
            ("$context.requestId", None),
            ("$context.requestId.", None),
            ("cuesta 5 $", None),
            ("$context.authorizer.claims.sub", None),
            ("$context.requestID", Some("$context.requestID")),
            ("$request.header.x", Some("$request.header.x")),
            ("a $context.identity.apiKey b", Some("$context.identity.apiKey")),
        ] {
            assert_eq!(unknown_variable(line).as_deref(), unknown, "{line}");
        }
    }

    #[test]
    fn lines_are_completed() {
        assert_eq!(with_request_id("$context.status"), "$context.status $context.requestId");
        assert_eq!(with_request_id("{}"), r#"{"requestId":"$context.requestId"}"#);
        assert_eq!(with_request_id(r#"{"a":"b"}"#), r#"{"requestId":"$context.requestId","a":"b"}"#);
    }
}
