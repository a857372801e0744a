//! Getting in at the desk, and being kept out.

use app::{
    Error, Newsroom,
    staff::{self, ABSOLUTE_MS, Attempts, Denial, IDLE_MS, LINK_HOURS, PROOF_MS, Token},
};
use model::{Language, Role, Staff};
use testkit::both_backends;

/// Uses a link up.
async fn join(newsroom: &Newsroom, link: &Token, handle: &str) -> Result<Staff, Error> {
    let mut tx = newsroom.store().begin().await?;
    let id = model::StaffId::new(newsroom.clock().now(), newsroom.chance());
    let staff = staff::join(newsroom, &mut tx, link, id, handle, &Language::english()).await?;
    tx.commit().await?;
    Ok(staff)
}

/// The newsroom's first publisher.
async fn publisher(newsroom: &Newsroom) -> Staff {
    let link = staff::first_link(newsroom).await.unwrap().unwrap();
    join(newsroom, &link, "anna").await.unwrap()
}

async fn session_of(newsroom: &Newsroom, staff: &Staff) -> Token {
    let mut tx = newsroom.store().begin().await.unwrap();
    let token = staff::begin_in_tx(newsroom, &mut tx, staff.id).await.unwrap();
    tx.commit().await.unwrap();
    token
}

fn denied<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Denial {
    match outcome {
        Err(Error::Denied(denial)) => denial,
        other => panic!("not denied: {other:?}"),
    }
}

