//! Paths of a REST API: a tree of resources, where HTTP APIs have a flat list.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings.html>

use crate::resources::routing::route::{self, DEFAULT_ROUTE, PathProblem, Segment, segments};

/// What is wrong with the path of a resource, if anything.
pub(super) fn path_problem(path: &str) -> Option<PathProblem> {
    if path == DEFAULT_ROUTE {
        return Some(PathProblem::NoSlash);
    }
    if path.len() > 1 && path.ends_with('/') {
        return Some(PathProblem::Segment);
    }
    // Fewer characters than in HTTP APIs.
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-:,".contains(&b));
    let bad = |segment| matches!(segment, Segment::Text(text) if !plain(text));
    route::path_problem(path).or_else(|| segments(path).any(bad).then_some(PathProblem::Segment))
}

/// The path that was meant, where it can be told.
pub(super) fn better_path(path: &str) -> Option<String> {
    let better = match path_problem(path)? {
        PathProblem::NoSlash if path == DEFAULT_ROUTE => "/{proxy+}".to_owned(),
        PathProblem::NoSlash => format!("/{path}"),
        PathProblem::Segment => path.replace("//", "/").replace(' ', "").trim_end_matches('/').to_owned(),
        PathProblem::GreedyNotLast => path.split_once("+}").map(|(kept, _)| format!("{kept}+}}"))?,
        PathProblem::Twice => return None,
    };
    path_problem(&better).is_none().then_some(better)
}

/// The variables of two paths that stand in one place under different names, which API Gateway refuses.
pub(super) fn sibling<'a>(one: &'a str, other: &'a str) -> Option<(&'a str, &'a str)> {
    if path_problem(one).is_some() || path_problem(other).is_some() {
        return None;
    }
    let variable = |part: &str| part.starts_with('{');
    let (left, right) = parts(one).zip(parts(other)).find(|(left, right)| left != right)?;
    (variable(left) && variable(right)).then_some((left, right))
}

/// The parts of a path, also of a malformed one.
pub(super) fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}
