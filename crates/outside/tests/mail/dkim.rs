//! Signatures, checked by two other programs: mail-auth here, dkimpy in `python.rs`.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Mutex;

use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::verify::DomainKey;
use mail_auth::hickory_resolver::config::{ResolverConfig, ResolverOpts};
use mail_auth::{AuthenticatedMessage, DkimResult, MessageAuthenticator, ResolverCache, Txt};
use outside::mail::{Algorithm, DkimKey, Signature, Signer};

use crate::letters::{READER, Texts, confirmation};

pub(crate) const DOMAIN: &str = "news.example";

/// A signer, and what its domain's records say.
pub(crate) fn signer(algorithms: &[Algorithm], unsigned: &[&str]) -> (Signer, Vec<(String, String)>) {
    let mut records = Vec::new();
    let signatures = algorithms.iter().enumerate().map(|(at, algorithm)| {
        let key = DkimKey::generate(*algorithm).unwrap();
        records.push((format!("s{at}._domainkey.{DOMAIN}."), key.dns_value().unwrap()));
        let unsigned = unsigned.iter().map(|name| (*name).to_owned()).collect();
        Signature { domain: DOMAIN.to_owned(), selector: format!("s{at}"), key, unsigned }
    });
    let signatures = signatures.collect();
    (Signer::new(signatures).unwrap(), records)
}

pub(crate) const BOTH: [Algorithm; 2] = [Algorithm::Rsa, Algorithm::Ed25519];

struct Records(Mutex<HashMap<Box<str>, Txt>>);

impl ResolverCache<Box<str>, Txt> for Records {
    fn get<Q>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.0.lock().unwrap().get(name).cloned()
    }

    fn remove<Q>(&self, _: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }

    fn insert(&self, _: Box<str>, _: Txt, _: std::time::Instant) {}
}

/// How many signatures there are, and how many of them hold.
pub(crate) async fn verified(mail: &[u8], records: &[(String, String)]) -> (usize, usize) {
    let read = |value: &str| Txt::from(DomainKey::parse(value.as_bytes()).unwrap());
    let records = records.iter().map(|(name, value)| (name.clone().into_boxed_str(), read(value))).collect();
    let records = Records(Mutex::new(records));
    let authenticator = MessageAuthenticator::new(ResolverConfig::default(), ResolverOpts::default()).unwrap();
    let message = AuthenticatedMessage::parse(mail).unwrap();
    let parameters = mail_auth::Parameters::new(&message).with_txt_cache(&records);
    let outputs = authenticator.verify_dkim(parameters).await;
    (outputs.len(), outputs.iter().filter(|output| matches!(output.result(), DkimResult::Pass)).count())
}

fn signed(signer: &Signer) -> String {
    let mut out = Vec::new();
    Texts::english().template().copy(&READER, signer, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[tokio::test]
async fn both_signatures_hold_in_every_language() {
    let (signer, records) = signer(&BOTH, &[]);
    for texts in [Texts::english(), Texts::russian(), Texts::persian()] {
        let mut mail = Vec::new();
        texts.template().copy(&READER, &signer, &mut mail).unwrap();
        assert_eq!(verified(&mail, &records).await, (2, 2));
    }
    let mut mail = Vec::new();
    confirmation().copy(&READER, &signer, &mut mail).unwrap();
    assert_eq!(verified(&mail, &records).await, (2, 2));
}

#[tokio::test]
async fn no_header_that_a_reader_sees_or_a_program_acts_on_can_be_changed_or_added() {
    let (signer, records) = signer(&BOTH, &[]);
    let mail = signed(&signer);
    let fields =
        ["From", "Sender", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"];
    let list = ["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Transfer-Encoding"];
    for field in fields.into_iter().chain(list) {
        for changed in [
            format!("{field}: <https://evil.example>\r\n{mail}"),
            mail.replacen(&format!("\r\n{field}: "), &format!("\r\n{field}: x"), 1),
        ] {
            if changed != mail {
                assert_eq!(verified(changed.as_bytes(), &records).await.1, 0, "{field}");
            }
        }
    }
    assert_eq!(verified(mail.replacen("harbour", "airport", 1).as_bytes(), &records).await.1, 0, "the body");
    assert_eq!(verified(mail.replacen("Feedback-ID: 12", "Feedback-ID: 13", 1).as_bytes(), &records).await.1, 0);
    // What relays add, and how they may fold, changes nothing.
    let relayed = format!("Received: by relay.example; Mon, 24 Nov 2025 00:00:00 +0000\r\n{mail}");
    assert_eq!(
        verified(relayed.replace("Subject: The week", "Subject:  The\r\n week").as_bytes(), &records).await,
        (2, 2)
    );
}

#[tokio::test]
async fn headers_that_a_relay_writes_anew_can_be_left_unsigned() {
    let (signer, records) = signer(&BOTH, &["message-id", "Date"]);
    let mail = signed(&signer);
    let rewritten = mail.replace("Message-ID: <", "Message-ID: <ses-").replace("Date: Mon, 24", "Date: Tue, 25");
    assert_ne!(rewritten, mail);
    assert_eq!(verified(rewritten.as_bytes(), &records).await, (2, 2));
}

#[tokio::test]
async fn the_same_mail_is_signed_the_same_at_every_try() {
    let (signer, _) = signer(&BOTH, &[]);
    assert_eq!(signed(&signer), signed(&signer));
}

#[tokio::test]
async fn a_mail_is_signed_for_the_domain_of_its_sender() {
    let other = DkimKey::generate(Algorithm::Ed25519).unwrap();
    let own = DkimKey::generate(Algorithm::Ed25519).unwrap();
    let of = |domain: &str, key| Signature {
        domain: domain.to_owned(),
        selector: "a".to_owned(),
        key,
        unsigned: Vec::new(),
    };
    let signer = Signer::new(vec![of("other.example", other), of(DOMAIN, own)]).unwrap();
    let mail = signed(&signer);
    assert!(mail.contains("d=news.example;") && !mail.contains("d=other.example;"));
    let stranger = Signer::new(vec![of("other.example", DkimKey::generate(Algorithm::Ed25519).unwrap())]).unwrap();
    assert!(signed(&stranger).contains("d=other.example;"), "a mail without a key of its domain goes unsigned");
}
