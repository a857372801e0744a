//! What is found when everything is taken: the database with its journals, a backup and what was restored from it, every file
//! beside them, the log. Nobody's address, whatever way its owner went.

mod taken;

use std::{path::PathBuf, sync::Arc, time::Duration};

use ::vault::Links;
use app::{
    Newsroom,
    back::Taker,
    backup, delivery,
    lists::{self, Export, ListImport, System},
    readers::{self, After, Change, Confirmed, Pause},
    vault,
};
use model::{IssueId, IssueState, MailForm, Role, SubscriberId};
use outside::{
    mail::{Relay, Signer},
    mailback::{Envelope, Sender},
    receive::{Takes, Verdict},
};
use testkit::{Anon, Do, Moment, Smtp, Stage, TestNewsroom, both_backends};

use self::taken::{Taken, listening};
use super::{Letters, form, link};
use crate::delivery::Running;

/// So many sign up by a form, and so many come with a list; together a thousand.
const SIGNING: usize = 240;
const LISTED: usize = 760;

/// The domain of every address, which is nowhere else.
const DOMAIN: &str = "canary-domain.example";

fn canary(number: usize) -> String {
    format!("canary{number}x@{DOMAIN}")
}

both_backends! {
    async fn no_address_is_found_in_anything_that_can_be_taken(newsroom: TestNewsroom, anon: Anon) {
        listening();
        let letters = letters(newsroom).await;
        letters.policy().await;
        let mut taken = Taken::new(DOMAIN);
        sign_up(&letters, &mut taken).await;
        list(&letters).await;
        crate::reminders::canaries(&letters, DOMAIN).await;
        for token in crate::support::canaries::canaries(&letters, DOMAIN).await {
            taken.token(&token);
        }
        taken.token(crate::support::canaries::NAME);
        taken.nothing_is_found(&letters, "while lists come and go").await;
        let issue = send(&letters, &taken).await;
        come_back(&letters, issue).await;
        leave_in_every_other_way(&letters, &anon).await;
        taken.nothing_is_found(&letters, "after an issue and what came back of it").await;
        vault::rotate(letters.newsroom(), "anna", None, false, &|_, _| {}).await.unwrap();
        // Somebody's mail waits while all is taken.
        letters.sign_up(&canary(SIGNING + LISTED), &["weekly"]).await;
        let file = letters.test.folder().join("backup.tar.zst");
        backup::write(letters.newsroom(), &file, &|_, _| {}).await.unwrap();
        restored(&letters, &file).await;
        taken.nothing_is_found(&letters, "in the end").await;
    }
}

/// A newsroom whose mail server refuses some, and says their addresses when it does.
async fn letters(newsroom: TestNewsroom) -> Letters {
    let number = |moment: &Moment| {
        let (_, rest) = moment.to.split_once("canary")?;
        rest.split_once("x@")?.0.parse::<usize>().ok()
    };
    let smtp = Smtp::that(move |moment| match (moment.stage, number(moment)) {
        (Stage::To, Some(900..)) if moment.count % 3 == 0 => {
            Do::Say("550 5.1.1 <canary-forwarded@canary-domain.example>: canary is unknown at canary-domain.example")
        }
        (Stage::End, Some(880..890)) if moment.count % 2 == 0 => Do::TakeAndHangUp,
        _ => Do::Go,
    });
    Letters::with(newsroom, smtp.await.unwrap()).await
}

/// Forms, the mails that ask, and every way that readers go from there.
async fn sign_up(letters: &Letters, taken: &mut Taken) {
    let sent = letters.issue("weekly").await;
    for number in 0..SIGNING {
        letters.test.clock.advance_millis(30_000);
        let address = canary(number);
        letters.sign_up(&address, &["weekly", "utro"]).await;
        if number % 60 == 0 {
            taken.nothing_is_found(letters, "while a mail waits").await;
        }
        let mails = letters.sent().await;
        let token = link(mails.iter().find(|mail| mail.to == address).unwrap(), "confirm");
        taken.token(&token);
        if number % 6 == 5 {
            readers::never(letters.newsroom(), &token).await.unwrap();
            continue;
        }
        let confirmed = readers::confirm(letters.newsroom(), &token).await.unwrap();
        assert!(matches!(confirmed, Confirmed::Done { .. }), "{number}: {confirmed:?}");
        let anna = letters.found(&address).await.unwrap();
        let preferences = letters.preferences(anna.id);
        through(letters, number, &preferences, &letters.unsubscribe(sent, anna.id).mail()).await;
        taken.token(&preferences);
    }
}

/// One of the ways that a reader goes.
async fn through(letters: &Letters, number: usize, preferences: &str, leaving: &str) {
    match number % 6 {
        0 => {
            let change = Change {
                newsletters: vec!["utro".to_owned()],
                language: None,
                form: MailForm::Headlines,
                neutral: true,
                pause: Some(Pause::Open),
            };
            readers::save(letters.newsroom(), preferences, &change).await.unwrap();
            readers::export(letters.newsroom(), preferences).await.unwrap();
        }
        1 => drop(readers::erase(letters.newsroom(), preferences, After::Fingerprint, None).await.unwrap()),
        2 => drop(readers::mail_unsubscribe(letters.newsroom(), leaving).await.unwrap()),
        3 => {
            letters.lock().await;
            readers::leave(letters.newsroom(), leaving, false).await.unwrap();
            letters.unlock().await;
        }
        _ => {
            // Asked for, and sent with the next one's.
            readers::ask_link(letters.newsroom(), &form(&canary(number), &[]), None).await.unwrap();
        }
    }
}

