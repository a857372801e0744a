//! Ghost exports (JSON), with or without the `db` wrapper, whatever the order of their tables.
//!
//! The file is streamed twice. The first pass keeps what joins posts to people and tags, nothing else; the second
//! delivers posts one by one ([`story`]). A post's body is its `html`, else its Lexical, else its Mobiledoc, else its
//! Markdown, all of which go through the same HTML. What was not public — for members, sent by mail only — comes as a
//! draft and says so. Of users only name, slug and biography are read; members, e-mail addresses, passwords and tokens
//! pass by unread.

mod cards;
mod lexical;
mod mobiledoc;
mod rows;
mod story;
mod stream;

use std::path::Path;

use crate::{Error, Sink, Skipped};
use rows::Index;
use stream::Pass;

/// Reads a Ghost export.
///
/// # Errors
/// [`Error::WrongKind`] when it is something else, [`Error::Damaged`] when it breaks off (posts before that place were
/// delivered), [`Error::Refused`] when one row is endless, [`Error::Stopped`] when the sink wants no more.
pub fn read(path: &Path, sink: &mut dyn Sink) -> Result<(), Error> {
    let mut index = Index::default();
    let mut first = Pass::open(path, 0)?;
    let broken = match first.run(sink, &mut |table, row, _| index.learn(table, row)) {
        Err(error @ (Error::Damaged { .. } | Error::Refused { .. })) if index.posts > 0 => Some(error),
        other => other.map(|()| None)?,
    };
    if !first.saw_data() {
        let why = "it has no `data` with tables; export it in Ghost under Settings → Migration tools".to_owned();
        return Err(Error::WrongKind { path: path.display().to_string(), wanted: "a Ghost export (JSON)", why });
    }
    index.finish(sink)?;
    let mut delivered = 0u64;
    let mut second = Pass::open(path, first.size())?;
    let told = second.run(sink, &mut |table, row, sink| {
        if let rows::Row::Post(post) = row
            && table == "posts"
        {
            story::deliver(&post, &index, sink)?;
            delivered += 1;
        }
        Ok(())
    });
    account(&index, sink)?;
    match told.err().or(broken) {
        Some(Error::Damaged { path, at, why }) => {
            let why = format!("{why}; the {delivered} posts before it stand, perhaps without their tags and authors");
            Err(Error::Damaged { path, at, why })
        }
        Some(other) => Err(other),
        None => Ok(()),
    }
}

fn account(index: &Index, sink: &mut dyn Sink) -> Result<(), Error> {
    let passed_by = [
        ("internal tag", "internal tags file nothing", index.internal_tags),
        ("user", "they sign nothing in this export", index.silent_users()),
        ("member", "readers are not taken over; e-mail addresses were not read", index.members),
        ("secret", "settings, keys and sessions were not read", index.secrets),
    ];
    for (kind, reason, count) in passed_by.into_iter().filter(|(.., count)| *count > 0) {
        let (foreign_id, title) = Default::default();
        sink.item(crate::Item::Skipped(Skipped {
            kind: kind.to_owned(),
            foreign_id,
            title,
            reason: reason.to_owned(),
            count,
        }))?;
    }
    Ok(())
}
