//! Reminders over HTTP: the page and its scripts, the calendar file, and the links of the mails.

use std::{path::Path, process::Command};

use app::support::reminders;
use outside::mail::{Relay, Signer};
use testkit::{Anon, Answer, Mail, Smtp, TestNewsroom, both_backends};

use crate::{
    reading::{unpacked, wire_bytes},
    seed::{self, WONSAN},
};

const ANNA: &str = "anna@reader.example";
const PAGE: &str = "/support/remind/";
const ASK: &str = "/-/support/remind";
const WIRE: usize = 12_288;
/// The file of script that shows a note.
const NOTE: &str = "assets/remind_note.";

/// A newsroom that offers reminders, whose mails are caught.
struct Post {
    test: TestNewsroom,
    sending: app::Newsroom,
    smtp: Smtp,
}

impl Post {
    async fn of(test: TestNewsroom) -> Self {
        seed::seed(&test.newsroom).await;
        let smtp = Smtp::start().await.unwrap();
        let relay = Relay::new("main", &smtp.address).unwrap();
        let sending = test.mailing(vec![relay], Signer::default()).await.unwrap();
        let address = [("address".to_owned(), "https://news.example".to_owned())];
        app::settings::change(&test.newsroom, "anna", &address).await.unwrap().unwrap();
        let post = Self { test, sending, smtp };
        post.offers("true").await;
        post
    }

    async fn offers(&self, on: &str) {
        let newsroom = &self.test.newsroom;
        let mut tx = newsroom.store().begin().await.unwrap();
        store::setting_set(&mut tx, "support.reminders", on, newsroom.clock().now()).await.unwrap();
        tx.commit().await.unwrap();
        newsroom.cache().clear();
    }

    async fn sent(&self) -> Vec<Mail> {
        let before = self.smtp.mails().len();
        app::readers::outbox::run_due(&self.sending).await.unwrap();
        self.smtp.mails().split_off(before)
    }

    async fn kept(&self) -> i64 {
        store::reminder_count(&mut self.test.newsroom.store().read().await.unwrap()).await.unwrap()
    }
}

/// The path of a link in a mail.
fn path(mail: &Mail, what: &str) -> String {
    let start = format!("/-/support/remind/{what}/");
    format!("{start}{}", mail.token(&start))
}

/// Sends a form as a browser does.
async fn posted(anon: &Anon, path: &str, form: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("accept-encoding", "gzip")];
    anon.send(path, &headers, body).await
}

/// What holds for every answer to one person.
fn is_private(answer: &Answer) -> String {
    let html = unpacked(answer);
    assert_eq!((answer.header("cache-control"), answer.header("x-robots-tag")), ("no-store", "noindex"), "{html}");
    assert!(!answer.headers.contains_key("set-cookie") && !answer.headers.contains_key("location"));
    if answer.header("content-encoding") == "gzip" {
        assert!(wire_bytes(answer) <= WIRE, "{html}");
    }
    html
}

/// Every script of a page, which its policy must name.
fn scripts<'h>(answer: &Answer, html: &'h str) -> Vec<&'h str> {
    let found: Vec<&str> = html.split("<script>").skip(1).filter_map(|rest| rest.split("</script>").next()).collect();
    let policy = answer.header("content-security-policy");
    for script in &found {
        let hash = <sha2::Sha256 as sha2::Digest>::digest(script);
        let hash = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, hash);
        assert!(policy.contains(&format!("'sha256-{hash}'")), "{policy}: {script}");
    }
    assert_eq!(policy.matches("sha256-").count(), found.len() + html.matches("<style").count(), "{policy}");
    found
}

