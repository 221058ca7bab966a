//! Which route takes a request.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html>

use super::route::{DEFAULT_ROUTE, Method, Route, Segment, segments};
use crate::mapping::sample::Pair;

/// How well a route fits: the kinds of its parts (text before variable before greedy variable), then whether it names the
/// method. Less is better.
type Rank = (Vec<u8>, bool);

/// A route fits: its variables, and how well.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fit {
    rank: Rank,
    variables: Vec<Pair>,
}

/// The position of the route that takes a request, and the variables of its path. Of several that fit, the most specific one.
pub fn choose(routes: &[&Route], method: &str, path: &str) -> Option<(usize, Vec<Pair>)> {
    let fits = routes.iter().enumerate().filter_map(|(at, route)| Some((fit(route, method, path)?, at)));
    let (best, at) = fits.min_by(|(one, _), (other, _)| one.rank.cmp(&other.rank))?;
    Some((at, best.variables))
}

fn fit(route: &Route, method: &str, path: &str) -> Option<Fit> {
    if route.path == DEFAULT_ROUTE {
        return Some(Fit { rank: (vec![u8::MAX], true), variables: Vec::new() });
    }
    let any = route.method == Method::Any;
    if !any && !route.method.as_str().eq_ignore_ascii_case(method) {
        return None;
    }
    let mut parts = path.strip_prefix('/')?.split('/').peekable();
    let (mut kinds, mut variables) = (Vec::new(), Vec::new());
    if route.path == "/" {
        return (path == "/").then_some(Fit { rank: (kinds, any), variables });
    }
    if !route.path.starts_with('/') {
        return None;
    }
    for segment in segments(&route.path) {
        match segment {
            Segment::Greedy(name) => {
                let rest = parts.collect::<Vec<_>>().join("/");
                let found = !rest.is_empty();
                variables.push((name.to_owned(), rest));
                kinds.push(2);
                return found.then_some(Fit { rank: (kinds, any), variables });
            }
            Segment::Variable(name) => {
                let value = parts.next().filter(|part| !part.is_empty())?;
                variables.push((name.to_owned(), value.to_owned()));
                kinds.push(1);
            }
            Segment::Text(text) | Segment::Bad(text) => {
                parts.next().filter(|part| *part == text)?;
                kinds.push(0);
            }
        }
    }
    parts.peek().is_none().then_some(Fit { rank: (kinds, any), variables })
}
