//! The mails of an issue, frozen with its audience: one for each form and subject, with blanks where one reader's differs
//! from the next.

use model::{Issue, IssueForm, IssueId, IssueState, MailForm, Newsroom as Settings, Slug, SubjectLine};
use outside::mail::{Blank, Kind, Letter, Mailbox, Marks, Template};

use super::start::{start_in_tx, started};
use crate::{Newsroom, error::Error, follow, issues};

/// Freezes the audience of an approved issue with its mails, and lets it be sent; how many they are. `None` when the issue is
/// not approved, or was changed meanwhile: then somebody else decides what becomes of it.
///
/// # Errors
/// [`Error::Refused`] when a mail can't be made, in words for whoever set up the newsletter.
pub async fn start(newsroom: &Newsroom, id: IssueId, by: &str) -> Result<Option<i64>, Error> {
    let mut tx = newsroom.store().read().await?;
    let Some(issue) = store::issue_by_id(&mut tx, id).await? else { return Ok(None) };
    if issue.state != IssueState::Approved {
        return Ok(None);
    }
    let mails = mails(newsroom, &mut tx, &issue).await?;
    drop(tx);
    let mut tx = newsroom.store().begin().await?;
    let frozen = start_in_tx(newsroom, &mut tx, &issue, by, &mails).await?;
    if frozen.is_some() {
        issues::place_in_tx(newsroom, &mut tx, &issue).await?;
        tx.commit().await?;
        started(newsroom);
        follow::catch_up(newsroom).await?;
    }
    Ok(frozen)
}

/// Every mail of an issue.
pub(crate) async fn mails(
    newsroom: &Newsroom,
    tx: &mut store::Tx,
    issue: &Issue,
) -> Result<Vec<(IssueForm, Vec<u8>)>, Error> {
    let marks = Marks::new(newsroom.chance());
    let doors = (marks.of(Blank::Unsubscribe), marks.of(Blank::Preferences));
    let settings = store::newsroom_settings(tx).await?;
    let slug = store::sending_by_id(tx, issue.id).await?.map(|sending| sending.slug);
    let slug = slug.ok_or(crate::staff::Denial::Gone)?;
    // An address to leave by is offered where somebody reads what comes to it.
    let by_mail = newsroom.mailer().returns.is_some() && newsroom.ways().addresses.is_some();
    let mail = Mail { settings: &settings, slug: &slug, number: issue.number, by_mail };
    let mut mails = Vec::new();
    for letter in issues::letters(newsroom, tx, issue, (&doors.0, &doors.1)).await? {
        let own = if letter.neutral { SubjectLine::Neutral } else { SubjectLine::Own };
        let form = |subject| IssueForm { form: letter.form, subject };
        let make = |subject: &str| Ok::<_, Error>(mail.template(newsroom, &letter, subject, &marks)?.to_bytes());
        mails.push((form(own), make(&letter.subject)?));
        if let Some((other, _)) = &letter.other_subject {
            mails.push((form(SubjectLine::Other), make(other)?));
        }
    }
    debug_assert!(mails.iter().any(|(form, _)| form.form == MailForm::Headlines), "there is one of each form");
    Ok(mails)
}

/// What all mails of an issue have in common.
pub(super) struct Mail<'a> {
    pub(super) settings: &'a Settings,
    /// The newsletter's part of addresses.
    pub(super) slug: &'a Slug,
    /// The issue's number.
    pub(super) number: i64,
    /// Whether one can leave by mail too.
    pub(super) by_mail: bool,
}

impl Mail<'_> {
    /// One of them, with blanks where `marks` stand in it.
    ///
    /// # Errors
    /// [`Error::Refused`] when its head can't be written.
    pub(super) fn template(
        &self,
        newsroom: &Newsroom,
        letter: &issues::Letter,
        subject: &str,
        marks: &Marks,
    ) -> Result<Template, Error> {
        let (host, slug) = (host(self.settings), self.slug);
        let own = Mailbox { name: &letter.sender_name, address: &letter.sender };
        let answers = Mailbox { name: &letter.sender_name, address: &letter.reply_to };
        let made = Template::build(
            &Letter {
                from: own,
                reply_to: (letter.reply_to != letter.sender).then_some(answers),
                date: newsroom.clock().now(),
                subject,
                text: &letter.text,
                html: Some(&letter.html),
                kind: Kind::List {
                    id: &format!("{slug}.{host}"),
                    name: &letter.sender_name,
                    feedback_id: Some(&format!("{}:{slug}:{host}", self.number)),
                    by_mail: self.by_mail,
                },
            },
            marks,
        );
        made.map_err(|error| Error::Refused(format!("the mail can't be made: {error}")))
    }
}

/// The newsroom's host, without a port.
fn host(settings: &Settings) -> String {
    let address = settings.address.as_deref().unwrap_or_default();
    let parsed = url::Url::parse(address).ok();
    parsed.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| "localhost".to_owned())
}
