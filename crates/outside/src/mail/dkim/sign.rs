//! Signing a mail whose body is in canonical form.

use std::fmt::Write as _;
use std::sync::Arc;

use aws_lc_rs::digest::{Context, SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::canon::{self, Field, fields, relaxed};
use super::key::{Algorithm, DkimKey};

/// What is signed, and once more than it is there, so that none can be added.
const SEALED: [&str; 14] = [
    "From",
    "Sender",
    "To",
    "Cc",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];
/// What is signed where it is; relays may add their own.
const SIGNED: [&str; 2] = ["Feedback-ID", "Auto-Submitted"];

/// In whose name and with which key.
#[derive(Debug)]
pub struct Signature {
    /// The domain, as in the sender's address or above it.
    pub domain: String,
    /// The name of the key within the domain's records.
    pub selector: String,
    /// The key.
    pub key: DkimKey,
    /// Headers to leave out, for relays that write them anew: Amazon SES does so with `Message-ID` and `Date`.
    pub unsigned: Vec<String>,
}

/// A signature that can't be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignerError {
    /// A domain or a selector.
    #[error("`{0}` can't be the {1} of a DKIM key; it is letters, digits and hyphens with dots between")]
    Name(String, &'static str),
    /// The one header that has to be signed.
    #[error("`From` has to be signed; take it out of the headers that are left unsigned")]
    From,
}

/// Signs mails. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Signer {
    signatures: Arc<[Signature]>,
}

/// The key did not sign.
#[derive(Debug)]
pub(crate) struct Unsigned;

impl Signer {
    /// A signer with some keys; with none, mails go as they are. A mail is signed with the keys whose domain is that of its
    /// sender or above it, and with all where there is none such.
    ///
    /// # Errors
    /// [`SignerError`], in words for whoever set them.
    pub fn new(signatures: Vec<Signature>) -> Result<Self, SignerError> {
        for signature in &signatures {
            for (what, name) in [("domain", &signature.domain), ("selector", &signature.selector)] {
                let word = |word: &str| {
                    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
                };
                if name.len() > 200 || !name.split('.').all(word) {
                    return Err(SignerError::Name(name.clone(), what));
                }
            }
            if signature.unsigned.iter().any(|name| name.eq_ignore_ascii_case("from")) {
                return Err(SignerError::From);
            }
        }
        Ok(Self { signatures: signatures.into() })
    }

    /// The domains in whose name it signs.
    pub fn domains(&self) -> impl Iterator<Item = &str> {
        self.signatures.iter().map(|signature| signature.domain.as_str())
    }

    /// Puts signatures before a mail whose body begins at `body` and is in canonical form.
    pub(crate) fn sign(&self, mail: &mut Vec<u8>, body: usize) -> Result<(), Unsigned> {
        if self.signatures.is_empty() {
            return Ok(());
        }
        debug_assert!(canon::is_relaxed(&mail[body..]), "the body is not in canonical form");
        let body_hash = STANDARD.encode(digest(&SHA256, &mail[body..]));
        let fields = fields(&mail[..body]);
        let sender = sender_domain(&fields);
        let aligned = |signature: &&Signature| is_below(&sender, &signature.domain);
        let all = !self.signatures.iter().any(|signature| aligned(&signature));
        let mut headers = String::new();
        for signature in self.signatures.iter().filter(|signature| all || aligned(signature)) {
            signature.header(&fields, &body_hash, &mut headers).ok_or(Unsigned)?;
        }
        mail.splice(0..0, headers.into_bytes());
        Ok(())
    }
}

