//! What a copy of a mail looks like, and that another parser reads in it what was written.

use mail_parser::{MessageParser, MimeHeaders};
use model::SeededChance;
use outside::mail::{Algorithm, Blank, CopyError, Kind, LetterError, Marks, Personal, Signer, Template};
use proptest::prelude::*;

use crate::letters::{READER, Texts, confirmation, same};

pub(crate) fn copy(template: &Template) -> String {
    let mut out = Vec::new();
    template.copy(&READER, &Signer::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A header of a mail, unfolded.
fn header(mail: &str, name: &str) -> Vec<String> {
    let head = mail.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    let fields = head.split("\r\n").filter_map(|line| line.split_once(": ").map(|(n, v)| (n.to_owned(), v.to_owned())));
    fields.filter(|(own, _)| own == name).map(|(_, value)| value).collect()
}

#[test]
fn another_parser_reads_both_texts_with_the_readers_own_links() {
    for texts in [Texts::english(), Texts::russian(), Texts::persian()] {
        let mail = copy(&texts.template());
        let read = MessageParser::default().parse(mail.as_bytes()).unwrap();
        assert_eq!(read.subject(), Some(texts.subject));
        let from = read.from().unwrap().first().unwrap();
        assert_eq!((from.name(), from.address()), (Some(texts.sender), Some("letter@news.example")));
        assert_eq!(read.to().unwrap().first().unwrap().address(), Some(READER.to));
        assert_eq!(read.message_id(), Some(READER.message_id));
        let kinds: Vec<_> = read.parts.iter().map(|part| part.content_type().unwrap().subtype().unwrap()).collect();
        assert_eq!(kinds, ["alternative", "plain", "html"], "the text comes first");
        same(&read.body_text(0).unwrap(), &texts.with(false));
        same(&read.body_html(0).unwrap(), &texts.with(true));
    }
}

#[test]
fn a_mail_is_ascii_with_short_lines_that_nothing_on_the_way_has_to_change() {
    for texts in [Texts::english(), Texts::russian(), Texts::persian()] {
        let mail = copy(&texts.template());
        let (head, body) = mail.split_once("\r\n\r\n").unwrap();
        assert!(mail.is_ascii() && !mail.replace("\r\n", "").contains(['\r', '\n', '\0']));
        assert!(head.split("\r\n").all(|line| line.len() <= 998));
        for line in body.split("\r\n") {
            assert!(line.len() <= 76 && !line.starts_with(['.', ' ']) && !line.starts_with("From "), "{line}");
            assert!(!line.ends_with(' ') && !line.contains("  ") && !line.contains('\t'), "{line}");
        }
        assert!(body.ends_with("--\r\n"), "there are empty lines at the end");
    }
}

#[test]
fn texts_in_other_scripts_are_not_six_times_as_long() {
    let (russian, english) = (copy(&Texts::russian().template()), copy(&Texts::english().template()));
    assert!(russian.contains("base64") && !english.contains("base64"));
    let written = Texts::russian().with(true).len() + Texts::russian().with(false).len();
    assert!(russian.len() < written * 3 / 2, "{} of {written}", russian.len());
}

#[test]
fn a_newsletter_says_what_it_is_and_how_to_leave_it() {
    let mail = copy(&Texts::english().template());
    assert_eq!(header(&mail, "List-Id"), ["The Weekly <weekly.news.example>"]);
    let leave = format!("<{}>, <{}>", READER.unsubscribe, READER.unsubscribe_mail);
    assert_eq!(header(&mail, "List-Unsubscribe"), [leave]);
    assert_eq!(header(&mail, "List-Unsubscribe-Post"), ["List-Unsubscribe=One-Click"]);
    assert_eq!(header(&mail, "Feedback-ID"), ["12:weekly:masthead"]);
    assert_eq!(header(&mail, "Date"), ["Mon, 24 Nov 2025 00:00:00 +0000"]);
    assert_eq!(header(&mail, "Reply-To"), ["<desk@news.example>"]);
    assert_eq!(header(&mail, "MIME-Version"), ["1.0"]);
    for no in ["Auto-Submitted", "Precedence", "Return-Path", "Sender", "X-Mailer"] {
        assert!(header(&mail, no).is_empty(), "{no}");
    }
}

#[test]
fn without_a_mailbox_that_is_read_nobody_is_told_to_write_to_it() {
    let texts = Texts::english();
    let mut letter = texts.letter();
    letter.kind = Kind::List { id: "weekly.news.example", name: "", feedback_id: None, by_mail: false };
    let mail = copy(&Template::build(&letter, &texts.marks).unwrap());
    assert_eq!(header(&mail, "List-Unsubscribe"), [format!("<{}>", READER.unsubscribe)]);
    assert_eq!(header(&mail, "List-Id"), ["<weekly.news.example>"]);
}

#[test]
fn a_confirmation_is_automatic_and_no_newsletter() {
    let mail = copy(&confirmation());
    assert_eq!(header(&mail, "Auto-Submitted"), ["auto-generated"]);
    assert!(!mail.contains("List-"));
    let read = MessageParser::default().parse(mail.as_bytes()).unwrap();
    assert_eq!(read.body_text(0).unwrap(), "Hello.\r\n.\r\n..\r\nhttps://news.example/c/abc\r\n");
}

#[test]
fn a_frozen_mail_makes_the_same_copies() {
    for template in [Texts::english(), Texts::russian(), Texts::persian()].map(|texts| texts.template()) {
        let frozen = template.to_bytes();
        let back = Template::from_bytes(&frozen).unwrap();
        assert_eq!(back, template);
        assert_eq!(copy(&back), copy(&template));
        assert_eq!(back.to_bytes(), frozen);
        for cut in [0, 5, 16, 17, 100, frozen.len() / 2] {
            // A cut may fall where the form allows it, but never makes anything fall over.
            drop(Template::from_bytes(&frozen[..cut]));
        }
    }
    for bad in
        [&b""[..], b"masthead mail 2\n\0H", b"masthead mail 1\n", b"masthead mail 1\n\0V9h\0H", b"masthead mail 1\n\0"]
    {
        assert!(Template::from_bytes(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn a_value_that_would_break_out_of_its_blank_makes_no_mail() {
    let template = Texts::english().template();
    let attempt = |personal: Personal<'_>| template.copy(&personal, &Signer::default(), &mut Vec::new());
    let evil = "https://news.example/\r\nBcc: all@example.org";
    let unfit = |blank| Err(CopyError::Unfit(blank));
    assert_eq!(attempt(Personal { unsubscribe: evil, ..READER }), unfit(Blank::Unsubscribe));
    assert_eq!(attempt(Personal { to: "a@b>\r\nBcc: <c@d", ..READER }), unfit(Blank::To));
    assert_eq!(attempt(Personal { message_id: "a b@c", ..READER }), unfit(Blank::MessageId));
    assert_eq!(attempt(Personal { preferences: "https://новости.рф/", ..READER }), unfit(Blank::Preferences));
    assert_eq!(attempt(Personal { unsubscribe: &"x".repeat(901), ..READER }), unfit(Blank::Unsubscribe));
    assert_eq!(attempt(Personal { preferences: "", ..READER }), Err(CopyError::Missing(Blank::Preferences)));
}

#[test]
fn a_letter_that_can_not_be_sent_says_which_part_of_it() {
    let texts = Texts::english();
    let built = |change: &dyn Fn(&mut outside::mail::Letter<'_>)| {
        let mut letter = texts.letter();
        change(&mut letter);
        Template::build(&letter, &texts.marks).unwrap_err()
    };
    let error = built(&|letter| letter.from.address = "news");
    assert!(matches!(error, LetterError::Address { field: "From", .. }), "{error}");
    for id in ["weekly", "a b.example", "новости.рф", "a..b", ""] {
        let kind = Kind::List { id, name: "", feedback_id: None, by_mail: true };
        assert!(matches!(built(&|letter| letter.kind = kind), LetterError::ListId(_)), "{id}");
    }
    let kind = Kind::List { id: "a.b", name: "", feedback_id: Some("a:b:c:d:e"), by_mail: true };
    assert!(matches!(built(&|letter| letter.kind = kind), LetterError::FeedbackId(_)));
}

#[test]
fn a_subject_can_not_become_a_header() {
    let marks = Marks::new(&SeededChance::new(4));
    let texts = Texts::english();
    let mut letter = texts.letter();
    letter.subject = "One\r\nBcc: all@example.org\0\u{85}";
    letter.from.name = "News\r\nX: y";
    let mail = copy(&Template::build(&letter, &marks).unwrap());
    assert!(header(&mail, "Bcc").is_empty() && header(&mail, "X").is_empty());
    assert!(mail.contains("Subject: "));
}

#[tokio::test]
async fn a_mail_without_a_text_is_a_mail() {
    let texts = Texts::english();
    for html in [None, Some(""), Some(" \n ")] {
        let letter = outside::mail::Letter { text: "\n\n", html, ..texts.letter() };
        let (signer, records) = crate::dkim::signer(&[Algorithm::Ed25519], &[]);
        let mut mail = Vec::new();
        Template::build(&letter, &texts.marks).unwrap().copy(&READER, &signer, &mut mail).unwrap();
        assert_eq!(crate::dkim::verified(&mail, &records).await, (1, 1));
        assert!(MessageParser::default().parse(mail.as_slice()).is_some());
    }
}

#[test]
fn the_size_is_known_before_any_copy_is_made() {
    for texts in [Texts::english(), Texts::russian()] {
        let (template, mail) = (texts.template(), copy(&texts.template()));
        assert!(template.size().abs_diff(mail.len()) < mail.len() / 50, "{} and {}", template.size(), mail.len());
    }
}

proptest! {
    #[test]
    fn whatever_a_text_holds_it_is_read_as_it_was_written(parts in prop::collection::vec("[\\PC \n\t.=]{0,200}", 1..5)) {
        let mut texts = Texts::english();
        let link = texts.marks.of(Blank::Unsubscribe);
        texts.text = format!("a{}z", parts.join(&link));
        texts.html = texts.text.clone();
        let mail = copy(&texts.template());
        let body = mail.split_once("\r\n\r\n").unwrap().1;
        prop_assert!(mail.is_ascii() && body.split("\r\n").all(|line| line.len() <= 76 && !line.starts_with('.')));
        let read = MessageParser::default().parse(mail.as_bytes()).unwrap();
        same(&read.body_text(0).unwrap(), &texts.with(false));
        same(&read.body_html(0).unwrap(), &texts.with(true));
        // Signing checks that the body is in canonical form, as it does in every debug build.
        let (signer, _) = crate::dkim::signer(&[Algorithm::Ed25519], &[]);
        let alone = outside::mail::Letter { html: None, ..texts.letter() };
        for template in [texts.template(), Template::build(&alone, &texts.marks).unwrap()] {
            template.copy(&READER, &signer, &mut Vec::new()).unwrap();
        }
        prop_assert_eq!(Template::from_bytes(&texts.template().to_bytes()).unwrap(), texts.template());
    }

    #[test]
    fn bytes_that_are_no_frozen_mail_are_refused_and_nothing_falls_over(bytes in prop::collection::vec(0..128_u8, 0..200)) {
        let frozen = [b"masthead mail 1\n", bytes.as_slice()].concat();
        if let Ok(template) = Template::from_bytes(&frozen) {
            assert!(template.copy(&READER, &Signer::default(), &mut Vec::new()).is_ok());
        }
    }
}
