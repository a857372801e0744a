//! Markdown folders.

use intake::{Error, markdown};

use crate::common::Written;
use crate::fixture;

fn read(folder: &str) -> String {
    let mut written = Written::default();
    markdown::read(&fixture(folder), &mut written).unwrap();
    written.0
}

#[test]
fn the_newsrooms_own_form_says_everything_a_story_has() {
    insta::assert_snapshot!(read("own"));
}

#[test]
fn hugo_sites_are_read() {
    insta::assert_snapshot!(read("hugo"));
}

#[test]
fn zola_sites_are_read() {
    insta::assert_snapshot!(read("zola"));
}

#[test]
fn jekyll_sites_are_read() {
    insta::assert_snapshot!(read("jekyll"));
}

#[test]
fn the_newsroom_of_a_folder_can_be_read_by_itself() {
    let newsroom = markdown::newsroom(&fixture("own")).unwrap().unwrap();
    assert_eq!(newsroom.time_zone, "Europe/Riga");
    assert_eq!(newsroom.languages.len(), 2);
    assert_eq!(markdown::newsroom(&fixture("hugo")).unwrap(), None);
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_stand() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.md"), "---\ntitle: Good\ndate: 2024-01-01\n---\nText").unwrap();
    std::fs::write(folder.path().join("bad.md"), "---\ntitle: [\n---\nText").unwrap();
    std::fs::write(folder.path().join("latin.md"), b"caf\xe9").unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("link.md")).unwrap();
    let mut written = Written::default();
    markdown::read(folder.path(), &mut written).unwrap();
    for word in ["«Good»", "bad.md", "YAML", "latin.md", "not UTF-8", "link.md", "symbolic link"] {
        assert!(written.0.contains(word), "{word} is missing in {}", written.0);
    }
}

#[test]
fn photos_outside_of_the_folder_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let long = "x".repeat(10_000);
    let text = format!(
        "---\ntitle: A\ndate: 2024-01-01\n---\n![a](../../etc/a.jpg)\n\n![b](%2e%2e/%2e%2e/b.jpg)\n\n![c]({long}.jpg)\n\n![d](/../../x.jpg)\n"
    );
    std::fs::write(folder.path().join("a.md"), text).unwrap();
    let mut written = Written::default();
    markdown::read(folder.path(), &mut written).unwrap();
    assert!(!written.0.contains("passwd") && !written.0.contains("etc/a.jpg ="), "{}", written.0);
    assert_eq!(written.0.matches("leads out of the export").count(), 4, "{}", written.0);
}

#[test]
fn a_folder_without_markdown_is_called_so() {
    let folder = tempfile::tempdir().unwrap();
    let told = markdown::read(folder.path(), &mut Written::default());
    assert!(matches!(told, Err(Error::WrongKind { .. })), "{told:?}");
}
