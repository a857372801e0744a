//! The addresses that mails come back to. Nothing else is taken in.
//!
//! | address | for |
//! |---|---|
//! | `b-TOKEN@domain` | bounces: the sender of each mail of an issue (VERP) |
//! | `u-TOKEN@domain` | unsubscribing by mail: the second way in `List-Unsubscribe` |
//! | `unsubscribe@domain` | the same, with the token in the subject |
//! | `join@domain`, `join+SLUG@domain` | signing up by mail; where the address names no newsletter, the subject may: `subscribe SLUG` |
//! | `complaints@domain`, `abuse@domain` | complaints that mailbox providers pass on |

/// The longest local part of an address (RFC 5321, section 4.5.3.1.1).
const LOCAL_MAX: usize = 64;
/// The longest slug of a newsletter in an address.
const SLUG_MAX: usize = LOCAL_MAX - "join+".len();

const BOUNCE: &str = "b-";
const UNSUBSCRIBE: &str = "u-";
const UNSUBSCRIBE_PLAIN: &str = "unsubscribe";
const JOIN: &str = "join";
const COMPLAINTS: [&str; 2] = ["complaints", "abuse"];

/// The addresses of one domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    domain: String,
}

/// Which of our addresses one is.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// For bounces, with its token.
    Bounce(String),
    /// For unsubscribing, with its token.
    Unsubscribe(String),
    /// For unsubscribing, with the token in the subject.
    UnsubscribePlain,
    /// For signing up, with the newsletter's slug when it names one.
    Join(Option<String>),
    /// For complaints.
    Complaints,
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Bounce(_) => "Bounce(…)",
            Self::Unsubscribe(_) => "Unsubscribe(…)",
            Self::UnsubscribePlain => "UnsubscribePlain",
            Self::Join(_) => "Join(…)",
            Self::Complaints => "Complaints",
        })
    }
}

impl Addresses {
    /// The addresses at a domain, like `bounces.news.example`. `None` when it is no domain in ASCII with a dot in it.
    #[must_use]
    pub fn at(domain: &str) -> Option<Self> {
        let domain = domain.trim().trim_end_matches('.').to_ascii_lowercase();
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let good = domain.len() <= 180 && domain.contains('.') && domain.split('.').all(label);
        good.then_some(Self { domain })
    }

    /// The domain, in lower case.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Where bounces of one delivery go.
    #[must_use]
    pub fn bounce(&self, token: &str) -> String {
        format!("{BOUNCE}{token}@{}", self.domain)
    }

    /// Where a mail unsubscribes.
    #[must_use]
    pub fn unsubscribe(&self, token: &str) -> String {
        format!("{UNSUBSCRIBE}{token}@{}", self.domain)
    }

    /// Where a mail signs up, for a newsletter or for the newsroom's own choice.
    #[must_use]
    pub fn join(&self, newsletter: Option<&str>) -> String {
        match newsletter.filter(|slug| slug.len() <= SLUG_MAX && is_slug(slug)) {
            Some(slug) => format!("{JOIN}+{slug}@{}", self.domain),
            None => format!("{JOIN}@{}", self.domain),
        }
    }

    /// Where complaints go.
    #[must_use]
    pub fn complaints(&self) -> String {
        format!("{}@{}", COMPLAINTS[0], self.domain)
    }

    /// Which of ours an address is; `None` when it is none. Case makes no difference, and `<…>` may stand around it.
    #[must_use]
    pub fn place(&self, address: &str) -> Option<Place> {
        let address = address.trim().trim_start_matches('<').trim_end_matches('>');
        let (local, domain) = address.rsplit_once('@')?;
        if local.len() > LOCAL_MAX || !domain.trim_end_matches('.').eq_ignore_ascii_case(&self.domain) {
            return None;
        }
        let local = local.to_ascii_lowercase();
        if let Some(token) = local.strip_prefix(BOUNCE) {
            return is_token(token).then(|| Place::Bounce(token.to_owned()));
        }
        if let Some(token) = local.strip_prefix(UNSUBSCRIBE) {
            return is_token(token).then(|| Place::Unsubscribe(token.to_owned()));
        }
        if let Some(slug) = local.strip_prefix("join+") {
            return is_slug(slug).then(|| Place::Join(Some(slug.to_owned())));
        }
        match local.as_str() {
            JOIN => Some(Place::Join(None)),
            UNSUBSCRIBE_PLAIN => Some(Place::UnsubscribePlain),
            other => COMPLAINTS.contains(&other).then_some(Place::Complaints),
        }
    }
}

/// Whether a text has the form of a token: base32 in lower case, unpadded. What it is worth only the keys tell.
pub(super) fn is_token(text: &str) -> bool {
    (16..=LOCAL_MAX).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'))
}

/// Whether a text can be the slug of a newsletter.
pub(super) fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "mfzwizltoqqgc3tbnrqxe43fnzsa2345";

    #[test]
    fn our_addresses_are_known_and_no_others() {
        let ours = Addresses::at("Bounces.News.Example.").unwrap();
        assert_eq!(ours.domain(), "bounces.news.example");
        assert_eq!(ours.place(&ours.bounce(TOKEN)), Some(Place::Bounce(TOKEN.to_owned())));
        assert_eq!(ours.place(&ours.bounce(TOKEN).to_uppercase()), Some(Place::Bounce(TOKEN.to_owned())));
        assert_eq!(ours.place(&ours.unsubscribe(TOKEN)), Some(Place::Unsubscribe(TOKEN.to_owned())));
        assert_eq!(
            ours.place(&format!("<{}>", ours.join(Some("weekly")))),
            Some(Place::Join(Some("weekly".to_owned())))
        );
        assert_eq!(ours.place(&ours.join(None)), Some(Place::Join(None)));
        assert_eq!(ours.place(&ours.complaints()), Some(Place::Complaints));
        assert_eq!(ours.place("abuse@bounces.news.example"), Some(Place::Complaints));
        assert_eq!(ours.place("unsubscribe@bounces.news.example"), Some(Place::UnsubscribePlain));
        for other in [
            "someone@bounces.news.example",
            "postmaster@bounces.news.example",
            "b-@bounces.news.example",
            "b-short@bounces.news.example",
            "b-mfzwizltoqqgc3tbnrqxe43fnzsa2189@bounces.news.example",
            "join+@bounces.news.example",
            "join+../x@bounces.news.example",
            "join",
            "",
            "@",
        ] {
            assert_eq!(ours.place(other), None, "{other}");
        }
        assert_eq!(ours.place(&format!("b-{TOKEN}@news.example")), None, "another domain");
        assert_eq!(ours.place(&format!("b-{TOKEN}%other.example@bounces.news.example")), None, "the percent hack");
        assert_eq!(ours.place(&format!("b-{}@bounces.news.example", "a".repeat(63))), None, "too long");
    }

    #[test]
    fn a_domain_is_one_in_ascii() {
        for bad in ["", "localhost", "-x.example", "x-.example", "новости.example", "a..b", "a b.example", "@x.example"]
        {
            assert_eq!(Addresses::at(bad), None, "{bad}");
        }
    }
}
