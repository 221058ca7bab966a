//! The files of the page.

use std::path::{Path, PathBuf};

/// The page in a folder.
#[derive(Clone, Debug)]
pub(crate) struct Site(PathBuf);

impl Site {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// The file that a target means, with its media type.
    pub(crate) fn read(&self, target: &str) -> Option<(Vec<u8>, &'static str)> {
        let file = self.0.join(inner(target)?);
        // What a folder is read as differs between systems; none is a page.
        let bytes = if file.is_file() { std::fs::read(&file).ok()? } else { return None };
        Some((bytes, media_type(&file)))
    }
}

/// The path within the folder: no hidden file, no way out of it, no drive or stream of Windows.
fn inner(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?;
    let mut out = PathBuf::new();
    let mut last = "";
    for part in path.split('/') {
        last = part;
        if part.is_empty() {
            continue;
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if part.starts_with('.') || !part.bytes().all(plain) {
            return None;
        }
        out.push(part);
    }
    if last.is_empty() {
        out.push("index.html");
    }
    Some(out)
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|end| end.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_means_its_index() {
        assert_eq!(inner("/"), Some("index.html".into()));
        assert_eq!(inner("/?a=1"), Some("index.html".into()));
        assert_eq!(inner("/schema/a-1.json"), Some("schema/a-1.json".into()));
        assert_eq!(inner("/schema/"), Some("schema/index.html".into()));
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        for target in ["/../x", "/a/../../x", "/%2e%2e/x", "/.git/config", "/a/..%2fx", "/c:/x", "/a\\..\\x", "/\u{e9}"]
        {
            assert_eq!(inner(target), None, "{target}");
        }
    }
}
