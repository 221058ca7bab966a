//! A trial of an integration: what the load balancer gets for a sample request, and what the client gets for its answer.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html>

mod context;
mod offers;
mod parts;
mod request;
mod response;
#[cfg(test)]
mod tests;

use super::integration::Integration;
use super::links::backends;
use super::route::Route;
use super::route_match::choose;
use super::{DEFAULT_STAGE, HttpApi};
use crate::mapping::sample::{Pair, SampleRequest, SampleResponse, header, query};
use crate::mapping::{Side, Source, fill, json_path};
use crate::{Design, Link, LinkId};

pub(in crate::resources) use context::Call;
pub use offers::{Offer, offers, samples};
pub(in crate::resources) use offers::{first_samples, unique};
pub(in crate::resources) use parts::{Fold, apply};
pub(in crate::resources) use request::origin_of;
pub use parts::{Given, How, Line};
pub use request::request;
pub use response::response;

/// Where a request goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A route of this link takes it: its key and the variables of its path.
    Here(String, Vec<Pair>),
    /// A route of another link takes it: its key, and the name of the node that it leads to.
    Elsewhere(String, String),
    /// No route takes it: API Gateway answers itself, with this status.
    Nowhere(i64),
}

/// What the load balancer gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestTrial {
    /// Where the request goes.
    pub taken: Taken,
    /// The method, and what became of it.
    pub method: (String, How),
    /// `http://host:port`.
    pub origin: String,
    /// The path, and what became of it.
    pub path: (String, How),
    /// The parameters of the query string, as they are meant.
    pub query: Vec<Line>,
    /// The headers.
    pub headers: Vec<Line>,
    /// The body.
    pub body: String,
    /// What each mapping gave.
    pub given: Vec<Given>,
}

/// What the client gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseTrial {
    /// The status, and what became of it.
    pub status: (i64, How),
    /// The headers.
    pub headers: Vec<Line>,
    /// The body.
    pub body: String,
    /// What each mapping gave.
    pub given: Vec<Given>,
}

/// All that a trial is about.
struct Trial<'a> {
    design: &'a Design,
    link: &'a Link,
    api: &'a HttpApi,
    integration: &'a Integration,
    request: &'a SampleRequest,
    response: Option<&'a SampleResponse>,
    taken: Taken,
}

impl<'a> Trial<'a> {
    fn new(
        design: &'a Design,
        link: &LinkId,
        request: &'a SampleRequest,
        response: Option<&'a SampleResponse>,
    ) -> Option<Self> {
        let link = design.link(link)?;
        let integration = Integration::of(&link.props)?;
        let (_, api) = design.get::<HttpApi>(&link.from)?;
        let taken = taken(design, link, request);
        Some(Self { design, link, api, integration, request, response, taken })
    }

    fn stage(&self) -> &'a str {
        if self.api.stage_name.is_empty() { DEFAULT_STAGE } else { &self.api.stage_name }
    }

    fn variables(&self) -> &[Pair] {
        match &self.taken {
            Taken::Here(_, variables) => variables,
            _ => &[],
        }
    }

    /// What an expression gives.
    fn read(&self, source: Source<'_>) -> Option<String> {
        let (headers, body) = match self.response {
            Some(response) => (&response.headers, &response.body),
            None => (&self.request.headers, &self.request.body),
        };
        match source {
            Source::Header(name) => header(headers, name),
            Source::Query(name) => query(&self.request.query, name),
            Source::Path => Some(self.request.path.clone()),
            Source::Variable(name) => query(self.variables(), name),
            Source::Body("") => Some(body.clone()).filter(|body| !body.is_empty()),
            Source::Body(path) => json_path::read(body, path),
            Source::Stage(name) => {
                self.api.stage_variables.iter().find(|known| known.name == name).map(|known| known.value.clone())
            }
            Source::Context(name) => self.call().context(name),
        }
    }

    fn call(&self) -> Call<'_> {
        Call {
            request: self.request,
            response: self.response,
            taken: &self.taken,
            stage: self.stage(),
            region: self.design.region(),
        }
    }

    /// What a mapping gives: wrong ones nothing.
    fn value(&self, value: &str, side: Side) -> Given {
        match fill(value, side, &|source| self.read(source)) {
            Err(_) => Given::Wrong,
            Ok(None) => Given::Nothing,
            Ok(Some(text)) => Given::Value(text),
        }
    }
}

fn taken(design: &Design, link: &Link, request: &SampleRequest) -> Taken {
    let all: Vec<(&Link, &Route)> = backends(design, &link.from)
        .flat_map(|(other, backend)| backend.routes.iter().map(move |route| (other, route)))
        .collect();
    let routes: Vec<&Route> = all.iter().map(|(_, route)| *route).collect();
    let Some((at, variables)) = choose(&routes, &request.method, &request.path) else { return Taken::Nowhere(404) };
    let (other, route) = all[at];
    if other.id == link.id {
        return Taken::Here(route.key(), variables);
    }
    let name = design.node(&other.to).map_or("", |node| node.name.as_str());
    Taken::Elsewhere(route.key(), name.to_owned())
}

/// Headers that are for one connection only, and so end at API Gateway (RFC 9110, 7.6.1).
pub(in crate::resources) const HOP_BY_HOP: [&str; 8] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailers",
    "transfer-encoding",
    "upgrade",
];
