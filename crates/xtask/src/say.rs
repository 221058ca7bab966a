//! What the terminal shows: one aligned line for each step, with how long it took.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::failure::Failure;

const LABEL: usize = 26;
const NOTE: usize = 30;

/// Prints one line.
pub(crate) fn line(text: &str) {
    println!("{text}");
}

/// Prints the heading of a task.
pub(crate) fn title(task: &str) {
    println!("\nTrazo · {task}\n");
}

/// Prints what failed, the end of its output, and what to do.
pub(crate) fn failure(failure: &Failure) {
    if !failure.output.is_empty() {
        eprintln!("\n{}", indent(&failure.output));
    }
    eprintln!("\n  Failed: {failure}.");
    eprintln!("  {}\n", failure.remedy);
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// A duration as people read it: `0.8 s`, `42.1 s`, `3 min 05 s`.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds >= 60 {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

/// A size as people read it, in units of 1,000 bytes.
pub(crate) fn size(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "files here are far below 2^52 bytes")]
    let bytes = bytes as f64;
    if bytes >= 1_000_000.0 { format!("{:.2} MB", bytes / 1_000_000.0) } else { format!("{:.1} kB", bytes / 1_000.0) }
}

/// One step under way.
#[derive(Debug)]
pub(crate) struct Step {
    label: String,
    began: Instant,
    live: bool,
    minutes_told: u64,
}

impl Step {
    /// Begins a step. `estimate` is how long it is expected to take, for those that are long.
    pub(crate) fn begin(label: &str, estimate: Option<&str>) -> Self {
        let live = std::io::stdout().is_terminal();
        if !live && let Some(estimate) = estimate {
            println!("  {label:<LABEL$} begins: {estimate}");
        }
        let step = Self { label: label.to_owned(), began: Instant::now(), live, minutes_told: 0 };
        step.progress(estimate.unwrap_or("…"));
        step
    }

    /// Shows what the step is doing now, in a terminal; elsewhere one line a minute.
    pub(crate) fn tick(&mut self, doing: &str) {
        self.progress(doing);
        let minutes = self.began.elapsed().as_secs() / 60;
        if !self.live && minutes > self.minutes_told {
            self.minutes_told = minutes;
            println!("  {:<LABEL$} still at it: {minutes} min", self.label);
        }
    }

    fn progress(&self, doing: &str) {
        if self.live {
            let doing: String = doing.trim().chars().take(NOTE).collect();
            let time = duration(self.began.elapsed());
            print!("\r\x1b[K  {:<LABEL$} {doing:<NOTE$} {time:>12}", self.label);
            // A terminal that cannot be flushed shows the line later: nothing to do about it.
            let _ = std::io::stdout().flush();
        }
    }

    /// Ends the step with one line.
    pub(crate) fn end(self, note: &str) {
        let clear = if self.live { "\r\x1b[K" } else { "" };
        let time = duration(self.began.elapsed());
        println!("{clear}  {:<LABEL$} {note:<NOTE$} {time:>12}", self.label);
    }
}

/// Prints a step that had nothing to do.
pub(crate) fn ready(label: &str, note: &str) {
    println!("  {label:<LABEL$} {note}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(duration(Duration::from_millis(840)), "0.8 s");
        assert_eq!(duration(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn sizes_read_well() {
        assert_eq!(size(980), "1.0 kB");
        assert_eq!(size(126_400), "126.4 kB");
        assert_eq!(size(2_345_678), "2.35 MB");
    }
}
