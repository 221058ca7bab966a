//! AWS's clock, as far as it can be told from its answers.
//!
//! A signature holds for five minutes around AWS's own time. A machine whose clock is wrong is told so by AWS; what AWS's clock
//! says stands in the header `Date`, where a page may read it, or else in the words of the refusal.

use crate::credentials::instant::instant;
use crate::{Answer, Refusal};

/// What AWS says of a request whose time is too far off.
const CERTAIN: &[&str] = &["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"];
/// What it says of such a request, and also of a wrong key.
const PERHAPS: &[&str] = &["SignatureDoesNotMatch", "InvalidSignatureException", "AuthFailure"];

/// Less than this is no reason for a refusal, in milliseconds.
const BEARABLE: u64 = 4 * 60 * 1000;

/// What AWS's clock says, where it refused because of the time; `now` is what the request was signed with. Milliseconds since
/// 1970.
pub(super) fn told(refusal: &Refusal, answer: &Answer, now: u64) -> Option<u64> {
    let code = refusal.code.as_str();
    if !CERTAIN.contains(&code) && !PERHAPS.contains(&code) {
        return None;
    }
    let theirs = answer.header("date").and_then(http_date).or_else(|| in_words(&refusal.message))?;
    (theirs.abs_diff(now) > BEARABLE).then_some(theirs)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form in which servers write dates.
pub(super) fn http_date(text: &str) -> Option<u64> {
    const MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut words = text.split_ascii_whitespace();
    let (_, day, month, year, time) = (words.next()?, words.next()?, words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    instant(&format!("{year}-{month:02}-{day:0>2}T{time}Z"))
}

/// `Signature expired: 20150830T123600Z is now earlier than 20150830T124100Z (20150830T124600Z - 5 min.)`, or `Signature not
/// yet current: … is still later than … (… + 5 min.)`: in brackets, and first there, stands AWS's own time.
fn in_words(message: &str) -> Option<u64> {
    let (_, rest) = message.split_once('(')?;
    let stamp = rest.get(..16).filter(|stamp| stamp.is_ascii())?;
    let part = |from: usize, to: usize| stamp.get(from..to);
    if stamp.get(8..9) != Some("T") {
        return None;
    }
    instant(&format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4)?,
        part(4, 6)?,
        part(6, 8)?,
        part(9, 11)?,
        part(11, 13)?,
        part(13, 15)?
    ))
}

#[cfg(test)]
mod tests {
    use trazo_calls::Service;

    use super::*;

    const NOON: u64 = 1_440_936_000_000;

    fn refusal(code: &str, message: &str) -> Refusal {
        Refusal {
            service: Service::Ecs,
            operation: "ListTasks",
            status: 400,
            code: code.to_owned(),
            message: message.to_owned(),
            request_id: String::new(),
        }
    }

    fn answer(date: Option<&str>) -> Answer {
        let headers = date.map(|date| ("date".to_owned(), date.to_owned())).into_iter().collect();
        Answer { status: 400, headers, body: Vec::new() }
    }

    #[test]
    fn the_header_tells_the_time() {
        let answer = answer(Some("Sun, 30 Aug 2015 12:20:00 GMT"));
        assert_eq!(told(&refusal("RequestTimeTooSkewed", ""), &answer, NOON), Some(NOON + 20 * 60_000));
        assert_eq!(told(&refusal("AccessDenied", ""), &answer, NOON), None);
    }

    #[test]
    fn the_words_tell_the_time_where_the_header_cannot_be_read() {
        let late =
            "Signature expired: 20150830T120000Z is now earlier than 20150830T121500Z (20150830T122000Z - 5 min.)";
        let early = "Signature not yet current: 20150830T120000Z is still later than 20150830T114500Z (20150830T114000Z + 5 min.)";
        let code = "InvalidSignatureException";
        assert_eq!(told(&refusal(code, late), &answer(None), NOON), Some(NOON + 20 * 60_000));
        assert_eq!(told(&refusal(code, early), &answer(None), NOON), Some(NOON - 20 * 60_000));
        for other in ["", "(", "(é20150830T12200Z", "(2015-08-30T12:20)"] {
            assert_eq!(told(&refusal(code, other), &answer(None), NOON), None, "{other}");
        }
    }

    #[test]
    fn a_wrong_key_is_no_matter_of_time() {
        let answer = answer(Some("Sun, 30 Aug 2015 12:01:00 GMT"));
        assert_eq!(told(&refusal("SignatureDoesNotMatch", "The signature does not match."), &answer, NOON), None);
    }

    #[test]
    fn dates_of_servers_are_read() {
        assert_eq!(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777_000));
        for none in ["", "Sunday", "Sun, 06 Noo 1994 08:49:37 GMT", "Sun, 6 Nov 94 08:49:37 GMT", "é é é é é é"] {
            assert_eq!(http_date(none), None, "{none}");
        }
    }
}
