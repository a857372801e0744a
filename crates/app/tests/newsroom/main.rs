//! Use cases on both databases, from an import to what a reader gets.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

mod appeals;
mod back;
mod backup;
mod clock_change;
mod connections;
mod delivery;
mod desk;
mod filing;
mod front;
mod house;
mod import;
mod letters;
mod library;
mod links;
mod lists;
mod readers;
mod reminders;
mod staff;
mod static_pages;
mod stories;
mod support;
mod vault;
mod webhooks;

use std::path::Path;

use app::{Error, staff::Denial};

/// What a use case that must refuse said.
pub(crate) fn refused<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match outcome {
        Err(error @ (Error::Refused(_) | Error::Stopped(_))) => error.to_string(),
        other => panic!("not refused: {other:?}"),
    }
}

/// Why a use case that must not let somebody do something did not.
pub(crate) fn denied<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Denial {
    match outcome {
        Err(Error::Denied(denial)) => denial,
        other => panic!("not denied: {other:?}"),
    }
}

/// A folder of Markdown with two stories, a draft and a page.
pub(crate) fn write_site(dir: &Path) {
    let file = |name: &str, text: &str| {
        let path = dir.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    };
    file("sections.yaml", "- {slug: world, position: 1, names: {en: World}}\n");
    file("topics.yaml", "- {slug: harbour, kind: place, names: {en: The Harbour}}\n");
    file("bylines.yaml", "- {slug: ada, names: {en: Ada Crane}}\n");
    file(
        "stories/first.en.md",
        "---\ntitle: The first ferry\nstandfirst: It came at six.\ndate: 2025-07-01T09:00:00Z\nslug: first-ferry\nsection: world\n\
         topics: [harbour]\nbylines: [ada]\nsources: [{name: The harbour master, note: the hour}]\naliases: [/old/ferry]\n---\n\
         The ferry came at six.\n\nNobody waited for it.\n",
    );
    file(
        "stories/second.en.md",
        "---\ntitle: The second ferry\ndate: 2025-07-02T09:00:00Z\nslug: second-ferry\nsection: world\ntopics: [harbour]\n\
         picks: [first-ferry]\n---\nIt never came.\n",
    );
    file(
        "stories/draft.en.md",
        "---\ntitle: Not yet\ndraft: true\ndate: 2025-07-03T09:00:00Z\nslug: not-yet\n---\nSecretcanary.\n",
    );
    file("pages/about.en.md", "---\ntitle: About us\nslug: about\nmenu: 1\n---\nWe are here.\n");
}
