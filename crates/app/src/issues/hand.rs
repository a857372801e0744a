//! What the technical person does with issues by hand, at the command line: finding, sending, giving up.
//!
//! Whoever can run commands on the machine may do what newsletter editors may, but for approving: that stays with people whose
//! name stands in the log. The log calls the others [`COMMAND_LINE`].

use model::{Issue, IssueId, IssueState, Newsletter};
use outside::mail::{Personal, Signer, Template};
use store::Tx;

use super::{found, steps};
use crate::{Newsroom, delivery, error::Error, staff::COMMAND_LINE};

/// Issues of a newsletter that are looked through, the last made first.
const LOOKED_AT: i64 = 200;

/// The newsletter of this slug.
///
/// # Errors
/// [`Error::Refused`] when there is none, with those that there are.
pub async fn newsletter(newsroom: &Newsroom, slug: &str) -> Result<Newsletter, Error> {
    by_slug(&mut newsroom.store().read().await?, slug).await
}

async fn by_slug(tx: &mut Tx, slug: &str) -> Result<Newsletter, Error> {
    if let Some(found) = store::newsletter_by_slug(tx, slug).await? {
        return Ok(found);
    }
    let all: Vec<String> = store::newsletter_all(tx).await?.into_iter().map(|one| one.slug.to_string()).collect();
    Err(Error::Refused(match all.is_empty() {
        true => format!("there is no newsletter `{slug}`: the newsroom has none yet; make one at the desk first"),
        false => format!("there is no newsletter `{slug}`; there are: {}", all.join(", ")),
    }))
}

/// The issue that somebody means: by `weekly/12`, by its id, or by `weekly` where one issue of that newsletter is in one of
/// these states.
///
/// # Errors
/// [`Error::Refused`] when there is none, or several could be meant.
pub async fn find(newsroom: &Newsroom, named: &str, states: &[IssueState]) -> Result<(Newsletter, Issue), Error> {
    let mut tx = newsroom.store().read().await?;
    let (newsletter, all) = match named_one(&mut tx, named).await? {
        Named::One(found) => return Ok(*found),
        Named::Newsletter(newsletter) => {
            let all = store::issue_list(&mut tx, newsletter.id, LOOKED_AT, 0).await?;
            (*newsletter, all)
        }
    };
    let mut fitting: Vec<Issue> = all.into_iter().filter(|issue| states.contains(&issue.state)).collect();
    let slug = &newsletter.slug;
    let words = states.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(" or ");
    match fitting.len() {
        0 => Err(Error::Refused(format!(
            "no issue of `{slug}` is {words}; `masthead newsletter list` shows where they stand"
        ))),
        1 => Ok((newsletter, fitting.remove(0))),
        _ => {
            let several: Vec<String> = fitting.iter().map(|issue| format!("{slug}/{}", issue.number)).collect();
            Err(Error::Refused(format!("several issues of `{slug}` are {words}; name one of {}", several.join(", "))))
        }
    }
}

/// The issue that somebody means, or the one of a newsletter that is furthest on its way: being sent, before approved, before a
/// draft, before the last one that was sent.
///
/// # Errors
/// [`Error::Refused`] when there is none.
pub async fn nearest(newsroom: &Newsroom, named: &str) -> Result<(Newsletter, Issue), Error> {
    use IssueState::{Approved, Cancelled, Draft, Held, Paused, Sending, Sent};
    let mut tx = newsroom.store().read().await?;
    let newsletter = match named_one(&mut tx, named).await? {
        Named::One(found) => return Ok(*found),
        Named::Newsletter(newsletter) => newsletter,
    };
    let all = store::issue_list(&mut tx, newsletter.id, LOOKED_AT, 0).await?;
    let order = [Sending, Paused, Approved, Held, Draft, Sent, Cancelled];
    let first = order.into_iter().find_map(|state| all.iter().find(|issue| issue.state == state));
    match first.cloned() {
        Some(issue) => Ok((*newsletter, issue)),
        None => Err(Error::Refused(format!("`{}` has no issue yet; the desk begins one", newsletter.slug))),
    }
}

enum Named {
    One(Box<(Newsletter, Issue)>),
    Newsletter(Box<Newsletter>),
}

