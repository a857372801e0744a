//! The built-in scripts. Those of few pages stand in them whole, and the page's policy names their hashes, so that nothing else
//! runs. Those of many pages are files of this site, so that a page stays small and a browser fetches them once.

use std::{borrow::Cow, sync::LazyLock};

use crate::{Page, assets::Asset};

/// A built-in script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// Does a sum, on pages that wait for it.
    Proof,
    /// Has the device remember a reminder, on the page of reminders.
    RemindDevice,
}

impl Script {
    const ALL: [Self; 2] = [Self::Proof, Self::RemindDevice];

    fn source(self) -> &'static str {
        match self {
            Self::Proof => include_str!("../scripts/proof.js"),
            Self::RemindDevice => include_str!("../scripts/remind_device.js"),
        }
    }

    /// The script as it stands in a page: without its comments and indentation.
    pub(crate) fn text(self) -> String {
        lean(self.source())
    }

    /// The scripts that a page carries.
    pub(crate) fn of(page: &Page) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|script| match script {
            Self::Proof => page.works(),
            Self::RemindDevice => matches!(page, Page::Remind(_)),
        })
    }

    /// The script where a page carries it, else nothing: for templates.
    pub(crate) fn text_on(self, page: &Page) -> String {
        if Self::of(page).any(|carried| carried == self) { self.text() } else { String::new() }
    }
}

/// A built-in script that is a file of its own. It comes with the program: a theme can't bring one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScriptFile {
    /// Chooses among appeals, and remembers on the device what it was asked to.
    Appeals,
    /// Shows the reminder that the device remembers.
    RemindNote,
}

impl ScriptFile {
    /// Every one.
    pub(crate) const ALL: [Self; 2] = [Self::Appeals, Self::RemindNote];

    /// The file to serve.
    pub(crate) fn asset(self) -> &'static Asset {
        static APPEALS: LazyLock<Asset> = LazyLock::new(|| file("appeal", include_str!("../scripts/appeal.js")));
        static NOTE: LazyLock<Asset> = LazyLock::new(|| file("remind_note", include_str!("../scripts/remind_note.js")));
        match self {
            Self::Appeals => &APPEALS,
            Self::RemindNote => &NOTE,
        }
    }

    /// Those that a page loads.
    pub(crate) fn of(page: &Page) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|file| match file {
            Self::Appeals => page.has_device_script(),
            Self::RemindNote => page.reminds(),
        })
    }
}

fn file(name: &str, source: &str) -> Asset {
    let text = lean(source);
    let hash = crate::assets::short_hash(text.as_bytes());
    Asset {
        name: format!("scripts/{name}.js"),
        path: format!("/assets/{name}.{hash}.js"),
        media_type: "text/javascript; charset=utf-8",
        bytes: Cow::Owned(text.into_bytes()),
    }
}

/// A script without its comments and indentation.
fn lean(source: &str) -> String {
    let lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_small_and_have_nothing_that_ends_them_early() {
        let note = String::from_utf8(ScriptFile::RemindNote.asset().bytes.to_vec()).unwrap();
        for text in Script::ALL.map(Script::text).into_iter().chain([note]) {
            assert!(!text.contains("</") && !text.contains("<!--"), "{text}");
            assert!(text.len() < 2_600, "{} bytes", text.len());
            assert!(["http:", "https:", "fetch(", "cookie", "sessionStorage"].iter().all(|word| !text.contains(word)));
        }
    }
}
