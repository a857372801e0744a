//! What gateways tell: doubled, out of order, forged, lost, and many at once.

use app::support::{
    contributions::{self, Told},
    sandbox::{self, How},
};
use model::{ContributionState, GatewayName};
use outside::payments::{Event, Object};
use testkit::both_backends;

use super::{Till, monthly, once};

both_backends! {
    async fn what_is_told_again_or_of_nobody_changes_nothing(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let pledge = till.give(&monthly(), How::Pay).await;
        let event = |id: &str, kind: &str, object: &str| Event { id: id.to_owned(), object: Object::new(kind, object) };
        let (page, token) = (pledge.session.clone().unwrap(), pledge.token.clone().unwrap());
        let events = vec![
            event("one", "pledge", &token),
            event("one", "pledge", &token),
            event("two", "page", &page),
            event("three", "payment", "payment-999999999999"),
            event("four", "unheard of", "x"),
        ];
        for _ in 0..2 {
            assert!(contributions::heard(till.newsroom(), GatewayName::Sandbox, events.clone()).await.unwrap());
        }
        assert!(contributions::run_due(till.newsroom()).await.unwrap() >= 4);
        assert_eq!(contributions::run_due(till.newsroom()).await.unwrap(), 0);
        assert_eq!(till.contribution(pledge.id).await, pledge);
        assert_eq!(till.payments(pledge.id).await.len(), 1);
        assert_eq!(till.sent().await.len(), 1);
        till.balanced().await;
    }

    async fn nobody_outside_speaks_for_the_sandbox(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let headers = http::HeaderMap::new();
        let told = contributions::told(till.newsroom(), GatewayName::Sandbox, &headers, b"{}").await.unwrap();
        assert!(matches!(told, Told::Refused(_)), "{told:?}");
        let told = contributions::told(till.newsroom(), GatewayName::Stripe, &headers, b"{}").await.unwrap();
        assert_eq!(told, Told::Off);
        till.balanced().await;
    }

    async fn what_no_webhook_told_a_sweep_finds(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        // Another server takes the money and dies before it tells.
        let pledge = till.give(&monthly(), How::Pay).await;
        let mut tx = till.newsroom().store().begin().await.unwrap();
        let lost = model::Contribution { state: ContributionState::Started, token: None, ..pledge.clone() };
        store::contribution_update(&mut tx, &lost, pledge.month).await.unwrap();
        let wanted = store::gateway_event_forget(&mut tx, model::Week(i64::MAX)).await.unwrap();
        assert!(wanted > 0);
        tx.commit().await.unwrap();
        contributions::sweep(till.newsroom()).await.unwrap();
        contributions::run_due(till.newsroom()).await.unwrap();
        assert_eq!(till.contribution(pledge.id).await, pledge);
        // The record is read on from where it was left.
        let mut tx = till.newsroom().store().read().await.unwrap();
        let gateway = store::gateway_all(&mut tx).await.unwrap().remove(0);
        assert!(gateway.place.is_some() && gateway.trouble.is_none(), "{gateway:?}");
        till.balanced().await;
    }

    async fn a_form_whose_page_was_never_made_fails_by_itself(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let page = till.page(&once()).await;
        let id = sandbox::shown(till.newsroom(), &page).await.unwrap().unwrap().contribution;
        let mut tx = till.newsroom().store().begin().await.unwrap();
        let begun = store::contribution_by_id(&mut tx, id).await.unwrap().unwrap();
        store::contribution_update(&mut tx, &model::Contribution { session: None, ..begun }, model::Month(0)).await.unwrap();
        tx.commit().await.unwrap();
        contributions::sweep(till.newsroom()).await.unwrap();
        assert_eq!(till.contribution(id).await.state, ContributionState::Started, "it may still be under way");
        till.letters.test.clock.advance_millis(32 * 24 * 3_600_000);
        contributions::sweep(till.newsroom()).await.unwrap();
        let failed = till.contribution(id).await;
        assert_eq!((failed.state, failed.contact), (ContributionState::Failed, None));
        till.balanced().await;
    }

    async fn many_that_tell_at_once_share_a_commit_and_none_is_lost(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let tell = |number: usize| {
            let newsroom = till.newsroom().clone();
            async move {
                let object = Object::new("payment", format!("none-{}", number % 300));
                let events = vec![Event { id: format!("e-{number}"), object }];
                contributions::heard(&newsroom, GatewayName::Sandbox, events).await.unwrap()
            }
        };
        let told = futures::future::join_all((0..1_500).map(tell)).await;
        assert!(told.into_iter().all(|told| told));
        let mut tx = till.newsroom().store().read().await.unwrap();
        assert_eq!(store::gateway_object_waiting(&mut tx).await.unwrap().0, 300);
        drop(tx);
        assert_eq!(contributions::run_due(till.newsroom()).await.unwrap(), 300);
        till.balanced().await;
    }
}
