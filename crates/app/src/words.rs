//! Texts in the language that was chosen. Each of these reads the language's signal, so that a closure around it is run again
//! when the language changes.

use trazo_model::Phrase;

use crate::prefs::lang;

/// The text of a key.
pub(crate) fn t(key: &str) -> String {
    trazo_texts::text(lang(), key, &[])
}

/// The text of a key with named places.
pub(crate) fn t_with(key: &str, args: &[(&str, &str)]) -> String {
    trazo_texts::text(lang(), key, args)
}

/// The text of a key for a number of things.
pub(crate) fn t_count(key: &str, n: usize) -> String {
    trazo_texts::count(lang(), key, n, &[])
}

/// The words of a phrase.
pub(crate) fn say(phrase: &Phrase) -> String {
    trazo_texts::phrase(lang(), phrase.key, phrase.count, &phrase.args)
}

/// The words of a phrase in whose places names of other texts stand.
pub(crate) fn say_why(phrase: &Phrase) -> String {
    trazo_texts::phrase(lang(), phrase.key, phrase.count, &phrase.filled(&t_if)).trim_end().to_owned()
}

/// The words of several phrases, parted by dots.
pub(crate) fn say_all(phrases: &[Phrase]) -> String {
    phrases.iter().map(say).collect::<Vec<_>>().join(" · ")
}

/// The text of a key where there is one.
pub(crate) fn t_if(key: &str) -> Option<String> {
    trazo_texts::has(key).then(|| t(key))
}
