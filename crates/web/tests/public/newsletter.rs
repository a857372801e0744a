//! Readers' forms and links over HTTP: what a browser, a mailbox's own button and a program that follows links get.

use model::{SubscriberId, Week};
use outside::mail::{Relay, Signer};
use testkit::{Anon, Answer, Mail, Smtp, TestNewsroom, both_backends};
use vault::Links;

use crate::{
    reading::{unpacked, wire_bytes},
    seed::{self, WONSAN},
};

const ANNA: &str = "anna@reader.example";
const SIGN_UP: &str = "/-/newsletter/sign-up";
const WIRE: usize = 12_288;

/// A newsroom with newsletters, whose mails are caught.
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
        Self { test, sending, smtp }
    }

    async fn sent(&self) -> Vec<Mail> {
        let before = self.smtp.mails().len();
        app::readers::outbox::run_due(&self.sending).await.unwrap();
        self.smtp.mails().split_off(before)
    }

    /// Signs somebody up over HTTP, link, button and all; their id.
    async fn subscriber(&self, anon: &Anon, newsletters: &[&str]) -> SubscriberId {
        let mut form = vec![("address", ANNA), ("language", "en")];
        form.extend(newsletters.iter().map(|slug| ("newsletter", *slug)));
        assert_eq!(posted(anon, SIGN_UP, &form).await.status, 200);
        let path = path(&self.sent().await[0], "confirm");
        assert_eq!(posted(anon, &path, &[]).await.status, 200);
        let keys = self.test.newsroom.keys().unwrap();
        let lookup = keys.lookup(&vault::Address::parse(ANNA, vault::Smtputf8::Refused).unwrap());
        let mut tx = self.test.newsroom.store().read().await.unwrap();
        store::subscriber_by_lookup(&mut tx, &lookup).await.unwrap().unwrap().id
    }

    fn preferences(&self, who: SubscriberId) -> String {
        let week = Week::of(self.test.newsroom.clock().now());
        let keys = self.test.newsroom.keys().unwrap();
        format!("/-/newsletter/preferences/{}", Links(&keys).preferences(who, week).url())
    }

    async fn unsubscribe(&self, slug: &str, who: SubscriberId) -> String {
        let mut tx = self.test.newsroom.store().begin().await.unwrap();
        let newsletter = store::newsletter_by_slug(&mut tx, slug).await.unwrap().unwrap().id;
        let (now, chance) = (self.test.newsroom.clock().now(), self.test.newsroom.chance());
        let issue = model::Issue {
            id: model::IssueId::new(now, chance),
            newsletter,
            number: 1,
            state: model::IssueState::Sent,
            slot: None,
            due_at: None,
            version: 1,
            why: None,
            saved: (now, "anna".to_owned()),
            approved: None,
            frozen_at: Some(now),
            frozen: 1,
            ended_at: None,
            path: None,
            content: model::IssueContent::default(),
        };
        store::issue_insert(&mut tx, &issue).await.unwrap();
        tx.commit().await.unwrap();
        let keys = self.test.newsroom.keys().unwrap();
        format!("/-/newsletter/unsubscribe/{}", Links(&keys).unsubscribe(issue.id, who).url())
    }

    async fn gets(&self, who: SubscriberId) -> usize {
        let mut tx = self.test.newsroom.store().read().await.unwrap();
        store::subscription_of(&mut tx, who).await.unwrap().len()
    }
}

/// The path of a link in a mail.
fn path(mail: &Mail, what: &str) -> String {
    let start = format!("/-/newsletter/{what}/");
    format!("{start}{}", mail.token(&start))
}

/// Sends a form as a browser does.
async fn posted(anon: &Anon, path: &str, form: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("accept-encoding", "gzip")];
    anon.send(path, &headers, body).await
}

async fn got(anon: &Anon, path: &str) -> Answer {
    anon.get_with(path, &[("accept-encoding", "gzip")]).await
}

/// What holds for every answer to one person.
fn is_private(answer: &Answer) -> String {
    let html = unpacked(answer);
    assert_eq!(answer.header("cache-control"), "no-store", "{html}");
    assert_eq!(answer.header("x-robots-tag"), "noindex");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert!(!answer.headers.contains_key("set-cookie") && !answer.headers.contains_key("location"));
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{html}");
    if answer.header("content-encoding") == "gzip" {
        let bytes = wire_bytes(answer);
        assert!(bytes <= WIRE, "{bytes} bytes: {html}");
    }
    html
}

