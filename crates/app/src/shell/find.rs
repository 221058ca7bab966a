//! Finding by what somebody types: without regard to case and accents.

use trazo_model::lowering::without_accent;

/// Letters as they are compared: small, without accents.
pub(crate) fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(without_accent).collect()
}

/// What is looked for: words that all have to occur.
pub(crate) struct Wanted {
    words: Vec<String>,
}

impl Wanted {
    /// What `query` asks for.
    pub(crate) fn new(query: &str) -> Self {
        Self { words: fold(query).split_whitespace().map(str::to_owned).collect() }
    }

    /// Whether nothing is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether each word occurs in one of the texts.
    pub(crate) fn fits_any(&self, texts: &[&str]) -> bool {
        let texts: Vec<String> = texts.iter().map(|text| fold(text)).collect();
        self.words.iter().all(|word| texts.iter().any(|text| text.contains(word)))
    }
}

/// How well a text answers a query of which the letters occur in order; `None` where they do not. More is better: letters
/// that follow each other, and those at the beginnings of words.
pub(crate) fn score(query: &str, text: &str) -> Option<i32> {
    let (query, text) = (fold(query), fold(text));
    let mut letters = query.chars().filter(|letter| !letter.is_whitespace()).peekable();
    let (mut total, mut run, mut at_start) = (0, 0, true);
    for letter in text.chars() {
        if letters.peek() == Some(&letter) {
            letters.next();
            run += 1;
            total += run * 2 + if at_start { 8 } else { 0 };
        } else {
            run = 0;
            total -= 1;
        }
        at_start = !letter.is_alphanumeric();
    }
    // A whole word beats scattered letters, whatever else there is.
    let whole = if !query.trim().is_empty() && text.contains(query.trim()) { 60 } else { 0 };
    letters.peek().is_none().then_some(total + whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_do_not_matter() {
        let wanted = Wanted::new("Definicion TAREA");
        assert!(wanted.fits_any(&["Definición de tarea"]));
        assert!(wanted.fits_any(&["Definición", "una tarea"]));
        assert!(!wanted.fits_any(&["Definición"]));
        assert!(Wanted::new("  ").is_empty());
    }

    #[test]
    fn what_begins_a_word_comes_first() {
        let order = |query: &str, better: &str, worse: &str| {
            assert!(score(query, better) > score(query, worse), "{query}: {better} / {worse}");
        };
        order("ser", "Añadir Servicio", "Añadir Usuarios exteriores");
        order("tc", "Tema claro", "Notación");
        order("vpc", "VPC", "Ver el panel completo");
        assert_eq!(score("xyz", "Añadir Servicio"), None);
        assert!(score("", "Deshacer").is_some());
    }
}
