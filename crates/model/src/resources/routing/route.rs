//! Routes of APIs: a method and a path, or the catch-all of HTTP APIs.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html>

use serde::{Deserialize, Serialize};

/// The path that stands for the catch-all route.
pub const DEFAULT_ROUTE: &str = "$default";

/// The methods that a route or an integration may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Whatever the request has.
    #[default]
    Any,
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// PATCH.
    Patch,
    /// DELETE.
    Delete,
    /// HEAD.
    Head,
    /// OPTIONS.
    Options,
}

impl Method {
    /// As AWS writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Any => "ANY",
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
        }
    }
}

/// The methods as the manifest and AWS write them.
pub(in crate::resources) const METHODS: &[&str] = &["ANY", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// A route of an HTTP API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Route {
    /// Its method; means nothing for the catch-all.
    pub method: Method,
    /// Its path, with variables (`/productos/{id}`, `/{proxy+}`), or `$default`.
    pub path: String,
    /// Who is asked before it is taken; `None` for whom its link says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorizer: Option<String>,
    /// What a token must allow; empty for what its link says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// Requests per second in the long run; `None` for what the stage says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<i64>,
    /// Requests that may come at once; `None` for what the stage says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub burst: Option<i64>,
}

impl Default for Route {
    fn default() -> Self {
        Self {
            method: Method::Any,
            path: "/{proxy+}".to_owned(),
            authorizer: None,
            scopes: Vec::new(),
            rate: None,
            burst: None,
        }
    }
}

impl Route {
    /// What AWS knows it by: `GET /productos/{id}`, `$default`.
    pub fn key(&self) -> String {
        if self.path == DEFAULT_ROUTE { self.path.clone() } else { format!("{} {}", self.method.as_str(), self.path) }
    }

    /// Whether an API cannot have both: they are the same but for the names of variables.
    pub fn clashes_with(&self, other: &Self) -> bool {
        if self.path == DEFAULT_ROUTE || other.path == DEFAULT_ROUTE {
            return self.path == other.path;
        }
        let same = |(one, other): (Segment<'_>, Segment<'_>)| match (one, other) {
            (Segment::Variable(_), Segment::Variable(_)) | (Segment::Greedy(_), Segment::Greedy(_)) => true,
            _ => one == other,
        };
        // A path without its slash is malformed, and told as that.
        let whole = |route: &Self| route.path.starts_with('/');
        self.method == other.method
            && whole(self)
            && whole(other)
            && segments(&self.path).zip(segments(&other.path)).all(same)
            && segments(&self.path).count() == segments(&other.path).count()
    }

    /// The names of the variables in its path, in order.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        segments(&self.path).filter_map(|segment| match segment {
            Segment::Variable(name) | Segment::Greedy(name) => Some(name),
            _ => None,
        })
    }
}

/// A part of a path, between slashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::resources) enum Segment<'a> {
    /// Plain text.
    Text(&'a str),
    /// `{name}`: one part.
    Variable(&'a str),
    /// `{name+}`: this part and all that follow.
    Greedy(&'a str),
    /// Neither: braces within text, a variable without a name, characters that are not allowed.
    Bad(&'a str),
}

/// The parts of a path that begins with a slash.
pub(in crate::resources) fn segments(path: &str) -> impl Iterator<Item = Segment<'_>> {
    path.strip_prefix('/').filter(|rest| !rest.is_empty()).into_iter().flat_map(|rest| rest.split('/')).map(segment)
}

fn segment(text: &str) -> Segment<'_> {
    if let Some(inner) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        let name = inner.strip_suffix('+').unwrap_or(inner);
        let fits = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
        return match name {
            "" => Segment::Bad(text),
            _ if !name.bytes().all(fits) => Segment::Bad(text),
            _ if name.len() < inner.len() => Segment::Greedy(name),
            _ => Segment::Variable(name),
        };
    }
    let plain = |b: u8| b.is_ascii_graphic() && !b"{}?#<>\"\\^`|".contains(&b);
    if !text.is_empty() && text.bytes().all(plain) { Segment::Text(text) } else { Segment::Bad(text) }
}

/// What is wrong with the path of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathProblem {
    /// It does not begin with a slash.
    NoSlash,
    /// A part of it is malformed.
    Segment,
    /// A variable that takes all that follows is not the last part.
    GreedyNotLast,
    /// A variable occurs twice.
    Twice,
}

/// What is wrong with the path of a route, if anything.
pub fn path_problem(path: &str) -> Option<PathProblem> {
    if path == DEFAULT_ROUTE {
        return None;
    }
    if !path.starts_with('/') {
        return Some(PathProblem::NoSlash);
    }
    let all: Vec<Segment<'_>> = segments(path).collect();
    // A path may end with a slash: its last part is then empty.
    let last = all.len().saturating_sub(1);
    let bad = |(at, segment): (usize, &Segment<'_>)| match segment {
        Segment::Bad(text) => !(text.is_empty() && at == last),
        _ => false,
    };
    if all.iter().enumerate().any(bad) {
        return Some(PathProblem::Segment);
    }
    let greedy = all.iter().position(|segment| matches!(segment, Segment::Greedy(_)));
    if greedy.is_some_and(|at| at + 1 < all.len()) {
        return Some(PathProblem::GreedyNotLast);
    }
    let mut names = Vec::new();
    for segment in &all {
        if let Segment::Variable(name) | Segment::Greedy(name) = segment {
            if names.contains(name) {
                return Some(PathProblem::Twice);
            }
            names.push(name);
        }
    }
    None
}
