//! How long the longest files of each shape take to be read, by the format that takes longest.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program that measures tells what it measured")]

#[path = "../tests/fuzz_changes/mod.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod fuzz_changes;

use std::fs;
use std::path::Path;
use std::time::Instant;

use trazo_formats::import;

/// A file of 5 MB is answered within 2 seconds.
const BUDGET: u32 = 2_000;

/// The files of `tests/imports/`, of which one is repeated until it is long enough.
fn seeds() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/imports");
    let folders = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()));
    let mut all: Vec<Vec<u8>> = files.map(|file| fs::read(file).unwrap()).collect();
    all.sort();
    all
}

fn main() {
    for (name, bytes) in fuzz_changes::long_files(&seeds()) {
        let slowest = import::ALL.iter().map(|importer| {
            let began = Instant::now();
            let _ = import::read("file", &bytes, Some(importer.key));
            began.elapsed().as_secs_f64() * 1e3
        });
        let slowest = slowest.fold(0.0, f64::max);
        println!("import of 5 MB: {name}\t{slowest:.1}\t{BUDGET}\tms");
    }
}
