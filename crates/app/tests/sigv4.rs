//! The signer signs in a browser as it does natively.
#![cfg(target_arch = "wasm32")]

#[cfg(test)]
#[path = "../../provision/tests/sigv4/vectors.rs"]
mod vectors;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_published_suites_are_signed() {
    for (suite, number) in [(vectors::AWS_C_AUTH, 38), (vectors::BOTOCORE, 34)] {
        let (cases, faults) = vectors::run(suite);
        assert_eq!(cases, number);
        assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    }
}
