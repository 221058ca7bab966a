//! Words for a person, as data: the texts themselves are in `locales/`.

/// A text key and what goes into its places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// The key of the text.
    pub key: &'static str,
    /// What goes into its named places.
    pub args: Vec<(&'static str, String)>,
    /// The number that chooses between one and many, where the text has both forms.
    pub count: Option<i64>,
}

impl Phrase {
    /// A text without places.
    pub fn new(key: &'static str) -> Self {
        Self { key, ..Self::default() }
    }

    /// A text with forms for one and for many.
    pub fn counted(key: &'static str, count: i64) -> Self {
        Self { key, args: Vec::new(), count: Some(count) }
    }

    /// Words that are the same in every language: a path, a size, a name. Its key is `plain`, its place `text`.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new("plain").with("text", text)
    }

    /// What goes into its places, in words.
    pub fn filled(&self, text: &dyn Fn(&str) -> Option<String>) -> Vec<(&'static str, String)> {
        filled(&self.args, text)
    }

    /// Fills the place `name`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// What goes into the places of a text, in words: some values are names that have a text themselves (a rule, a kind, a choice,
/// a type, a reason). `text` looks a key up.
pub fn filled(args: &[(&'static str, String)], text: &dyn Fn(&str) -> Option<String>) -> Vec<(&'static str, String)> {
    let said = |place: &str, value: &str| {
        let key = match place {
            "rule" => format!("rule.{value}"),
            "kind" | "from" | "to" | "group" => format!("kind.{value}.name"),
            "value" | "choice" => format!("choice.{value}"),
            "expected" => format!("errors.type.{value}"),
            "reason" => value.to_owned(),
            _ => return value.to_owned(),
        };
        text(&key).unwrap_or_else(|| value.to_owned())
    };
    args.iter().map(|(place, value)| (*place, said(place, value))).collect()
}
