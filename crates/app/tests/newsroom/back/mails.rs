//! Whole mails, as they are brought: from their bytes to what they change.

use std::path::PathBuf;

use app::back::Taker;
use model::{Bounce, SubscriberState, SuppressionReason};
use outside::{
    mailback::{Envelope, Sender},
    receive::{Takes, Verdict},
};
use testkit::both_backends;
use vault::Links;

use super::Sent;
use crate::readers::ANNA;

/// The token of bounces in the fixtures.
const TOKEN: &str = "mfzwizltoqqgc3tbnrqxe43fnzsa2345";
/// The token to leave in them.
const LEAVE: &str = "orsxg5dvnzzxkytto5xxezlsmuqgk3tf";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/mailback")
}

/// A fixture with the tokens of a delivery in the place of its own.
fn fixture(sent: &Sent, name: &str) -> String {
    let keys = sent.letters.keys();
    let bytes = std::fs::read(folder().join(format!("{name}.eml"))).unwrap();
    let leave = Links(&keys).leave(sent.issue, 1).mail();
    let text = String::from_utf8(bytes).unwrap().replace(TOKEN, sent.token(sent.issue, 1).text());
    text.replace(LEAVE, &leave).replace(&LEAVE.to_uppercase(), &leave.to_uppercase())
}

async fn take(sent: &Sent, mail: &str) -> Verdict {
    let envelope = Envelope { sender: Sender::AsWritten, recipient: None };
    Taker(sent.letters.newsroom().clone()).take(envelope, mail.as_bytes()).await
}

