//! Reading values.

use std::ops::Range;

/// Which way a mapping goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// From the client to the backend.
    Request,
    /// From the backend to the client.
    Response,
}

impl Side {
    /// The word that expressions of this side begin with.
    pub fn root(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

/// What is wrong with the value of a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueProblem {
    /// A `${` has no `}`.
    Open,
    /// There is no such source: the word that was found.
    Source(String),
    /// A source lacks the name of what is read from it.
    Name(String),
    /// A JSON path has what API Gateway does not support: `..` or a filter.
    JsonPath(String),
}

/// A problem, and the bytes of the value that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadValue {
    /// What is wrong.
    pub problem: ValueProblem,
    /// Where.
    pub at: Range<usize>,
}

/// What an expression reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source<'a> {
    /// A header; capitals and small letters are alike.
    Header(&'a str),
    /// A parameter of the query string.
    Query(&'a str),
    /// The path, without the stage's name.
    Path,
    /// A variable in the path of the route.
    Variable(&'a str),
    /// The body, or what a JSON path leads to in it (`""` for all of it).
    Body(&'a str),
    /// What API Gateway knows of the call.
    Context(&'a str),
    /// A variable of the stage.
    Stage(&'a str),
}

/// A part of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// What stands there.
    Text(&'a str),
    /// An expression.
    Expression {
        /// Without `$` and braces: `request.header.x`.
        text: &'a str,
        /// Where it begins, at its `$`.
        at: usize,
        /// Whether it stands in braces.
        braced: bool,
    },
    /// `${` without an end, and where it begins.
    Open(usize),
}

/// The parts of a value.
pub fn pieces(value: &str) -> Vec<Piece<'_>> {
    if let Some(text) = value.strip_prefix('$').filter(|rest| !rest.starts_with('{')) {
        // What begins with an expression is nothing else: text beside it asks for braces.
        return vec![Piece::Expression { text, at: 0, braced: false }];
    }
    let mut all = Vec::new();
    let (mut done, mut from) = (0, 0);
    while let Some(found) = value[from..].find('$') {
        let at = from + found;
        let rest = &value[at + 1..];
        let (text, braced, end) = if let Some(inner) = rest.strip_prefix('{') {
            let Some(close) = inner.find('}') else {
                all.extend((at > done).then(|| Piece::Text(&value[done..at])));
                all.push(Piece::Open(at));
                return all;
            };
            (&inner[..close], true, at + close + 3)
        } else if begins_expression(rest) {
            let length = bare_end(rest);
            (&rest[..length], false, at + 1 + length)
        } else {
            from = at + 1;
            continue;
        };
        all.extend((at > done).then(|| Piece::Text(&value[done..at])));
        all.push(Piece::Expression { text, at, braced });
        (done, from) = (end, end);
    }
    all.extend((done < value.len()).then(|| Piece::Text(&value[done..])));
    all
}

/// Whether a bare `$` before this text is meant as an expression: it names one of the roots.
fn begins_expression(rest: &str) -> bool {
    ["request.", "response.", "context.", "stageVariables."].iter().any(|root| rest.starts_with(root))
}

/// The value with braces around an expression that it begins with, where text follows it.
pub fn braced(value: &str) -> Option<String> {
    let rest = value.strip_prefix('$').filter(|rest| begins_expression(rest))?;
    let (inner, after) = rest.split_at(bare_end(rest));
    (!after.is_empty()).then(|| format!("${{{inner}}}{after}"))
}

/// The value with braces around each expression; `None` where all have them already, or need none.
pub fn all_braced(value: &str) -> Option<String> {
    let parts = pieces(value);
    let loose = parts.len() > 1 && parts.iter().any(|part| matches!(part, Piece::Expression { braced: false, .. }));
    let write = |part: &Piece<'_>| match part {
        Piece::Text(text) => (*text).to_owned(),
        Piece::Expression { text, .. } => format!("${{{text}}}"),
        Piece::Open(at) => value[*at..].to_owned(),
    };
    loose.then(|| parts.iter().map(write).collect())
}

fn bare_end(rest: &str) -> usize {
    let end = rest.bytes().position(|b| !(b.is_ascii_alphanumeric() || b"._-[]*".contains(&b))).unwrap_or(rest.len());
    // A full stop after it ends a sentence.
    if end < rest.len() { rest[..end].trim_end_matches('.').len() } else { end }
}

/// Reads a value: its parts, or the first thing that is wrong with it.
///
/// # Errors
/// Where an expression is not closed or reads what API Gateway does not know.
pub fn parse(value: &str, side: Side) -> Result<Vec<(Piece<'_>, Option<Source<'_>>)>, BadValue> {
    let read = |piece| match piece {
        Piece::Text(_) => Ok((piece, None)),
        Piece::Open(at) => Err(BadValue { problem: ValueProblem::Open, at: at..value.len() }),
        Piece::Expression { text, at, braced } => match source(text, side) {
            Ok(source) => Ok((piece, Some(source))),
            Err(problem) => {
                let length = text.len() + if braced { 3 } else { 1 };
                Err(BadValue { problem, at: at..at + length })
            }
        },
    };
    pieces(value).into_iter().map(read).collect()
}

/// What is wrong with a value, if anything.
pub fn value_problem(value: &str, side: Side) -> Option<ValueProblem> {
    parse(value, side).err().map(|bad| bad.problem)
}

/// What a value gives; `None` where it is one expression that finds nothing. Within text, what is not found is left out.
///
/// # Errors
/// As [`parse`].
pub fn fill(value: &str, side: Side, read: &dyn Fn(Source<'_>) -> Option<String>) -> Result<Option<String>, BadValue> {
    let parts = parse(value, side)?;
    if let [(_, Some(source))] = parts.as_slice() {
        return Ok(read(*source));
    }
    let mut text = String::new();
    for (piece, source) in parts {
        match (piece, source) {
            (Piece::Text(words), _) => text.push_str(words),
            (_, Some(source)) => text.push_str(&read(source).unwrap_or_default()),
            (_, None) => {}
        }
    }
    Ok(Some(text))
}

fn source(expression: &str, side: Side) -> Result<Source<'_>, ValueProblem> {
    let (root, rest) = expression.split_once('.').unwrap_or((expression, ""));
    let shown = || format!("${expression}");
    let named = |good: bool, source| if good { Ok(source) } else { Err(ValueProblem::Name(shown())) };
    match root {
        "context" => {
            let fits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            named(rest.split('.').all(fits), Source::Context(rest))
        }
        "stageVariables" => named(is_variable(rest), Source::Stage(rest)),
        _ if root == side.root() => part(rest, side).map_err(|problem| problem(shown())),
        _ => Err(ValueProblem::Source(shown())),
    }
}

/// Letters, digits and underscores: the name of a variable of a stage.
pub(crate) fn is_variable(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// `header.x`, `querystring.x`, `path`, `path.x`, `body`, `body.x`.
fn part(rest: &str, side: Side) -> Result<Source<'_>, fn(String) -> ValueProblem> {
    let (part, name) = rest.split_once('.').map_or((rest, None), |(part, name)| (part, Some(name)));
    let token = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic() && !b"(),/:;<=>?@[\\]{}\"".contains(&b))
    };
    let variable =
        |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    let request = side == Side::Request;
    match (part, name) {
        ("header", Some(name)) if token(name) => Ok(Source::Header(name)),
        ("querystring", Some(name)) if request && !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic()) => {
            Ok(Source::Query(name))
        }
        ("path", None) if request => Ok(Source::Path),
        ("path", Some(name)) if request && variable(name) => Ok(Source::Variable(name)),
        ("body", None) => Ok(Source::Body("")),
        ("body", Some(path)) if path.contains("..") || path.starts_with('.') || path.contains("?(") => {
            Err(ValueProblem::JsonPath)
        }
        ("body", Some(path)) if !path.is_empty() => Ok(Source::Body(path)),
        ("header" | "body", _) => Err(ValueProblem::Name),
        ("querystring" | "path", _) if request => Err(ValueProblem::Name),
        _ => Err(ValueProblem::Source),
    }
}

