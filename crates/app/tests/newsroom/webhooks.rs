//! Webhooks, with a server that is told and the reference library that verifies.

use app::{
    connections::webhooks::{self, NewWebhook, OFF_AFTER_DAYS},
    jobs, stories,
    stories::desk::{self, Changes},
};
use model::{Clock, Role, Staff, StoryId, SystemClock, Webhook, WebhookEvent, WebhookMessageState};
use serde_json::{Value, json};
use testkit::{Received, Receiver, TestNewsroom, both_backends};

const DAY: i64 = 24 * 3_600_000;

async fn hook(newsroom: &TestNewsroom, staff: &Staff, receiver: &Receiver, events: &[WebhookEvent]) -> Webhook {
    let new = NewWebhook { url: format!("{}/told", receiver.address), events: events.to_vec() };
    webhooks::make(&newsroom.newsroom, staff, &new).await.unwrap()
}

async fn story(newsroom: &TestNewsroom, staff: &Staff) -> StoryId {
    let id = desk::create(&newsroom.newsroom, staff, &model::Language::english()).await.unwrap();
    let changes = Changes { headline: Some("The ferry came".to_owned()), ..Changes::default() };
    desk::save(&newsroom.newsroom, staff, id, 0, changes).await.unwrap();
    id
}

/// Does what a running server does all the time.
async fn work(newsroom: &TestNewsroom) {
    webhooks::follow(&newsroom.newsroom).await.unwrap();
    jobs::run_due(&newsroom.newsroom).await.unwrap();
}

fn kinds(received: &[Received]) -> Vec<String> {
    let read = |one: &Received| serde_json::from_str::<Value>(&one.body).unwrap()["type"].as_str().unwrap().to_owned();
    received.iter().map(read).collect()
}

fn verify(webhook: &Webhook, received: &Received) {
    let theirs = standardwebhooks::Webhook::new(webhook.secret.reveal()).unwrap();
    let mut headers = http::HeaderMap::new();
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        headers.insert(name, received.header(name).parse().unwrap());
    }
    theirs.verify(received.body.as_bytes(), &headers).unwrap();
}

