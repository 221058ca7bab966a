//! Ids of stored designs, names of files.

/// A new id: ten characters that can stand in an address.
pub(crate) fn fresh_id() -> String {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let sign = |_| char::from(SIGNS[(js_sys::Math::random() * 32.0) as usize % 32]);
    (0..10).map(sign).collect()
}

/// The name of the file in which a design of this name is saved.
pub(crate) fn file_name(name: &str) -> String {
    // What one of the usual file systems refuses.
    let safe = |c: char| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '-' } else { c };
    let name: String = name.trim().trim_matches('.').chars().take(80).map(safe).collect();
    let name = if name.is_empty() { "trazo" } else { &name };
    format!("{name}.trazo.json")
}

/// The name for a design that came from a file of this name.
pub(crate) fn of_file(file: &str) -> &str {
    let stem = file.strip_suffix(".json").unwrap_or(file);
    stem.strip_suffix(".trazo").unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_as_the_design_where_file_systems_allow() {
        assert_eq!(file_name("Tienda Virtual"), "Tienda Virtual.trazo.json");
        assert_eq!(file_name("añadir/quitar: ¿sí?"), "añadir-quitar- ¿sí-.trazo.json");
        assert_eq!(file_name("  ..\u{7}.. "), "-.trazo.json");
        assert_eq!(file_name(" "), "trazo.trazo.json");
        assert_eq!(file_name(&"ñ".repeat(500)).chars().count(), 80 + ".trazo.json".len());
    }

    #[test]
    fn a_design_is_called_as_the_file() {
        for file in ["red.trazo.json", "red.json", "red"] {
            assert_eq!(of_file(file), "red");
        }
    }
}