/// The context variables of HTTP APIs; those that end in a full stop take any name after it
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html>).
pub const CONTEXT: &[&str] = &[
    "requestId",
    "identity.sourceIp",
    "identity.userAgent",
    "httpMethod",
    "path",
    "routeKey",
    "stage",
    "domainName",
    "domainPrefix",
    "apiId",
    "accountId",
    "protocol",
    "requestTime",
    "requestTimeEpoch",
    "extendedRequestId",
    "authorizer.",
    "identity.accountId",
    "identity.caller",
    "identity.cognitoAuthenticationProvider",
    "identity.cognitoAuthenticationType",
    "identity.cognitoIdentityId",
    "identity.cognitoIdentityPoolId",
    "identity.principalOrgId",
    "identity.clientCert.",
    "identity.user",
    "identity.userArn",
    "awsEndpointRequestId",
    "awsEndpointRequestId2",
    "customDomain.basePathMatched",
    "dataProcessed",
    "error.message",
    "error.messageString",
    "error.responseType",
    "integration.error",
    "integration.integrationStatus",
    "integration.latency",
    "integration.requestId",
    "integration.status",
    "integrationErrorMessage",
    "integrationLatency",
    "integrationStatus",
    "responseLatency",
    "responseLength",
    "status",
];

/// Whether API Gateway knows a context variable.
pub fn is_known_context(name: &str) -> bool {
    CONTEXT.iter().any(|known| *known == name || (known.ends_with('.') && name.starts_with(known)))
}