both_backends! {
    async fn a_report_in_a_mailbox_takes_its_reader_off(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        assert_eq!(take(&sent, &fixture(&sent, "gmail-no-user")).await, Verdict::Taken);
        assert_eq!(sent.anna().await.unwrap().state, SubscriberState::Bounced);
        assert_eq!(sent.letters.suppressed(ANNA).await, Some(SuppressionReason::Bounce));
    }

    async fn a_report_that_names_a_victim_harms_no_victim(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let victim = sent.letters.subscriber("victim@victim.example", &["weekly"]).await;
        assert_eq!(take(&sent, &fixture(&sent, "report-that-lies")).await, Verdict::Taken);
        assert_eq!(sent.letters.found("victim@victim.example").await, Some(victim));
        assert_eq!(sent.letters.suppressed("victim@victim.example").await, None);
        assert_eq!(sent.noted(sent.issue).await, Some(Bounce::Hard), "of the delivery whose address it came to");
    }

    async fn a_complaint_is_found_by_what_it_returns(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        assert_eq!(take(&sent, &fixture(&sent, "arf-abuse-unsubscribe-only")).await, Verdict::Taken);
        assert_eq!(sent.anna().await, None);
        assert_eq!(sent.letters.suppressed(ANNA).await, Some(SuppressionReason::Complaint));
    }

    async fn readers_leave_by_mail_to_either_address(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        assert_eq!(take(&sent, &fixture(&sent, "unsubscribe")).await, Verdict::Taken);
        assert_eq!(sent.anna().await, None);
        assert_eq!(sent.letters.suppressed(ANNA).await, Some(SuppressionReason::Unsubscribed));
        let second = Sent { anna: sent.letters.subscriber("boris@reader.example", &["weekly"]).await, ..sent };
        second.deliver(second.issue, 2, 1).await;
        let token = Links(&second.letters.keys()).leave(second.issue, 2).mail();
        let mail = fixture(&second, "unsubscribe-subject");
        let own = Links(&second.letters.keys()).leave(second.issue, 1).mail();
        let mail = mail.replace(&own.to_uppercase(), &token.to_uppercase());
        assert_eq!(take(&second, &mail).await, Verdict::Taken);
        assert_eq!(second.anna().await, None);
    }

    async fn a_reader_signs_up_by_mail_and_is_asked_to_confirm(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        assert_eq!(take(&sent, &fixture(&sent, "join-weekly")).await, Verdict::Taken);
        let mails = sent.letters.sent().await;
        assert_eq!(mails.len(), 1);
        assert!(sent.letters.found("reader+news@reader.example").await.is_none(), "nothing is stored before");
        let token = crate::readers::link(&mails[0], "confirm");
        app::readers::confirm(sent.letters.newsroom(), &token).await.unwrap();
        let reader = sent.letters.found("reader+news@reader.example").await.unwrap();
        assert_eq!(sent.letters.gets(reader.id).await, ["weekly"]);
        assert_eq!(reader.consent.source, "mail");
    }

    async fn what_is_brought_is_refused_before_it_is_read_unless_its_token_is_ours(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let taker = Taker(sent.letters.newsroom().clone());
        let keys = sent.letters.keys();
        let at = |local: String| format!("{local}@bounces.news.example");
        let (bounce, leave) = (Links(&keys).bounce(sent.issue, 1).mail(), Links(&keys).leave(sent.issue, 1).mail());
        for (address, verdict) in [
            (at(format!("b-{bounce}")), Verdict::Taken),
            (at(format!("B-{}", bounce.to_uppercase())), Verdict::Taken),
            (at(format!("u-{leave}")), Verdict::Taken),
            (at(format!("u-{bounce}")), Verdict::NotHere),
            (at(format!("b-{leave}")), Verdict::NotHere),
            (at(format!("b-{}", "a".repeat(56))), Verdict::NotHere),
            (at("join".to_owned()), Verdict::Taken),
            (at("complaints".to_owned()), Verdict::Taken),
            (at("somebody".to_owned()), Verdict::NotHere),
            (format!("b-{bounce}@elsewhere.example"), Verdict::NotHere),
        ] {
            assert_eq!(taker.knows(&address).await, verdict, "{address}");
        }
        sent.letters.lock().await;
        assert_eq!(taker.knows(&at(format!("b-{}", "a".repeat(56)))).await, Verdict::Later, "nobody can tell now");
        assert_eq!(taker.knows(&at("somebody".to_owned())).await, Verdict::NotHere);
        let mail = fixture_while_locked(&bounce);
        let envelope = Envelope { sender: Sender::AsWritten, recipient: None };
        assert_eq!(taker.take(envelope, mail.as_bytes()).await, Verdict::Later);
    }

    /// Every mail that we know of, twice, in every way of being brought. Only those who sign up are written to.
    async fn no_mail_is_ever_answered(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let mut names: Vec<String> = std::fs::read_dir(folder())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "eml"))
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        names.sort();
        let taker = Taker(sent.letters.newsroom().clone());
        for name in names.iter().chain(&names) {
            let mail = fixture(&sent, name);
            let to = format!("b-{}@bounces.news.example", sent.token(sent.issue, 1).text());
            for (sender, recipient) in
                [(Sender::AsWritten, None), (Sender::Empty, Some(to.as_str())), (Sender::Given, Some(to.as_str()))]
            {
                let verdict = taker.take(Envelope { sender, recipient }, mail.as_bytes()).await;
                assert_ne!(verdict, Verdict::Later, "{name}");
            }
        }
        let mails = sent.letters.sent().await;
        let asked = |mail: &testkit::Mail| mail.text().contains("/-/newsletter/confirm/");
        assert!(mails.iter().all(asked), "something was answered");
        assert!(mails.len() <= 2, "{} mails for two who signed up", mails.len());
        // Nothing of what came is kept: not in the database, its log, or beside it.
        for name in ["reader@gone.example", "victim@victim.example", "feedback@arf.mail.example", "over quota, writes our reporter"] {
            for file in files(sent.letters.test.folder()) {
                let bytes = std::fs::read(&file).unwrap_or_default();
                let found = bytes.windows(name.len()).any(|window| window == name.as_bytes());
                assert!(!found, "`{name}` is in {}", file.display());
            }
        }
    }
}

fn fixture_while_locked(token: &str) -> String {
    let bytes = std::fs::read(folder().join("postfix-no-user.eml")).unwrap();
    String::from_utf8(bytes).unwrap().replace(TOKEN, token)
}

fn files(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
