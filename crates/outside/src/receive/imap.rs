//! Asking a mailbox over IMAP (RFC 9051 and 3501): what is unread is looked at; what was taken is deleted, what is left is
//! marked as read, so that it is not looked at again.

use std::{future::Future, time::Duration};

use async_imap::{Client, Session};
use futures::TryStreamExt;
use tokio::time::timeout;

use super::{
    Takes, Verdict,
    limits::{ANSWER_TIME, POLL_MAILS},
    mailbox::{Mailbox, PollError, Polled},
    wire::Metered,
};
use crate::mailback::{Envelope, Sender, limits::MAIL_BYTES};

/// The time for which a server may prepare a mail.
const FETCH_TIME: Duration = Duration::from_secs(120);

pub(super) async fn poll(mailbox: &Mailbox, takes: &dyn Takes) -> Result<Polled, PollError> {
    let mut session = open(mailbox).await?;
    let unread = within(mailbox, session.uid_search("UNSEEN UNDELETED")).await?;
    let mut unread: Vec<u32> = unread.map_err(|_| mailbox.broken("mails were looked for"))?.into_iter().collect();
    unread.sort_unstable();
    let mut polled = Polled { more: unread.len() > POLL_MAILS, ..Polled::default() };
    let mut deleted = Vec::new();
    for uid in unread.into_iter().take(POLL_MAILS) {
        session.get_mut().fill();
        let Some(bytes) = fetch(mailbox, &mut session, uid).await? else { continue };
        let envelope = Envelope { sender: Sender::AsWritten, recipient: None };
        match takes.take(envelope, &bytes).await {
            Verdict::Taken => {
                mark(mailbox, &mut session, uid, "\\Seen \\Deleted").await?;
                deleted.push(uid);
                polled.taken += 1;
            }
            Verdict::NotHere | Verdict::TooMuch(_) => {
                mark(mailbox, &mut session, uid, "\\Seen").await?;
                polled.left += 1;
            }
            Verdict::Later => {
                polled.later = true;
                break;
            }
        }
    }
    expunge(mailbox, &mut session, &deleted).await?;
    // What is left to say is a courtesy.
    let _bye = timeout(ANSWER_TIME, session.logout()).await;
    Ok(polled)
}

pub(super) async fn look(mailbox: &Mailbox) -> Result<(), PollError> {
    let mut session = open(mailbox).await?;
    let _bye = timeout(ANSWER_TIME, session.logout()).await;
    Ok(())
}

async fn within<T>(mailbox: &Mailbox, asked: impl Future<Output = T>) -> Result<T, PollError> {
    timeout(ANSWER_TIME, asked).await.map_err(|_| mailbox.slow())
}

/// A session in the mailbox's folder.
async fn open(mailbox: &Mailbox) -> Result<Session<Metered>, PollError> {
    let mut client = Client::new(Metered::new(mailbox.connect().await?));
    let greeting = within(mailbox, client.read_response()).await?;
    if !matches!(greeting, Ok(Some(_))) {
        return Err(mailbox.broken("it greeted"));
    }
    if mailbox.starts_tls() {
        let started = within(mailbox, client.run_command_and_check_ok("STARTTLS", None)).await?;
        started.map_err(|_| mailbox.not_offered("STARTTLS"))?;
        client = Client::new(Metered::new(mailbox.encrypt(client.into_inner().wire).await?));
    }
    let login = within(mailbox, client.login(&mailbox.user, &mailbox.password)).await?;
    let mut session = login.map_err(|_| mailbox.not_let_in())?;
    let found = within(mailbox, session.select(&mailbox.folder)).await?;
    found.map(|_| session).map_err(|_| mailbox.no_folder())
}

/// A mail, up to one byte more than is read; `None` when it has gone meanwhile.
async fn fetch(mailbox: &Mailbox, session: &mut Session<Metered>, uid: u32) -> Result<Option<Vec<u8>>, PollError> {
    let broken = || mailbox.broken("a mail was fetched");
    let fetching = async {
        let query = format!("(UID BODY.PEEK[]<0.{}>)", MAIL_BYTES + 1);
        let stream = session.uid_fetch(uid.to_string(), query).await?;
        stream.try_collect::<Vec<_>>().await
    };
    let fetched = timeout(FETCH_TIME, fetching).await.map_err(|_| mailbox.slow())?.map_err(|_| broken())?;
    Ok(fetched.iter().find(|mail| mail.uid == Some(uid)).and_then(|mail| mail.body()).map(<[u8]>::to_vec))
}

async fn mark(mailbox: &Mailbox, session: &mut Session<Metered>, uid: u32, flags: &str) -> Result<(), PollError> {
    let marking = async {
        let stream = session.uid_store(uid.to_string(), format!("+FLAGS.SILENT ({flags})")).await?;
        stream.try_collect::<Vec<_>>().await
    };
    within(mailbox, marking).await?.map(|_| ()).map_err(|_| mailbox.broken("a mail was marked"))
}

/// Takes deleted mails away: ours alone where the server can do that (UIDPLUS, RFC 4315).
async fn expunge(mailbox: &Mailbox, session: &mut Session<Metered>, uids: &[u32]) -> Result<(), PollError> {
    if uids.is_empty() {
        return Ok(());
    }
    let broken = || mailbox.broken("mails were deleted");
    let can = within(mailbox, session.capabilities()).await?.map_err(|_| broken())?;
    let expunging = async {
        if can.has_str("UIDPLUS") {
            let set = uids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
            session.uid_expunge(set).await?.try_collect::<Vec<_>>().await
        } else {
            session.expunge().await?.try_collect::<Vec<_>>().await
        }
    };
    within(mailbox, expunging).await?.map(|_| ()).map_err(|_| broken())
}
