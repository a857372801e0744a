//! Newsletters over HTTP: an issue from its draft to the page that tells how it goes out.

use app::{
    delivery,
    issues::{self, New, Settings},
    settings,
};
use model::{
    Consent, IssueId, Language, MailForm, NewsletterId, Role, Subscriber, SubscriberId, SubscriberState, Subscription,
    Week,
};
use testkit::{Person, TestNewsroom, both_backends};
use vault::{Address, Bind, Smtputf8};

use crate::house::plain;

/// A newsletter that can be sent.
async fn newsletter(newsroom: &TestNewsroom, by: &Person) -> NewsletterId {
    let news = &newsroom.newsroom;
    let address = [("address".to_owned(), "https://news.example".to_owned())];
    settings::change(news, "test", &address).await.unwrap().unwrap();
    let id = issues::make(news, &by.staff, &New { name: "The week".to_owned(), ..New::default() }).await.unwrap();
    let set = Settings {
        name: "The week".to_owned(),
        slug: "week".to_owned(),
        sender: "letter@news.example".to_owned(),
        draft_hours: "48".to_owned(),
        template: "letter".to_owned(),
        stories: "3".to_owned(),
        per_section: "0".to_owned(),
        whole: "1".to_owned(),
        active: true,
        ..Settings::default()
    };
    issues::change_newsletter(news, &by.staff, id, &set).await.unwrap();
    id
}

