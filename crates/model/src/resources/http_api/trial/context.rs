//! What API Gateway knows of a call, as samples.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html>

use super::Taken;
use crate::mapping::sample::{SampleRequest, SampleResponse, header};
use crate::resources::http_api::DEFAULT_STAGE;

/// The sample API's id.
const API_ID: &str = "a1b2c3d4e5";
/// A client's address, from the block that is kept for documentation.
pub(in crate::resources) const CLIENT: &str = "203.0.113.25";

/// A call of an API.
pub(in crate::resources) struct Call<'a> {
    pub(in crate::resources) request: &'a SampleRequest,
    /// The backend's answer, once there is one.
    pub(in crate::resources) response: Option<&'a SampleResponse>,
    pub(in crate::resources) taken: &'a Taken,
    pub(in crate::resources) stage: &'a str,
    pub(in crate::resources) region: &'a str,
}

impl Call<'_> {
    /// The domain that AWS gives to an API.
    pub(in crate::resources) fn domain(&self) -> String {
        format!("{API_ID}.execute-api.{}.amazonaws.com", self.region)
    }

    fn route(&self) -> Option<&str> {
        match self.taken {
            Taken::Here(key, _) | Taken::Elsewhere(key, _) => Some(key),
            Taken::Nowhere(_) => None,
        }
    }

    /// A context variable; `None` where it has no value in this call.
    pub(in crate::resources) fn context(&self, name: &str) -> Option<String> {
        let in_stage = || match self.stage {
            DEFAULT_STAGE => self.request.path.clone(),
            stage => format!("/{stage}{}", self.request.path),
        };
        let status = || self.response.map(|response| response.status.to_string());
        Some(match name {
            "requestId" | "extendedRequestId" => "JKJaXmPLvHcESHA=".to_owned(),
            "identity.sourceIp" => CLIENT.to_owned(),
            "identity.userAgent" => return header(&self.request.headers, "user-agent"),
            "httpMethod" => self.request.method.clone(),
            "path" => in_stage(),
            "routeKey" => return self.route().map(str::to_owned),
            // What REST APIs call the path of the route.
            "resourcePath" => return self.route()?.split_once(' ').map(|(_, path)| path.to_owned()),
            "stage" => self.stage.to_owned(),
            "domainName" => self.domain(),
            "domainPrefix" | "apiId" => API_ID.to_owned(),
            "accountId" => "123456789012".to_owned(),
            "protocol" => "HTTP/1.1".to_owned(),
            "requestTime" => "14/Apr/2026:09:30:00 +0000".to_owned(),
            "requestTimeEpoch" => "1776159000000".to_owned(),
            "responseLatency" | "integrationLatency" | "integration.latency" if self.response.is_some() => {
                "38".to_owned()
            }
            "status" | "integrationStatus" | "integration.status" | "integration.integrationStatus" => {
                return status();
            }
            _ => return None,
        })
    }
}
