//! Looking after what is being sent: what was started, paused or ended elsewhere, leases, and the end.

use std::sync::Arc;

use model::{IssueForm, IssueId, IssueState, Timestamp, Uncertain, Week};
use outside::mailback::Addresses;
use store::{Lapse, Sending};
use vault::Keyring;

use super::{
    Why, end,
    ledger::LEASE_MS,
    letters::{Frozen, Places, Press},
    retry::{DOUBTS_MAX, PAUSE_MAX_MS, PUT_OFF_MS},
    sender::Sender,
    work::Work,
};
use crate::{Newsroom, error::Error};

/// How often leases are renewed and looked at.
const KEEP_MS: i64 = 2_000;
/// How long an issue that was cancelled is looked after: leases of what was being sent end in this time.
const CANCELLED_MS: i64 = 24 * 3_600_000;

impl Sender {
    /// Takes in what changed in the database, and looks after leases now and then.
    pub(super) async fn look(&mut self) -> Result<(), Error> {
        let now = self.newsroom.clock().now();
        let mut tx = self.newsroom.store().read().await?;
        let open = store::sending_open(&mut tx, now.plus_millis(-CANCELLED_MS)).await?;
        drop(tx);
        // Also when the clock was put back.
        let since = self.kept.map(|before| now.as_millis() - before.as_millis());
        let keep = since.is_none_or(|since| !(0..KEEP_MS).contains(&since));
        if keep {
            self.kept = Some(now);
        }
        self.forget_ended(&open);
        for sending in open {
            let issue = sending.issue;
            match self.work.get_mut(&issue) {
                Some(work) => work.sending = sending,
                None => drop(self.work.insert(issue, Work::new(sending))),
            }
            self.open_or_close(issue).await?;
            if keep {
                self.keep(issue, now).await?;
                super::watch::sample(&self.newsroom, issue).await?;
            }
            self.end_if_over(issue, now).await?;
        }
        Ok(())
    }

    /// What ended elsewhere is kept only while something of it is under way here.
    fn forget_ended(&mut self, open: &[Sending]) {
        let is_open = |issue: &IssueId| open.iter().any(|sending| sending.issue == *issue);
        for (_, work) in self.work.iter_mut().filter(|(issue, _)| !is_open(issue)) {
            work.sending.state = IssueState::Sent;
            // Rows of an issue that ended wait for nothing.
            work.let_go();
        }
        self.work.retain(|issue, work| is_open(issue) || !work.is_idle());
    }

    /// Makes the press when the keys are here; lets go of everything while they are not, or the issue is not on.
    async fn open_or_close(&mut self, issue: IssueId) -> Result<(), Error> {
        let keyring = self.newsroom.keys().ok().filter(|keyring| keyring.can_open());
        let Some(work) = self.work.get_mut(&issue) else { return Ok(()) };
        work.dry = false;
        let same = |press: &Arc<Press>| keyring.as_ref().is_some_and(|keyring| Arc::ptr_eq(keyring, &press.keyring));
        if work.is_on() && work.press.as_ref().is_some_and(same) {
            return Ok(());
        }
        work.press = None;
        let free = work.let_go();
        if !free.is_empty() {
            let mut tx = self.newsroom.store().begin().await?;
            store::delivery_put_off(&mut tx, issue, &free).await?;
            tx.commit().await?;
        }
        if work.is_on()
            && let Some(keyring) = keyring
        {
            work.press = press(&self.newsroom, issue, keyring).await?.map(Arc::new);
        }
        Ok(())
    }

    /// Renews leases, and takes up what others left when they died. First the own ones: when a clock jumped, they look as if
    /// they had ended.
    async fn keep(&mut self, issue: IssueId, now: Timestamp) -> Result<(), Error> {
        let Some(work) = self.work.get(&issue) else { return Ok(()) };
        let flight: Vec<i64> = work.flight.keys().copied().collect();
        // Where there is no relay, no connection is waited for, and nobody says why.
        let waits = if self.limit() == 0 { Some(Why::NoRelay) } else { self.trouble.why() }.map(Why::as_str);
        let mut tx = self.newsroom.store().begin().await?;
        store::delivery_renew(&mut tx, issue, &flight, now.plus_millis(LEASE_MS)).await?;
        // What a cancelled issue had under way is not sent again.
        let retry = work.sending.settings.uncertain == Uncertain::Retry && work.sending.state != IssueState::Cancelled;
        let doubts = if retry { DOUBTS_MAX - 1 } else { 0 };
        let lapse = Lapse { now, horizon: now.plus_millis(2 * LEASE_MS), doubts };
        let lapsed = store::delivery_lapse(&mut tx, issue, &lapse).await?;
        let sums = [("doubt.again", lapsed.again), ("doubt.held", lapsed.uncertain)];
        let sums = sums.into_iter().filter(|(_, count)| *count > 0);
        let sums = sums.map(|(what, count)| (what.to_owned(), i64::try_from(count).unwrap_or(i64::MAX)));
        store::issue_count_add(&mut tx, issue, sums).await?;
        let horizons = (now.plus_millis(2 * PUT_OFF_MS), now.plus_millis(2 * PAUSE_MAX_MS));
        store::delivery_mend(&mut tx, issue, horizons).await?;
        if work.is_on() && work.sending.why.as_deref() != waits {
            store::sending_note(&mut tx, issue, IssueState::Sending, waits).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Ends an issue of which nothing is open, and pauses one that a provider refuses whatever it is given of it.
    async fn end_if_over(&mut self, issue: IssueId, now: Timestamp) -> Result<(), Error> {
        if self.trouble.refuses(issue) {
            return end::halt(&self.newsroom, issue, Why::Refused, now).await;
        }
        let over = self.work.get(&issue).is_some_and(|work| work.is_on() && work.is_idle());
        if over { end::end(&self.newsroom, issue, now).await } else { Ok(()) }
    }

    /// Lets go of everything that was not begun.
    pub(super) async fn let_go_of_all(&mut self) -> Result<(), Error> {
        let mut tx = self.newsroom.store().begin().await?;
        for (issue, work) in &mut self.work {
            work.press = None;
            store::delivery_put_off(&mut tx, *issue, &work.let_go()).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// What an issue's letters are made with; `None` where that can't be had, which the issue then says.
async fn press(newsroom: &Newsroom, issue: IssueId, keyring: Arc<Keyring>) -> Result<Option<Press>, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().read().await?;
    let site = store::newsroom_settings(&mut tx).await?.address;
    let mut mails = Vec::new();
    for form in IssueForm::ALL {
        if let Some(bytes) = store::issue_mail(&mut tx, issue, form.as_str()).await? {
            mails.push((form, bytes));
        }
    }
    drop(tx);
    let (Some(site), Ok(frozen)) = (site, Frozen::read(mails)) else {
        end::halt(newsroom, issue, Why::Unreadable, now).await?;
        return Ok(None);
    };
    Ok(Some(Press {
        issue,
        week: Week::of(now),
        keyring,
        signer: newsroom.mailer().signer.clone(),
        pool: newsroom.mailer().pool.clone(),
        places: Arc::new(Places { site, returns: newsroom.mailer().returns.as_deref().and_then(Addresses::at) }),
        frozen: Arc::new(frozen),
    }))
}
