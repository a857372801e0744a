//! Tokens do what they were made for, in either writing, and nothing else.

use model::{
    Chance as _, IssueId, Language, MailForm, NewsletterId, ReminderId, SeededChance, SubscriberId, Week,
    reminder::{Day, Every},
};
use proptest::prelude::*;
use vault::{Custody, Keyring, Links, Reminding, SignUp, Token, TokenError};

use crate::{address, keyring};

fn ids(chance: &SeededChance) -> (IssueId, SubscriberId) {
    (IssueId(chance.uuid_v4()), SubscriberId::new(chance))
}

fn sign_up(chance: &SeededChance, who: &str) -> SignUp {
    SignUp {
        address: address(who),
        language: Language::new("fa").unwrap(),
        newsletters: vec![NewsletterId(chance.uuid_v4())],
        policy: "2026-03".to_owned(),
        week: Week(2935),
        form: MailForm::Headlines,
        neutral: true,
        by_mail: true,
    }
}

fn reminding(chance: &SeededChance) -> Reminding {
    Reminding {
        id: ReminderId::new(chance),
        address: address("anna@news.example"),
        language: Language::new("fa").unwrap(),
        due: Day(20_800),
        every: Some(Every(3)),
        policy: "privacy/fa/2".to_owned(),
        neutral: true,
        until: Week(2950),
    }
}

#[test]
fn the_links_of_a_reminder_say_what_was_put_in_until_their_week_is_over() {
    let (keyring, chance) = keyring(Custody::Server, 9);
    let links = Links(&keyring);
    let all = reminding(&chance);
    for one in [all.clone(), Reminding { every: None, neutral: false, policy: String::new(), ..all }] {
        assert_eq!(links.read_remind_confirm(&links.remind_confirm(&one).url()), Ok(one.clone()));
        let token = links.remind(&one).url();
        assert_eq!(links.read_remind(&token, Week(2950)), Ok(one.clone()));
        assert_eq!(links.read_remind(&token, Week(2951)), Err(TokenError::Expired));
    }
    let id = ReminderId::new(&chance);
    let stop = links.remind_stop(id, Week(2950)).url();
    assert_eq!(links.read_remind_stop(&stop, Week(2950)), Ok(id));
    assert_eq!(links.read_remind_stop(&stop, Week(2951)), Err(TokenError::Expired));
    assert!((40..=120).contains(&stop.len()), "it can't wait for the keys");
}

#[test]
fn an_address_is_found_by_another_hash_for_each_purpose_also_after_a_rotation() {
    let (mut keyring, chance) = keyring(Custody::Server, 10);
    let anna = address("anna@news.example");
    let (reader, reminded) = (keyring.lookup(&anna), keyring.reminder_lookup(&anna));
    assert_ne!(reader, reminded);
    keyring.rotate(&chance).unwrap();
    assert!(keyring.use_lookup_generation(2));
    assert_eq!(keyring.lookup_after(1, reminded), Some(keyring.reminder_lookup(&anna)));
    assert_ne!(keyring.lookup(&anna), keyring.reminder_lookup(&anna));
}

/// One of each kind.
fn every_token(keyring: &Keyring, chance: &SeededChance) -> [Token; 8] {
    let (issue, subscriber) = ids(chance);
    let links = Links(keyring);
    [
        links.unsubscribe(issue, subscriber),
        links.leave(issue, 7),
        links.bounce(issue, 7),
        links.preferences(subscriber, Week(2950)),
        links.confirm(&sign_up(chance, "anna@news.example")),
        links.remind_confirm(&reminding(chance)),
        links.remind(&reminding(chance)),
        links.remind_stop(ReminderId::new(chance), Week(2950)),
    ]
}

/// Which kinds a text is taken for.
fn taken_for(keyring: &Keyring, text: &str) -> [bool; 8] {
    let links = Links(keyring);
    [
        links.read_unsubscribe(text).is_ok(),
        links.read_leave(text).is_ok(),
        links.read_bounce(text).is_ok(),
        links.read_preferences(text, Week(2940)).is_ok(),
        links.read_confirm(text).is_ok(),
        links.read_remind_confirm(text).is_ok(),
        links.read_remind(text, Week(2940)).is_ok(),
        links.read_remind_stop(text, Week(2940)).is_ok(),
    ]
}

#[test]
fn a_token_is_good_for_its_purpose_alone() {
    let (keyring, chance) = keyring(Custody::Server, 1);
    for (kind, token) in every_token(&keyring, &chance).iter().enumerate() {
        for text in [token.url(), token.mail(), token.mail().to_uppercase()] {
            let mut wanted = [false; 8];
            wanted[kind] = true;
            assert_eq!(taken_for(&keyring, &text), wanted, "{kind}");
        }
    }
}

