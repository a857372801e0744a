//! WordPress.

use std::io::Write;

use intake::{Error, wordpress};

use crate::common::Written;
use crate::fixture;

fn read(bytes: &[u8]) -> (String, Result<(), Error>) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let mut written = Written::default();
    let told = wordpress::read(file.path(), &mut written);
    (written.0, told)
}

fn newsroom() -> String {
    std::fs::read_to_string(fixture("wordpress/newsroom.xml")).unwrap()
}

#[test]
fn a_newsroom_with_everything_comes_out_as_documents() {
    let mut written = Written::default();
    wordpress::read(&fixture("wordpress/newsroom.xml"), &mut written).unwrap();
    insta::assert_snapshot!(written.0);
}

#[test]
fn nothing_of_commenters_staff_or_hidden_posts_is_delivered() {
    let (written, _) = read(newsroom().as_bytes());
    for canary in ["canary", "192.0.2.", "CANARY", "staff-login", "not for you"] {
        assert!(!written.contains(canary), "{canary} was delivered");
    }
}

#[test]
fn the_same_file_gives_the_same_items() {
    assert_eq!(read(newsroom().as_bytes()).0, read(newsroom().as_bytes()).0);
}

#[test]
fn a_truncated_file_delivers_what_is_complete_and_says_where_it_broke() {
    let whole = newsroom();
    let cut = whole.find("A draft about water").unwrap();
    let (written, told) = read(&whole.as_bytes()[..cut]);
    assert!(written.contains("Port closes for a day"), "{written}");
    let Err(Error::Damaged { at, why, .. }) = told else { panic!("{told:?}") };
    assert!(at > 1_000 && why.contains("stand"), "{at} {why}");
}

#[test]
fn entities_are_refused_before_anything_is_delivered() {
    let bomb = newsroom().replacen("<rss", "<!DOCTYPE rss [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;\">]>\n<rss", 1);
    let (written, told) = read(bomb.as_bytes());
    assert_eq!(written, "");
    let Err(Error::Refused { why, .. }) = told else { panic!("{told:?}") };
    assert!(why.contains("ENTITY"), "{why}");
}

#[test]
fn an_endless_item_is_refused_and_what_stands_before_it_is_delivered() {
    let whole = newsroom();
    let cut = whole.find("A draft about water").unwrap();
    let mut endless = whole.as_bytes()[..cut].to_vec();
    endless.extend(std::iter::repeat_n(b'a', 34 * 1024 * 1024));
    let (written, told) = read(&endless);
    assert!(written.contains("Port closes for a day"));
    let Err(Error::Refused { why, .. }) = told else { panic!("{told:?}") };
    assert!(why.contains("32 MiB"), "{why}");
}

#[test]
fn other_encodings_are_read_and_wrong_bytes_are_counted() {
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(CYRILLIC);
    let (written, told) = read(&bytes);
    assert!(told.is_ok() && written.contains("«Порт закрыт»"), "{written}");
    let broken = CYRILLIC.replace("windows-1251", "utf-8").replace("Порт", "@@").into_bytes();
    let broken: Vec<u8> = broken.into_iter().map(|b| if b == b'@' { 0xC3 } else { b }).collect();
    let (written, told) = read(&broken);
    assert!(told.is_ok() && written.contains("damaged text"), "{written}");
}

const CYRILLIC: &str = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss><channel><title>Т</title>\
    <wp:wxr_version>1.0</wp:wxr_version><item><title>Порт закрыт</title><wp:post_id>1</wp:post_id>\
    <wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item></channel></rss>";

#[test]
fn what_is_no_wordpress_export_is_called_by_its_name() {
    for (bytes, word) in [
        (&b""[..], "empty"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"{\"db\":[]}", "Ghost"),
        (b"<html><body></body></html>", "<html>"),
        (b"<rss><channel><title>Feed</title><item><title>x</title></item></channel></rss>", "RSS"),
        (b"plain words", "<rss>"),
    ] {
        let (_, told) = read(bytes);
        let Err(Error::WrongKind { why, .. }) = told else { panic!("{told:?}") };
        assert!(why.contains(word), "{why}");
    }
}

#[test]
fn a_sink_that_wants_no_more_stops_the_reader() {
    struct Full;
    impl intake::Sink for Full {
        fn item(&mut self, _: intake::Item) -> Result<(), intake::Stop> {
            Err(intake::Stop)
        }
    }
    let told = wordpress::read(&fixture("wordpress/newsroom.xml"), &mut Full);
    assert!(matches!(told, Err(Error::Stopped)), "{told:?}");
}
