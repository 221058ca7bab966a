//! Writes random designs without errors, and the CloudFormation template of each, into a folder for other tools to judge.
//!
//! Usage: `random_designs FOLDER [COUNT] [SEED]`; without a seed it is always the same one. Fails where some kind, link or
//! field did not occur.

#![allow(clippy::print_stdout, reason = "a program tells what it did")]

#[path = "../tests/random/mod.rs"]
mod random;

use std::error::Error;
use std::path::Path;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use trazo_formats::{cloudformation, manifest};
use trazo_model::lower;

use random::cover::Cover;

const COUNT: usize = 320;
const SEED: u64 = 20_260_501;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name the folder to write into")?;
    let folder = Path::new(&folder);
    let count = arguments.next().map_or(Ok(COUNT), |text| text.parse())?;
    let seed = arguments.next().map_or(Ok(SEED), |text| text.parse())?;
    println!("seed {seed}");
    std::fs::create_dir_all(folder)?;
    let mut runner = runner(seed);
    let (mut cover, mut made, mut drawn) = (Cover::default(), 0, 0);
    while made < count {
        drawn += 1;
        if drawn > count * 3 {
            return Err(format!("only {made} of {drawn} designs are without errors").into());
        }
        let plan = random::plan().new_tree(&mut runner).map_err(|reason| reason.to_string())?.current();
        let Some(design) = plan.design() else { continue };
        made += 1;
        cover.count(&design);
        let file = folder.join(format!("random-{made:03}"));
        std::fs::write(file.with_extension("trazo.json"), manifest::write(&design))?;
        std::fs::write(file.with_extension("template.json"), cloudformation::document(&lower(&design)).text)?;
    }
    let (things, rarest) = cover.rarest(12);
    println!("{made} designs of {drawn} drawn; {things} kinds, links, fields and choices occur, the rarest {rarest:?}");
    match cover.missing() {
        missing if missing.is_empty() || count < COUNT => Ok(()),
        missing => Err(format!("nothing was drawn with {}", missing.join(", ")).into()),
    }
}

fn runner(seed: u64) -> TestRunner {
    let mut bytes = [0; 32];
    bytes.iter_mut().zip(seed.to_le_bytes()).for_each(|(to, from)| *to = from);
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}