#[test]
fn another_newsrooms_tokens_are_refused() {
    let (ours, chance) = keyring(Custody::Server, 2);
    let (theirs, _) = keyring(Custody::Server, 3);
    for token in every_token(&theirs, &chance) {
        assert_eq!(taken_for(&ours, &token.url()), [false; 8]);
    }
}

#[test]
fn tokens_of_mail_survive_any_case_and_fit_a_local_part() {
    let (keyring, chance) = keyring(Custody::Server, 4);
    let (issue, _) = ids(&chance);
    let links = Links(&keyring);
    for number in [0, 1, 255, 65_536, 1_000_000, (1 << 24) - 1] {
        for token in [links.bounce(issue, number), links.leave(issue, number)] {
            assert!(format!("bounces+{}", token.mail()).len() <= 64);
            let mixed: String = token
                .mail()
                .chars()
                .enumerate()
                .map(|(at, c)| if at % 2 == 0 { c.to_ascii_uppercase() } else { c })
                .collect();
            assert!([links.read_bounce(&mixed), links.read_leave(&mixed)].contains(&Ok((issue, number))));
        }
    }
    for number in [1 << 24, i64::MAX, -1] {
        assert_eq!(links.read_bounce(&links.bounce(issue, number).mail()), Ok((issue, number)));
    }
    assert!(links.bounce(issue, i64::MAX).mail().len() <= 64);
}

#[test]
fn the_same_link_is_the_same_text_and_differs_by_issue_and_subscriber() {
    let (keyring, chance) = keyring(Custody::Server, 5);
    let ((issue, anna), (other, boris)) = (ids(&chance), ids(&chance));
    let links = Links(&keyring);
    let token = links.unsubscribe(issue, anna);
    assert_eq!(token, links.unsubscribe(issue, anna));
    assert_ne!(token, links.unsubscribe(other, anna));
    assert_ne!(token, links.unsubscribe(issue, boris));
    assert!(Token::may_unsubscribe(&token.url()) && Token::may_unsubscribe(&token.mail()));
    assert!(!Token::may_unsubscribe("a") && !Token::may_unsubscribe(&links.bounce(issue, 1).url()));
}

#[test]
fn preferences_open_until_their_week_is_over() {
    let (keyring, chance) = keyring(Custody::Server, 6);
    let (_, anna) = ids(&chance);
    let text = Links(&keyring).preferences(anna, Week(2950)).url();
    assert_eq!(Links(&keyring).read_preferences(&text, Week(2950)).unwrap().subscriber, anna);
    assert_eq!(Links(&keyring).read_preferences(&text, Week(2951)), Err(TokenError::Expired));
}

#[test]
fn a_confirmation_carries_everything_and_hides_how_long_the_address_is() {
    let (keyring, chance) = keyring(Custody::Offline, 7);
    let server = keyring.without_private();
    let signed = sign_up(&chance, "Anna+letters@bücher.example");
    let token = Links(&server).confirm(&signed);
    let read = Links(&server).read_confirm(&token.url()).unwrap();
    assert_eq!(read, signed);
    assert_eq!(read.address.as_str(), "Anna+letters@xn--bcher-kva.example");
    assert_eq!(token.url().len(), Links(&server).confirm(&sign_up(&chance, "a@b.cc")).url().len());
    assert!(token.url().len() < 200, "a link that mail programs don't break: {}", token.url().len());
}

proptest! {
    #[test]
    fn rubbish_is_no_token(text in "\\PC*", letters in "[A-Za-z0-9_-]{0,120}") {
        let (keyring, _) = keyring(Custody::Server, 8);
        prop_assert_eq!(taken_for(&keyring, &text), [false; 8]);
        prop_assert_eq!(taken_for(&keyring, &letters), [false; 8]);
    }

    #[test]
    fn a_changed_or_cut_token_is_refused(kind in 0usize..5, at: usize, to in "[A-Za-z0-9_-]", cut in 1usize..20) {
        let (keyring, chance) = keyring(Custody::Server, 9);
        let text = every_token(&keyring, &chance)[kind].url();
        let at = at % text.len();
        let mut changed = text.clone();
        changed.replace_range(at..=at, &to);
        prop_assert!(changed == text || taken_for(&keyring, &changed) == [false; 8]);
        prop_assert_eq!(taken_for(&keyring, &text[..text.len() - cut]), [false; 8]);
    }
}