impl Signature {
    /// Writes one `DKIM-Signature` field.
    fn header(&self, fields: &[Field<'_>], body_hash: &str, out: &mut String) -> Option<()> {
        let names = self.names(fields);
        let algorithm = match self.key.algorithm() {
            Algorithm::Rsa => "rsa-sha256",
            Algorithm::Ed25519 => "ed25519-sha256",
        };
        let Self { domain, selector, .. } = self;
        let mut value = format!(" v=1; a={algorithm}; c=relaxed/relaxed; d={domain}; s={selector};\r\n h=");
        folded(&mut value, &names);
        value.push_str(";\r\n bh=");
        value.push_str(body_hash);
        value.push_str(";\r\n b=");
        let mut hash = Context::new(&SHA256);
        let mut line = Vec::with_capacity(2_048);
        for (at, name) in names.iter().enumerate() {
            // From the bottom up; what is listed more often than it is there counts as nothing (section 5.4.2).
            let earlier = names[..at].iter().filter(|other| *other == name).count();
            let mut same = fields.iter().rev().filter(|field| field.name.eq_ignore_ascii_case(name.as_bytes()));
            if let Some(field) = same.nth(earlier) {
                relaxed(*field, &mut line);
                line.extend_from_slice(b"\r\n");
            }
        }
        relaxed(Field { name: b"DKIM-Signature", value: value.as_bytes() }, &mut line);
        hash.update(&line);
        let signed = self.key.sign(&hash.finish())?;
        write!(out, "DKIM-Signature:{value}").ok()?;
        for (at, part) in signed.as_bytes().chunks(72).enumerate() {
            out.push_str(if at == 0 { "" } else { "\r\n " });
            out.push_str(std::str::from_utf8(part).ok()?);
        }
        out.push_str("\r\n");
        Some(())
    }

    /// What is signed, in order.
    fn names(&self, fields: &[Field<'_>]) -> Vec<&'static str> {
        let count = |name: &str| fields.iter().filter(|f| f.name.eq_ignore_ascii_case(name.as_bytes())).count();
        let sealed = SEALED.into_iter().map(|name| (name, count(name) + 1));
        let signed = SIGNED.into_iter().map(|name| (name, count(name)));
        let wanted =
            sealed.chain(signed).filter(|(name, _)| !self.unsigned.iter().any(|n| n.eq_ignore_ascii_case(name)));
        wanted.flat_map(|(name, times)| std::iter::repeat_n(name, times)).collect()
    }
}

/// Names with colons between, over as many lines as they need.
fn folded(out: &mut String, names: &[&str]) {
    let mut width = 3;
    for (at, name) in names.iter().enumerate() {
        if at > 0 {
            out.push(':');
            width += 1;
        }
        if width + name.len() > 74 {
            out.push_str("\r\n  ");
            width = 2;
        }
        out.push_str(name);
        width += name.len();
    }
}

/// The domain in `From`, in lower case.
fn sender_domain(fields: &[Field<'_>]) -> String {
    let from = fields.iter().find(|field| field.name.eq_ignore_ascii_case(b"from"));
    let text = from.map(|field| String::from_utf8_lossy(field.value)).unwrap_or_default();
    let domain = text.rsplit_once('@').map_or("", |(_, domain)| domain);
    domain.trim_end_matches(['>', ' ', '\r', '\n']).to_ascii_lowercase()
}

fn is_below(domain: &str, above: &str) -> bool {
    let above = above.to_ascii_lowercase();
    domain == above || domain.strip_suffix(&above).is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_signs_for_its_domain_and_those_below() {
        assert!(is_below("news.example", "news.example"));
        assert!(is_below("mail.news.example", "News.example"));
        assert!(!is_below("fakenews.example", "news.example"));
        assert!(!is_below("example", "news.example"));
    }

    #[test]
    fn what_is_no_domain_is_not_signed_for() {
        let signature = |domain: &str, unsigned: &[&str]| Signature {
            domain: domain.to_owned(),
            selector: "s1".to_owned(),
            key: DkimKey::generate(Algorithm::Ed25519).unwrap(),
            unsigned: unsigned.iter().map(|name| (*name).to_owned()).collect(),
        };
        for bad in ["", "news.example;", "a b", "news..example", "новости.рф"] {
            assert!(Signer::new(vec![signature(bad, &[])]).is_err(), "{bad}");
        }
        assert_eq!(Signer::new(vec![signature("news.example", &["FROM"])]).unwrap_err(), SignerError::From);
    }
}
