//! The runtimes that Lambda has, and those that it had.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html>

/// A language, as far as it decides what a handler is called and whether code may stand in the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Node.js: `file.export`; inline code becomes `index.js`, a CommonJS module.
    Node,
    /// Python: `module.function`; inline code becomes `index.py`.
    Python,
    /// Ruby: `file.method`.
    Ruby,
    /// Java, .NET and what brings its own runtime: handlers have other forms.
    Other,
}

impl Language {
    /// Whether CloudFormation takes its code inline
    /// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html>).
    pub fn may_be_inline(self) -> bool {
        matches!(self, Self::Node | Self::Python)
    }
}

/// The language of a runtime, by the beginning of its id.
pub fn language(runtime: &str) -> Language {
    if runtime.starts_with("nodejs") {
        Language::Node
    } else if runtime.starts_with("python") {
        Language::Python
    } else if runtime.starts_with("ruby") {
        Language::Ruby
    } else {
        Language::Other
    }
}

/// Runtimes that AWS maintains: id and name, in the order in which they are offered.
pub const SUPPORTED: [(&str, &str); 19] = [
    ("python3.14", "Python 3.14"),
    ("python3.13", "Python 3.13"),
    ("python3.12", "Python 3.12"),
    ("python3.11", "Python 3.11"),
    ("nodejs24.x", "Node.js 24"),
    ("nodejs22.x", "Node.js 22"),
    ("java25", "Java 25"),
    ("java21", "Java 21"),
    ("java17.al2023", "Java 17"),
    ("java17", "Java 17 (Amazon Linux 2)"),
    ("java11.al2023", "Java 11"),
    ("java11", "Java 11 (Amazon Linux 2)"),
    ("java8.al2023", "Java 8"),
    ("java8.al2", "Java 8 (Amazon Linux 2)"),
    ("dotnet10", ".NET 10"),
    ("ruby4.0", "Ruby 4.0"),
    ("ruby3.4", "Ruby 3.4"),
    ("ruby3.3", "Ruby 3.3"),
    ("provided.al2023", "Amazon Linux 2023"),
];

/// Runtimes that still run, and can still be chosen, but get no security fixes any more.
const DEPRECATED: [&str; 10] = [
    "python3.10",
    "python3.9",
    "python3.8",
    "nodejs20.x",
    "nodejs18.x",
    "nodejs16.x",
    "dotnet8",
    "dotnet6",
    "ruby3.2",
    "provided.al2",
];

/// Runtimes with which AWS makes no new function any more.
const BLOCKED: [&str; 20] = [
    "python3.7",
    "python3.6",
    "python2.7",
    "nodejs14.x",
    "nodejs12.x",
    "nodejs10.x",
    "nodejs8.10",
    "nodejs6.10",
    "nodejs4.3",
    "nodejs4.3-edge",
    "nodejs",
    "java8",
    "dotnetcore3.1",
    "dotnetcore2.1",
    "dotnetcore2.0",
    "dotnetcore1.0",
    "go1.x",
    "ruby2.7",
    "ruby2.5",
    "provided",
];

/// How a runtime stands with AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is maintained.
    Supported,
    /// It runs, without fixes.
    Deprecated,
    /// No function can be made with it.
    Blocked,
    /// There never was such a one.
    Unknown,
}

/// How a runtime stands with AWS.
pub fn standing(runtime: &str) -> Standing {
    if SUPPORTED.iter().any(|(id, _)| *id == runtime) {
        Standing::Supported
    } else if DEPRECATED.contains(&runtime) {
        Standing::Deprecated
    } else if BLOCKED.contains(&runtime) {
        Standing::Blocked
    } else {
        Standing::Unknown
    }
}

/// The maintained runtime that takes the place of an old one: the newest of its kind.
pub fn successor(runtime: &str) -> &'static str {
    match runtime.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default() {
        "python" => "python3.14",
        "java" => "java25",
        "dotnet" | "dotnetcore" => "dotnet10",
        "ruby" => "ruby4.0",
        "nodejs" => "nodejs24.x",
        // Go and what was built for an older Amazon Linux run on the newer one.
        _ => "provided.al2023",
    }
}

/// The name that people know a runtime by; its id where it has no other.
pub fn label(runtime: &str) -> &str {
    SUPPORTED.iter().find(|(id, _)| *id == runtime).map_or(runtime, |(_, name)| name)
}

/// A function that answers: what a new one begins with. `None` for languages whose code cannot stand in the template.
pub fn sample(runtime: &str) -> Option<&'static str> {
    match language(runtime) {
        Language::Python => Some(PYTHON),
        Language::Node => Some(NODE),
        Language::Ruby | Language::Other => None,
    }
}

const PYTHON: &str = "import json


def handler(event, context):
    return {
        \"statusCode\": 200,
        \"headers\": {\"content-type\": \"application/json\"},
        \"body\": json.dumps({\"path\": event.get(\"rawPath\")}),
    }
";

const NODE: &str = "exports.handler = async (event) => ({
  statusCode: 200,
  headers: { \"content-type\": \"application/json\" },
  body: JSON.stringify({ path: event.rawPath }),
});
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_runtimes_have_a_maintained_successor_of_their_own_language() {
        for old in DEPRECATED.iter().chain(&BLOCKED) {
            let new = successor(old);
            assert_eq!(standing(new), Standing::Supported, "{old}");
            assert_eq!(language(new), language(old), "{old}");
        }
        assert_eq!(["go1.x", "java8", "nodejs4.3-edge"].map(successor), ["provided.al2023", "java25", "nodejs24.x"]);
    }

    #[test]
    fn names() {
        assert_eq!(["nodejs24.x", "python3.9"].map(label), ["Node.js 24", "python3.9"]);
        assert_eq!(standing("cobol1"), Standing::Unknown);
    }
}