async fn reader(newsroom: &TestNewsroom, newsletter: NewsletterId, address: &str) {
    let news = &newsroom.newsroom;
    let (keys, id) = (news.keys().unwrap(), SubscriberId::new(news.chance()));
    let address = Address::parse(address, Smtputf8::Refused).unwrap();
    let subscriber = Subscriber {
        id,
        lookup: keys.lookup(&address),
        address: keys.seal(news.chance(), Bind::subscriber(id), address.as_str().as_bytes()),
        language: Language::english(),
        state: SubscriberState::Active,
        paused_until: None,
        form: MailForm::Full,
        neutral: false,
        consent: Consent { policy: "privacy/en/1".to_owned(), week: Week(2_800), source: "site".to_owned() },
        bounces: 0,
    };
    let mut tx = news.store().begin().await.unwrap();
    store::subscriber_insert(&mut tx, &subscriber).await.unwrap();
    let new = Subscription { newsletter, subscriber: id, week: Week(2_800) };
    store::subscription_insert(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
}

/// An issue whose words are typed in the form and which is sent by its button.
async fn sent(newsroom: &TestNewsroom, by: &Person, newsletter: NewsletterId) -> IssueId {
    let id = issues::create(&newsroom.newsroom, &by.staff, newsletter).await.unwrap();
    let words =
        [("version", "1"), ("act", "save"), ("subject", "Nine days"), ("intro", "Dear readers, it runs again.")];
    let saved = by.post(&format!("/desk/issues/{id}"), &words).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let now = by.post(&format!("/desk/issues/{id}/approve"), &[("version", "2"), ("now", "1")]).await;
    assert_eq!(now.header("location"), format!("/desk/issues/{id}/sending?soon=1&said=issue-on-its-way"));
    id
}

both_backends! {
    async fn an_issue_that_is_sent_leads_to_the_page_that_tells_how_it_goes(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::NewsletterEditor, "anna").await.unwrap();
        let newsletter = newsletter(&newsroom, &anna).await;
        for address in ["eva@gmail.com", "ivan@mail.ru", "mina@reader.example"] {
            reader(&newsroom, newsletter, address).await;
        }
        let id = sent(&newsroom, &anna, newsletter).await;
        let page = format!("/desk/issues/{id}/sending");
        let soon = anna.get(&format!("{page}?soon=1")).await;
        assert!(soon.status == 200 && soon.text().contains("It begins in a moment"), "{}", soon.text());
        let early = anna.get(&page).await;
        assert_eq!(early.header("location"), format!("/desk/issues/{id}"), "there is nothing to tell yet");
        assert_eq!(delivery::start(&newsroom.newsroom, id, "anna").await.unwrap(), Some(3));
        let shown = plain(&anna.get(&page).await.text());
        assert!(shown.contains("of 3 mails done") && shown.contains("not tried yet") && shown.contains("data-watch"), "{shown}");
        assert!(plain(&anna.get(&format!("/desk/issues/{id}")).await.text()).contains(&page), "the issue does not lead there");
        assert!(plain(&anna.get("/desk/").await.text()).contains(&page), "today does not lead there");
        let step = async |name: &str| anna.post(&format!("/desk/issues/{id}/{name}"), &[]).await;
        assert_eq!(step("pause").await.header("location"), format!("{page}?said=sending-paused"));
        assert!(anna.get(&page).await.text().contains("Somebody paused it."));
        let twice = step("pause").await;
        assert!(twice.status == 422 && twice.text().contains("the issue is paused"), "{}", twice.text());
        assert_eq!(step("resume").await.header("location"), format!("{page}?said=sending-resumed"));
        assert_eq!(step("again").await.status, 422, "nothing is uncertain");
        assert_eq!(step("stop").await.header("location"), format!("{page}?said=sending-stopped"));
        let over = anna.get(&page).await.text();
        assert!(over.contains("not sent, because it was stopped") && !over.contains("data-watch"), "{over}");
        let log = newsroom.person(&anon, Role::Publisher, "boss").await.unwrap().get("/desk/log").await.text();
        assert!(log.contains("stopped issue") && log.contains("The week"), "{log}");
    }

    async fn every_reason_and_language_has_its_page(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::NewsletterEditor, "anna").await.unwrap();
        let newsletter = newsletter(&newsroom, &anna).await;
        reader(&newsroom, newsletter, "eva@gmail.com").await;
        let id = sent(&newsroom, &anna, newsletter).await;
        delivery::start(&newsroom.newsroom, id, "anna").await.unwrap();
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        let more = [("accepted.gmail", 2), ("failed.other", 1), ("hard.gmail", 1), ("doubt.again", 2), ("unsubscribed", 4)];
        let more = more.map(|(what, count)| (what.to_owned(), count));
        store::issue_count_add(&mut tx, id, more).await.unwrap();
        tx.commit().await.unwrap();
        for language in ["en", "ru", "fa"] {
            anna.post("/desk/account/language", &[("language", language)]).await;
            for why in delivery::Why::ALL {
                let mut tx = newsroom.newsroom.store().begin().await.unwrap();
                store::sending_note(&mut tx, id, model::IssueState::Sending, Some(why.as_str())).await.unwrap();
                tx.commit().await.unwrap();
                for path in [format!("/desk/issues/{id}/sending"), format!("/desk/issues/{id}"), "/desk/".to_owned()] {
                    let shown = anna.get(&path).await;
                    assert_eq!(shown.status, 200, "{path} for {} in {language}: {}", why.as_str(), shown.text());
                }
            }
        }
    }

    async fn a_test_without_relays_or_addresses_says_so_beside_its_issue(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::NewsletterEditor, "anna").await.unwrap();
        let newsletter = newsletter(&newsroom, &anna).await;
        let id = issues::create(&newsroom.newsroom, &anna.staff, newsletter).await.unwrap();
        let test = async |addresses: &str| {
            anna.post(&format!("/desk/issues/{id}/test"), &[("form", "full"), ("addresses", addresses)]).await
        };
        let none = test("eva@reader.example").await;
        assert!(none.status == 422 && plain(&none.text()).contains("No relay is set"), "{}", none.text());
        assert!(!none.text().contains("reader.example"), "the address stays in the page");
        let wrong = test("").await;
        assert!(wrong.status == 422 && plain(&wrong.text()).contains("one to 5 addresses"), "{}", wrong.text());
    }
}
