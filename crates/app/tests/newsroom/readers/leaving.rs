//! Leaving, by every kind of link, with and without the keys.

use app::readers::{self, Leaving, Left, SignedUp};
use model::{Delivery, DeliveryState, IssueForm, MailForm, SubjectLine, SuppressionReason, Week};
use testkit::both_backends;
use vault::Links;

use super::{ANNA, Letters};

both_backends! {
    async fn a_link_asks_and_its_button_leaves_the_newsletter_of_its_issue(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let anna = letters.subscriber(ANNA, &["weekly", "utro"]).await;
        let token = letters.unsubscribe(letters.issue("weekly").await, anna.id).url();
        let asked = readers::leaving(letters.newsroom(), &token).await.unwrap();
        assert!(matches!(asked, Leaving::Ask { name: Some(ref name), .. } if name == "The weekly"), "{asked:?}");
        assert_eq!(letters.gets(anna.id).await, ["utro", "weekly"], "a program that follows links signs people off");
        let left = readers::leave(letters.newsroom(), &token, false).await.unwrap();
        assert!(matches!(left, Left::Done { others: 1, last: false, .. }), "{left:?}");
        assert_eq!(letters.gets(anna.id).await, ["utro"]);
        assert_eq!(letters.suppressed(ANNA).await, None);
        let again = readers::leave(letters.newsroom(), &token, false).await.unwrap();
        assert!(matches!(again, Left::Done { others: 1, last: false, .. }), "{again:?}");
        let all = readers::leave(letters.newsroom(), &token, true).await.unwrap();
        assert!(matches!(all, Left::Done { others: 0, last: true, .. }), "{all:?}");
        assert_eq!(letters.found(ANNA).await, None, "somebody stayed who gets nothing");
    }

    async fn who_leaves_the_last_one_is_deleted_and_no_list_brings_them_back(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let anna = letters.subscriber(ANNA, &["weekly"]).await;
        let issue = letters.issue("weekly").await;
        deliver(&letters, issue, anna.id).await;
        let token = letters.unsubscribe(issue, anna.id);
        // In capitals, as a mailbox may write it.
        let left = readers::mail_unsubscribe(letters.newsroom(), &token.mail().to_uppercase()).await.unwrap();
        assert!(matches!(left, Left::Done { last: true, .. }), "{left:?}");
        assert_eq!(letters.found(ANNA).await, None);
        assert_eq!(letters.suppressed(ANNA).await, Some(SuppressionReason::Unsubscribed));
        let mut tx = letters.newsroom().store().read().await.unwrap();
        let weeks = store::newsletter_week_list(&mut tx, Week(0)).await.unwrap();
        assert_eq!((weeks[0].came, weeks[0].gone), (1, 1));
        let counts = store::issue_counts(&mut tx, issue).await.unwrap();
        assert!(counts.contains(&("unsubscribed".to_owned(), 1)), "{counts:?}");
        assert!(counts.contains(&("unsubscribed.other".to_owned(), 1)), "{counts:?}");
        drop(tx);
        assert_eq!(letters.sent().await.len(), 0, "who left by a button got another mail");
        letters.test.clock.advance_millis(3_600_000);
        assert!(matches!(letters.sign_up(ANNA, &["weekly"]).await, SignedUp::Sent { .. }));
        assert_eq!(letters.sent().await.len(), 1, "who left can't come back");
    }

    async fn an_address_that_is_written_to_leaves_as_long_as_the_delivery_is_known(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let anna = letters.subscriber(ANNA, &["weekly"]).await;
        let issue = letters.issue("weekly").await;
        let token = Links(&letters.keys()).leave(issue, 1).mail();
        let unknown = readers::mail_unsubscribe(letters.newsroom(), &token).await.unwrap();
        assert_eq!(unknown, Left::Broken);
        deliver(&letters, issue, anna.id).await;
        let left = readers::mail_unsubscribe(letters.newsroom(), &format!(" {token} ")).await.unwrap();
        assert!(matches!(left, Left::Done { last: true, .. }), "{left:?}");
    }

    async fn while_the_keys_are_away_it_is_noted_and_done_when_they_are_back(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let anna = letters.subscriber(ANNA, &["weekly"]).await;
        let token = letters.unsubscribe(letters.issue("weekly").await, anna.id).url();
        letters.lock().await;
        let asked = readers::leaving(letters.newsroom(), &token).await.unwrap();
        assert_eq!(asked, Leaving::Ask { name: None, language: None });
        assert_eq!(readers::leave(letters.newsroom(), &token, false).await.unwrap(), Left::Noted);
        assert_eq!(readers::leave(letters.newsroom(), &token, false).await.unwrap(), Left::Noted);
        // What only looks like one is noted, too: nobody can tell now.
        let forged = "A".repeat(token.len());
        assert_eq!(readers::leave(letters.newsroom(), &forged, false).await.unwrap(), Left::Noted);
        assert_eq!(readers::leave(letters.newsroom(), "'; DROP TABLE", false).await.unwrap(), Left::Broken);
        assert_eq!(readers::work_off_waiting(letters.newsroom()).await.unwrap(), 0);
        letters.unlock().await;
        assert_eq!(readers::work_off_waiting(letters.newsroom()).await.unwrap(), 2);
        assert_eq!(letters.found(ANNA).await, None);
        assert_eq!(readers::work_off_waiting(letters.newsroom()).await.unwrap(), 0);
    }

    async fn a_forged_or_foreign_token_does_nothing(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let anna = letters.subscriber(ANNA, &["weekly"]).await;
        let token = letters.unsubscribe(letters.issue("weekly").await, anna.id).url();
        let preferences = letters.preferences(anna.id);
        let changed = format!("{}{}", if token.starts_with('A') { 'B' } else { 'A' }, &token[1..]);
        for bad in ["", "x", &changed, &token[1..], &preferences] {
            assert_eq!(readers::leaving(letters.newsroom(), bad).await.unwrap(), Leaving::Broken, "{bad}");
            assert_eq!(readers::leave(letters.newsroom(), bad, true).await.unwrap(), Left::Broken, "{bad}");
        }
        assert_eq!(letters.gets(anna.id).await, ["weekly"]);
    }

    async fn a_link_of_a_newsletter_that_is_gone_still_leaves_all(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let anna = letters.subscriber(ANNA, &["weekly"]).await;
        let nowhere = model::IssueId::new(letters.now(), letters.newsroom().chance());
        let token = letters.unsubscribe(nowhere, anna.id).url();
        let asked = readers::leaving(letters.newsroom(), &token).await.unwrap();
        assert_eq!(asked, Leaving::Ask { name: None, language: None });
        let left = readers::leave(letters.newsroom(), &token, false).await.unwrap();
        assert!(matches!(left, Left::Done { others: 1, last: false, .. }), "{left:?}");
        let left = readers::leave(letters.newsroom(), &token, true).await.unwrap();
        assert!(matches!(left, Left::Done { others: 0, last: true, .. }), "{left:?}");
    }
}

/// Notes that somebody was sent an issue with its other subject.
async fn deliver(letters: &Letters, issue: model::IssueId, to: model::SubscriberId) {
    let delivery = Delivery {
        issue,
        number: 1,
        subscriber: to,
        form: IssueForm { form: MailForm::Full, subject: SubjectLine::Other },
        state: DeliveryState::Accepted,
        tries: 1,
        doubts: 0,
        at: letters.now(),
        reply: None,
        bounce: None,
    };
    let row = serde_json::json!({ "issue": issue, "number": delivery.number, "subscriber": to,
        "form": delivery.form.as_str(), "state": delivery.state.as_str(), "tries": 1, "doubts": 0,
        "at": delivery.at.as_millis(), "reply": null, "bounce": null });
    let mut tx = letters.newsroom().store().begin().await.unwrap();
    store::dump::load(&mut tx, "delivery", &[row.as_object().unwrap().clone()]).await.unwrap();
    tx.commit().await.unwrap();
}
