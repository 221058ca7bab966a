//! When temporary credentials end, as the tools write it.

/// Milliseconds since 1970 of an instant: ISO 8601 with `Z`, an offset or neither (then it is UTC), date and time parted by `T` or a
/// space, or a number of seconds or milliseconds since 1970. `None` for anything else.
pub(crate) fn instant(text: &str) -> Option<u64> {
    let text = text.trim();
    if text.len() >= 10 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: u64 = text.parse().ok()?;
        // Ten digits are seconds until the year 2286, thirteen milliseconds.
        return match text.len() {
            10 => Some(number * 1000),
            13 => Some(number),
            _ => None,
        };
    }
    let bytes = text.as_bytes();
    let (date, rest) = (bytes.get(..10)?, bytes.get(10..)?);
    let days = days(number(&date[..4])?, number(&date[5..7])?, number(&date[8..])?)?;
    if date[4] != b'-' || date[7] != b'-' || !matches!(rest.first(), Some(b'T' | b't' | b' ')) {
        return None;
    }
    let (clock, zone) = (rest.get(1..9)?, rest.get(9..)?);
    let (hour, minute, second) = (number(&clock[..2])?, number(&clock[3..5])?, number(&clock[6..])?);
    if clock[2] != b':' || clock[5] != b':' || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let local = days * 86_400 + i64::from(hour * 3600 + minute * 60 + second);
    u64::try_from(local - offset(zone)?).ok().map(|seconds| seconds * 1000)
}

/// The number that digits write.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
}

/// Days from 1970-01-01 to a date of the Gregorian calendar, counted from March on so that the leap day is a year's last.
fn days(year: u32, month: u32, day: u32) -> Option<i64> {
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let of_year = (153 * month + 2) / 5 + day - 1;
    let of_all = year * 365 + year / 4 - year / 100 + year / 400 + of_year;
    Some(i64::from(of_all) - 719_468)
}

/// Seconds by which a zone is ahead of UTC: nothing, `Z`, `UTC`, `+02:00`, `-0500`; before it there may be a fraction of a second.
fn offset(zone: &[u8]) -> Option<i64> {
    let zone = match zone.split_first() {
        Some((b'.' | b',', rest)) => {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            &rest[digits..]
        }
        _ => zone,
    };
    match zone.trim_ascii() {
        b"" | b"Z" | b"z" | b"UTC" => Some(0),
        [sign @ (b'+' | b'-'), hours @ .., b':', tens, ones] | [sign @ (b'+' | b'-'), hours @ .., tens, ones]
            if hours.len() == 2 =>
        {
            let seconds = i64::from(number(hours)? * 3600 + number(&[*tens, *ones])? * 60);
            Some(if *sign == b'-' { -seconds } else { seconds })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_as_the_tools_write_them() {
        let expected = Some(1_753_963_200_000);
        for text in [
            "2025-07-31T12:00:00Z",
            "2025-07-31T12:00:00+00:00",
            "2025-07-31T12:00:00.000Z",
            "2025-07-31T14:00:00+02:00",
            "2025-07-31T07:00:00-0500",
            "2025-07-31 12:00:00",
            "2025-07-31 12:00:00 UTC",
            "1753963200",
            "1753963200000",
        ] {
            assert_eq!(instant(text), expected, "{text}");
        }
        assert_eq!(instant("2024-02-29T00:00:00Z"), Some(1_709_164_800_000), "a leap day");
        assert_eq!(instant("1970-01-01T00:00:00Z"), Some(0));
    }

    #[test]
    fn what_is_no_instant_is_none() {
        for text in [
            "",
            "tomorrow",
            "2025-07-31",
            "2025-13-31T12:00:00Z",
            "2025-07-31T12:00",
            "2025-07-31T25:00:00Z",
            "1970-01-01T00:00:00+02:00",
            "7/31/2025 12:00:00 PM",
            "123456789012",
            "2025-07-31T12:00:00+2:00",
        ] {
            assert_eq!(instant(text), None, "{text}");
        }
    }
}