both_backends! {
    async fn the_first_link_makes_a_publisher_once(newsroom: TestNewsroom, anon: Anon) {
        let newsroom = &newsroom.newsroom;
        let lost = staff::first_link(newsroom).await.unwrap().unwrap();
        let link = staff::first_link(newsroom).await.unwrap().unwrap();
        assert_eq!(denied(join(newsroom, &lost, "eve").await), Denial::Link, "a link printed before still works");
        let anna = join(newsroom, &link, " Anna ").await.unwrap();
        assert_eq!((anna.handle.as_str(), anna.role), ("anna", Role::Publisher));
        assert_eq!(denied(join(newsroom, &link, "eve").await), Denial::Link, "the link works twice");
        assert!(staff::first_link(newsroom).await.unwrap().is_none(), "there is a publisher already");
    }

    async fn an_invitation_ends_and_is_taken_back(newsroom: TestNewsroom, anon: Anon) {
        let clock = &newsroom.clock;
        let newsroom = &newsroom.newsroom;
        publisher(newsroom).await;
        let link = staff::invite(newsroom, Role::Editor, "anna").await.unwrap();
        assert_eq!(denied(join(newsroom, &link, "anna").await), Denial::HandleTaken);
        assert_eq!(denied(join(newsroom, &link, "<b>").await), Denial::Handle);
        // A refused name does not use the link up.
        assert_eq!(join(newsroom, &link, "bert").await.unwrap().role, Role::Editor);

        let taken_back = staff::invite(newsroom, Role::Publisher, "anna").await.unwrap();
        staff::take_back(newsroom, &taken_back.hash(), "anna").await.unwrap();
        assert_eq!(denied(join(newsroom, &taken_back, "eve").await), Denial::Link);
        let late = staff::invite(newsroom, Role::Reporter, "anna").await.unwrap();
        assert!(staff::open_link(newsroom, &late).await.is_ok());
        clock.advance_millis(LINK_HOURS * 3_600_000);
        assert_eq!(denied(staff::open_link(newsroom, &late).await), Denial::Link);
        assert_eq!(denied(join(newsroom, &late, "eve").await), Denial::Link);
    }

    async fn two_who_open_one_link_at_once_make_one_account(newsroom: TestNewsroom, anon: Anon) {
        let newsroom = &newsroom.newsroom;
        publisher(newsroom).await;
        let link = staff::invite(newsroom, Role::Reporter, "anna").await.unwrap();
        let (one, two) = tokio::join!(join(newsroom, &link, "bert"), join(newsroom, &link, "carl"));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let mut tx = newsroom.store().read().await.unwrap();
        assert_eq!(store::staff_all(&mut tx).await.unwrap().len(), 2);
    }

    async fn a_session_ends_when_it_is_idle_or_old(newsroom: TestNewsroom, anon: Anon) {
        let clock = &newsroom.clock;
        let newsroom = &newsroom.newsroom;
        let anna = publisher(newsroom).await;
        let token = session_of(newsroom, &anna).await;
        assert_eq!(staff::signed(newsroom, &token).await.unwrap().unwrap().staff, anna);
        assert!(staff::signed(newsroom, &Token::new(newsroom.chance())).await.unwrap().is_none());

        // Used every ten minutes it lasts, but not for ever.
        let mut minutes = 0;
        while staff::signed(newsroom, &token).await.unwrap().is_some() {
            clock.advance_millis(10 * 60_000);
            minutes += 10;
        }
        assert_eq!(minutes * 60_000, ABSOLUTE_MS);

        let token = session_of(newsroom, &anna).await;
        clock.advance_millis(IDLE_MS);
        assert!(staff::signed(newsroom, &token).await.unwrap().is_none(), "an idle session goes on");
    }

    async fn a_proof_goes_stale_and_is_given_again(newsroom: TestNewsroom, anon: Anon) {
        let clock = &newsroom.clock;
        let newsroom = &newsroom.newsroom;
        let anna = publisher(newsroom).await;
        let token = session_of(newsroom, &anna).await;
        clock.advance_millis(PROOF_MS);
        let mut signed = staff::signed(newsroom, &token).await.unwrap().unwrap();
        assert!(!signed.proved(newsroom.clock().now()));
        staff::prove(newsroom, &mut signed).await.unwrap();
        let signed = staff::signed(newsroom, &token).await.unwrap().unwrap();
        assert!(signed.proved(newsroom.clock().now()));
    }

    async fn a_clock_that_was_ahead_leaves_nothing_open_when_it_is_put_right(newsroom: TestNewsroom, anon: Anon) {
        const YEAR_MS: i64 = 365 * 86_400_000;
        let clock = &newsroom.clock;
        let newsroom = &newsroom.newsroom;
        let anna = publisher(newsroom).await;
        clock.advance_millis(YEAR_MS);
        let token = session_of(newsroom, &anna).await;
        let link = staff::invite(newsroom, Role::Editor, "anna").await.unwrap();
        let signed = staff::signed(newsroom, &token).await.unwrap().unwrap();
        // A few minutes back is what clocks do.
        clock.advance_millis(-60_000);
        assert!(staff::signed(newsroom, &token).await.unwrap().is_some());
        clock.advance_millis(60_000 - YEAR_MS);
        assert!(staff::signed(newsroom, &token).await.unwrap().is_none(), "the session lasts a year");
        assert!(!signed.proved(newsroom.clock().now()), "the proof lasts a year");
        assert!(staff::open_link(newsroom, &link).await.is_err(), "the invitation lasts a year");
        let again = session_of(newsroom, &anna).await;
        assert!(staff::signed(newsroom, &again).await.unwrap().is_some(), "nobody gets in any more");
    }

    async fn a_withdrawn_account_is_out_at_once(newsroom: TestNewsroom, anon: Anon) {
        let newsroom = &newsroom.newsroom;
        let anna = publisher(newsroom).await;
        let token = session_of(newsroom, &anna).await;
        assert_eq!(denied(staff::withdraw_account(newsroom, anna.id, "anna").await), Denial::LastPublisher);
        assert_eq!(denied(staff::set_role(newsroom, anna.id, Role::Editor, "anna").await), Denial::LastPublisher);
        assert!(staff::signed(newsroom, &token).await.unwrap().is_some(), "a refused change threw her out");

        let link = staff::invite(newsroom, Role::Publisher, "anna").await.unwrap();
        join(newsroom, &link, "bert").await.unwrap();
        staff::withdraw_account(newsroom, anna.id, "bert").await.unwrap();
        assert!(staff::signed(newsroom, &token).await.unwrap().is_none());
        let mut tx = newsroom.store().read().await.unwrap();
        let log = store::audit_list(&mut tx, i64::MAX, 1).await.unwrap();
        assert_eq!((log[0].actor.as_str(), log[0].action.as_str()), ("bert", "staff.withdraw"));
    }

    async fn a_recovery_code_opens_once_and_guessing_is_slowed(newsroom: TestNewsroom, anon: Anon) {
        let clock = &newsroom.clock;
        let newsroom = &newsroom.newsroom;
        let anna = publisher(newsroom).await;
        let mut tx = newsroom.store().begin().await.unwrap();
        let codes = staff::recovery_codes(newsroom, &mut tx, anna.id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(codes.len(), 10);
        let attempts = Attempts::default();
        let token = staff::recover(newsroom, &attempts, "anna", &codes[0].to_lowercase()).await.unwrap();
        assert!(staff::signed(newsroom, &token).await.unwrap().is_some());
        assert_eq!(denied(staff::recover(newsroom, &attempts, "anna", &codes[0]).await), Denial::Code);
        // The answer is the same whether the pen name exists or not.
        assert_eq!(denied(staff::recover(newsroom, &attempts, "nobody", &codes[1]).await), Denial::Code);
        for _ in 0..9 {
            assert_eq!(denied(staff::recover(newsroom, &attempts, "anna", "AAAA").await), Denial::Code);
        }
        assert!(matches!(denied(staff::recover(newsroom, &attempts, "anna", &codes[1]).await), Denial::TooOften(_)));
        clock.advance_millis(3_600_000);
        assert!(staff::recover(newsroom, &attempts, "anna", &codes[1]).await.is_ok(), "waiting did not help");
    }

    async fn an_authenticator_signs_in_with_the_access_key_and_each_code_once(newsroom: TestNewsroom, anon: Anon) {
        let clock = &newsroom.clock;
        let newsroom = &newsroom.newsroom;
        let anna = publisher(newsroom).await;
        let keys = staff::totp_begin(newsroom, anna.handle.as_str(), "The Breakwater");
        assert!(keys.url.starts_with("otpauth://totp/The%20Breakwater:anna?secret="), "{}", keys.url);
        let totp = totp_rs::Builder::new()
            .with_secret(totp_rs::Secret::try_from_base32(&keys.secret).unwrap())
            .build()
            .unwrap();
        let code = || totp.generate(newsroom.clock().now().as_millis() as u64 / 1_000).to_string();
        let mut tx = newsroom.store().begin().await.unwrap();
        assert_eq!(denied(staff::totp_finish(newsroom, &mut tx, &anna, &keys, "12345").await), Denial::Code);
        staff::totp_finish(newsroom, &mut tx, &anna, &keys, &code()).await.unwrap();
        tx.commit().await.unwrap();

        let attempts = Attempts::default();
        let enter = async |key: &str, code: &str| staff::sign_in_with_code(newsroom, &attempts, "anna", key, code).await;
        assert_eq!(denied(enter(&keys.key, &code()).await), Denial::Code, "the code that took it into use works again");
        clock.advance_millis(30_000);
        assert_eq!(denied(enter("AAAA-BBBB", &code()).await), Denial::Code, "any access key works");
        let token = enter(&keys.key, &code()).await.unwrap();
        assert!(staff::signed(newsroom, &token).await.unwrap().is_some());
        assert_eq!(denied(enter(&keys.key, &code()).await), Denial::Code, "a code works twice");
    }

    async fn new_keys_end_the_old_ones(newsroom: TestNewsroom, anon: Anon) {
        let newsroom = &newsroom.newsroom;
        let anna = publisher(newsroom).await;
        let token = session_of(newsroom, &anna).await;
        let mut tx = newsroom.store().begin().await.unwrap();
        let codes = staff::recovery_codes(newsroom, &mut tx, anna.id).await.unwrap();
        tx.commit().await.unwrap();
        let link = staff::reset_link(newsroom, anna.id, "bert").await.unwrap();
        assert!(staff::signed(newsroom, &token).await.unwrap().is_none());
        assert_eq!(denied(staff::recover(newsroom, &Attempts::default(), "anna", &codes[0]).await), Denial::Code);
        assert_eq!(join(newsroom, &link, "another-name").await.unwrap(), anna, "the account became another");
    }

    async fn no_token_lies_in_the_database(newsroom: TestNewsroom, anon: Anon) {
        let newsroom = &newsroom.newsroom;
        let anna = publisher(newsroom).await;
        let token = session_of(newsroom, &anna).await;
        let link = staff::invite(newsroom, Role::Editor, "anna").await.unwrap();
        let mut tx = newsroom.store().begin().await.unwrap();
        let codes = staff::recovery_codes(newsroom, &mut tx, anna.id).await.unwrap();
        let stored = format!(
            "{:?} {:?} {:?}",
            store::session_list(&mut tx, anna.id).await.unwrap(),
            store::access_link_list(&mut tx, newsroom.clock().now()).await.unwrap(),
            store::audit_list(&mut tx, i64::MAX, 100).await.unwrap(),
        );
        for secret in [token.reveal(), link.reveal(), codes[0].as_str()] {
            assert!(!stored.contains(secret), "{secret} is stored");
        }
    }
}
