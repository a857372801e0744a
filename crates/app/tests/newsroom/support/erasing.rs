//! Givers who are erased: whatever their gateway does at that moment, they are charged no more, and the books stay right.

use std::sync::Arc;

use app::{
    Newsroom,
    readers::{self, After, Granted},
    support::{
        contributions::{self, Begun, GiveForm, Managing},
        stop,
    },
};
use model::{Clock, Contribution, ContributionState, GatewayName, Role, Staff};
use testkit::{TestNewsroom, both_backends, processors::FakeStripe};
use vault::{Address, Smtputf8};

use super::{GIVER, Till, books, manage, monthly};

/// A newsroom that takes contributions by Stripe, and a publisher whom somebody writes a letter to.
struct House {
    till: Till,
    stripe: FakeStripe,
    node: Newsroom,
    boris: Staff,
}

impl House {
    async fn of(test: TestNewsroom, anon: &testkit::Anon) -> Self {
        let boris = test.person(anon, Role::Publisher, "boris").await.unwrap().staff;
        let till = Till::of(test).await;
        let (stripe, node, _) = till.letters.test.taking_by_stripe().await.unwrap();
        Self { till, stripe, node, boris }
    }

    /// Somebody sends the form; the session of the page.
    async fn begin(&self) -> String {
        let form = GiveForm { gateway: "stripe".to_owned(), ..monthly() };
        let Begun::At(page) = contributions::begin(&self.node, &form, None).await.unwrap() else { panic!("no page") };
        page.rsplit('/').next().unwrap().to_owned()
    }

    /// What Stripe has to tell is found and written down, and what follows is done.
    async fn work(&self) {
        for _ in 0..2 {
            contributions::sweep(&self.node).await.unwrap();
            contributions::run_due(&self.node).await.unwrap();
            stop::work(&self.node).await.unwrap();
        }
    }

    /// Who is found by the giver's address.
    async fn found(&self) -> Vec<Contribution> {
        let address = Address::parse(GIVER, Smtputf8::Refused).unwrap();
        let lookup = self.node.keys().unwrap().giver_lookup(&address);
        store::contribution_by_lookup(&mut self.node.store().read().await.unwrap(), &lookup).await.unwrap()
    }

    async fn letter(&self, node: &Newsroom) -> Granted {
        let wish = readers::Wish::Erase(After::Nothing);
        readers::on_request(node, &self.boris, GIVER, wish).await.unwrap()
    }

    /// Ten weeks pass, nobody is charged, and the books say what Stripe holds.
    async fn is_over(&self) {
        let charged = self.stripe.standing().balance.get("USD").map(|held| held.gross);
        self.stripe.move_to(self.till.letters.test.clock.now().plus_millis(70 * 86_400_000));
        self.work().await;
        let after = self.stripe.standing().balance;
        assert_eq!(after.get("USD").map(|held| held.gross), charged, "somebody was charged who was erased");
        books::balanced(&self.node, GatewayName::Stripe, after).await;
    }
}

both_backends! {
    async fn who_asks_by_letter_is_erased_and_gives_no_more(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom, &anon).await;
        assert!(house.stripe.pay(&house.begin().await));
        house.work().await;
        let pledge = house.found().await.remove(0);
        assert_eq!(pledge.state, ContributionState::Active);
        house.stripe.server.down().await;
        assert_eq!(house.letter(&house.node).await, Granted::PledgeRuns);
        assert_eq!(house.found().await, std::slice::from_ref(&pledge), "it runs on, and nobody can find whose it is");
        house.stripe.server.up().await.unwrap();
        house.till.letters.test.clock.advance_millis(3_600_000);
        // A node to which Stripe is not connected can't end it, and says so.
        assert_eq!(house.letter(house.till.newsroom()).await, Granted::PledgeRuns);
        assert_eq!(house.letter(&house.node).await, Granted::Done);
        assert_eq!(house.found().await, []);
        let erased = house.till.contribution(pledge.id).await;
        assert_eq!((erased.state, erased.contact, erased.token), (ContributionState::Cancelled, None, None));
        house.is_over().await;
    }

    async fn a_page_that_is_open_is_closed_before_its_giver_is_erased(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom, &anon).await;
        let session = house.begin().await;
        assert_eq!(house.letter(&house.node).await, Granted::Done);
        assert!(!house.stripe.pay(&session), "it could be paid still");
        assert_eq!(house.found().await, []);
        house.is_over().await;
    }

    async fn what_is_paid_at_the_moment_of_being_erased_is_ended(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom, &anon).await;
        assert!(house.stripe.pay(&house.begin().await));
        // Nobody was told of it when the letter came.
        assert_eq!(house.letter(&house.node).await, Granted::Done);
        house.work().await;
        assert_eq!(house.stripe.objects("subscription")[0]["status"], "canceled");
        house.is_over().await;
    }

    async fn a_pledge_of_somebody_who_was_erased_is_ended_when_it_comes_to_be(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom, &anon).await;
        let session = house.begin().await;
        let of = house.found().await.remove(0);
        // As a gateway leaves it that could not close its page.
        let erased = Contribution {
            state: ContributionState::Failed, erased: true, lookup: None, contact: None, session: None, ..of.clone()
        };
        let mut tx = house.node.store().begin().await.unwrap();
        store::contribution_update(&mut tx, &erased, of.month).await.unwrap();
        tx.commit().await.unwrap();
        assert!(house.stripe.pay(&session));
        house.work().await;
        assert_eq!(house.stripe.objects("subscription")[0]["status"], "canceled", "Stripe goes on charging");
        let after = house.till.contribution(of.id).await;
        assert_eq!((after.state, after.token, after.contact), (ContributionState::Cancelled, None, None));
        assert_eq!(house.till.sent().await.len(), 0, "somebody is written to who was erased");
        house.is_over().await;
    }

    async fn what_goes_back_of_an_erased_givers_payment_is_booked(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom, &anon).await;
        // One that another program began: at the gateway nothing names it as ours.
        house.stripe.foreign_subscription(GIVER, 500, "usd", (1, "month"));
        house.till.letters.test.clock.advance_millis(60_000);
        app::support::import::account(&house.node, "boris", false, Arc::new(|_, _, _| {})).await.unwrap();
        house.stripe.move_to(house.till.letters.now().plus_millis(32 * 86_400_000));
        house.work().await;
        let payments = async || {
            let (mut tx, all) = (house.node.store().read().await.unwrap(), (model::Month(0), model::Month(9_999)));
            store::payment_in(&mut tx, all, None, 5).await.unwrap()
        };
        let renewal = payments().await.remove(0);
        let token = manage(&house.till.sent().await[0]);
        assert_eq!(contributions::erase(&house.node, &token).await.unwrap(), Managing::Done(()));
        let charges = house.stripe.objects("charge");
        let charge = charges.iter().find(|one| one["payment_intent"] == renewal.token.as_str()).unwrap();
        house.stripe.dispute(charge["id"].as_str().unwrap());
        house.work().await;
        let payments = payments().await;
        assert_eq!(payments.len(), 1);
        assert_eq!((payments[0].contribution, payments[0].kept()), (None, 0), "{payments:?}");
    }
}
