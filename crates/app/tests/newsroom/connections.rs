//! Tokens of programs: made, used, ended.

use app::{
    Error,
    connections::{NewToken, token_holder, token_make, token_revoke, tokens},
    staff::{self, Denial},
};
use model::{Role, Scope};
use testkit::both_backends;

const DAY_MS: i64 = 86_400_000;

fn new(scopes: &[Scope]) -> NewToken {
    NewToken { name: "the phone app".to_owned(), scopes: scopes.to_vec(), ends_at: None }
}

both_backends! {
    async fn a_token_says_whose_it_is_until_somebody_ends_it(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let newsroom = &newsroom.newsroom;
        let (token, secret) = token_make(newsroom, &anna, new(&[Scope::StoriesRead, Scope::StoriesRead])).await.unwrap();
        let holder = token_holder(newsroom, secret.reveal()).await.unwrap().unwrap();
        assert_eq!(holder.staff, anna);
        assert_eq!(holder.scopes, [Scope::StoriesRead]);
        assert!(holder.may(Scope::StoriesRead) && !holder.may(Scope::StoriesWrite));
        for other in ["", "mh_", &token.hash, &format!("mh_{}", "a".repeat(43)), &"0".repeat(26)] {
            assert_eq!(token_holder(newsroom, other).await.unwrap(), None, "{other}");
        }

        token_revoke(newsroom, token.id, "anna").await.unwrap();
        assert_eq!(token_holder(newsroom, secret.reveal()).await.unwrap(), None, "an ended token still works");
        let twice = token_revoke(newsroom, token.id, "anna").await;
        assert!(matches!(twice, Err(Error::Denied(Denial::Gone))), "{twice:?}");
        let mut tx = newsroom.store().read().await.unwrap();
        let log = store::audit_list(&mut tx, i64::MAX, 2).await.unwrap();
        assert_eq!(log.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(), ["token.revoke", "token.make"]);
        assert!(log.iter().all(|row| !row.detail.contains(secret.reveal()) && row.subject == Some(token.id)));
    }

    async fn the_secret_is_kept_nowhere_and_its_use_by_the_day(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let clock = &newsroom.clock;
        let newsroom = &newsroom.newsroom;
        let (_, secret) = token_make(newsroom, &anna, new(&[Scope::ContentRead])).await.unwrap();
        assert_eq!(tokens(newsroom).await.unwrap()[0].token.used_at, None);
        for _ in 0..2 {
            token_holder(newsroom, secret.reveal()).await.unwrap().unwrap();
            let used = tokens(newsroom).await.unwrap()[0].token.used_at.unwrap();
            assert_eq!(used.as_millis() % DAY_MS, 0, "the hour of its use is written down");
            assert!((0..DAY_MS).contains(&(clock_now(clock) - used.as_millis())));
            clock.advance_millis(DAY_MS);
        }
        let kept = format!("{:?}", tokens(newsroom).await.unwrap());
        assert!(!kept.contains(secret.reveal()), "{kept}");
    }

    async fn a_token_reaches_no_further_than_its_account_does_now(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let bert = newsroom.person(&anon, Role::Editor, "bert").await.unwrap().staff;
        let newsroom = &newsroom.newsroom;
        let far = token_make(newsroom, &bert, new(&[Scope::HouseRead])).await;
        assert!(matches!(far, Err(Error::Denied(Denial::Role))), "{far:?}");
        let (_, secret) = token_make(newsroom, &bert, new(&[Scope::StoriesRead, Scope::StoriesPublish])).await.unwrap();
        staff::set_role(newsroom, bert.id, Role::Reporter, "anna").await.unwrap();
        let holder = token_holder(newsroom, secret.reveal()).await.unwrap().unwrap();
        assert_eq!((holder.staff.role, holder.scopes), (Role::Reporter, vec![Scope::StoriesRead]));

        staff::withdraw_account(newsroom, bert.id, anna.handle.as_str()).await.unwrap();
        assert_eq!(token_holder(newsroom, secret.reveal()).await.unwrap(), None, "a closed account's token works");
        assert!(tokens(newsroom).await.unwrap().is_empty());
    }

    async fn new_keys_for_an_account_end_its_tokens(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let newsroom = &newsroom.newsroom;
        let (_, secret) = token_make(newsroom, &anna, new(&[Scope::StoriesWrite])).await.unwrap();
        staff::reset_link(newsroom, anna.id, staff::COMMAND_LINE).await.unwrap();
        assert_eq!(token_holder(newsroom, secret.reveal()).await.unwrap(), None);
    }

    async fn a_token_ends_when_it_was_told_to(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let clock = &newsroom.clock;
        let newsroom = &newsroom.newsroom;
        let ends_at = Some(newsroom.clock().now().plus_millis(DAY_MS));
        let (_, secret) = token_make(newsroom, &anna, NewToken { ends_at, ..new(&[Scope::PhotosWrite]) }).await.unwrap();
        clock.advance_millis(DAY_MS - 1);
        assert!(token_holder(newsroom, secret.reveal()).await.unwrap().is_some());
        clock.advance_millis(1);
        assert_eq!(token_holder(newsroom, secret.reveal()).await.unwrap(), None);
    }

    async fn a_token_that_makes_no_sense_is_refused_in_words(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let newsroom = &newsroom.newsroom;
        let past = Some(newsroom.clock().now());
        for (bad, said) in [
            (NewToken { name: " \t ".to_owned(), ..new(&[Scope::StoriesRead]) }, "a name"),
            (NewToken { name: "n".repeat(81), ..new(&[Scope::StoriesRead]) }, "80 characters"),
            (new(&[]), "choose what"),
            (new(&[Scope::StoriesRead, Scope::ContentRead]), "a second token"),
            (NewToken { ends_at: past, ..new(&[Scope::StoriesRead]) }, "future"),
        ] {
            let refused = token_make(newsroom, &anna, bad).await.unwrap_err().to_string();
            assert!(refused.contains(said), "{refused}");
        }
        assert!(tokens(newsroom).await.unwrap().is_empty());
    }
}

fn clock_now(clock: &model::FixedClock) -> i64 {
    model::Clock::now(clock).as_millis()
}
