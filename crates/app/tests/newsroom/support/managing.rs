//! What givers do with the link in their mails.

use app::{
    readers::{SignUpForm, SignedUp},
    support::{
        contributions::{self, GiveForm, GiveWrong, Managing, Wish},
        sandbox::{self, How},
    },
};
use model::{ContributionState, Currency, Frequency, GatewayName, Money, SupportSettings};
use testkit::both_backends;

use super::{GIVER, Till, manage, monthly, once};

both_backends! {
    async fn a_pledge_is_changed_paused_resumed_and_ended_by_the_link_in_a_receipt(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let pledge = till.give(&monthly(), How::Pay).await;
        let token = manage(&till.sent().await[0]);
        let open = contributions::open(till.newsroom(), &token).await.unwrap().unwrap();
        assert_eq!((open.contribution.id, open.address.as_deref()), (pledge.id, Some(GIVER)));
        let wish = async |wish: Wish| contributions::wish(till.newsroom(), &token, &wish).await.unwrap();
        let change = |amount: &str, frequency| Wish::Change { amount: amount.to_owned(), frequency };
        assert_eq!(wish(change("۵", Frequency::Monthly)).await, Managing::Done(()));
        assert_eq!(till.contribution(pledge.id).await.amount, Money::new(500, Currency::USD));
        for (amount, frequency, wrong) in [
            ("1", Frequency::Monthly, GiveWrong::TooLittle(Money::new(200, Currency::USD))),
            ("x", Frequency::Monthly, GiveWrong::Amount(model::AmountError::Unclear)),
            ("5", Frequency::Once, GiveWrong::Form),
        ] {
            assert_eq!(wish(change(amount, frequency)).await, Managing::Wrong(wrong));
        }
        assert_eq!(wish(Wish::Pause).await, Managing::Done(()));
        till.days(62).await;
        assert_eq!(till.contribution(pledge.id).await.state, ContributionState::Paused);
        assert_eq!(till.payments(pledge.id).await.len(), 1, "a paused pledge is not charged");
        assert_eq!(wish(Wish::Resume).await, Managing::Done(()));
        till.days(1).await;
        assert_eq!(till.payments(pledge.id).await[0].amount.minor, 500);
        till.sent().await;
        assert_eq!(wish(Wish::Cancel).await, Managing::Done(()));
        assert_eq!(till.contribution(pledge.id).await.state, ContributionState::Cancelled);
        assert_eq!(till.sent().await.len(), 1);
        assert_eq!(wish(Wish::Pause).await, Managing::Cannot);
        let before = till.payments(pledge.id).await.len();
        till.days(400).await;
        assert_eq!(till.payments(pledge.id).await.len(), before, "an ended pledge is not charged");
        till.balanced().await;
    }

    async fn no_other_token_opens_anything(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        till.give(&monthly(), How::Pay).await;
        let token = manage(&till.sent().await[0]);
        let changed = format!("{}A", &token[..21]);
        for none in ["", "x", changed.as_str(), &token[..20], "AAAAAAAAAAAAAAAAAAAAAA"] {
            if none != token {
                assert_eq!(contributions::open(till.newsroom(), none).await.unwrap(), None, "{none}");
            }
        }
        // Fourteen months later it opens nothing any more.
        till.letters.test.clock.advance_millis(16 * 31 * 24 * 3_600_000);
        assert_eq!(contributions::open(till.newsroom(), &token).await.unwrap(), None);
        till.balanced().await;
    }

    async fn who_asks_for_the_link_is_answered_alike_whether_they_give(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let pledge = till.give(&monthly(), How::Pay).await;
        till.give(&once(), How::Pay).await;
        assert_eq!(till.sent().await.len(), 2);
        let mut answers = Vec::new();
        for address in ["Giver@Reader.example", "nobody@reader.example", GIVER] {
            let form = SignUpForm { address: address.to_owned(), ..SignUpForm::default() };
            answers.push(contributions::ask_link(till.newsroom(), &form, None).await.unwrap());
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        assert!(matches!(answers[0], SignedUp::Sent { .. }));
        let mails = till.sent().await;
        let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(to, [GIVER], "one link for the pledge, none for the gift, none for who gives nothing");
        let open = contributions::open(till.newsroom(), &manage(&mails[0])).await.unwrap().unwrap();
        assert_eq!(open.contribution.id, pledge.id);
        till.balanced().await;
    }

    async fn who_is_erased_leaves_payments_and_nothing_else(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let form = GiveForm { message: "For the harbour story".to_owned(), ..monthly() };
        let pledge = till.give(&form, How::Pay).await;
        let token = manage(&till.sent().await[0]);
        let kept = contributions::export(till.newsroom(), &token).await.unwrap().unwrap();
        assert_eq!((kept["address"].as_str(), kept["message"].as_str()), (Some(GIVER), Some("For the harbour story")));
        assert_eq!(kept["payments"].as_array().unwrap().len(), 1);
        assert_eq!(contributions::erase(till.newsroom(), &token).await.unwrap(), Managing::Done(()));
        assert_eq!(contributions::erase(till.newsroom(), &token).await.unwrap(), Managing::Gone);
        let erased = till.contribution(pledge.id).await;
        assert_eq!(erased.state, ContributionState::Cancelled);
        assert_eq!((&erased.contact, &erased.lookup, &erased.message), (&None, &None, &None));
        assert_eq!((&erased.session, &erased.token), (&None, &None));
        let mut tx = till.newsroom().store().read().await.unwrap();
        let balance = store::payment_balance(&mut tx, GatewayName::Sandbox).await.unwrap();
        drop(tx);
        assert_eq!(balance, [Money::new(200, Currency::USD)], "accounts do not add up any more");
        // The sandbox still knows whose pledge it was, and tells of it: nobody comes back by that.
        contributions::sweep(till.newsroom()).await.unwrap();
        contributions::run_due(till.newsroom()).await.unwrap();
        till.days(40).await;
        let after = till.contribution(pledge.id).await;
        assert_eq!((after.token, after.contact, after.state), (None, None, ContributionState::Cancelled));
        assert_eq!(till.payments(pledge.id).await, []);
        till.balanced().await;
    }

    async fn a_giver_and_a_subscriber_are_never_found_by_the_same(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let subscriber = till.letters.subscriber(GIVER, &["weekly"]).await;
        let pledge = till.give(&monthly(), How::Pay).await;
        assert_ne!(Some(subscriber.lookup), pledge.lookup);
        assert_ne!(pledge.lookup, None);
        let newsroom = till.newsroom();
        assert_eq!(sandbox::clock(newsroom).await.unwrap(), newsroom.clock().now());
        till.set(&SupportSettings::default()).await;
        till.balanced().await;
    }
}
