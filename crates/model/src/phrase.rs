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

    /// Fills the place `name`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}
