//! The expressions that tell when a scheduled action runs: `at(…)`, `rate(…)`, `cron(…)`
//! (<https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html>,
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html>).

/// What is wrong with an expression; its name in text keys follows `expression.`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is none of the three.
    Form,
    /// `at` is not followed by a date and a time of day that there is.
    At,
    /// `rate` is not followed by a number and a unit that agree.
    Rate,
    /// `cron` has not six parts.
    Parts,
    /// The part at this position, counted from 1, says nothing that can be.
    Part(usize),
    /// Both a day of the month and a day of the week are said, or none.
    Days,
}

impl Fault {
    /// Its name.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Form => "at(…), rate(…), cron(…)",
            Self::At => "at(yyyy-mm-ddThh:mm:ss)",
            Self::Rate => "rate(5 minutes), rate(1 hour)",
            Self::Parts => "cron(min hour day month weekday year)",
            Self::Part(1) => "cron(0–59 …)",
            Self::Part(2) => "cron(… 0–23 …)",
            Self::Part(3) => "cron(… 1–31 …)",
            Self::Part(4) => "cron(… 1–12 / JAN–DEC …)",
            Self::Part(5) => "cron(… 1–7 / SUN–SAT …)",
            Self::Part(_) => "cron(… 1970–2199)",
            Self::Days => "cron(0 8 ? * MON-FRI *), cron(0 8 1 * ? *)",
        }
    }
}

/// Reads an expression.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    let inner = |word: &str| text.strip_prefix(word)?.strip_prefix('(')?.strip_suffix(')');
    if let Some(moment) = inner("at") {
        return if is_moment(moment) { Ok(()) } else { Err(Fault::At) };
    }
    if let Some(rate) = inner("rate") {
        return if is_rate(rate) { Ok(()) } else { Err(Fault::Rate) };
    }
    match inner("cron") {
        Some(fields) => cron(fields),
        None => Err(Fault::Form),
    }
}

fn number(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// `2027-01-31T08:30:00`.
fn is_moment(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else { return false };
    let parts = |text: &str, by: char, digits: [usize; 3]| -> Option<[i64; 3]> {
        let mut all = [0; 3];
        let mut words = text.split(by);
        for (slot, digits) in all.iter_mut().zip(digits) {
            let word = words.next().filter(|word| word.len() == digits)?;
            *slot = number(word)?;
        }
        words.next().is_none().then_some(all)
    };
    let (Some([year, month, day]), Some([hour, minute, second])) =
        (parts(date, '-', [4, 2, 2]), parts(time, ':', [2, 2, 2]))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    (1..=12).contains(&month) && (1..=days).contains(&day) && hour < 24 && minute < 60 && second < 60
}

/// One of a unit takes its name for one, more the name for several.
fn is_rate(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (count, unit) = (words.next().and_then(number), words.next());
    let agrees = match (count, unit) {
        (Some(1), Some("minute" | "hour" | "day")) => true,
        (Some(count), Some("minutes" | "hours" | "days")) => count > 1,
        _ => false,
    };
    agrees && words.next().is_none()
}

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEK: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// Least, most, and names, of each part.
const PARTS: [(i64, i64, &[&str]); 6] =
    [(0, 59, &[]), (0, 23, &[]), (1, 31, &[]), (1, 12, &MONTHS), (1, 7, &WEEK), (1970, 2199, &[])];

fn cron(text: &str) -> Result<(), Fault> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    if parts.len() != PARTS.len() {
        return Err(Fault::Parts);
    }
    for (at, part) in parts.iter().enumerate() {
        let sound = match at {
            2 => *part == "?" || *part == "L" || *part == "LW" || is_nearest(part) || is_list(part, at),
            4 => *part == "?" || *part == "L" || is_weekday(part) || is_list(part, at),
            _ => is_list(part, at),
        };
        if !sound {
            return Err(Fault::Part(at + 1));
        }
    }
    // Exactly one of the two says a day, the other has a question mark.
    if (parts[2] == "?") == (parts[4] == "?") { Err(Fault::Days) } else { Ok(()) }
}

