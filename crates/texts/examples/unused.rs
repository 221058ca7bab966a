//! Lists the texts of page and command line that no source names any more: `cargo run -p trazo-texts --example unused`.
//!
//! Texts of kinds, fields and checks are left out: their keys are put together from tables.

#[expect(dead_code, reason = "only the test names places")]
#[path = "../tests/used/literals.rs"]
mod literals;

fn main() {
    let used = literals::all();
    let named = |key: &str| {
        let base = key.strip_suffix(".one").or_else(|| key.strip_suffix(".other"));
        used.iter().any(|used| {
            if used.open { key.starts_with(&used.key) } else { used.key == key || base == Some(used.key.as_str()) }
        })
    };
    let listed =
        |key: &&str| ["ui.", "cli.", "edit.", "errors.", "summary."].iter().any(|first| key.starts_with(first));
    for key in trazo_texts::keys().filter(listed).filter(|key| !named(key)) {
        println!("{key}");
    }
}
