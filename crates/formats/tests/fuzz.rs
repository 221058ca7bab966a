//! Files by chance for each importer: whatever comes, it is answered, soon, and with little memory.
//!
//! Each format runs for a second, or for as long as `TRAZO_FUZZ_SECONDS` says; `TRAZO_FUZZ_FORMAT` names one alone. Its files
//! begin as those of `tests/imports/` and of [`SEEDS`], where what once failed is kept.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it fails")]

mod fuzz_changes;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use fuzz_changes::{Dice, changed};
use peak_alloc::PeakAlloc;
use trazo_formats::import::{self, Reading};
use trazo_formats::manifest;
use trazo_model::{check, lower};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// So many formats are tried at a time.
const AT_A_TIME: usize = 3;

/// Nothing may take more memory while it is read, in bytes.
const MOST_MEMORY: usize = 64 * 1024 * 1024;
/// Nothing may take more work to be read: 5 MB take 2 seconds, and this is not compiled for speed.
const LONGEST: Duration = Duration::from_secs(10);
/// So many files are tried of each format, however slow the machine is just now: fewer would say nothing.
const FEWEST: u64 = 200;

/// Files beside those of `tests/imports/`.
const SEEDS: &[&str] = &[
    "a: &a [x, x]\nb: &b [*a, *a]\nc: {<<: {d: 1}, e: !Ref f}\n",
    "{\"a\": [1, -2.5e3, \"\\u00e9\\n\", true, null, {}]}",
    "%YAML 1.1\n---\n? a\n: |-\n  b\n...\n---\nc\n",
    "<mxfile><diagram id=\"a\" name=\"b\"><mxGraphModel><root/></mxGraphModel></diagram></mxfile>",
    "services:\n  a: {build: ., ports: ['1-3:1-3/udp'], depends_on: {a: {}}, network_mode: 'service:a'}\n",
    "services: {a: {network_mode: 'service:b'}, b: {network_mode: 'service:a'}}\n",
];

fn seeds() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/imports");
    let mut all: Vec<Vec<u8>> = SEEDS.iter().map(|seed| seed.as_bytes().to_vec()).collect();
    for folder in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        all.extend(fs::read_dir(folder).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap()));
    }
    all.sort();
    all
}

/// Reads a file as a format, and goes on with what is understood.
fn read(format: &str, bytes: &[u8]) -> bool {
    let Ok(understood) = import::read("file", bytes, Some(format)) else { return false };
    let phrases: usize = understood.notes.iter().map(|note| note.phrase().args.len()).sum();
    assert!(phrases < 100_000);
    let design = understood.design;
    if design.nodes().count() <= 30 {
        let _ = (check(&design), lower(&design));
        assert!(
            manifest::read(&manifest::write(&design)).is_ok_and(|again| again == design),
            "it cannot be opened again"
        );
    }
    true
}

/// What a run has met.
#[derive(Default)]
struct Met {
    tried: u64,
    understood: u64,
    slowest: Duration,
    most: usize,
}

fn seconds() -> u64 {
    std::env::var("TRAZO_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(1)
}

/// Does something, and how long the processor worked at it.
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let before = worked(began);
    let done = work();
    (done, worked(began).saturating_sub(before))
}

/// How long this thread has worked: a machine that is busy with other things makes anything late, and says nothing of what is
/// read. Where the system does not tell, it is the time since the beginning.
fn worked(began: Instant) -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = told.split(' ').next().and_then(|text| text.parse().ok()).filter(|nanos| *nanos > 0);
    nanos.map_or_else(|| began.elapsed(), Duration::from_nanos)
}

fn run(format: &str, until: Instant, met: &mut Met) {
    let (seeds, mut dice) = (seeds(), Dice::new(format));
    while met.tried < FEWEST || Instant::now() < until {
        let bytes = changed(&mut dice, &seeds);
        let shown = || String::from_utf8_lossy(bytes.get(..2000).unwrap_or(&bytes)).into_owned();
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let (answer, took) = timed(|| catch_unwind(|| import::read("file", &bytes, Some(format)).is_ok()));
        let grown = MEMORY.peak_usage().saturating_sub(before);
        assert!(answer.is_ok(), "{format}, {} of {}: {:?}", met.tried, bytes.len(), shown());
        assert!(took < LONGEST, "{format} took {took:?} for {} bytes: {:?}", bytes.len(), shown());
        assert!(grown < MOST_MEMORY, "{format} took {grown} bytes for {}: {:?}", bytes.len(), shown());
        // Few of those that are long are worth going on with.
        if bytes.len() < 20_000 {
            let further = catch_unwind(|| read(format, &bytes));
            assert!(further.is_ok(), "{format}, {}: {:?}", met.tried, shown());
        }
        met.tried += 1;
        met.understood += u64::from(answer.unwrap());
        met.slowest = met.slowest.max(took);
        met.most = met.most.max(grown);
    }
}

fn run_format(importer: &import::Importer) {
    let mut met = Met::default();
    run(importer.key, Instant::now() + Duration::from_secs(seconds()), &mut met);
    let Met { tried, understood, slowest, most } = met;
    println!("{}: {tried} files, {understood} understood, {slowest:?} and {} kB at most", importer.key, most / 1024);
    // Were all refused, nothing would have been tried.
    let is_tree = matches!(importer.reading, Reading::Tree { .. });
    assert!(!is_tree || understood * 20 > tried, "{}: {understood} of {tried}", importer.key);
}

/// Each format in a process of its own, some at a time: memory is measured of the whole process.
#[test]
fn whatever_comes_is_answered() {
    if let Ok(only) = std::env::var("TRAZO_FUZZ_FORMAT") {
        return run_format(import::find(&only).unwrap());
    }
    let left = Mutex::new(import::ALL.iter());
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                loop {
                    let next = left.lock().unwrap().next();
                    let Some(importer) = next else { return };
                    let mut command = Command::new(std::env::current_exe().unwrap());
                    command.args(["whatever_comes_is_answered", "--exact", "--nocapture"]);
                    let output = command.env("TRAZO_FUZZ_FORMAT", importer.key).output().unwrap();
                    let said = [output.stdout, output.stderr]
                        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
                        .concat();
                    assert!(output.status.success(), "{}:\n{said}", importer.key);
                    print!(
                        "{}",
                        said.lines()
                            .filter(|line| line.contains(" understood, "))
                            .fold(String::new(), |all, line| all + line + "\n")
                    );
                }
            });
        }
    });
}

/// Files of 5 MB of each shape that could take long: within 2 seconds where it is compiled for speed, else a tenth of that length.
#[test]
fn long_files_are_answered_soon() {
    for (name, bytes) in fuzz_changes::long_files(&seeds()) {
        assert!(bytes.len() <= import::MOST_BYTES);
        for importer in import::ALL {
            let before = MEMORY.current_usage();
            MEMORY.reset_peak_usage();
            let longest = if cfg!(debug_assertions) { LONGEST } else { Duration::from_secs(2) };
            let (answer, took) = timed(|| import::read("file", &bytes, Some(importer.key)).is_ok());
            let grown = MEMORY.peak_usage().saturating_sub(before);
            println!("{} {name}: {took:?}, {} kB, {answer}", importer.key, grown / 1024);
            assert!(took < longest, "{} {name}: {took:?}", importer.key);
            assert!(grown < MOST_MEMORY, "{} {name}: {grown} bytes", importer.key);
        }
    }
}
