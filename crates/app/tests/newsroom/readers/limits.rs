//! Protection from being signed up in masses.

use app::readers::{self, CALM_PER_MINUTE, MAILS_PER_HOUR, MOST_PER_MINUTE, SignedUp};
use testkit::both_backends;

use super::{ANNA, Letters, form};

both_backends! {
    async fn an_address_gets_few_mails_an_hour_and_nobody_can_tell(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let mut answers = Vec::new();
        for _ in 0..6 {
            answers.push(letters.sign_up(ANNA, &["weekly"]).await);
            letters.sent().await;
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        assert_eq!(letters.smtp.mails().len(), usize::from(MAILS_PER_HOUR));
        // Whichever way somebody has it written to.
        readers::ask_link(letters.newsroom(), &form(ANNA, &[]), None).await.unwrap();
        readers::mail_sign_up(letters.newsroom(), ANNA, &[], None).await.unwrap();
        assert_eq!(letters.sent().await.len(), 0);
        letters.test.clock.advance_millis(3_600_000);
        letters.sign_up(ANNA, &["weekly"]).await;
        assert_eq!(letters.sent().await.len(), 1);
    }

    async fn when_many_sign_up_a_form_has_to_come_twice(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        for number in 0..CALM_PER_MINUTE {
            let said = letters.sign_up(&format!("reader{number}@reader.example"), &["weekly"]).await;
            assert!(matches!(said, SignedUp::Sent { .. }), "{said:?}");
        }
        let SignedUp::Step(step) = letters.sign_up(ANNA, &["weekly"]).await else { panic!("nothing was asked") };
        let mut again = form(ANNA, &["weekly"]);
        again.carried = Some((step.ticket.clone(), String::new()));
        let said = readers::sign_up(letters.newsroom(), &again, None).await.unwrap();
        assert!(matches!(said, SignedUp::Step(ref step) if step.too_soon == Some(61)), "{said:?}");
        letters.test.clock.advance_millis(60_000);
        let said = readers::sign_up(letters.newsroom(), &again, None).await.unwrap();
        assert!(matches!(said, SignedUp::Sent { .. }), "{said:?}");
    }

    async fn however_many_forms_come_whoever_waits_is_signed_up(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        for number in 0..MOST_PER_MINUTE {
            letters.sign_up(&format!("reader{number}@reader.example"), &["weekly"]).await;
        }
        let SignedUp::Step(step) = letters.sign_up(ANNA, &["weekly"]).await else { panic!("nothing was asked") };
        letters.test.clock.advance_millis(60_000);
        for number in 0..MOST_PER_MINUTE {
            letters.sign_up(&format!("reader{number}@reader.example"), &["weekly"]).await;
        }
        let mut again = form(ANNA, &["weekly"]);
        again.carried = Some((step.ticket, String::new()));
        let said = readers::sign_up(letters.newsroom(), &again, None).await.unwrap();
        assert!(matches!(said, SignedUp::Sent { .. }), "{said:?}");
    }
}