/// `15W`: the weekday nearest to a day of the month.
fn is_nearest(part: &str) -> bool {
    part.strip_suffix('W').and_then(number).is_some_and(|day| (1..=31).contains(&day))
}

/// `6L`: the last Friday; `3#2`: the second Tuesday.
fn is_weekday(part: &str) -> bool {
    let day = |text: &str| value(text, 4).is_some();
    match part.split_once('#') {
        Some((weekday, week)) => day(weekday) && number(week).is_some_and(|week| (1..=5).contains(&week)),
        None => part.strip_suffix('L').is_some_and(day),
    }
}

fn value(text: &str, at: usize) -> Option<i64> {
    let (least, most, names) = PARTS[at];
    let named = names.iter().position(|name| name.eq_ignore_ascii_case(text));
    match named {
        Some(position) => i64::try_from(position).ok().map(|position| position + least),
        None => number(text).filter(|number| (least..=most).contains(number)),
    }
}

/// Values, ranges, and steps through them, parted by commas.
fn is_list(part: &str, at: usize) -> bool {
    part.split(',').all(|item| {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => (range, number(step)),
            None => (item, Some(1)),
        };
        let Some(1..) = step else { return false };
        if range == "*" {
            return true;
        }
        match range.split_once('-') {
            // Days of the week may run over the end of the week.
            Some((from, to)) => match (value(from, at), value(to, at)) {
                (Some(from), Some(to)) => from <= to || at == 4,
                _ => false,
            },
            None => value(range, at).is_some(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_expressions_are_taken() {
        for text in [
            "at(2027-02-28T23:59:59)",
            "at(2028-02-29T00:00:00)",
            "rate(1 hour)",
            "rate(5 minutes)",
            "rate(7 days)",
            "cron(30 6 ? * MON *)",
            "cron(0 8 ? * MON-FRI *)",
            "cron(0/15 8-20 * * ? 2026-2030)",
            "cron(0 0 L * ? *)",
            "cron(0 0 15W JAN,jul ? *)",
            "cron(0 0 ? * 6L *)",
            "cron(0 0 ? * 3#2 *)",
            "cron(0 22 ? * FRI-MON *)",
            "cron(*/5 * * * ? *)",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn bad_expressions_are_told_apart() {
        for (text, fault) in [
            ("", Fault::Form),
            ("0 8 * * *", Fault::Form),
            ("every day", Fault::Form),
            ("cron(0 8 * * ? *", Fault::Form),
            ("at(2027-02-29T00:00:00)", Fault::At),
            ("at(2027-13-01T00:00:00)", Fault::At),
            ("at(2027-01-01 00:00:00)", Fault::At),
            ("at(2027-01-01T24:00:00)", Fault::At),
            ("rate(1 hours)", Fault::Rate),
            ("rate(5 minute)", Fault::Rate),
            ("rate(0 minutes)", Fault::Rate),
            ("rate(5 weeks)", Fault::Rate),
            ("cron(0 8 * * *)", Fault::Parts),
            ("cron(60 8 * * ? *)", Fault::Part(1)),
            ("cron(0 24 * * ? *)", Fault::Part(2)),
            ("cron(0 8 32 * ? *)", Fault::Part(3)),
            ("cron(0 8 * ENE ? *)", Fault::Part(4)),
            ("cron(0 8 ? * LUN *)", Fault::Part(5)),
            ("cron(0 8 ? * MON#6 *)", Fault::Part(5)),
            ("cron(0 8 ? * MON 1900)", Fault::Part(6)),
            ("cron(20-10 8 ? * MON *)", Fault::Part(1)),
            ("cron(0/0 8 ? * MON *)", Fault::Part(1)),
            ("cron(0 8 * * * *)", Fault::Days),
            ("cron(0 8 ? * ? *)", Fault::Days),
        ] {
            assert_eq!(check(text), Err(fault), "{text}");
        }
    }
}
