//! What comes back of mails: noted once, believed by its token alone, and answered never.

mod mails;
mod noted;
mod rows;
mod told;

use model::{Bounce, Issue, IssueContent, IssueId, IssueState, Subscriber, SubscriberId};
use outside::mailback::{Cause, Notice, Token};
use testkit::TestNewsroom;
use vault::Links;

use crate::readers::{ANNA, Letters};

/// A newsroom with a subscriber and an issue that they got.
pub(super) struct Sent {
    pub(super) letters: Letters,
    pub(super) anna: Subscriber,
    pub(super) issue: IssueId,
}

impl Sent {
    pub(super) async fn of(test: TestNewsroom) -> Self {
        let letters = Letters::of(test).await;
        letters.policy().await;
        let anna = letters.subscriber(ANNA, &["weekly"]).await;
        let issue = IssueId::new(letters.now(), letters.newsroom().chance());
        let sent = Self { letters, anna, issue };
        sent.issue(issue, 1).await;
        sent.deliver(issue, 1, 1).await;
        sent
    }

    /// Another issue of the newsletter, which is being sent.
    pub(super) async fn issue_numbered(&self, number: i64) -> IssueId {
        let id = IssueId::new(self.letters.now(), self.letters.newsroom().chance());
        self.issue(id, number).await;
        id
    }

    async fn issue(&self, id: IssueId, number: i64) {
        let mut tx = self.letters.newsroom().store().begin().await.unwrap();
        let newsletter = store::newsletter_by_slug(&mut tx, "weekly").await.unwrap().unwrap().id;
        let issue = Issue {
            id,
            newsletter,
            number,
            state: IssueState::Sending,
            due_at: None,
            version: 1,
            why: None,
            saved: (self.letters.now(), "anna".to_owned()),
            approved: None,
            frozen_at: Some(self.letters.now()),
            frozen: 1,
            ended_at: None,
            path: None,
            content: IssueContent::default(),
            slot: None,
        };
        assert!(store::issue_insert(&mut tx, &issue).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// Ends an issue now.
    pub(super) async fn end(&self, issue: IssueId) {
        let mut tx = self.letters.newsroom().store().begin().await.unwrap();
        let (from, to) = (IssueState::Sending, IssueState::Sent);
        assert!(store::issue_move(&mut tx, issue, from, to, None, self.letters.now()).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// Anna's delivery of an issue, begun so many times.
    pub(super) async fn deliver(&self, issue: IssueId, number: i64, tries: i64) {
        let state = if tries > 0 { "accepted" } else { "pending" };
        let row = serde_json::json!({ "issue": issue, "number": number, "subscriber": self.anna.id, "form": "full.own",
            "state": state, "tries": tries, "doubts": 0, "at": 1, "reply": null, "bounce": null });
        let mut tx = self.letters.newsroom().store().begin().await.unwrap();
        store::dump::load(&mut tx, "delivery", &[row.as_object().unwrap().clone()]).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(super) fn token(&self, issue: IssueId, number: i64) -> Token {
        Token::Delivery(Links(&self.letters.keys()).bounce(issue, number).mail())
    }

    /// A notice about Anna's delivery of the first issue.
    pub(super) fn bounced(&self, bounce: Bounce) -> Notice {
        self.bounced_of(self.issue, bounce)
    }

    pub(super) fn bounced_of(&self, issue: IssueId, bounce: Bounce) -> Notice {
        bounced(self.token(issue, 1), bounce)
    }

    /// Sums of an issue that are not zero, but for those of leaving.
    pub(super) async fn sums(&self, issue: IssueId) -> Vec<(String, i64)> {
        let mut tx = self.letters.newsroom().store().read().await.unwrap();
        let sums = store::issue_counts(&mut tx, issue).await.unwrap();
        sums.into_iter().filter(|(_, count)| *count != 0).collect()
    }

    pub(super) async fn noted(&self, issue: IssueId) -> Option<Bounce> {
        let mut tx = self.letters.newsroom().store().read().await.unwrap();
        store::delivery_by_number(&mut tx, issue, 1).await.unwrap().unwrap().bounce
    }

    /// Anna as she is now.
    pub(super) async fn anna(&self) -> Option<Subscriber> {
        let mut tx = self.letters.newsroom().store().read().await.unwrap();
        store::subscriber_by_id(&mut tx, self.anna.id).await.unwrap()
    }
}

pub(super) fn bounced(token: Token, bounce: Bounce) -> Notice {
    let cause = if bounce == Bounce::Hard { Cause::NoMailbox } else { Cause::Full };
    Notice::Bounced { token, bounce, cause, status: None, message_id: None }
}

pub(super) fn nobody(letters: &Letters) -> SubscriberId {
    SubscriberId::new(letters.newsroom().chance())
}