both_backends! {
    async fn whoever_asked_is_told_what_became_of_a_story_and_can_verify_it(newsroom: TestNewsroom, anon: Anon) {
        // The reference library takes only messages of the last five minutes.
        newsroom.clock.set(SystemClock.now());
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let receiver = Receiver::start().await.unwrap();
        let webhook = hook(&newsroom, &anna, &receiver, &WebhookEvent::STORIES).await;
        let id = story(&newsroom, &anna).await;
        desk::publish(&newsroom.newsroom, &anna, id, None).await.unwrap();
        work(&newsroom).await;
        desk::correct(&newsroom.newsroom, &anna, id, "It came at seven.").await.unwrap();
        work(&newsroom).await;
        stories::publish(&newsroom.newsroom, id, "anna").await.unwrap();
        work(&newsroom).await;
        desk::withdraw(&newsroom.newsroom, &anna, id, "").await.unwrap();
        work(&newsroom).await;
        let received = receiver.received();
        assert_eq!(kinds(&received), ["story.published", "story.corrected", "story.updated", "story.withdrawn"]);
        let ids: std::collections::HashSet<&str> = received.iter().map(|one| one.header("webhook-id")).collect();
        assert_eq!(ids.len(), 4);
        for one in &received {
            verify(&webhook, one);
            assert_eq!((one.path.as_str(), one.header("content-type")), ("/told", "application/json"));
        }
        let first: Value = serde_json::from_str(&received[0].body).unwrap();
        assert_eq!(first["data"]["story"]["headline"], "The ferry came");
        assert_eq!(first["data"]["story"]["id"], json!(id));
        let second: Value = serde_json::from_str(&received[1].body).unwrap();
        assert_eq!(second["data"]["story"]["correction"], "It came at seven.");
        assert!(!received[3].body.contains("ferry came"), "what was withdrawn is repeated: {}", received[3].body);
    }

    async fn a_message_that_was_not_taken_comes_again_with_the_same_id_and_bytes(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let receiver = Receiver::start().await.unwrap();
        let webhook = hook(&newsroom, &anna, &receiver, &[WebhookEvent::StoryPublished]).await;
        receiver.answer(&[500, 302]);
        let id = story(&newsroom, &anna).await;
        desk::publish(&newsroom.newsroom, &anna, id, None).await.unwrap();
        work(&newsroom).await;
        let shown = webhooks::shown(&newsroom.newsroom, &anna, webhook.id).await.unwrap();
        assert_eq!(shown.messages[0].state, WebhookMessageState::Waiting);
        assert_eq!(shown.messages[0].last.as_deref(), Some("the answer was 500"));
        assert!(shown.webhook.failing_since.is_some());
        work(&newsroom).await;
        assert_eq!(receiver.received().len(), 1, "it was sent again without a pause");
        newsroom.clock.advance_millis(5_000);
        work(&newsroom).await;
        newsroom.clock.advance_millis(5 * 60_000);
        work(&newsroom).await;
        let received = receiver.received();
        assert_eq!(received.len(), 3, "a redirect counts as taken, or was followed");
        assert!(received.iter().all(|one| one.body == received[0].body));
        assert!(received.iter().all(|one| one.header("webhook-id") == received[0].header("webhook-id")));
        let shown = webhooks::shown(&newsroom.newsroom, &anna, webhook.id).await.unwrap();
        assert_eq!((shown.messages[0].state, shown.messages[0].attempts), (WebhookMessageState::Delivered, 3));
        assert_eq!(shown.webhook.failing_since, None);
    }

    async fn nothing_is_told_twice_when_the_follower_forgot_its_place(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let receiver = Receiver::start().await.unwrap();
        hook(&newsroom, &anna, &receiver, &[WebhookEvent::StoryPublished]).await;
        let id = story(&newsroom, &anna).await;
        desk::publish(&newsroom.newsroom, &anna, id, None).await.unwrap();
        work(&newsroom).await;
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        store::follower_set(&mut tx, "webhooks", 0).await.unwrap();
        tx.commit().await.unwrap();
        // Another node has its own place in memory and begins with the one in the database.
        let other = newsroom.another().unwrap();
        webhooks::follow(&other).await.unwrap();
        jobs::run_due(&other).await.unwrap();
        assert_eq!(receiver.received().len(), 1);
    }

    async fn a_worker_that_died_while_sending_leaves_the_message_to_the_next(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let receiver = Receiver::start().await.unwrap();
        hook(&newsroom, &anna, &receiver, &[WebhookEvent::StoryPublished]).await;
        let id = story(&newsroom, &anna).await;
        desk::publish(&newsroom.newsroom, &anna, id, None).await.unwrap();
        webhooks::follow(&newsroom.newsroom).await.unwrap();
        // It leased the job, and was never heard of again.
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        let now = newsroom.clock.now();
        assert!(store::job_claim(&mut tx, &["webhook_send"], now, 60_000).await.unwrap().is_some());
        tx.commit().await.unwrap();
        work(&newsroom).await;
        assert!(receiver.received().is_empty(), "two workers send the same message at the same time");
        newsroom.clock.advance_millis(61_000);
        work(&newsroom).await;
        assert_eq!(receiver.received().len(), 1);
    }

    async fn a_webhook_where_nothing_arrives_is_switched_off_and_the_log_says_so(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let receiver = Receiver::start().await.unwrap();
        let webhook = hook(&newsroom, &anna, &receiver, &[WebhookEvent::StoryPublished]).await;
        receiver.answer(&[500; 40]);
        let id = story(&newsroom, &anna).await;
        desk::publish(&newsroom.newsroom, &anna, id, None).await.unwrap();
        for _ in 0..10 {
            work(&newsroom).await;
            newsroom.clock.advance_millis(DAY);
        }
        let shown = webhooks::shown(&newsroom.newsroom, &anna, webhook.id).await.unwrap();
        assert!(!shown.webhook.active);
        assert_eq!(shown.messages[0].state, WebhookMessageState::GivenUp);
        assert!(shown.messages[0].attempts > OFF_AFTER_DAYS, "it was switched off too early");
        assert_eq!(webhooks::failed(&newsroom.newsroom).await.unwrap(), 1);
        let mut tx = newsroom.newsroom.store().read().await.unwrap();
        let log = store::audit_list(&mut tx, i64::MAX, 10).await.unwrap();
        drop(tx);
        assert!(log.iter().any(|row| row.action == "webhook.off" && row.actor == "masthead"), "{log:?}");
        // Switched on again, it is told of what happens from then on, and what was given up can be sent by hand.
        receiver.answer(&[]);
        webhooks::switch(&newsroom.newsroom, &anna, webhook.id, true).await.unwrap();
        let sent = receiver.received().len();
        webhooks::again(&newsroom.newsroom, &anna, shown.messages[0].id).await.unwrap();
        work(&newsroom).await;
        assert_eq!(receiver.received().len(), sent + 1);
    }

    async fn a_webhook_that_says_gone_is_switched_off_at_once(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let receiver = Receiver::start().await.unwrap();
        let webhook = hook(&newsroom, &anna, &receiver, &[WebhookEvent::StoryPublished]).await;
        receiver.answer(&[410]);
        webhooks::ping(&newsroom.newsroom, &anna, webhook.id).await.unwrap();
        work(&newsroom).await;
        assert!(!webhooks::shown(&newsroom.newsroom, &anna, webhook.id).await.unwrap().webhook.active);
        assert!(webhooks::ping(&newsroom.newsroom, &anna, webhook.id).await.is_err());
    }

    async fn a_paused_webhook_is_told_nothing_also_later(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let receiver = Receiver::start().await.unwrap();
        let webhook = hook(&newsroom, &anna, &receiver, &WebhookEvent::STORIES).await;
        webhooks::switch(&newsroom.newsroom, &anna, webhook.id, false).await.unwrap();
        let id = story(&newsroom, &anna).await;
        desk::publish(&newsroom.newsroom, &anna, id, None).await.unwrap();
        webhooks::switch(&newsroom.newsroom, &anna, webhook.id, true).await.unwrap();
        work(&newsroom).await;
        assert!(receiver.received().is_empty());
        webhooks::ping(&newsroom.newsroom, &anna, webhook.id).await.unwrap();
        work(&newsroom).await;
        assert_eq!(kinds(&receiver.received()), ["ping"]);
        webhooks::remove(&newsroom.newsroom, &anna, webhook.id).await.unwrap();
        assert!(webhooks::list(&newsroom.newsroom, &anna).await.unwrap().is_empty());
    }

    async fn webhooks_are_publishers_and_secrets_stay_out_of_the_log(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let bert = newsroom.person(&anon, Role::NewsletterEditor, "bert").await.unwrap().staff;
        let receiver = Receiver::start().await.unwrap();
        let new = NewWebhook { url: format!("{}/path-canary", receiver.address), events: vec![WebhookEvent::StoryUpdated] };
        assert!(webhooks::make(&newsroom.newsroom, &bert, &new).await.is_err());
        assert!(webhooks::list(&newsroom.newsroom, &bert).await.is_err());
        let webhook = webhooks::make(&newsroom.newsroom, &anna, &new).await.unwrap();
        assert!(!format!("{webhook:?}").contains(webhook.secret.reveal()));
        let mut tx = newsroom.newsroom.store().read().await.unwrap();
        let log = format!("{:?}", store::audit_list(&mut tx, i64::MAX, 10).await.unwrap());
        assert!(!log.contains("canary") && !log.contains(webhook.secret.reveal()), "{log}");
        let nothing = NewWebhook { events: vec![WebhookEvent::Ping], ..new };
        assert!(webhooks::make(&newsroom.newsroom, &anna, &nothing).await.unwrap_err().to_string().contains("at least one"));
    }
}
