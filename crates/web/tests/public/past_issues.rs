//! Past issues of newsletters: their list, their pages and their feed.

use app::delivery;
use model::{
    Document, Extent, Issue, IssueContent, IssueId, IssueState, Pick, Role, StoryId, Timestamp, document::Block,
};
use testkit::{Anon, TestNewsroom, both_backends};

use crate::{
    laws::crawl,
    reading::{unpacked, wire_bytes},
    seed::{self, CORRECTION, WONSAN},
};

const WIRE: usize = 12_288;

/// What an issue says.
fn saying(subject: &str, picks: &[(StoryId, Extent)]) -> IssueContent {
    let pick = |(story, extent): &(StoryId, Extent)| Pick {
        story: *story,
        note: format!("Our note on {subject}."),
        extent: *extent,
        reasons: Vec::new(),
        at: Timestamp::from_millis(0),
    };
    IssueContent {
        subject: subject.to_owned(),
        preview: format!("And more in {subject}"),
        intro: Document::new(vec![Block::paragraph(format!("Dear readers of {subject}."))]),
        picks: picks.iter().map(pick).collect(),
        outro: Document::new(vec![Block::paragraph("Until Friday.")]),
        ..IssueContent::default()
    }
}

/// An issue as it is before its time comes.
async fn approved(newsroom: &TestNewsroom, slug: &str, number: i64, content: IssueContent) -> IssueId {
    let news = &newsroom.newsroom;
    let (now, anna) = (news.clock().now(), "anna".to_owned());
    let mut tx = news.store().begin().await.unwrap();
    let newsletter = store::newsletter_by_slug(&mut tx, slug).await.unwrap().unwrap().id;
    let issue = Issue {
        id: IssueId::new(now, news.chance()),
        newsletter,
        number,
        state: IssueState::Approved,
        slot: None,
        due_at: Some(now),
        version: 1,
        why: None,
        saved: (now, anna.clone()),
        approved: Some((now, anna)),
        frozen_at: None,
        frozen: 0,
        ended_at: None,
        path: None,
        content,
    };
    store::issue_insert(&mut tx, &issue).await.unwrap();
    tx.commit().await.unwrap();
    issue.id
}

async fn sent(newsroom: &TestNewsroom, slug: &str, number: i64, content: IssueContent) -> IssueId {
    let id = approved(newsroom, slug, number, content).await;
    assert_eq!(delivery::start(&newsroom.newsroom, id, "anna").await.unwrap(), Some(0));
    id
}

/// The seeded newsroom, which has said where it is; its first story.
async fn seeded(newsroom: &TestNewsroom) -> StoryId {
    let seeded = seed::seed(&newsroom.newsroom).await;
    let address = [("address".to_owned(), "https://harbour.example".to_owned())];
    app::settings::change(&newsroom.newsroom, "test", &address).await.unwrap().unwrap();
    seeded.wonsan
}

async fn story_at(newsroom: &TestNewsroom, path: &str) -> StoryId {
    let mut tx = newsroom.newsroom.store().read().await.unwrap();
    store::story_by_path(&mut tx, path).await.unwrap().unwrap().id
}

async fn page(anon: &Anon, path: &str) -> String {
    let answer = anon.get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    unpacked(&answer)
}

const HOME: &str = "/newsletter/weekly/";
const FIRST: &str = "/newsletter/weekly/1/";
const FEEDS: [&str; 3] = ["/newsletter/weekly/feed.xml", "/newsletter/weekly/atom.xml", "/newsletter/weekly/feed.json"];

