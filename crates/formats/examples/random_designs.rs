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
use trazo_model::{Design, lower};

use random::Plan;
use random::cover::Cover;

/// How many designs are written.
const COUNT: usize = 320;
/// How often each thing should occur among them: rarer designs take the place of commoner ones.
const TIMES: usize = 3;
/// How many designs are drawn at most for each that is written.
const PATIENCE: usize = 12;
/// How many are drawn at a time.
const BATCH: usize = 64;
const SEED: u64 = 20_260_501;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name the folder to write into")?;
    let folder = Path::new(&folder);
    let count = arguments.next().map_or(Ok(COUNT), |text| text.parse())?;
    let seed = arguments.next().map_or(Ok(SEED), |text| text.parse())?;
    println!("seed {seed}");
    std::fs::create_dir_all(folder)?;
    let (cover, designs, drawn) = draw(count, seed)?;
    for (index, design) in designs.iter().enumerate() {
        let file = folder.join(format!("random-{:03}", index + 1));
        std::fs::write(file.with_extension("trazo.json"), manifest::write(design))?;
        std::fs::write(file.with_extension("template.json"), cloudformation::document(&lower(design)).text)?;
    }
    let (things, rarest) = cover.rarest(12);
    println!("{} of {drawn} designs written; {things} kinds, links, fields and choices", designs.len());
    println!("the rarest: {rarest:?}");
    match cover.missing() {
        missing if missing.is_empty() => Ok(()),
        missing => Err(format!("in no design: {}", missing.join(", ")).into()),
    }
}

/// Draws until there are `count` designs in which everything occurs.
fn draw(count: usize, seed: u64) -> Result<(Cover, Vec<Design>, usize), Box<dyn Error>> {
    let mut runner = runner(seed);
    let (mut cover, mut designs, mut drawn) = (Cover::default(), Vec::new(), 0);
    while drawn < count * PATIENCE && (designs.len() < count || !cover.missing().is_empty()) {
        let plans: Result<Vec<Plan>, _> =
            (0..BATCH).map(|_| random::plan().new_tree(&mut runner).map(|tree| tree.current())).collect();
        for design in made(&plans.map_err(|reason| reason.to_string())?).into_iter().flatten() {
            // The first two thirds come as they are; after them those that bring something rare.
            let common = designs.len() < count * 2 / 3 || (designs.len() < count && drawn > count * PATIENCE / 2);
            if common || cover.lacks(&design, TIMES) {
                cover.count(&design);
                designs.push(design);
            }
        }
        drawn += BATCH;
    }
    if designs.len() < count {
        return Err(format!("only {} of {drawn} designs are without errors", designs.len()).into());
    }
    Ok((cover, designs, drawn))
}

/// The designs of some plans, in their order, made side by side.
fn made(plans: &[Plan]) -> Vec<Option<Design>> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let chunks = plans.chunks(plans.len().div_ceil(workers).max(1));
    std::thread::scope(|scope| {
        let running: Vec<_> =
            chunks.map(|chunk| scope.spawn(|| chunk.iter().map(Plan::design).collect::<Vec<_>>())).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    })
}

fn runner(seed: u64) -> TestRunner {
    let mut bytes = [0; 32];
    bytes.iter_mut().zip(seed.to_le_bytes()).for_each(|(to, from)| *to = from);
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}
