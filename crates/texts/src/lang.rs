//! The languages that Trazo speaks.

/// A language that Trazo speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// Spanish.
    Es,
    /// English.
    En,
}

impl Lang {
    /// All languages, in the order in which menus list them.
    pub const ALL: [Self; 2] = [Self::Es, Self::En];

    /// The language's code, as in the `lang` attribute of a page and in `--lang`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// The language that suits a tag such as a browser (`es-PE`) or a terminal (`es_ES.UTF-8`) gives: Spanish for
    /// all kinds of Spanish, English for everything else.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        let primary = tag.trim().split(['-', '_', '.', '@']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("es") { Self::Es } else { Self::En }
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn any_spanish_is_spanish_and_all_else_is_english() {
        for tag in ["es", "es-PE", "ES", "es-419", "es_MX.UTF-8", " es-ES"] {
            assert_eq!(Lang::from_tag(tag), Lang::Es, "{tag}");
        }
        for tag in ["en-GB", "", "C", "C.UTF-8", "est", "de-DE", "-es"] {
            assert_eq!(Lang::from_tag(tag), Lang::En, "{tag}");
        }
    }

    #[test]
    fn a_code_names_its_language() {
        for lang in Lang::ALL {
            assert_eq!(Lang::from_tag(lang.code()), lang);
        }
    }
}
