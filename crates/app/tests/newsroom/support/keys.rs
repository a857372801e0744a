//! What givers left, when keys change and when they are destroyed.

use ::vault::{Address, Bind, Smtputf8};
use app::{
    support::{
        contributions::{self, GiveForm},
        sandbox::How,
    },
    vault,
};
use model::{ContributionState, Role};
use testkit::both_backends;

use super::{GIVER, Till, manage, monthly, once};

const HOUR: i64 = 3_600_000;

both_backends! {
    async fn keys_change_and_givers_are_written_to_as_before(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let room = till.newsroom();
        let said = GiveForm { message: "For the harbour".to_owned(), ..monthly() };
        let pledge = till.give(&said, How::Pay).await;
        let token = manage(&till.sent().await[0]);
        let coming = till.give(&once(), How::Later).await;
        let before = room.keys().unwrap();
        let rotated = vault::rotate(room, "anna", None, false, &|_, _| {}).await.unwrap();
        assert_eq!((rotated.resealed, rotated.dead, rotated.lookups), (2, 0, 2), "a pledge, and a gift under way");
        let keys = room.keys().unwrap();
        let address = Address::parse(GIVER, Smtputf8::Refused).unwrap();
        for old in [pledge, coming] {
            let now = till.contribution(old.id).await;
            assert_eq!(now.lookup, Some(keys.giver_lookup(&address)));
            assert_ne!(now.lookup, Some(keys.lookup(&address)), "it is found by what a subscriber is found by");
            let contact = now.contact.unwrap();
            assert!(before.open(Bind::contribution_contact(now.id), &contact).is_err(), "the old keys open the new rows");
            assert!(keys.open(Bind::contribution_contact(now.id), old.contact.as_ref().unwrap()).is_err());
        }
        let kept = contributions::export(room, &token).await.unwrap().unwrap();
        assert_eq!((kept["address"].as_str(), kept["message"].as_str()), (Some(GIVER), Some("For the harbour")));
        till.letters.take_up_keys().await;
        let form = app::readers::SignUpForm { address: GIVER.to_owned(), ..Default::default() };
        contributions::ask_link(room, &form, None).await.unwrap();
        assert_eq!(till.sent().await.len(), 2, "both can be found by the address");
        till.days(31).await;
        let mails = till.sent().await;
        assert!(!mails.is_empty() && mails.iter().all(|mail| mail.to == GIVER), "the next receipt");
        assert_eq!(vault::rotate(room, "anna", None, false, &|_, _| {}).await.unwrap().dead, 0);
        till.balanced().await;
    }

    async fn with_the_keys_givers_go_and_what_they_gave_stays(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let room = till.newsroom();
        let said = GiveForm { message: "For the harbour".to_owned(), ..monthly() };
        let pledge = till.give(&said, How::Pay).await;
        let token = manage(&till.sent().await[0]);
        let person = async |name| till.letters.test.person(&anon, Role::Publisher, name).await.unwrap().staff;
        vault::burn_ask(room, &person("anna").await, 1).await.unwrap();
        vault::burn_agree(room, &person("boris").await).await.unwrap();
        till.letters.test.clock.advance_millis(HOUR);
        vault::look(room).await.unwrap();
        let left = till.contribution(pledge.id).await;
        assert_eq!((left.contact, left.lookup, left.message), (None, None, None));
        assert_eq!((left.state, till.payments(pledge.id).await.len()), (ContributionState::Active, 1));
        assert_eq!(contributions::open(room, &token).await.unwrap(), None, "an old link opens something");
        // The pledge runs on at its gateway, and is counted.
        till.days(31).await;
        assert_eq!(till.payments(pledge.id).await.len(), 2);
    }
}
