//! The signature of a request: Signature Version 4, computed by AWS's own crate.
//!
//! What is signed is what is sent: [`exact`] writes an address as it goes over the wire, and the signature is that of these very
//! bytes. Pages cannot set `Host`; it is signed as the browser will write it, from the address.
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>)

use std::time::{Duration, UNIX_EPOCH};

use aws_sigv4::http_request::{
    self, PayloadChecksumKind, PercentEncodingMode, SessionTokenMode, SignableBody, SignableRequest, SigningSettings,
    UriPathNormalizationMode,
};
use aws_sigv4::sign::v4;

use crate::Credentials;

/// For whom, for what and when a request is signed.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// Who asks.
    pub credentials: &'a Credentials,
    /// The region that the request is signed for.
    pub region: &'a str,
    /// The service's name for signing.
    pub service: &'a str,
    /// Milliseconds since 1970, by AWS's clock; seconds are what is signed.
    pub time: u64,
    /// What differs between services.
    pub manner: Manner,
}

/// What differs between services. The default is what all services but S3 take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// Whether the path, which is encoded for the wire, is encoded once more for the signature.
    pub encoded_twice: bool,
    /// Whether `//`, `.` and `..` of the path are resolved for the signature.
    pub normalized: bool,
    /// Whether the token of temporary credentials is signed, and not only sent.
    pub token_signed: bool,
    /// Whether the body's hash is sent along as `x-amz-content-sha256`.
    pub checksum: bool,
}

impl Default for Manner {
    fn default() -> Self {
        Self { encoded_twice: true, normalized: true, token_signed: true, checksum: false }
    }
}

/// A request that is ready to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The address in the bytes that were signed.
    pub url: String,
    /// What the signature adds to the headers: `authorization`, `x-amz-date` and what else the credentials and the manner ask for.
    pub headers: Vec<(&'static str, String)>,
}

/// A request that cannot be signed: its address or a header is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the request cannot be signed")]
pub struct Unsignable;

/// Signs a request. `headers` are those that go along and are signed, without `host` and those that signing adds.
///
/// # Errors
/// [`Unsignable`] where address, headers or credentials are not such as HTTP can carry.
pub fn sign(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: &[u8],
    scope: &Scope<'_>,
) -> Result<Signed, Unsignable> {
    let url = exact(url).ok_or(Unsignable)?;
    let keys = scope.credentials;
    let token = keys.session_token.as_ref().map(|token| token.reveal().to_owned());
    let identity = aws_credential_types::Credentials::new(
        keys.access_key_id.clone(),
        keys.secret_access_key.reveal().to_owned(),
        token,
        None,
        "trazo",
    )
    .into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(scope.region)
        .name(scope.service)
        .time(moment(scope.time).ok_or(Unsignable)?)
        .settings(settings(scope.manner))
        .build()
        .map_err(|_| Unsignable)?
        .into();
    let request = SignableRequest::new(method, url.as_str(), headers.iter().copied(), SignableBody::Bytes(body))
        .map_err(|_| Unsignable)?;
    let (instructions, _) = http_request::sign(request, &params).map_err(|_| Unsignable)?.into_parts();
    let (added, _) = instructions.into_parts();
    let headers = added.iter().map(|header| (header.name(), header.value().to_owned())).collect();
    Ok(Signed { url, headers })
}

/// The last second that has four digits for its year: what comes later has no form in a signature.
const LAST: u64 = 253_402_300_799_000;

fn moment(millis: u64) -> Option<std::time::SystemTime> {
    (millis <= LAST).then(|| UNIX_EPOCH + Duration::from_secs(millis / 1000))
}

fn settings(manner: Manner) -> SigningSettings {
    let mut settings = SigningSettings::default();
    if !manner.encoded_twice {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
    }
    if !manner.normalized {
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    if !manner.token_signed {
        settings.session_token_mode = SessionTokenMode::Exclude;
    }
    if manner.checksum {
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    }
    settings
}

/// An absolute address as it goes over the wire: what no address may hold is percent-encoded, and a `+` of the query, which
/// some read as a space and some as itself, is the space that the signature takes it for. None for what is no address.
pub fn exact(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(end);
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    if !matches!(scheme, "http" | "https") || host.is_empty() || !host.bytes().all(fits) {
        return None;
    }
    let mut out = format!("{scheme}://{host}");
    if !rest.starts_with('/') {
        out.push('/');
    }
    let mut in_query = false;
    for byte in rest.bytes() {
        match byte {
            b'?' => {
                in_query = true;
                out.push('?');
            }
            b'+' if in_query => out.push_str("%20"),
            _ if byte.is_ascii_graphic() && !b"\"#<>[\\]^`{|}".contains(&byte) => out.push(char::from(byte)),
            _ => encode(byte, &mut out),
        }
    }
    Some(out)
}

/// A byte as `%XX`.
pub(crate) fn encode(byte: u8, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(DIGITS[usize::from(byte >> 4)]));
    out.push(char::from(DIGITS[usize::from(byte & 15)]));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    fn keys() -> Credentials {
        Credentials {
            access_key_id: "AKIDEXAMPLE".to_owned(),
            secret_access_key: Secret::new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".to_owned()),
            session_token: None,
            expires: None,
        }
    }

    fn signed(url: &str, credentials: &Credentials, time: u64) -> Result<Signed, Unsignable> {
        let scope = Scope { credentials, region: "us-east-1", service: "ecs", time, manner: Manner::default() };
        sign("GET", url, &[], b"", &scope)
    }

    #[test]
    fn addresses_are_written_as_they_are_sent() {
        for (given, sent) in [
            ("https://a.b", "https://a.b/"),
            ("https://a.b?x=1", "https://a.b/?x=1"),
            ("https://a.b/ñ x?k=a+b&l=a%2Bb", "https://a.b/%C3%B1%20x?k=a%20b&l=a%2Bb"),
            ("http://127.0.0.1:5000/a+b", "http://127.0.0.1:5000/a+b"),
            ("https://a.b/%20?a?b", "https://a.b/%20?a?b"),
        ] {
            assert_eq!(exact(given).as_deref(), Some(sent));
        }
        for none in ["", "/path", "ftp://a.b/", "https:///x", "https://a b/", "https://user@a.b/"] {
            assert_eq!(exact(none), None, "{none}");
        }
    }

    #[test]
    fn a_plus_is_signed_as_the_space_that_is_sent() {
        let plus = signed("https://a.b/?q=a+b", &keys(), 0).unwrap();
        assert_eq!(plus, signed("https://a.b/?q=a%20b", &keys(), 0).unwrap());
        assert_ne!(plus, signed("https://a.b/?q=a%2Bb", &keys(), 0).unwrap());
    }

    #[test]
    fn no_time_and_no_token_makes_it_panic() {
        for time in [0, 1, LAST, LAST + 1, u64::MAX] {
            assert_eq!(signed("https://a.b/", &keys(), time).is_ok(), time <= LAST, "{time}");
        }
        let mut broken = keys();
        broken.session_token = Some(Secret::new("a\nb".to_owned()));
        assert_eq!(signed("https://a.b/", &broken, 0), Err(Unsignable));
    }

    #[test]
    fn the_secret_is_in_no_message() {
        let text = format!(
            "{:?}",
            Scope { credentials: &keys(), region: "us-east-1", service: "ecs", time: 0, manner: Manner::default() }
        );
        assert!(!text.contains("wJalr"), "{text}");
    }
}
