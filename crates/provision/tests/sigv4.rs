//! Trazo's signer against the published test suites. The page's tests run the same in wasm.

#[cfg(test)]
#[path = "sigv4/vectors.rs"]
mod vectors;

#[test]
fn the_suite_of_aws_c_auth() {
    let (cases, faults) = vectors::run(vectors::AWS_C_AUTH);
    assert_eq!(cases, 38);
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn the_suite_of_botocore() {
    let (cases, faults) = vectors::run(vectors::BOTOCORE);
    assert_eq!(cases, 34);
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn a_wrong_signature_is_found() {
    let broken = vectors::BOTOCORE.replacen("Signature=", "Signature=0", 1);
    let (_, faults) = vectors::run(&broken);
    assert_eq!(faults.len(), 1);
}
