//! What is marked within a text: arguments in braces, code in backticks.

/// Puts the arguments where a text names them. `{{` and `}}` stand for the braces themselves. What an argument holds
/// is not looked at again.
pub(crate) fn fill(text: &str, args: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, from)) = rest.find(['{', '}']).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(before);
        rest = if let Some(after) = from.strip_prefix("{{") {
            out.push('{');
            after
        } else if let Some(after) = from.strip_prefix("}}") {
            out.push('}');
            after
        } else if let Some((value, after)) = argument(from, args) {
            out.push_str(value);
            after
        } else {
            // A brace alone, or around a name that was not handed over.
            let mut chars = from.chars();
            out.extend(chars.next());
            chars.as_str()
        };
    }
    out.push_str(rest);
    out
}

/// The value of the argument that `from` begins with, and what follows it.
fn argument<'a>(from: &'a str, args: &[(&str, &'a str)]) -> Option<(&'a str, &'a str)> {
    let (name, after) = from.strip_prefix('{')?.split_once('}')?;
    let (_, value) = args.iter().find(|arg| arg.0 == name)?;
    Some((value, after))
}

/// A stretch of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// Words.
    Plain(&'a str),
    /// What was in backticks: a name or value that is typed exactly so.
    Code(&'a str),
}

/// Cuts a text at its backticks, so that code can be set as code. Empty stretches are left out; a backtick without
/// its fellow stays as it is.
pub fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    let mut code = None;
    std::iter::from_fn(move || {
        if let Some(code) = code.take() {
            return Some(Part::Code(code));
        }
        if rest.is_empty() {
            return None;
        }
        let cut = rest.split_once('`').and_then(|(before, from)| Some((before, from.split_once('`')?)));
        let Some((before, (inside, after))) = cut else {
            return Some(Part::Plain(std::mem::take(&mut rest)));
        };
        rest = after;
        code = Some(inside);
        if before.is_empty() { code.take().map(Part::Code) } else { Some(Part::Plain(before)) }
    })
    .filter(|part| *part != Part::Code(""))
}

#[cfg(test)]
mod tests {
    use super::{Part, fill, parts};

    #[test]
    fn arguments_take_their_places_by_name() {
        let args = [("kind", "Servicio"), ("n", "3")];
        assert_eq!(fill("{n} × {kind} ({n})", &args), "3 × Servicio (3)");
        assert_eq!(fill("Sin argumentos", &args), "Sin argumentos");
    }

    #[test]
    fn braces_of_aws_can_be_written() {
        assert_eq!(fill("${{request.path}} → {path}", &[("path", "/x")]), "${request.path} → /x");
        assert_eq!(fill("{{}}", &[]), "{}");
    }

    #[test]
    fn what_an_argument_holds_is_left_alone() {
        assert_eq!(fill("{a}{b}", &[("a", "{b}"), ("b", "}}{{")]), "{b}}}{{");
    }

    #[test]
    fn no_text_however_odd_is_lost() {
        for text in ["{", "}", "{a", "a}", "{missing}", "{á}", "ñ{", "{ {a"] {
            assert_eq!(fill(text, &[("x", "y")]), text);
        }
        assert_eq!(fill("{ {x}", &[("x", "y")]), "{ y");
    }

    #[test]
    fn code_is_told_from_words() {
        let cut = |text| parts(text).collect::<Vec<_>>();
        assert_eq!(
            cut("Usa `awsvpc` o `host`."),
            [Part::Plain("Usa "), Part::Code("awsvpc"), Part::Plain(" o "), Part::Code("host"), Part::Plain(".")]
        );
        assert_eq!(cut("`a``b`"), [Part::Code("a"), Part::Code("b")]);
        assert_eq!(cut("uno ` solo"), [Part::Plain("uno ` solo")]);
        assert_eq!(cut("a `` b"), [Part::Plain("a "), Part::Plain(" b")]);
        assert_eq!(cut(""), []);
    }
}
