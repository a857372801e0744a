//! The built-in scripts that stand in pages whole, whose hashes the page's policy names, so that nothing else runs. One more is a
//! file of its own, because it is on many pages: that of appeals ([`crate::assets`]).

use crate::Page;

/// A built-in script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// Does a sum, on pages that wait for it.
    Proof,
    /// Has the device remember a reminder, on the page of reminders.
    RemindDevice,
    /// Shows what the device remembers.
    RemindNote,
}

impl Script {
    const ALL: [Self; 3] = [Self::Proof, Self::RemindDevice, Self::RemindNote];

    fn source(self) -> &'static str {
        match self {
            Self::Proof => include_str!("../scripts/proof.js"),
            Self::RemindDevice => include_str!("../scripts/remind_device.js"),
            Self::RemindNote => include_str!("../scripts/remind_note.js"),
        }
    }

    /// The script as it stands in a page: without its comments and indentation.
    pub(crate) fn text(self) -> String {
        let lines = self.source().lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The scripts that a page carries.
    pub(crate) fn of(page: &Page) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|script| match script {
            Self::Proof => page.works(),
            Self::RemindDevice => matches!(page, Page::Remind(_)),
            Self::RemindNote => page.reminds(),
        })
    }

    /// The script where a page carries it, else nothing: for templates.
    pub(crate) fn text_on(self, page: &Page) -> String {
        if Self::of(page).any(|carried| carried == self) { self.text() } else { String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_small_and_have_nothing_that_ends_them_early() {
        for script in Script::ALL {
            let text = script.text();
            assert!(!text.contains("</") && !text.contains("<!--"), "{script:?}");
            assert!(text.len() < 2_600, "{script:?} has {} bytes", text.len());
            assert!(["http:", "https:", "fetch(", "cookie", "sessionStorage"].iter().all(|word| !text.contains(word)));
        }
    }
}
