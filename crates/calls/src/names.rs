//! Names and tokens that are made of the deployment, the same each time they are computed.

/// Which deployment a stack's steps belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// The name of the stack; generated names begin with it.
    pub stack: String,
    /// The design's name or id, for the tag `trazo:design`.
    pub design: String,
    /// What nobody else has: generated names and tokens follow from it, and it is the tag `trazo:deployment`. A deployment that
    /// was taken back and is made again needs another one, since AWS remembers tokens for a while.
    pub token: String,
}

impl Deployment {
    /// A name where CloudFormation would make one: `<stack>-<logical id>-<digest>`, of letters, digits and single hyphens, at
    /// most `longest` characters. Stack and logical id are cut where it would be longer.
    pub fn name(&self, logical_id: &str, longest: usize) -> String {
        let digest = digest(&[&self.token, "name", logical_id]);
        let digest = &digest[..8];
        let room = longest.saturating_sub(digest.len() + 2);
        let (stack, id) = (plain(&self.stack), plain(logical_id));
        // The logical id tells more: it gives way last.
        let first = room.saturating_sub(id.len()).max(room / 3).min(stack.len());
        let second = room.saturating_sub(first).min(id.len());
        [&stack[..first], &id[..second], digest]
            .iter()
            .map(|part| part.trim_matches('-'))
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("-")
    }

    /// A token for one step, of 32 characters: AWS answers a second call with it as it did the first.
    pub fn token(&self, step: &str) -> String {
        digest(&[&self.token, "first", step]) + &digest(&[&self.token, "second", step])
    }
}

/// Letters, digits and hyphens of a text.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            letter if letter.is_ascii_alphanumeric() => out.push(letter),
            _ if !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    out.trim_matches('-').to_owned()
}

/// Sixteen hexadecimal digits of some texts: FNV-1a with 64 bits and a last stir. It keeps names apart; it guards no secret.
pub(crate) fn digest(parts: &[&str]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    format!("{:016x}", hash ^ hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::Deployment;

    fn deployment(stack: &str, token: &str) -> Deployment {
        Deployment { stack: stack.to_owned(), design: "Tienda".to_owned(), token: token.to_owned() }
    }

    #[test]
    fn names_are_short_enough_and_their_own() {
        for stack in ["t", "tienda-virtual", "una-pila-con-un-nombre-muy-largo-que-no-cabe", "ñ ñ", ""] {
            for id in ["Web", "WebAlbLoadBalancer", "CatalogoApiTiendaAlbVpcLinkSecurityGroup"] {
                for longest in [24, 32, 64, 255] {
                    let name = deployment(stack, "a").name(id, longest);
                    assert!(name.len() <= longest, "{name}");
                    assert!(!name.starts_with('-') && !name.contains("--"), "{name}");
                    assert_ne!(name, deployment(stack, "b").name(id, longest));
                }
            }
        }
        let name = deployment("tienda-virtual", "a").name("TiendaAlbTiendaTargetGroup", 32);
        assert!(name.starts_with("tienda-TiendaAlbTienda"), "{name}");
    }

    #[test]
    fn tokens_are_their_steps_own() {
        let one = deployment("t", "a");
        assert_eq!(one.token("Web").len(), 32);
        assert_eq!(one.token("Web"), one.token("Web"));
        assert_ne!(one.token("Web"), one.token("Web/attributes"));
    }
}