both_backends! {
    async fn an_issue_is_in_the_archive_and_the_feed_from_the_moment_it_is_sent(newsroom: TestNewsroom, anon: Anon) {
        let wonsan = seeded(&newsroom).await;
        assert!(page(&anon, HOME).await.contains("No issue has been sent yet."));
        let all = [FIRST, HOME, "/newsletter/", "/", FEEDS[0], FEEDS[1], FEEDS[2], "/sitemap-1.xml"];
        for path in all {
            anon.get(path).await;
        }
        let id = approved(&newsroom, "weekly", 1, saying("The harbour week", &[(wonsan, Extent::Whole)])).await;
        assert_eq!(anon.get(FIRST).await.status, 404, "an issue that was not sent has a page");
        assert!(!page(&anon, FEEDS[0]).await.contains("The harbour week"));
        delivery::start(&newsroom.newsroom, id, "anna").await.unwrap();

        let html = page(&anon, FIRST).await;
        for said in [
            "<h1>The harbour week</h1>", "Issue 1", "Friday, July 11, 2025", "Dear readers of The harbour week.",
            "Our note on The harbour week.", "Minister arrives in Wonsan &lt;for&gt;", "It was announced on Friday.",
            CORRECTION, "TASS", "A. Photographer / The Harbour", "Until Friday.", "name=\"newsletter\" value=\"weekly\"",
            "href=\"../../../newsletter/weekly/feed.xml\"",
        ] {
            assert!(html.contains(said), "the issue lacks {said}: {html}");
        }
        for (path, link) in [(HOME, "href=\"1/\""), ("/newsletter/", "href=\"weekly/1/\""), ("/", "href=\"./newsletter/weekly/1/\"")] {
            let html = page(&anon, path).await;
            assert!(html.contains(link) || html.contains(&link.replace("./", "")) || html.contains(FIRST.trim_start_matches('/')), "{path} does not lead to the issue: {html}");
        }
        assert!(page(&anon, HOME).await.contains("And more in The harbour week"));
        for path in FEEDS {
            let feed = page(&anon, path).await;
            assert!(feed.contains("https://harbour.example/newsletter/weekly/1/"), "{feed}");
            for said in ["The harbour week", "It was announced on Friday.", "Dear readers", CORRECTION] {
                assert!(feed.contains(said), "{path} lacks {said}: {feed}");
            }
        }
        let sitemap = page(&anon, "/sitemap-1.xml").await;
        for path in [FIRST, HOME, "/ru/newsletter/"] {
            assert!(sitemap.contains(&format!("<loc>https://harbour.example{path}</loc>")), "{path}: {sitemap}");
        }
    }

    async fn an_issue_that_is_hidden_is_gone_everywhere_at_once_and_comes_back(newsroom: TestNewsroom, anon: Anon) {
        let wonsan = seeded(&newsroom).await;
        let anna = newsroom.person(&anon, Role::NewsletterEditor, "anna").await.unwrap().staff;
        let first = sent(&newsroom, "weekly", 1, saying("The first week", &[(wonsan, Extent::Headline)])).await;
        sent(&newsroom, "weekly", 2, saying("The second week", &[(wonsan, Extent::Headline)])).await;
        let everywhere = [HOME, "/newsletter/weekly/2/", FEEDS[0], FEEDS[1], FEEDS[2], "/sitemap-1.xml"];
        for path in everywhere {
            let said = page(&anon, path).await;
            assert!(said.contains("The first week") || said.contains(FIRST), "{path} does not have it: {said}");
        }
        app::issues::hide(&newsroom.newsroom, &anna, first, true).await.unwrap();
        let answer = anon.get(FIRST).await;
        assert_eq!(answer.status, 410);
        let html = unpacked(&answer);
        assert!(html.contains("taken it out of its archive") && html.contains("noindex") && !html.contains("The first week"), "{html}");
        for path in everywhere {
            let said = page(&anon, path).await;
            assert!(!said.contains("The first week") && !said.contains(FIRST), "{path} still has it: {said}");
        }
        app::issues::hide(&newsroom.newsroom, &anna, first, false).await.unwrap();
        assert!(page(&anon, FIRST).await.contains("The first week"));
        for path in everywhere {
            let said = page(&anon, path).await;
            assert!(said.contains("The first week") || said.contains(FIRST), "{path} lacks it again");
        }
    }

    async fn the_archive_says_what_stories_say_now(newsroom: TestNewsroom, anon: Anon) {
        let wonsan = seeded(&newsroom).await;
        let day = story_at(&newsroom, "/2025/07/10/day-1/").await;
        let picks = [(wonsan, Extent::Whole), (day, Extent::Standfirst)];
        sent(&newsroom, "weekly", 1, saying("The harbour week", &picks)).await;
        let news = &newsroom.newsroom;
        for path in [FIRST, FEEDS[0]] {
            assert!(page(&anon, path).await.contains("Day 1: what the harbour saw"), "{path}");
        }
        app::stories::correct(news, wonsan, "The visit ends on Sunday.", "test").await.unwrap();
        for path in [FIRST, FEEDS[0], FEEDS[2]] {
            assert!(page(&anon, path).await.contains("The visit ends on Sunday."), "{path} is not corrected");
        }
        app::stories::withdraw(news, day, "test", "").await.unwrap();
        for path in [FIRST, FEEDS[0], FEEDS[2]] {
            assert!(!page(&anon, path).await.contains("Day 1"), "{path} has a story that was withdrawn");
        }
        let html = page(&anon, FIRST).await;
        assert!(html.contains("The newsroom has withdrawn a story that stood here."), "{html}");
        app::stories::publish(news, day, "test").await.unwrap();
        assert!(page(&anon, FIRST).await.contains("Day 1: what the harbour saw"), "it does not come back");
    }

    async fn a_newsletter_stands_below_its_own_language_and_runs_in_its_direction(newsroom: TestNewsroom, anon: Anon) {
        seeded(&newsroom).await;
        let (fa, en) = (story_at(&newsroom, "/fa/2025/07/11/wonsan/").await, story_at(&newsroom, WONSAN).await);
        sent(&newsroom, "hafte", 1, saying("هفته", &[(fa, Extent::Whole), (en, Extent::Whole)])).await;
        let html = page(&anon, "/fa/newsletter/hafte/1/").await;
        for said in ["<html lang=\"fa\" dir=\"rtl\">", "شمارهٔ \u{2068}۱", "وزیر به وونسان رسید", " lang=\"en\" dir=\"ltr\""] {
            assert!(html.contains(said), "{said}: {html}");
        }
        assert!(page(&anon, "/fa/newsletter/hafte/").await.contains("dir=\"rtl\""));
        assert!(page(&anon, "/fa/newsletter/hafte/feed.xml").await.contains("<language>fa</language>"));
        for (path, to) in [
            ("/newsletter/hafte/", "/fa/newsletter/hafte/"), ("/ru/newsletter/hafte/1/", "/fa/newsletter/hafte/1/"),
            ("/newsletter/hafte/feed.xml", "/fa/newsletter/hafte/feed.xml"),
            ("/fa/newsletter/hafte", "/fa/newsletter/hafte/"), ("/fa/newsletter/hafte/1", "/fa/newsletter/hafte/1/"),
        ] {
            let answer = anon.get(path).await;
            assert_eq!((answer.status, answer.header("location")), (301, to), "{path}");
        }
    }

    async fn templates_put_an_issue_together_as_its_mail_is(newsroom: TestNewsroom, anon: Anon) {
        let wonsan = seeded(&newsroom).await;
        let day = story_at(&newsroom, "/2025/07/10/day-1/").await;
        let picks = [(wonsan, Extent::Standfirst), (day, Extent::Standfirst)];
        sent(&newsroom, "weekly", 1, saying("The harbour week", &picks)).await;
        assert!(page(&anon, FIRST).await.contains("Read on</a>"));
        for (template, heading) in [(model::Template::Digest, "Politics"), (model::Template::Letter, "Stories")] {
            let mut tx = newsroom.newsroom.store().begin().await.unwrap();
            let mut newsletter = store::newsletter_by_slug(&mut tx, "weekly").await.unwrap().unwrap();
            newsletter.settings.template = template;
            store::newsletter_update(&mut tx, &newsletter).await.unwrap();
            tx.commit().await.unwrap();
            newsroom.newsroom.cache().clear();
            let html = page(&anon, FIRST).await;
            assert_eq!(html.matches(&format!("<h2 class=\"group\">{heading}</h2>")).count(), 1, "{html}");
            assert!(!html.contains("Read on</a>"));
            let order = [html.find("Until Friday."), html.find("Minister arrives in Wonsan")];
            assert_eq!(order[0] < order[1], template == model::Template::Letter, "{html}");
        }
    }

    async fn a_mail_to_the_address_that_the_page_offers_signs_up(newsroom: TestNewsroom, anon: Anon) {
        use app::back::Taker;
        use outside::{mailback::{Envelope, Sender}, receive::{Takes, Verdict}};
        seeded(&newsroom).await;
        for (path, slug) in [("/", "weekly"), ("/newsletter/daily/", "daily"), ("/fa/", "hafte")] {
            let html = page(&anon, path).await;
            let (_, rest) = html.split_once("mailto:").unwrap_or_else(|| panic!("{path} offers none: {html}"));
            let url = url::Url::parse(&format!("mailto:{}", rest.split('"').next().unwrap())).unwrap();
            let subject = url.query_pairs().find(|(name, _)| name == "subject").unwrap().1.into_owned();
            let (to, from) = (url.path(), format!("anna-{slug}@reader.example"));
            let mail = format!("From: Anna <{from}>\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <1@reader.example>\r\n\r\n");
            let taker = Taker(newsroom.newsroom.clone());
            assert_eq!(taker.knows(to).await, Verdict::Taken, "{to}");
            let envelope = Envelope { sender: Sender::Given, recipient: Some(to) };
            assert_eq!(taker.take(envelope, mail.as_bytes()).await, Verdict::Taken);
            let smtp = testkit::Smtp::start().await.unwrap();
            let relay = outside::mail::Relay::new("main", &smtp.address).unwrap();
            let sending = newsroom.mailing(vec![relay], outside::mail::Signer::default()).await.unwrap();
            app::readers::outbox::run_due(&sending).await.unwrap();
            let mails = smtp.mails();
            let text = mails[0].text();
            assert_eq!((mails.len(), text.contains(&format!("To: <{from}>"))), (1, true), "{text}");
            assert!(text.contains(&format!("The Harbour {slug}")), "{path}: the mail is for another newsletter: {text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_issue_goes_on_on_further_pages_that_keep_the_laws() {
    let (newsroom, anon) = TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
    let wonsan = seeded(&newsroom).await;
    let long = story_at(&newsroom, "/2025/07/11/long-read/").await;
    let mut picks = vec![(wonsan, Extent::Whole), (long, Extent::Whole)];
    for number in 1..=30 {
        let day = seed::story_of_day(&newsroom.newsroom, number).await;
        picks.push((day, Extent::Standfirst));
    }
    sent(&newsroom, "weekly", 1, saying("The long week", &picks)).await;
    let first = page(&anon, FIRST).await;
    assert!(first.contains("In this issue") && first.contains("/newsletter/weekly/1/2/#s2\""), "{first}");
    let mut all = String::new();
    let mut parts = 0;
    for part in 1.. {
        let path = if part == 1 { FIRST.to_owned() } else { format!("{FIRST}{part}/") };
        let answer = anon.get_with(&path, &[("accept-encoding", "gzip")]).await;
        if answer.status == 404 {
            break;
        }
        assert!(wire_bytes(&answer) <= WIRE, "{path} takes {} bytes", wire_bytes(&answer));
        all.push_str(&unpacked(&answer));
        parts = part;
    }
    assert!(parts > 3, "{parts} parts");
    assert_eq!(all.matches("<h1>The long week</h1>").count(), parts);
    assert_eq!(all.matches("Our note on The long week.").count(), picks.len(), "a story is missing or there twice");
    assert_eq!(all.matches("The ministry said that").count(), 90, "a paragraph is missing or there twice");
    assert_eq!(all.matches("name=\"newsletter\" value=\"weekly\"").count(), 1, "the box stands on the last part alone");
    assert!(crawl(&anon, &["/newsletter/", HOME]).await > 100);
}
