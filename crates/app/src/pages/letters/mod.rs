//! Past issues of newsletters: the list of them, each issue, and the feed.
//!
//! An issue stands at its path from the moment in which its audience is frozen (`app::issues`). What is shown is what its
//! stories say now: a correction is in it, a withdrawn story is not, and one that readers may not see yet is not told of. An
//! issue that was taken out of the archive is gone from its page, the list and the feed with the transaction that did it.
//!
//! The flow: [`gather`] reads an issue with everything of its stories; [`entries`] puts that into the order and the forms of
//! the newsletter's template; [`cut`] prints it on as many pages as it takes to fit the wire.

mod cut;
mod entries;
mod feed;
mod gather;
mod home;
mod issue;

use model::{Newsletter, Timestamp};

pub(super) use feed::show as feed;
pub(super) use home::show as home;
pub(super) use issue::show as issue;

use super::{draft::Draft, reading::Reading};
use crate::error::Error;

/// A newsletter by its slug, its name and its archive noted as shown; an `Err` in it leads to its pages below its own
/// language.
async fn newsletter(reading: &mut Reading, slug: &str, rest: &str) -> Result<Option<Result<Newsletter, Draft>>, Error> {
    let Some(newsletter) = store::newsletter_by_slug(&mut reading.tx, slug).await? else { return Ok(None) };
    reading.shown.add(model::Tag::newsletter(newsletter.id));
    if newsletter.language == reading.language {
        return Ok(Some(Ok(newsletter)));
    }
    let to = format!("{}{rest}", crate::issues::home(&reading.settings, &newsletter));
    reading.shown.path(&to);
    Ok(Some(Err(Draft::moved(&to)?)))
}

/// When an issue was sent.
fn sent(issue: &model::Issue) -> Timestamp {
    issue.frozen_at.unwrap_or(issue.saved.0)
}
