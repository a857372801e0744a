//! What comes back of mails, in the forms in which servers send it: `fixtures/mailback`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{collections::BTreeSet, path::PathBuf};

use model::Bounce;
use outside::mailback::{Addresses, Cause, Envelope, Nothing, Notice, Reading, Sender, Token, TooMuch, read};

const TOKEN: &str = "mfzwizltoqqgc3tbnrqxe43fnzsa2345";
const UNSUBSCRIBE: &str = "orsxg5dvnzzxkytto5xxezlsmuqgk3tf";
const MESSAGE_ID: &str = "k4m2q7d3.w28@bounces.news.example";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/mailback")
}

fn ours() -> Addresses {
    Addresses::at("bounces.news.example").unwrap()
}

fn fixture(name: &str) -> Vec<u8> {
    let path = folder().join(format!("{name}.eml"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// As out of a mailbox: nothing is known but what is written in it.
fn reading(name: &str) -> Reading {
    let envelope = Envelope { sender: Sender::AsWritten, recipient: None };
    read(&ours(), envelope, &fixture(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn notice(name: &str) -> Notice {
    match reading(name) {
        Reading::Notice(notice) => notice,
        Reading::Nothing(nothing) => panic!("{name}: {nothing:?}"),
    }
}

fn nothing(name: &str) -> Nothing {
    match reading(name) {
        Reading::Nothing(nothing) => nothing,
        Reading::Notice(notice) => panic!("{name}: {notice:?}"),
    }
}

const HARD: [(&str, Cause, Option<&str>); 16] = [
    ("postfix-no-user", Cause::NoMailbox, Some("5.1.1")),
    ("exim-no-user", Cause::NoMailbox, Some("5.1.1")),
    ("exim-no-domain", Cause::NoDomain, Some("5.0.0")),
    ("qmail-no-user", Cause::NoMailbox, Some("5.1.1")),
    ("sendmail-no-user", Cause::NoMailbox, Some("5.1.1")),
    ("exchange-no-user", Cause::NoMailbox, Some("5.1.1")),
    ("exchange-online-access-denied", Cause::NoMailbox, Some("5.4.1")),
    ("gmail-no-user", Cause::NoMailbox, Some("5.1.1")),
    ("gmail-no-domain", Cause::NoDomain, Some("5.1.2")),
    ("yahoo-plain-no-user", Cause::NoMailbox, None),
    ("domino-no-user", Cause::NoMailbox, Some("5.1.1")),
    ("mailru-plain-no-user", Cause::NoMailbox, None),
    ("qq-html-no-user", Cause::NoMailbox, None),
    ("utf8-global", Cause::NoMailbox, Some("5.1.1")),
    ("report-in-base64", Cause::NoMailbox, Some("5.1.1")),
    ("no-action-and-no-blank-line", Cause::NoMailbox, Some("5.1.1")),
];

const SOFT: [(&str, Cause, Option<&str>); 7] = [
    ("postfix-full", Cause::Full, Some("5.2.2")),
    ("postfix-expired", Cause::Expired, Some("4.4.1")),
    ("exim-plain-full", Cause::Full, None),
    ("qmail-tried-too-long", Cause::Expired, Some("4.4.1")),
    ("gmail-blocked", Cause::Blocked, Some("5.7.26")),
    ("forwarded-full-and-gone", Cause::Full, Some("5.2.2")),
    ("loop", Cause::Loop, Some("5.4.6")),
];

const NOTHING: [(&str, Nothing); 24] = [
    ("postfix-delayed", Nothing::Delayed),
    ("exim-plain-delayed", Nothing::Delayed),
    ("gmail-delayed", Nothing::Delayed),
    ("postfix-delivered", Nothing::Delivered),
    ("forwarded-one-failed", Nothing::Delivered),
    ("arf-nothing-of-ours", Nothing::NoToken),
    ("arf-not-spam", Nothing::OtherFeedback),
    ("arf-auth-failure", Nothing::OtherFeedback),
    ("away-exchange", Nothing::AutoReply),
    ("away-vacation", Nothing::AutoReply),
    ("away-german", Nothing::AutoReply),
    ("away-russian", Nothing::AutoReply),
    ("away-persian", Nothing::AutoReply),
    ("challenge", Nothing::AutoReply),
    ("receipt", Nothing::Receipt),
    ("person-answers", Nothing::NotAReport),
    ("person-forwards-a-report", Nothing::NotAReport),
    ("report-to-nobody", Nothing::NotOurs),
    ("unsubscribe-nothing", Nothing::NoToken),
    ("join-report", Nothing::NotAPerson),
    ("join-away", Nothing::NotAPerson),
    ("join-list", Nothing::NotAPerson),
    ("join-ourselves", Nothing::NotAPerson),
    ("join-machine", Nothing::NotAPerson),
];

/// Mails that a test of their own speaks of.
const OTHERS: [&str; 15] = [
    "report-with-a-sender",
    "report-without-a-sender-field",
    "report-that-lies",
    "round-in-circles",
    "arf-abuse",
    "arf-abuse-return-path",
    "arf-abuse-unsubscribe-only",
    "arf-abuse-to-bounces",
    "arf-opt-out",
    "unsubscribe",
    "unsubscribe-subject",
    "join",
    "join-weekly",
    "join-subject",
    "join-several",
];

#[test]
fn reports_of_every_server_are_told_apart() {
    let all = HARD.map(|row| (Bounce::Hard, row)).into_iter().chain(SOFT.map(|row| (Bounce::Soft, row)));
    for (bounce, (name, cause, status)) in all {
        let Notice::Bounced { token, bounce: was, cause: why, status: code, .. } = notice(name) else {
            panic!("{name} is no bounce")
        };
        assert_eq!(token, Token::Delivery(TOKEN.to_owned()), "{name}");
        assert_eq!((was, why), (bounce, cause), "{name}");
        assert_eq!(code.map(|code| code.to_string()).as_deref(), status, "{name}");
    }
}

#[test]
fn absences_delays_and_receipts_bounce_nobody() {
    for (name, why) in NOTHING {
        assert_eq!(nothing(name), why, "{name}");
    }
}

#[test]
fn the_message_id_of_what_is_returned_is_read() {
    for name in ["postfix-no-user", "sendmail-no-user", "qmail-no-user", "yahoo-plain-no-user", "exim-plain-full"] {
        let Notice::Bounced { message_id, .. } = notice(name) else { panic!("{name} is no bounce") };
        assert_eq!(message_id.as_deref(), Some(MESSAGE_ID), "{name}");
    }
}

#[test]
fn complaints_are_known_by_what_they_return() {
    for (name, token) in [
        ("arf-abuse", Token::Delivery(TOKEN.to_owned())),
        ("arf-abuse-return-path", Token::Delivery(TOKEN.to_owned())),
        ("arf-abuse-to-bounces", Token::Delivery(TOKEN.to_owned())),
        ("arf-abuse-unsubscribe-only", Token::Unsubscribe(UNSUBSCRIBE.to_owned())),
    ] {
        let message_id = Some(MESSAGE_ID.to_owned());
        assert_eq!(notice(name), Notice::Complaint { token, message_id }, "{name}");
    }
    assert_eq!(notice("arf-opt-out"), Notice::Unsubscribe { token: Token::Delivery(TOKEN.to_owned()) });
}

#[test]
fn a_report_that_lies_is_about_the_delivery_of_its_address_and_shows_what_it_returns() {
    let Notice::Bounced { token, message_id, .. } = notice("report-that-lies") else { panic!("no bounce") };
    assert_eq!(token, Token::Delivery(TOKEN.to_owned()), "the address that it came to counts, not what it returns");
    assert_eq!(message_id.as_deref(), Some("another.one@bounces.news.example"));
    let said = format!("{:?}", reading("report-that-lies"));
    assert!(!said.contains("victim") && !said.contains(TOKEN), "{said}");
}

#[test]
fn reports_come_from_the_empty_sender_alone() {
    assert_eq!(nothing("report-with-a-sender"), Nothing::HasSender);
    assert!(matches!(notice("report-without-a-sender-field"), Notice::Bounced { .. }), "some mailboxes drop the field");
    let ours = ours();
    let to = ours.bounce(TOKEN);
    for name in ["postfix-no-user", "qmail-no-user"] {
        let envelope = Envelope { sender: Sender::Given, recipient: Some(&to) };
        let reading = read(&ours, envelope, &fixture(name)).unwrap();
        assert_eq!(reading, Reading::Nothing(Nothing::HasSender), "{name}: the envelope counts, not the field");
    }
}

#[test]
fn the_envelope_tells_where_a_mail_came_to() {
    let ours = ours();
    let other = "b".repeat(32);
    let to = ours.bounce(&other);
    let envelope = Envelope { sender: Sender::Empty, recipient: Some(&to) };
    let Ok(Reading::Notice(Notice::Bounced { token, .. })) = read(&ours, envelope, &fixture("postfix-no-user")) else {
        panic!("no bounce")
    };
    assert_eq!(token, Token::Delivery(other));
    let envelope = Envelope { sender: Sender::Empty, recipient: Some("somebody@bounces.news.example") };
    assert_eq!(read(&ours, envelope, &fixture("postfix-no-user")), Ok(Reading::Nothing(Nothing::NotOurs)));
}

#[test]
fn a_mail_that_goes_round_in_circles_is_not_read() {
    let envelope = Envelope { sender: Sender::AsWritten, recipient: None };
    assert_eq!(read(&ours(), envelope, &fixture("round-in-circles")), Err(TooMuch::Hops));
}

#[test]
fn readers_sign_up_and_off_by_mail() {
    let token = Token::Unsubscribe(UNSUBSCRIBE.to_owned());
    assert_eq!(notice("unsubscribe"), Notice::Unsubscribe { token: token.clone() });
    assert_eq!(notice("unsubscribe-subject"), Notice::Unsubscribe { token }, "in capitals, as some programs write it");
    let Notice::SignUp(join) = notice("join") else { panic!("no sign-up") };
    assert_eq!((join.address.as_str(), join.newsletter.as_deref()), ("reader@reader.example", None));
    let Notice::SignUp(join) = notice("join-weekly") else { panic!("no sign-up") };
    assert_eq!((join.address.as_str(), join.newsletter.as_deref()), ("Reader+news@Reader.example", Some("weekly")));
    assert!(!format!("{join:?}").contains("eader"), "an address is in what is logged");
    let Notice::SignUp(join) = notice("join-subject") else { panic!("no sign-up") };
    assert_eq!(join.newsletter.as_deref(), Some("a-letter-whose-name-is-longer-than-the-local-part-of-an-address"));
    assert_eq!(nothing("join-several"), Nothing::NotAPerson);
}

#[test]
fn every_fixture_is_spoken_of() {
    let spoken: BTreeSet<&str> = (HARD.iter().chain(&SOFT).map(|(name, ..)| *name))
        .chain(NOTHING.iter().map(|(name, _)| *name))
        .chain(OTHERS)
        .collect();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "eml") {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            assert!(spoken.contains(name.as_str()), "no test says what {name} is");
        }
    }
}

/// Cut off anywhere, and with a byte changed anywhere, a mail is read or refused, and never breaks the reader.
#[test]
fn broken_mails_break_nothing() {
    let envelope = Envelope { sender: Sender::AsWritten, recipient: None };
    for name in ["postfix-no-user", "arf-abuse", "qq-html-no-user", "mailru-plain-no-user"] {
        let whole = fixture(name);
        for end in (0..whole.len()).step_by(3) {
            drop(read(&ours(), envelope, &whole[..end]));
        }
        for at in (0..whole.len()).step_by(5) {
            for byte in [0, b'\n', b'"', b'(', b'=', 0xff] {
                let mut changed = whole.clone();
                changed[at] = byte;
                drop(read(&ours(), envelope, &changed));
            }
        }
    }
}
