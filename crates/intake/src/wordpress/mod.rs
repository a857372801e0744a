//! WordPress exports (WXR 1.0 to 1.2).
//!
//! The file is read twice, each time from front to end with one item in memory. The first pass learns what posts refer to
//! — authors' names, categories, tags, attachments, guest authors, reusable blocks — and delivers it; the second delivers
//! posts and pages ([`story`]). A post's content goes through [`content`] (blocks, shortcodes, classic paragraphs) into
//! HTML and from there into a document.
//!
//! A file that breaks off delivers every item that is complete, then says where it broke. Declarations of entities are
//! refused before anything is delivered. Of people only display names are read: e-mail addresses, logins, IPs and
//! comments pass by unread.

mod autop;
mod blocks;
mod content;
mod dates;
mod index;
mod people;
mod raw;
mod shortcodes;
mod source;
mod story;
mod terms;
mod wxr;

use std::path::Path;

use crate::{Error, Progress, Sink};
use index::Index;
use wxr::{Record, Wxr};

/// Reads a WXR file.
///
/// # Errors
/// [`Error::WrongKind`] when it is something else, [`Error::Refused`] when it declares entities or holds an endless item,
/// [`Error::Damaged`] when it breaks off (what is complete was delivered), [`Error::Stopped`] when the sink wants no more.
pub fn read(path: &Path, sink: &mut dyn Sink) -> Result<(), Error> {
    let mut index = Index::default();
    let mut first = Wxr::open(path)?;
    let mut halves = Halves { size: first.size(), before: 0, told: 0 };
    // A break in the file is met again in the second pass, after what stands before it was delivered.
    let broken = match learn(&mut first, &mut index, &mut halves, sink) {
        Err(error @ (Error::Damaged { .. } | Error::Refused { .. })) if index.items > 0 => Some(error),
        other => other.map(|()| None)?,
    };
    index.finish(path, sink)?;
    halves.before = halves.size;
    let mut second = Wxr::open(path)?;
    let told = deliver(&mut second, &mut index, &mut halves, sink);
    index.account(second.replaced(), sink)?;
    match told {
        Err(Error::Damaged { path, at, why }) => {
            let why = format!("{why}; the {} items before it stand", index.delivered);
            Err(Error::Damaged { path, at, why })
        }
        Err(other) => Err(other),
        Ok(()) => broken.map_or(Ok(()), Err),
    }
}

struct Halves {
    size: u64,
    before: u64,
    told: u64,
}

impl Halves {
    fn tell(&mut self, at: u64, sink: &mut dyn Sink) {
        let done = self.before + at.min(self.size);
        if done >= self.told + 256 * 1024 {
            self.told = done;
            sink.progress(Progress { done, total: self.size * 2 });
        }
    }
}

fn learn(wxr: &mut Wxr, index: &mut Index, halves: &mut Halves, sink: &mut dyn Sink) -> Result<(), Error> {
    while let Some(record) = wxr.next()? {
        index.learn(record, sink)?;
        halves.tell(wxr.at(), sink);
    }
    index.is_wxr |= wxr.saw_wordpress();
    Ok(())
}

fn deliver(wxr: &mut Wxr, index: &mut Index, halves: &mut Halves, sink: &mut dyn Sink) -> Result<(), Error> {
    while let Some(record) = wxr.next()? {
        if let Record::Item(item) = record {
            story::deliver(&item, index, sink)?;
            index.delivered += 1;
        }
        halves.tell(wxr.at(), sink);
    }
    Ok(())
}
