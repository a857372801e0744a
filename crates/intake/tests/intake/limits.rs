//! Any bytes: a reader may refuse them, and never panics.

use std::io::Write;

use intake::{ghost, markdown, substack, wordpress};
use proptest::prelude::*;

use crate::common::Written;
use crate::fixture;

fn wild(bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    std::fs::write(folder.path().join("a.md"), bytes).unwrap();
    std::fs::write(folder.path().join("posts.csv"), bytes).unwrap();
    for told in [
        wordpress::read(file.path(), &mut Written::default()),
        ghost::read(file.path(), &mut Written::default()),
        substack::read(folder.path(), &mut Written::default()),
        markdown::read(folder.path(), &mut Written::default()),
    ] {
        if let Err(error) = told {
            assert!(!error.to_string().is_empty());
        }
    }
}

/// A fixture with a piece cut out and others put in.
fn mangled(name: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let whole = std::fs::read(fixture(name)).unwrap();
    let length = whole.len();
    (0..length, 0..length, proptest::collection::vec(any::<u8>(), 0..40)).prop_map(move |(a, b, put)| {
        let (a, b) = (a.min(b), a.max(b));
        [&whole[..a], &put, &whole[b..]].concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        wild(&bytes);
    }

    #[test]
    fn damaged_exports_never_panic(
        bytes in prop_oneof![
            mangled("wordpress/newsroom.xml"),
            mangled("ghost/newsroom.json"),
            mangled("substack/posts.csv"),
            mangled("own/stories/port.en.md"),
        ],
    ) {
        wild(&bytes);
    }

    #[test]
    fn any_content_of_a_post_never_panics(content in "(\\[/?[a-z]{1,7}( [a-z]{1,3}=\"?[a-z0-9,]{0,5}\"?)?\\]|<!-- /?wp:[a-z]{1,6} (\\{\"a\":1\\} )?/?-->|<[a-z]{1,4}>|\n|[a-zё ]{1,5}){0,40}") {
        let content = content.replace("]]>", "");
        let wxr = format!("<rss><channel><wp:wxr_version>1.2</wp:wxr_version><item><content:encoded><![CDATA[{content}]]></content:encoded>\
            <wp:post_type>post</wp:post_type><wp:post_id>1</wp:post_id><wp:status>publish</wp:status></item></channel></rss>");
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(wxr.as_bytes()).unwrap();
        let mut written = Written::default();
        wordpress::read(file.path(), &mut written).unwrap();
        prop_assert!(written.0.contains("STORY 1"));
    }
}
