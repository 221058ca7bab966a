//! How many tests passed and failed, read from what the test programs write.

use std::fmt;
use std::ops::AddAssign;

/// A count of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Tally {
    pub(crate) fn one_passed() -> Self {
        Self { passed: 1, failed: 0 }
    }

    pub(crate) fn one_failed() -> Self {
        Self { passed: 0, failed: 1 }
    }

    /// For the line of a step.
    pub(crate) fn short(self) -> String {
        match (self.passed, self.failed) {
            (0, 0) => "ok".to_owned(),
            (passed, 0) => format!("{passed} passed"),
            (0, 1) => "failed".to_owned(),
            (passed, failed) => format!("{passed} passed, {failed} failed"),
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Sums the `test result:` lines of Rust's test programs, native or in a browser.
pub(crate) fn of_cargo(output: &str) -> Tally {
    let mut sum = Tally::default();
    for line in output.lines() {
        if let Some((_, result)) = line.split_once("test result: ") {
            sum.passed += number_before(result, " passed");
            sum.failed += number_before(result, " failed");
        }
    }
    sum
}

/// Reads the closing lines of Playwright's reporter.
pub(crate) fn of_playwright(output: &str) -> Tally {
    let mut sum = Tally::default();
    for line in output.lines().map(str::trim) {
        let mut words = line.split(' ');
        let count = words.next().and_then(|word| word.parse::<usize>().ok());
        let Some(count) = count else { continue };
        match words.collect::<Vec<_>>().as_slice() {
            ["passed", ..] => sum.passed += count,
            // What only passed at the second try did not pass.
            ["failed" | "flaky" | "interrupted"] | ["did", "not", "run"] => sum.failed += count,
            _ => {}
        }
    }
    sum
}

/// Reads the closing lines of Python's unittest.
pub(crate) fn of_unittest(output: &str) -> Tally {
    let ran =
        output.lines().rev().find_map(|line| line.strip_prefix("Ran ")).map_or(0, |rest| number_before(rest, " test"));
    let closing =
        output.lines().rev().find(|line| line.starts_with("FAILED") || line.starts_with("OK")).unwrap_or_default();
    let number = |key: &str| {
        closing
            .split_once(key)
            .and_then(|(_, rest)| rest.split([',', ')']).next())
            .and_then(|text| text.parse::<usize>().ok())
            .unwrap_or(0)
    };
    let failed = number("failures=") + number("errors=");
    Tally { passed: ran.saturating_sub(failed + number("skipped=")), failed }
}

/// The number that stands right before `word`.
fn number_before(text: &str, word: &str) -> usize {
    text.split_once(word)
        .and_then(|(before, _)| before.rsplit(' ').next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_results_are_summed() {
        let output = "\
running 3 tests
test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out
test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out
";
        let expected = Tally { passed: 13, failed: 2 };
        assert_eq!(of_cargo(output), expected);
    }

    #[test]
    fn playwright_results_are_read() {
        let output = "\
  1 failed
    e2e/a.spec.ts:3:1 › 12 passed through the door
  1 flaky
  2 skipped
  3 did not run
  14 passed (1.2m)
";
        let expected = Tally { passed: 14, failed: 5 };
        assert_eq!(of_playwright(output), expected);
    }

    #[test]
    fn unittest_results_are_read() {
        let failed = "Ran 7 tests in 1.2s\n\nFAILED (failures=1, errors=2, skipped=1)\n";
        let expected = Tally { passed: 3, failed: 3 };
        assert_eq!(of_unittest(failed), expected);
        let passed = Tally { passed: 1, failed: 0 };
        assert_eq!(of_unittest("Ran 1 test in 0.1s\n\nOK\n"), passed);
    }
}