both_backends! {
    async fn the_page_is_there_where_reminders_are_offered_and_only_then(newsroom: TestNewsroom, anon: Anon) {
        let post = Post::of(newsroom).await;
        post.offers("false").await;
        assert_eq!(anon.get(PAGE).await.status, 404);
        assert!(!unpacked(&anon.get(WONSAN).await).contains(NOTE), "a script where nothing is offered");
        post.offers("true").await;
        for (path, button) in [(PAGE, "Send me a mail"), ("/ru/support/remind/", "Прислать письмо"), ("/fa/support/remind/", "ایمیل تأیید")] {
            let answer = anon.get_with(path, &[("accept-encoding", "gzip")]).await;
            let (bytes, html) = (wire_bytes(&answer), unpacked(&answer));
            assert!(answer.status == 200 && bytes <= WIRE && html.contains(button), "{path} {bytes}: {html}");
            assert!(!answer.headers.contains_key("set-cookie") && answer.header("cache-control") != "no-store");
            assert_eq!(scripts(&answer, &html).len(), 1, "{html}");
            assert!(html.contains("value=\"2025-08\" required checked") && html.contains("value=\"2026-04\""), "{html}");
        }
        let story = anon.get(WONSAN).await;
        let html = unpacked(&story);
        assert_eq!(scripts(&story, &html), Vec::<&str>::new());
        let (_, named) = html.split_once(NOTE).unwrap();
        let note = anon.get(&format!("/{NOTE}{}", named.split_once('"').unwrap().0)).await;
        assert_eq!((note.status, note.header("content-type")), (200, "text/javascript; charset=utf-8"));
        assert!(note.bytes.len() < 1_600 && note.text().contains("localStorage"), "{}", note.text());
        assert!(wire_bytes(&anon.get_with(WONSAN, &[("accept-encoding", "gzip")]).await) <= WIRE);
        assert!(!unpacked(&anon.get("/lite/").await).contains("<script"));
        drop(post);
    }

    async fn a_reader_goes_from_the_form_to_the_last_link(newsroom: TestNewsroom, anon: Anon) {
        let post = Post::of(newsroom).await;
        let form = [("address", ANNA), ("month", "2025-08"), ("every", "3"), ("language", "en")];
        assert!(is_private(&posted(&anon, ASK, &form).await).contains("Look into your mailbox"));
        let confirm = path(&post.sent().await[0], "confirm");
        assert!(is_private(&anon.get(&confirm).await).contains("on August 1, 2025, and every 3 months after that"));
        assert_eq!(post.kept().await, 0, "opening a link keeps something");
        for _ in 0..2 {
            assert!(is_private(&posted(&anon, &confirm, &[]).await).contains("You will be reminded"));
        }
        assert_eq!(post.kept().await, 1);
        post.test.clock.set(model::Timestamp::parse("2025-08-01T12:00:00Z").unwrap());
        reminders::run_due(&post.test.newsroom).await.unwrap();
        let mail = post.sent().await.remove(0);
        let (own, stop) = (path(&mail, "own"), path(&mail, "stop"));
        let html = is_private(&anon.get(&own).await);
        assert!(html.contains("Remind me in 6 months") && html.contains("Erase all my reminders"), "{html}");
        let again = posted(&anon, &format!("{own}/again"), &[("months", "6")]).await;
        assert!(is_private(&again).contains("February 1, 2026"));
        assert!(is_private(&anon.get(&stop).await).contains("Stop it"));
        assert_eq!(post.kept().await, 1, "a program that follows links stops it");
        // RFC 8058: no cookie, any body, 200 at once.
        let headers = [("content-type", "multipart/form-data; boundary=x")];
        let body = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
        assert_eq!(anon.send(&stop, &headers, body.to_owned()).await.status, 200);
        assert_eq!(post.kept().await, 0);
        assert!(is_private(&posted(&anon, &format!("{own}/erase"), &[]).await).contains("Everything is deleted"));
        for broken in ["own/x", "confirm/x", "stop/x"] {
            assert_eq!(anon.get(&format!("{ASK}/{broken}")).await.status, 400, "{broken}");
        }
    }

    async fn what_is_wrong_comes_back_with_everything_that_was_typed(newsroom: TestNewsroom, anon: Anon) {
        let post = Post::of(newsroom).await;
        let form = [("address", "anna<b>"), ("month", "2025-10"), ("day", "31"), ("every", "12"), ("neutral", "yes"), ("language", "en")];
        let answer = posted(&anon, ASK, &form).await;
        let html = is_private(&answer);
        assert_eq!(answer.status, 422);
        for part in ["role=\"alert\"", "value=\"anna&lt;b&gt;\"", "value=\"2025-10\" required checked", "value=\"31\" selected", "value=\"12\" selected", "value=\"yes\" checked"] {
            assert!(html.contains(part), "{part}: {html}");
        }
        let past = posted(&anon, ASK, &[("address", ANNA), ("month", "2025-07"), ("language", "ru")]).await;
        assert!(past.status == 422 && is_private(&past).contains("слишком близко"));
        // A machine is told nothing.
        let trapped = [("address", ANNA), ("month", "2025-08"), ("website", "x")];
        assert!(is_private(&posted(&anon, ASK, &trapped).await).contains("Look into your mailbox"));
        assert_eq!(post.sent().await.len(), 0);
        let reloaded = anon.get_with(ASK, &[("accept-language", "fa,en;q=0.5")]).await;
        assert_eq!((reloaded.status, reloaded.header("location")), (303, "/fa/support/remind/"));
    }
}

