//! What the addresses can do that leave the newsroom: ways back from a gateway, and those that lead to the form.

use app::{
    Newsroom,
    readers::SignUpForm,
    support::{
        appeals,
        contributions::{self, Begun, GiveForm, Managing, Wish},
        sandbox::How,
    },
};
use model::{AppealKind, ContributionState, GatewayName, SupportSettings, VariantId};
use testkit::both_backends;

use super::{GIVER, Till, manage, monthly, once, stopping};
use crate::appeals::{editor, written};

const DAY: i64 = 86_400_000;

/// Nothing of what a giver can do is done by a token.
async fn manages_nothing(node: &Newsroom, token: &str) {
    assert_eq!(contributions::open(node, token).await.unwrap(), None);
    assert_eq!(contributions::wish(node, token, &Wish::Cancel).await.unwrap(), Managing::Gone);
    assert_eq!(contributions::method_page(node, token, "https://news.example").await.unwrap(), Managing::Gone);
    assert_eq!(contributions::export(node, token).await.unwrap(), None);
    assert_eq!(contributions::erase(node, token).await.unwrap(), Managing::Gone);
}

both_backends! {
    async fn what_a_gateway_learns_leads_back_and_manages_nothing(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let clock = &till.letters.test.clock;
        let (stripe, node) = stopping::with_stripe(&till, clock).await;
        let form = GiveForm { gateway: "stripe".to_owned(), ..monthly() };
        let Begun::At(page) = contributions::begin(&node, &form, None).await.unwrap() else { panic!("no page") };
        let told = |kind: &str, what: &str| stripe.objects(kind).pop().unwrap()[what].as_str().unwrap().to_owned();
        let done = told("checkout.session", "success_url");
        let thanks = done.strip_prefix("https://news.example/-/support/thanks/").unwrap();
        assert!(stripe.pay(page.rsplit('/').next().unwrap()));
        contributions::sweep(&node).await.unwrap();
        contributions::run_due(&node).await.unwrap();
        let back = contributions::came_back(&node, thanks).await.unwrap().unwrap();
        assert_eq!((back.contribution.state, back.payments.len(), back.by_mail), (ContributionState::Active, 1, true));
        manages_nothing(&node, thanks).await;
        // The receipt has the link that manages, and the page on which the card is changed does not learn it.
        let own = manage(&till.sent().await[0]);
        let page = contributions::method_page(&node, &own, "https://news.example").await.unwrap();
        assert!(matches!(page, Managing::Done(_)), "{page:?}");
        assert_eq!(told("billing_portal.session", "return_url"), "https://news.example/-/support/back/en");
        clock.advance_millis(62 * DAY);
        assert_eq!(contributions::came_back(&node, thanks).await.unwrap(), None, "it is good for ever");
        assert!(contributions::open(&node, &own).await.unwrap().is_some());
    }

    async fn unpaid_forms_with_somebodys_address_hide_nothing_from_them(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let pledge = till.give(&monthly(), How::Pay).await;
        let coming = till.give(&once(), How::Later).await;
        assert_eq!(till.sent().await.len(), 1);
        till.letters.test.clock.advance_millis(40 * DAY);
        for _ in 0..6 {
            till.page(&once()).await;
        }
        let form = SignUpForm { address: GIVER.to_owned(), ..SignUpForm::default() };
        contributions::ask_link(till.newsroom(), &form, None).await.unwrap();
        let mut opened = Vec::new();
        for mail in till.sent().await {
            let open = contributions::open(till.newsroom(), &manage(&mail)).await.unwrap().unwrap();
            opened.push(open.contribution.id);
        }
        opened.sort();
        let mut wanted = vec![pledge.id, coming.id];
        wanted.sort();
        assert_eq!(opened, wanted);
    }

    async fn a_transfer_that_is_waited_for_has_a_link(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let bank: outside::payments::AnyGateway = std::sync::Arc::new(outside::payments::bank::Bank);
        let node = till.letters.test.paying(app::support::Gateways::new(vec![bank])).await.unwrap();
        let settings = SupportSettings { open: true, bank: "IBAN".to_owned(), ..SupportSettings::default() };
        till.set(&SupportSettings { gateways: vec![GatewayName::Bank], ..settings }).await;
        contributions::begin(&node, &GiveForm { gateway: "bank".to_owned(), ..once() }, None).await.unwrap();
        let form = SignUpForm { address: GIVER.to_owned(), ..SignUpForm::default() };
        contributions::ask_link(till.newsroom(), &form, None).await.unwrap();
        assert_eq!(till.sent().await.len(), 1);
    }

    async fn only_what_readers_were_shown_is_noted_as_what_led_to_a_gift(newsroom: TestNewsroom, anon: Anon) {
        let anna = editor(&newsroom, &anon).await;
        let (appeal, draft) = written(&newsroom, &anna, AppealKind::End, "Please give").await;
        let till = Till::of(newsroom).await;
        let brought = async |variant: VariantId| {
            till.give(&GiveForm { variant: Some(variant), ..once() }, How::Pay).await.variant
        };
        let mark = VariantId::new(till.newsroom().chance());
        assert_eq!(brought(mark).await, None, "whoever makes an address marks who gives by it");
        assert_eq!(brought(draft).await, None);
        appeals::start(till.newsroom(), &anna, appeal).await.unwrap();
        assert_eq!(brought(draft).await, Some(draft));
        appeals::withdraw(till.newsroom(), &anna, appeal).await.unwrap();
        assert_eq!(brought(draft).await, Some(draft), "somebody thought about it for a while");
    }
}
