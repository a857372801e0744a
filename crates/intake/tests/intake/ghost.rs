//! Ghost.

use std::io::Write;

use intake::{Error, ghost};

use crate::common::Written;
use crate::fixture;

fn read(bytes: &[u8]) -> (String, Result<(), Error>) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let mut written = Written::default();
    let told = ghost::read(file.path(), &mut written);
    (written.0, told)
}

fn newsroom() -> String {
    std::fs::read_to_string(fixture("ghost/newsroom.json")).unwrap()
}

#[test]
fn posts_in_every_form_come_out_as_documents() {
    let (written, told) = read(newsroom().as_bytes());
    told.unwrap();
    insta::assert_snapshot!(written);
}

#[test]
fn nothing_of_members_or_staff_is_delivered() {
    let (written, _) = read(newsroom().as_bytes());
    assert!(!written.to_lowercase().contains("canary"), "{written}");
}

#[test]
fn a_truncated_file_delivers_what_is_complete_and_says_where_it_broke() {
    let whole = newsroom();
    let cut = whole.find("\"mobiledoc-post\"").unwrap();
    let (written, told) = read(&whole.as_bytes()[..cut]);
    assert!(written.contains("STORY a1"), "{written}");
    let Err(Error::Damaged { at, why, .. }) = told else { panic!("{told:?}") };
    assert!(at > 100 && why.contains("stand"), "{at} {why}");
}

#[test]
fn an_endless_row_is_refused() {
    let mut endless = b"{\"data\":{\"posts\":[{\"id\":\"1\",\"title\":\"ok\"},{\"title\":\"".to_vec();
    endless.extend(std::iter::repeat_n(b'a', 34 * 1024 * 1024));
    let (written, told) = read(&endless);
    assert!(written.contains("STORY 1"), "{written}");
    assert!(matches!(told, Err(Error::Refused { .. })), "{told:?}");
}

#[test]
fn what_is_no_ghost_export_is_called_by_its_name() {
    for bytes in [&b""[..], b"<rss>", b"[]", b"{\"a\":1}", b"PK\x03\x04", b"{\"db\":3}", b"{"] {
        let (_, told) = read(bytes);
        assert!(matches!(told, Err(Error::WrongKind { .. })), "{told:?}");
    }
}