const READ: &str = "
import sys, icalendar, datetime
for name in sys.argv[1:]:
    calendar = icalendar.Calendar.from_ical(open(name, 'rb').read())
    [event] = calendar.walk('VEVENT')
    [alarm] = event.walk('VALARM')
    start = event['DTSTART'].dt
    if isinstance(start, datetime.datetime):
        [zone] = calendar.walk('VTIMEZONE')
        start = zone.to_tz(lookup_tzid=False).localize(start.replace(tzinfo=None)) if hasattr(zone.to_tz(lookup_tzid=False), 'localize') else start.replace(tzinfo=zone.to_tz(lookup_tzid=False))
        start = start.astimezone(datetime.timezone.utc)
    rule = event.get('RRULE')
    print(start.isoformat(), rule.to_ical().decode() if rule else '-', event['SUMMARY'], event.get('URL', '-'), event['UID'], event.errors + calendar.errors)
";

#[tokio::test(flavor = "multi_thread")]
async fn another_program_reads_the_calendar_files() {
    let (newsroom, anon) = TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
    let post = Post::of(newsroom).await;
    let zone = [("time_zone".to_owned(), "Europe/Riga".to_owned())];
    app::settings::change(&post.test.newsroom, "anna", &zone).await.unwrap().unwrap();
    let mut files = Vec::new();
    for (number, more) in [
        [("day", "31"), ("every", "3"), ("language", "en"), ("hour", "")],
        [("day", "1"), ("every", ""), ("language", "fa"), ("hour", "19")],
        [("neutral", "yes"), ("every", "12"), ("language", "en"), ("hour", "9")],
    ]
    .iter()
    .enumerate()
    {
        let form = [[("month", "2025-11"), ("address", ANNA)].as_slice(), more.as_slice()].concat();
        let answer = posted(&anon, "/-/support/remind/calendar", &form).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/calendar; charset=utf-8"));
        assert!(answer.header("content-disposition").contains("reminder.ics"));
        let text = unpacked(&answer);
        assert!(!text.contains("anna"), "{text}");
        let again = unpacked(&posted(&anon, "/-/support/remind/calendar", &form).await);
        assert_eq!(text, again, "the same wish is another file");
        let file = post.test.folder().join(format!("{number}.ics"));
        std::fs::write(&file, text).unwrap();
        files.push(file);
    }
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/icalendar/bin/python");
    if !python.exists() {
        assert!(std::env::var_os("CI").is_none(), "no icalendar in CI: run `cargo xtask setup`");
        eprintln!("SKIPPED: no icalendar; `cargo xtask setup` installs it");
        return;
    }
    let read = Command::new(python).arg("-c").arg(READ).args(&files).output().unwrap();
    let told = String::from_utf8_lossy(&read.stdout).into_owned();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines[0].starts_with("2025-11-30 FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1 Support "), "{told}");
    // Winter time, by the zone that comes with the file.
    assert!(lines[1].starts_with("2025-11-01T17:00:00+00:00 - حمایت"), "{told}");
    assert!(
        lines[2].starts_with("2025-11-01T07:00:00+00:00 FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=1 Reminder - "),
        "{told}"
    );
    assert!(lines.len() == 3 && lines.iter().all(|line| line.ends_with("[]")), "{told}");
}
