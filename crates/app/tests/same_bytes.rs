//! A browser reads and writes designs to the byte as any other machine does.
#![cfg(target_arch = "wasm32")]

use trazo_formats::{manifest, templates};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Written by a native Trazo.
const DESIGNS: [&str; 2] = [
    include_str!("../../../tests/fixtures/lab-privado.trazo.json"),
    include_str!("../../../tests/fixtures/private-network.trazo.json"),
];

#[wasm_bindgen_test]
fn designs_are_written_as_they_were_read() {
    for text in DESIGNS {
        let again = manifest::read(text).map(|design| manifest::write(&design));
        assert_eq!(again.ok().as_deref(), Some(text));
    }
}

#[wasm_bindgen_test]
fn every_template_opens() {
    assert!(!templates::ALL.is_empty());
    for template in templates::ALL {
        assert!(template.design().is_ok_and(|design| !design.is_empty()), "{}", template.key);
    }
}