/// A list of which a part can't be used comes in, with a file of its rejects; everybody goes out to a file, which whoever asked
/// for it takes away.
async fn list(letters: &Letters) {
    let aside = tempfile::tempdir().unwrap();
    let path = aside.path().join("members.csv");
    let mut text = "email,name,subscribed_to_emails,created_at,deleted_at\n".to_owned();
    for number in SIGNING..SIGNING + LISTED {
        let address = canary(number);
        text += &match number % 20 {
            0 => format!("Anna <{address}>,,true,,\n"),
            1 => format!("\"{address}\r\nBcc: x@{DOMAIN}\",,true,,\n"),
            2 => format!("{address},,perhaps,,\n"),
            _ => format!("{address},Canary {number},true,2024-02-01T00:00:00Z,\n"),
        };
    }
    std::fs::write(&path, text).unwrap();
    let list = ListImport {
        system: System::Ghost,
        paths: vec![path],
        newsletter: Some("weekly".to_owned()),
        language: None,
        said: None,
        dry_run: false,
        also_known: true,
        rejects: Some(letters.test.folder().join("rejects.csv")),
        rejects_with_addresses: false,
    };
    let report = lists::import(letters.newsroom(), "anna", &list, Arc::new(|_, _, _| {})).await.unwrap();
    assert!(report.imported as usize >= LISTED * 16 / 20, "{report:#?}");
    let file = aside.path().join("out.csv");
    let what = Export { file: &file, newsletter: None, action: "list.export" };
    lists::export(letters.newsroom(), "anna", &what, &|_, _| {}).await.unwrap();
}

/// An issue goes to everybody; what its mail server says of some is kept.
async fn send(letters: &Letters, taken: &Taken) -> IssueId {
    let id = letters.approved("weekly", 2).await;
    let relay = Relay::new("main", &letters.smtp.address).unwrap();
    let running = Running::of(letters.test.mailing(vec![relay], Signer::default()).await.unwrap());
    let before = letters.smtp.taken();
    delivery::start(&running.newsroom, id, "anna").await.unwrap().expect("it was approved");
    letters.smtp.wait_for(before + 100).await.unwrap();
    taken.nothing_is_found(letters, "while an issue is being sent").await;
    for _ in 0..600 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let report = delivery::report(letters.newsroom(), id).await.unwrap();
        if report.sending.state == IssueState::Sent {
            let standing = report.standing;
            assert!(standing.accepted > 500 && standing.failed > 0 && report.doubts.again > 0, "{report:#?}");
            running.stop().await;
            return id;
        }
        if report.standing.pending + report.standing.attempting == 0 {
            letters.test.clock.advance_millis(10 * 60_000);
        }
    }
    panic!("it is not sent: {:#?}", delivery::report(letters.newsroom(), id).await.unwrap());
}

/// Reports that name readers: mailboxes that are gone or full, and complaints. Then a mail of a reader who signs up.
async fn come_back(letters: &Letters, issue: IssueId) {
    let names = ["postfix-no-user", "postfix-full", "gmail-no-user", "arf-abuse"];
    for (at, name) in (0..40).zip(names.into_iter().cycle()) {
        let address = canary(SIGNING + 20 * at + 5);
        let Some(reader) = letters.found(&address).await else { continue };
        let mail = report(letters, name, issue, reader.id, &address).await;
        assert_eq!(take(letters.newsroom(), &mail).await, Verdict::Taken, "{name}");
    }
    let bytes = std::fs::read(fixtures().join("join.eml")).unwrap();
    let mail = String::from_utf8(bytes).unwrap().replace("reader@reader.example", &canary(0).replace('0', "00"));
    take(letters.newsroom(), &mail).await;
}

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/mailback")
}

/// A report of the fixtures about a reader's delivery.
async fn report(letters: &Letters, name: &str, issue: IssueId, reader: SubscriberId, address: &str) -> String {
    let mut tx = letters.newsroom().store().read().await.unwrap();
    let delivery = store::delivery_by_subscriber(&mut tx, issue, reader).await.unwrap().expect("they were sent it");
    let (keys, number) = (letters.keys(), delivery.number);
    let text = String::from_utf8(std::fs::read(fixtures().join(format!("{name}.eml"))).unwrap()).unwrap();
    text.replace("mfzwizltoqqgc3tbnrqxe43fnzsa2345", &Links(&keys).bounce(issue, number).mail())
        .replace("orsxg5dvnzzxkytto5xxezlsmuqgk3tf", &Links(&keys).leave(issue, number).mail())
        .replace("reader@reader.example", address)
        .replace("reader.example", DOMAIN)
}

async fn take(newsroom: &Newsroom, mail: &str) -> Verdict {
    let envelope = Envelope { sender: Sender::AsWritten, recipient: None };
    Taker(newsroom.clone()).take(envelope, mail.as_bytes()).await
}

/// Readers who write to the newsroom instead of pressing a button, and somebody who asks for something that can't be.
async fn leave_in_every_other_way(letters: &Letters, anon: &Anon) {
    let publisher = letters.test.person(anon, Role::Publisher, "boris").await.unwrap().staff;
    for number in SIGNING + 100..SIGNING + 110 {
        let wish = readers::Wish::Erase(After::Never);
        readers::on_request(letters.newsroom(), &publisher, &canary(number), wish).await.unwrap();
    }
    let wrong = form(&format!("canary wrong@{DOMAIN}"), &["weekly"]);
    readers::sign_up(letters.newsroom(), &wrong, None).await.unwrap();
}

/// What a backup becomes lies beside the newsroom, and is looked through with it.
async fn restored(letters: &Letters, file: &std::path::Path) {
    let dir = letters.test.folder().join("restored");
    std::fs::create_dir(&dir).unwrap();
    let restored = crate::backup::empty_newsroom_with(&dir, Some(letters.test.keyring())).await;
    crate::backup::restore(&restored, std::fs::read(file).unwrap(), &dir).await.unwrap();
}
