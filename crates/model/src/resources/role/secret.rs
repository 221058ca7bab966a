//! Where the values of secrets come from.

/// What `valueFrom` of a secret names
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html>).
pub(in crate::resources) enum SecretSource {
    /// ARN of a secret, without the key, stage and version that may follow it.
    Secret(String),
    /// ARN of a parameter.
    Parameter(String),
    /// Name of a parameter in the same region.
    Name(String),
}

impl SecretSource {
    /// Reads `valueFrom`; `None` where it is none of the three.
    pub(in crate::resources) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        if !text.starts_with("arn:") {
            let named = |b: u8| b.is_ascii_alphanumeric() || b"_.-/".contains(&b);
            return (!text.is_empty() && text.bytes().all(named)).then(|| Self::Name(text.to_owned()));
        }
        let parts: Vec<&str> = text.split(':').collect();
        match (parts.get(2), parts.get(5)) {
            // `arn:aws:secretsmanager:region:account:secret:name` and then `:key:stage:version`.
            (Some(&"secretsmanager"), Some(&"secret")) if parts.len() >= 7 => Some(Self::Secret(parts[..7].join(":"))),
            (Some(&"ssm"), Some(rest)) if rest.starts_with("parameter/") => Some(Self::Parameter(text.to_owned())),
            _ => None,
        }
    }
}
