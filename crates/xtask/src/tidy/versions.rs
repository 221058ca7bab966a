//! Versions that must agree, and files that must not name a machine.

use super::read;

#[test]
fn both_halves_of_the_wasm_glue_are_of_one_version() {
    let version = crate::tools::WASM_BINDGEN_VERSION;
    assert!(read("Cargo.toml").contains(&format!("wasm-bindgen = \"={version}\"")));
    assert!(read("Trunk.toml").contains(&format!("wasm_bindgen = \"{version}\"")));
    assert!(read("Cargo.lock").contains(&format!("name = \"wasm-bindgen\"\nversion = \"{version}\"")));
}

#[test]
fn the_lock_file_of_the_tests_names_no_registry() {
    assert!(!read("tests/package-lock.json").contains("\"resolved\""));
}