async fn named_one(tx: &mut Tx, named: &str) -> Result<Named, Error> {
    let one = |found| Named::One(Box::new(found));
    if let Ok(id) = uuid::Uuid::parse_str(named) {
        let unknown = "no issue has this id; `masthead newsletter list` shows them";
        return match store::issue_by_id(tx, IssueId(id)).await? {
            Some(issue) => Ok(one(found(tx, issue.id).await?)),
            None => Err(Error::Refused(unknown.to_owned())),
        };
    }
    let Some((slug, number)) = named.split_once('/') else {
        return Ok(Named::Newsletter(Box::new(by_slug(tx, named).await?)));
    };
    let newsletter = by_slug(tx, slug).await?;
    if let Ok(number) = number.parse::<i64>()
        && let Some(issue) = store::issue_by_number(tx, newsletter.id, number).await?
    {
        return Ok(one((newsletter, issue)));
    }
    Err(Error::Refused(format!("`{slug}` has no issue {number}; `masthead newsletter list` shows them")))
}

/// Sends an approved issue now: a server that runs freezes its audience.
///
/// # Errors
/// As [`super::send_now`].
pub async fn send_by_hand(newsroom: &Newsroom, id: IssueId) -> Result<(), Error> {
    steps::send(newsroom, COMMAND_LINE, id).await
}

/// Freezes the audience of an approved issue in this process, which holds the keys; how many it is. `None` when a server was
/// faster.
///
/// # Errors
/// As [`super::send_now`]; [`Error::Refused`] when a mail can't be made.
pub async fn begin_by_hand(newsroom: &Newsroom, id: IssueId) -> Result<Option<i64>, Error> {
    steps::send(newsroom, COMMAND_LINE, id).await?;
    // The job that this left is done by then: it finds an issue that is not approved any more.
    delivery::start(newsroom, id, COMMAND_LINE).await
}

/// Gives an issue up, whether it is being sent or not.
///
/// # Errors
/// [`super::Stop::State`] or [`Error::Refused`] when it has ended.
pub async fn cancel_by_hand(newsroom: &Newsroom, id: IssueId) -> Result<(), Error> {
    let mut tx = newsroom.store().read().await?;
    let (_, issue) = found(&mut tx, id).await?;
    drop(tx);
    match issue.state {
        IssueState::Sending | IssueState::Paused => delivery::cancel(newsroom, delivery::By::CommandLine, id).await,
        IssueState::Draft | IssueState::Held | IssueState::Approved | IssueState::Sent | IssueState::Cancelled => {
            steps::step(newsroom, COMMAND_LINE, id, IssueState::Cancelled, "issue.cancel").await
        }
    }
}

/// An issue as a mail to one address, to be read by a mail program: not signed, and its personal links lead to the site alone.
///
/// # Errors
/// [`Error::Refused`] when a mail can't be made; [`super::Stop::NoAddress`].
pub async fn mail_to(newsroom: &Newsroom, id: IssueId, form: model::IssueForm, to: &str) -> Result<Vec<u8>, Error> {
    let mut tx = newsroom.store().read().await?;
    let (newsletter, issue) = found(&mut tx, id).await?;
    let mails = delivery::mails(newsroom, &mut tx, &issue).await?;
    let site = store::newsroom_settings(&mut tx).await?.address.unwrap_or_default();
    drop(tx);
    let unmade = |what: String| Error::Refused(format!("the mail can't be made: {what}"));
    let bytes = mails.into_iter().find(|(found, _)| *found == form).map(|(_, bytes)| bytes);
    let bytes = bytes.ok_or_else(|| unmade(format!("the issue has none of the form {}", form.as_str())))?;
    let template = Template::from_bytes(&bytes).map_err(|error| unmade(error.to_string()))?;
    let domain = newsletter.settings.sender.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let (link, message_id) = (format!("{site}/#preview"), format!("preview-{}@{domain}", id.0.simple()));
    let by_mail = format!("mailto:preview@{domain}");
    let personal =
        Personal { to, message_id: &message_id, unsubscribe: &link, unsubscribe_mail: &by_mail, preferences: &link };
    let mut mail = Vec::new();
    template.copy(&personal, &Signer::default(), &mut mail).map_err(|error| unmade(error.to_string()))?;
    Ok(mail)
}