both_backends! {
    async fn the_box_stands_where_readers_are_and_leads_to_all_newsletters(newsroom: TestNewsroom, anon: Anon) {
        let post = Post::of(newsroom).await;
        for path in ["/", WONSAN, "/fa/", "/newsletter/", "/ru/newsletter/"] {
            let html = unpacked(&anon.get(path).await);
            assert!(html.contains("/newsletter/sign-up\" ") || html.contains("newsletter/sign-up\">"), "{path}: {html}");
            assert!(html.contains("name=\"website\""), "{path} has no trap");
            assert!(!html.contains("<script src") && !html.contains("data-ticket"), "{path}");
        }
        let front = unpacked(&anon.get("/").await);
        assert!(front.contains("The Harbour weekly") && !front.contains("The Harbour utro"), "{front}");
        assert!(front.contains("mailto:join+weekly@bounces.news.example?subject=subscribe%20weekly"), "{front}");
        assert!(front.contains("href=\"./privacy/\"") || front.contains("href=\"privacy/\""), "{front}");
        assert!(unpacked(&anon.get("/fa/").await).contains("The Harbour hafte"));
        let all = unpacked(&anon.get("/newsletter/").await);
        for name in ["weekly", "utro", "hafte", "daily"] {
            assert!(all.contains(&format!("value=\"{name}\"")), "{name}: {all}");
        }
        assert!(!all.contains("value=\"over\""), "one can sign up for what is over");
        drop(post);
    }

    async fn a_reader_without_script_signs_up_confirms_changes_and_is_forgotten(newsroom: TestNewsroom, anon: Anon) {
        let post = Post::of(newsroom).await;
        let form = [("address", ANNA), ("newsletter", "weekly"), ("language", "en"), ("website", "")];
        let said = is_private(&posted(&anon, SIGN_UP, &form).await);
        assert!(said.contains("Look into your mailbox") && said.contains("July 20, 2025"), "{said}");
        let mails = post.sent().await;
        let confirm = path(&mails[0], "confirm");
        let asked = is_private(&got(&anon, &confirm).await);
        assert!(asked.contains("Do you want this newsletter?") && asked.contains(ANNA), "{asked}");
        let done = is_private(&posted(&anon, &confirm, &[]).await);
        assert!(done.contains("You are signed up") && done.contains("letter@harbour.example"), "{done}");
        let again = is_private(&posted(&anon, &confirm, &[]).await);
        assert!(again.contains("You are signed up"));
        let link = is_private(&posted(&anon, "/-/newsletter/link", &[("address", ANNA), ("language", "en")]).await);
        assert!(link.contains("a mail with the link"), "{link}");
        let preferences = path(&post.sent().await[0], "preferences");
        let shown = is_private(&got(&anon, &preferences).await);
        assert!(shown.contains(ANNA) && shown.contains("value=\"weekly\" checked"), "{shown}");
        let change = [("newsletter", "daily"), ("newsletter", "weekly"), ("language", "fa"), ("form", "headlines"),
            ("neutral", "yes"), ("pause", "4")];
        let saved = is_private(&posted(&anon, &preferences, &change).await);
        assert!(saved.contains("dir=\"rtl\"") && saved.contains("value=\"keep\" selected"), "{saved}");
        assert!(saved.contains("value=\"daily\" checked") && saved.contains("value=\"headlines\" checked"), "{saved}");
        let export = posted(&anon, &format!("{preferences}/export"), &[]).await;
        assert_eq!((export.status, export.header("content-type")), (200, "application/json"));
        assert_eq!(export.header("cache-control"), "no-store");
        let told: serde_json::Value = serde_json::from_slice(&export.bytes).unwrap();
        assert_eq!((&told["address"], &told["language"]), (&ANNA.into(), &"fa".into()));
        let unsure = posted(&anon, &format!("{preferences}/erase"), &[("after", "nothing")]).await;
        assert_eq!(unsure.status, 422);
        is_private(&unsure);
        let erased = posted(&anon, &format!("{preferences}/erase"), &[("after", "nothing"), ("sure", "yes")]).await;
        assert_eq!(erased.status, 200);
        is_private(&erased);
        let gone = is_private(&got(&anon, &preferences).await);
        assert!(gone.contains("Nothing is kept here"), "{gone}");
        assert_eq!(post.sent().await.len(), 1, "nobody said goodbye");
    }

    async fn a_mailboxs_own_button_leaves_on_any_host_in_either_encoding(newsroom: TestNewsroom, anon: Anon) {
        let post = Post::of(newsroom).await;
        let anna = post.subscriber(&anon, &["weekly", "daily"]).await;
        let weekly = post.unsubscribe("weekly", anna).await;
        for host in ["news.example", "mirror.example:8443"] {
            let seen = anon.get_with(&weekly, &[("host", host)]).await;
            assert!(is_private(&seen).contains("No more issues of The Harbour weekly"));
        }
        assert_eq!(post.gets(anna).await, 2, "a program that follows links signs people off");
        let multipart = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
        let headers = [("host", "mirror.example"), ("content-type", "multipart/form-data; boundary=b")];
        let left = anon.send(&weekly, &headers, multipart).await;
        assert_eq!(left.status, 200);
        assert!(is_private(&left).contains("You are unsubscribed"));
        assert_eq!(post.gets(anna).await, 1);
        let daily = post.unsubscribe("daily", anna).await;
        let left = posted(&anon, &daily, &[("List-Unsubscribe", "One-Click")]).await;
        assert!(is_private(&left).contains("everything about you is deleted"));
        assert_eq!(post.gets(anna).await, 0);
        assert!(is_private(&posted(&anon, &daily, &[]).await).contains("You are unsubscribed"), "again does harm");
    }

    async fn who_hangs_up_at_once_has_left_all_the_same(newsroom: TestNewsroom, anon: Anon) {
        use tokio::io::AsyncWriteExt;
        let post = Post::of(newsroom).await;
        let anna = post.subscriber(&anon, &["weekly"]).await;
        let path = post.unsubscribe("weekly", anna).await;
        let mut stream = tokio::net::TcpStream::connect(anon.address.trim_start_matches("http://")).await.unwrap();
        let request = format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        drop(stream);
        for _ in 0..500 {
            if post.gets(anna).await == 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("the wish was lost");
    }

    async fn leaving_works_without_the_keys_and_the_rest_says_that_it_does_not(newsroom: TestNewsroom, anon: Anon) {
        let post = Post::of(newsroom).await;
        let anna = post.subscriber(&anon, &["weekly"]).await;
        let (leave, preferences) = (post.unsubscribe("weekly", anna).await, post.preferences(anna));
        app::vault::lock(&post.test.newsroom, "test").await.unwrap();
        let said = is_private(&posted(&anon, &leave, &[]).await);
        assert!(said.contains("Your wish is noted"), "{said}");
        for answer in [
            got(&anon, &preferences).await,
            posted(&anon, SIGN_UP, &[("address", ANNA), ("newsletter", "weekly")]).await,
            posted(&anon, "/-/newsletter/link", &[("address", ANNA)]).await,
        ] {
            assert_eq!(answer.status, 503);
            assert!(is_private(&answer).contains("locked away the keys"));
        }
        app::vault::unlock(&post.test.newsroom, "test", None).await.unwrap();
        app::readers::work_off_waiting(&post.test.newsroom).await.unwrap();
        assert_eq!(post.gets(anna).await, 0);
    }

    async fn forged_links_get_a_kind_page_and_learn_nothing(newsroom: TestNewsroom, anon: Anon) {
        let post = Post::of(newsroom).await;
        let anna = post.subscriber(&anon, &["weekly"]).await;
        let real = post.preferences(anna);
        for what in ["confirm", "never", "unsubscribe", "preferences"] {
            for token in ["x", "%00", "..%2f..", "AAAA", &real[real.len() - 40..], &"A".repeat(2_000)] {
                let path = format!("/-/newsletter/{what}/{token}");
                for answer in [got(&anon, &path).await, posted(&anon, &path, &[]).await] {
                    assert_eq!(answer.status, 400, "{path}: {}", answer.text());
                    if answer.header("content-type").starts_with("text/html") {
                        assert!(is_private(&answer).contains("This link is not whole"), "{path}");
                    }
                }
            }
        }
        assert_eq!(post.gets(anna).await, 1);
    }

    async fn what_is_wrong_comes_back_with_what_was_typed(newsroom: TestNewsroom, anon: Anon) {
        let post = Post::of(newsroom).await;
        for (address, newsletter, language, said) in [
            ("anna@@reader.example", "daily", "en", "It looks like name@example.org"),
            ("", "daily", "en", "Type your e-mail address"),
            ("<script>@reader.example", "daily", "en", "It looks like name@example.org"),
            ("анна@reader.example", "daily", "ru", "только латинские буквы"),
            (ANNA, "over", "en", "Choose at least one newsletter"),
        ] {
            let form = [("address", address), ("newsletter", newsletter), ("language", language)];
            let answer = posted(&anon, SIGN_UP, &form).await;
            assert_eq!(answer.status, 422, "{address}");
            let html = is_private(&answer);
            assert!(html.contains(said) && html.contains("role=\"alert\""), "{address}: {html}");
            assert!(!html.contains("<script>"), "{html}");
            if newsletter == "daily" {
                assert!(html.contains("value=\"daily\" checked"), "{html}");
            }
        }
        let long = posted(&anon, SIGN_UP, &[("address", &"a".repeat(20_000))]).await;
        assert_eq!(long.status, 413);
        assert!(long.text().contains("16384 bytes is the most"), "{}", long.text());
        let put = anon.get("/-/newsletter/preferences/x/export").await;
        assert_eq!((put.status, put.header("location")), (303, "/-/newsletter/preferences/x"));
        let reloaded = anon.get_with(SIGN_UP, &[("accept-language", "fa,en;q=0.5")]).await;
        assert_eq!((reloaded.status, reloaded.header("location")), (303, "/fa/newsletter/"));
        drop(post);
    }

    async fn when_many_sign_up_the_page_does_a_sum_and_nothing_else_may_run(newsroom: TestNewsroom, anon: Anon) {
        let post = Post::of(newsroom).await;
        let form = |address: &'static str| [("address", address), ("newsletter", "weekly"), ("language", "en")];
        for _ in 0..app::readers::CALM_PER_MINUTE {
            posted(&anon, SIGN_UP, &form("bert@reader.example")).await;
        }
        let answer = posted(&anon, SIGN_UP, &form(ANNA)).await;
        let html = is_private(&answer);
        assert!(html.contains("One moment") && html.contains("<noscript>"), "{html}");
        let policy = answer.header("content-security-policy");
        let script = html.split("<script>").nth(1).and_then(|rest| rest.split("</script>").next()).unwrap();
        let hash = base64::Engine::encode(
            &base64::engine::general_purpose::STANDARD,
            <sha2::Sha256 as sha2::Digest>::digest(script),
        );
        assert!(policy.contains(&format!("script-src 'sha256-{hash}';")), "{policy}");
        assert!(html.contains(&format!("script-src &#39;sha256-{hash}")) || html.contains(&format!("script-src 'sha256-{hash}")));
        let field = |name: &str| {
            let start = format!("name=\"{name}\" value=\"");
            html.split(&start).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
        };
        let (ticket, address) = (field("ticket"), field("address"));
        assert_eq!((address.as_str(), field("newsletter").as_str()), (ANNA, "weekly"));
        let proof = solved(&ticket);
        post.test.clock.advance_millis(3_000);
        let sent = [("address", ANNA), ("newsletter", "weekly"), ("ticket", &ticket), ("proof", &proof)];
        assert!(is_private(&posted(&anon, SIGN_UP, &sent).await).contains("Look into your mailbox"));
        assert!(post.sent().await.iter().any(|mail| mail.to == ANNA));
    }
}

/// What the page's script does.
fn solved(ticket: &str) -> String {
    let zeroes = |number: &String| {
        let hash = <sha2::Sha256 as sha2::Digest>::digest(format!("{ticket}.{number}"));
        u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]).leading_zeros() >= app::readers::BITS
    };
    (0_u32..).map(|number| number.to_string()).find(zeroes).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newsletter_that_ends_leaves_every_page() {
    let (newsroom, anon) = TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
    seed::seed(&newsroom.newsroom).await;
    assert!(unpacked(&anon.get("/ru/").await).contains("The Harbour utro"));
    let mut tx = newsroom.newsroom.store().begin().await.unwrap();
    let utro = store::newsletter_by_slug(&mut tx, "utro").await.unwrap().unwrap();
    let over = model::Newsletter { active: false, ..utro.clone() };
    store::newsletter_update(&mut tx, &over).await.unwrap();
    let tags = vec![model::Tag::newsletter(utro.id)];
    let row = model::NewJournalRow { kind: model::JournalKind::NewsletterChanged, subject: Some(utro.id.0), tags };
    store::journal_append(&mut tx, newsroom.newsroom.clock().now(), &row).await.unwrap();
    tx.commit().await.unwrap();
    app::follow::catch_up(&newsroom.newsroom).await.unwrap();
    let front = unpacked(&anon.get("/ru/").await);
    assert!(!front.contains("The Harbour utro") && !front.contains("newsletter/sign-up"), "{front}");
}
