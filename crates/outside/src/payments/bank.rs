//! Transfers by bank: no network, no key. Whoever gives gets a reference to write on the transfer; staff record what arrives.
//!
//! The reference is a creditor reference of ISO 11649, `RF` with two check digits, which banks' forms check while it is typed:
//! `RF18 4KXM 7Q2P 9T0B`. It is made from the contribution's id by a hash, so that a bank statement does not tell the id.
//! Nothing here can say what was paid; a transfer stays open until somebody at the desk has seen it.

use http::HeaderMap;
use model::{ContributionId, GatewayName, Timestamp};
use sha2::{Digest, Sha256};

use super::{
    Can, Event, Gateway, GatewayError, Happened, HookRefused, Object, Pledge, SessionStanding, Standing, Start,
    Started, cannot,
};

/// The kind of its one object.
const TRANSFER: &str = "transfer";
/// Digits and letters without those that are read as another (I, L, O, U).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a reference behind its check digits: 60 bits.
const LENGTH: usize = 12;

/// A creditor reference of ISO 11649.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference(String);

impl Reference {
    /// The reference of a contribution.
    #[must_use]
    pub fn of(contribution: ContributionId) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"bank reference");
        hash.update(contribution.0.as_bytes());
        let hash = hash.finalize();
        let letters = hash.iter().take(LENGTH).map(|byte| char::from(LETTERS[usize::from(*byte & 31)]));
        let letters: String = letters.collect();
        Self(format!("RF{:02}{letters}", 98 - remainder(&format!("{letters}RF00"))))
    }

    /// As somebody typed it or a bank printed it: spaces and case don't matter, digits may be Arabic or Persian. `None` where its
    /// check digits don't fit.
    ///
    /// ```
    /// use outside::payments::bank::Reference;
    /// assert_eq!(Reference::parse("rf18 5390 0754 7034").unwrap().as_str(), "RF18539007547034");
    /// assert!(Reference::parse("RF19 5390 0754 7034").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(latin).collect();
        let plain = plain.to_ascii_uppercase();
        let rest = plain.strip_prefix("RF").filter(|_| plain.len() <= 25 && plain.len() > 4 && plain.is_ascii())?;
        let (check, own) = rest.split_at_checked(2)?;
        let fits = check.bytes().all(|byte| byte.is_ascii_digit())
            && own.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && remainder(&format!("{own}RF{check}")) == 1;
        fits.then_some(Self(plain))
    }

    /// Without spaces, as it is kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Reference {
    /// In groups of four, as it is printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, letter) in self.0.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

fn latin(c: char) -> char {
    let digit = match c {
        '٠'..='٩' => char::from_digit(u32::from(c) - u32::from('٠'), 10),
        '۰'..='۹' => char::from_digit(u32::from(c) - u32::from('۰'), 10),
        _ => None,
    };
    digit.unwrap_or(c)
}

/// The remainder by 97 of digits and letters, where letters stand for 10 to 35 (ISO 7064, as in IBANs).
fn remainder(text: &str) -> u32 {
    text.chars()
        .filter_map(|c| c.to_digit(36))
        .fold(0, |sum, digit| (sum * if digit > 9 { 100 } else { 10 } + digit) % 97)
}

/// Transfers by bank.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bank;

#[async_trait::async_trait]
impl Gateway for Bank {
    fn name(&self) -> GatewayName {
        GatewayName::Bank
    }

    fn can(&self) -> Can {
        Can::ONCE
    }

    fn objects(&self, session: Option<&str>, _: Option<&str>) -> Vec<Object> {
        session.map(|reference| Object::new(TRANSFER, reference)).into_iter().collect()
    }

    async fn start(&self, ask: &Start) -> Result<Started, GatewayError> {
        if ask.frequency.is_pledge() {
            return cannot(self.name());
        }
        // What a transfer needs stands on the page to which others come back.
        Ok(Started { page: ask.done.clone(), session: Reference::of(ask.contribution).as_str().to_owned() })
    }

    async fn fetch(&self, object: &Object) -> Result<Option<Standing>, GatewayError> {
        let known = object.kind == TRANSFER && Reference::parse(&object.id).is_some();
        Ok(known.then(|| Standing { session: Some(SessionStanding::Open), ..Standing::default() }))
    }

    async fn verify(&self, _: Timestamp, _: &HeaderMap, _: &[u8]) -> Result<Vec<Event>, HookRefused> {
        Err(HookRefused::Signature)
    }

    async fn cancel(&self, _: &Pledge, _: &str) -> Result<(), GatewayError> {
        cannot(self.name())
    }

    async fn since(&self, _: Option<&str>) -> Result<Happened, GatewayError> {
        Ok(Happened::unrecorded())
    }
}

#[cfg(test)]
mod tests {
    use model::{ContributionId, SeededChance};

    use super::*;

    #[test]
    fn a_reference_is_checked_as_banks_check_it() {
        // The examples of the standard and of the European Payments Council.
        for good in ["RF18 5390 0754 7034", "RF45G72UUR", "rf 712348231", "RF332348236", "RF۱۸ 5390 0754 7034"] {
            assert!(Reference::parse(good).is_some(), "{good}");
        }
        for bad in
            ["", "RF", "RF18", "RF19 5390 0754 7034", "RF18 5390 0754 7043", "XX18539007547034", "RF18é390", "RFA85390"]
        {
            assert!(Reference::parse(bad).is_none(), "{bad}");
        }
        assert!(Reference::parse(&format!("RF18{}", "0".repeat(30))).is_none(), "too long");
    }

    #[test]
    fn each_contribution_has_a_reference_of_its_own_that_does_not_tell_its_id() {
        let chance = SeededChance::new(1);
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..1_000 {
            let id = ContributionId::new(&chance);
            let reference = Reference::of(id);
            assert_eq!(Reference::parse(&reference.to_string()).as_ref(), Some(&reference));
            assert_eq!(Reference::of(id), reference);
            assert!(seen.insert(reference));
        }
        let shown = seen.first().map(ToString::to_string).unwrap_or_default();
        assert_eq!(shown.split(' ').map(str::len).collect::<Vec<_>>(), [4, 4, 4, 4], "{shown}");
    }
}
