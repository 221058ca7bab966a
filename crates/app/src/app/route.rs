//! Where in the page one is: the part of the address after `#`.

use web_sys::window;

/// A place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// `#/`, or nothing.
    Start,
    /// `#/d/<id>`: a design that this browser keeps.
    Design(String),
    /// `#/new`, `#/new?template=<key>`: makes a design and goes there.
    New(Option<String>),
    /// Anything else.
    Unknown,
}

impl Route {
    /// Where the address points.
    pub(crate) fn here() -> Self {
        let hash = window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
        Self::parse(&hash)
    }

    fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches('#');
        if path.is_empty() || path == "/" {
            return Self::Start;
        }
        if let Some(id) = path.strip_prefix("/d/") {
            return if id.is_empty() { Self::Unknown } else { Self::Design(id.to_owned()) };
        }
        match path.strip_prefix("/new") {
            Some("") => Self::New(None),
            Some(query) => match query.strip_prefix("?template=") {
                Some(key) => Self::New(Some(key.to_owned())),
                None => Self::Unknown,
            },
            None => Self::Unknown,
        }
    }

    /// The address of a place.
    pub(crate) fn address(&self) -> String {
        match self {
            Self::Start | Self::Unknown => "#/".to_owned(),
            Self::Design(id) => format!("#/d/{id}"),
            Self::New(None) => "#/new".to_owned(),
            Self::New(Some(template)) => format!("#/new?template={template}"),
        }
    }

    /// Goes there; the way back leads here.
    pub(crate) fn go(&self) {
        if let Some(window) = window() {
            let _ = window.location().set_hash(&self.address());
        }
    }

    /// Writes the address of where one already is; the way back leads to where one was before, or before that if
    /// `replace`.
    pub(crate) fn write(&self, replace: bool) {
        let Some(history) = window().and_then(|window| window.history().ok()) else { return };
        let (state, address) = (wasm_bindgen::JsValue::NULL, self.address());
        // A page from a file system may not write its address: it then stays as it is.
        let _ = if replace {
            history.replace_state_with_url(&state, "", Some(&address))
        } else {
            history.push_state_with_url(&state, "", Some(&address))
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_the_place_that_it_was_made_for() {
        let places = [
            Route::Start,
            Route::Design("k3v9".to_owned()),
            Route::New(None),
            Route::New(Some("tienda-virtual".to_owned())),
        ];
        for place in places {
            assert_eq!(Route::parse(&place.address()), place);
        }
        assert_eq!(Route::parse(""), Route::Start);
    }

    #[test]
    fn what_leads_nowhere_is_known_as_such() {
        for hash in ["#/d/", "#/x", "#new", "#/newest", "#/new?x=1", "#heading"] {
            assert_eq!(Route::parse(hash), Route::Unknown, "{hash}");
        }
    }
}
