//! The head of a request: its line and its headers, read strictly.

use crate::{HEAD_LIMIT, Reason};

/// More headers than any browser sends.
const HEADERS: usize = 64;

/// The line and the headers of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The method, as it stands.
    pub method: String,
    /// The target, in the bytes in which it came.
    pub target: String,
    /// The headers, names in small letters; no name occurs twice.
    headers: Vec<(String, String)>,
}

/// Why there is no head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// More bytes have to come.
    Partial,
    /// It is refused.
    Refused(Reason),
}

const MALFORMED: Unread = Unread::Refused(Reason::Malformed);

impl Head {
    /// Reads the head at the beginning of `bytes`, and says how long it is.
    ///
    /// Whatever two readers could take differently is refused: line ends without a carriage return, a header that occurs twice,
    /// chunked bodies, old versions of the protocol.
    ///
    /// # Errors
    /// [`Unread`].
    pub fn read(bytes: &[u8]) -> Result<(Self, usize), Unread> {
        let within = bytes.get(..HEAD_LIMIT).unwrap_or(bytes);
        let mut room = [httparse::EMPTY_HEADER; HEADERS];
        let mut request = httparse::Request::new(&mut room);
        let length = match request.parse(within) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) if bytes.len() >= HEAD_LIMIT => {
                return Err(Unread::Refused(Reason::TooLarge));
            }
            Ok(httparse::Status::Partial) => return Err(Unread::Partial),
            Err(httparse::Error::TooManyHeaders) => return Err(Unread::Refused(Reason::TooLarge)),
            Err(_) => return Err(MALFORMED),
        };
        if request.version != Some(1) || !lines_end_well(within.get(..length).unwrap_or_default()) {
            return Err(MALFORMED);
        }
        let mut headers: Vec<(String, String)> = Vec::with_capacity(request.headers.len());
        for header in request.headers.iter() {
            let name = header.name.to_ascii_lowercase();
            let value = plain(header.value).ok_or(MALFORMED)?;
            if headers.iter().any(|(known, _)| *known == name) {
                return Err(MALFORMED);
            }
            headers.push((name, value));
        }
        let head = Self {
            method: request.method.unwrap_or_default().to_owned(),
            target: request.path.unwrap_or_default().to_owned(),
            headers,
        };
        if ["transfer-encoding", "expect", "upgrade", "trailer"].iter().any(|name| head.header(name).is_some()) {
            return Err(MALFORMED);
        }
        Ok((head, length))
    }

    /// The value of a header, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All headers.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// How long the body is said to be; 0 where nothing is said.
    ///
    /// # Errors
    /// [`Reason::Malformed`] where that is no number.
    pub fn body_length(&self) -> Result<usize, Reason> {
        let Some(text) = self.header("content-length") else { return Ok(0) };
        if text.is_empty() || text.len() > 18 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Reason::Malformed);
        }
        text.parse().map_err(|_| Reason::Malformed)
    }
}

/// A value of printable ASCII, without the blanks around it.
fn plain(value: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(value).ok()?.trim_matches([' ', '\t']);
    text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t')).then(|| text.to_owned())
}

/// Whether each line ends with both characters, and neither stands alone.
fn lines_end_well(head: &[u8]) -> bool {
    let mut before = 0;
    for byte in head {
        if (before == b'\r') != (*byte == b'\n') {
            return false;
        }
        before = *byte;
    }
    before != b'\r'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_and_what_follows_is_not() {
        let bytes = b"POST /a?b=c HTTP/1.1\r\nHost: x\r\nX-Two:  b c \r\nContent-Length: 2\r\n\r\n{}GET /";
        let (head, length) = Head::read(bytes).unwrap();
        assert_eq!((head.method.as_str(), head.target.as_str()), ("POST", "/a?b=c"));
        assert_eq!(head.header("x-two"), Some("b c"));
        assert_eq!(head.body_length(), Ok(2));
        assert_eq!(&bytes[length..], b"{}GET /");
        assert_eq!(Head::read(&bytes[..30]), Err(Unread::Partial));
    }

    #[test]
    fn what_two_readers_could_take_differently_is_refused() {
        for head in [
            "GET / HTTP/1.0\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\nHost: x\n\n",
            "GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nhost: x\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nA: \u{e9}\r\n\r\n",
            "GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
        ] {
            assert_eq!(Head::read(head.as_bytes()), Err(MALFORMED), "{head:?}");
        }
    }

    #[test]
    fn a_head_without_end_is_refused() {
        let mut long = b"GET / HTTP/1.1\r\nHost: x\r\n".to_vec();
        while long.len() <= HEAD_LIMIT {
            long.extend_from_slice(b"A: ");
            long.extend_from_slice(&[b'b'; 4000]);
        }
        assert_eq!(Head::read(&long), Err(Unread::Refused(Reason::TooLarge)));
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", (0..80).map(|n| format!("h{n}: 1\r\n")).collect::<String>());
        assert_eq!(Head::read(many.as_bytes()), Err(Unread::Refused(Reason::TooLarge)));
    }

    #[test]
    fn lengths_are_numbers() {
        for length in ["", "-1", "+1", "1,1", "0x10", "1 1", "9999999999999999999999"] {
            let bytes = format!("POST / HTTP/1.1\r\nContent-Length: {length}\r\n\r\n");
            let (head, _) = Head::read(bytes.as_bytes()).unwrap();
            assert_eq!(head.body_length(), Err(Reason::Malformed), "{length}");
        }
    }
}
