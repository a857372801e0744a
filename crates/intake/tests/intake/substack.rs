//! Substack.

use intake::{Error, substack};

use crate::common::Written;
use crate::fixture;

#[test]
fn a_publication_comes_out_and_broken_rows_are_named() {
    let mut written = Written::default();
    substack::read(&fixture("substack"), &mut written).unwrap();
    insta::assert_snapshot!(written.0);
    assert!(!written.0.contains("canary"));
}

#[test]
fn a_folder_without_its_list_is_no_export() {
    let folder = tempfile::tempdir().unwrap();
    let told = substack::read(folder.path(), &mut Written::default());
    assert!(matches!(told, Err(Error::WrongKind { .. })), "{told:?}");
    std::fs::write(folder.path().join("posts.csv"), "a,b\n1,2\n").unwrap();
    let told = substack::read(folder.path(), &mut Written::default());
    assert!(matches!(told, Err(Error::WrongKind { .. })), "{told:?}");
}
