//! Giving over HTTP: the form, the sandbox's page, coming back, and the link in a receipt.

use app::pages::giving::{self, Hindrance};
use model::{Language, Names, SupportSettings};
use outside::mail::{Relay, Signer};
use testkit::{Anon, Answer, Mail, Smtp, TestNewsroom, both_backends};

use crate::{
    reading::{unpacked, wire_bytes},
    seed,
};

const GIVE: &str = "/-/support/give";
const GIVER: &str = "giver@reader.example";
const WIRE: usize = 12_288;

/// A newsroom that takes contributions, whose mails are caught.
struct Till {
    test: TestNewsroom,
    anon: Anon,
    sending: app::Newsroom,
    smtp: Smtp,
}

impl Till {
    async fn of(test: TestNewsroom, anon: Anon) -> Self {
        seed::seed(&test.newsroom).await;
        let smtp = Smtp::start().await.unwrap();
        let relay = Relay::new("main", &smtp.address).unwrap();
        let sending = test.mailing(vec![relay], Signer::default()).await.unwrap();
        let address = [("address".to_owned(), "https://news.example".to_owned())];
        app::settings::change(&test.newsroom, "anna", &address).await.unwrap().unwrap();
        let till = Self { test, anon, sending, smtp };
        till.set(&SupportSettings { open: true, ..SupportSettings::default() }).await;
        till
    }

    async fn set(&self, settings: &SupportSettings) {
        let newsroom = &self.test.newsroom;
        let mut tx = newsroom.store().begin().await.unwrap();
        let json = serde_json::to_string(settings).unwrap();
        store::setting_set(&mut tx, app::support::KEY, &json, newsroom.clock().now()).await.unwrap();
        tx.commit().await.unwrap();
        newsroom.cache().clear();
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.anon.post(path, fields).await
    }

    /// Sends the form, and presses a button of the sandbox; where that leads.
    async fn pay(&self, more: &[(&str, &str)], how: &str) -> String {
        let fields = [FIELDS, more].concat();
        let sent = self.post(GIVE, &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        let page = sent.header("location").to_owned();
        assert!(self.anon.get(&page).await.text().contains("Sandbox"));
        let paid = self.post(&page, &[("how", how)]).await;
        assert_eq!(paid.status, 303, "{}", paid.text());
        paid.header("location").to_owned()
    }

    async fn sent(&self) -> Vec<Mail> {
        let before = self.smtp.mails().len();
        app::readers::outbox::run_due(&self.sending).await.unwrap();
        self.smtp.mails().split_off(before)
    }
}

const FIELDS: &[(&str, &str)] = &[
    ("frequency", "monthly"),
    ("currency", "USD"),
    ("amount-monthly", "200"),
    ("gateway", "sandbox"),
    ("language", "en"),
    ("address", GIVER),
];

/// A page made for one person: kept by nobody, and no other site learns of it.
fn is_private(answer: &Answer) -> String {
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert!(!answer.headers.contains_key("set-cookie"));
    answer.text()
}

both_backends! {
    async fn the_form_is_small_the_same_for_everybody_and_whole_without_script(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom, anon).await;
        for (path, says) in [
            ("/support/", "Support us"),
            ("/support/eur/", "€5"),
            ("/ru/support/", "Поддержать нас"),
            ("/fa/support/usd/", "از ما حمایت کنید"),
        ] {
            let answer = till.anon.get_with(path, &[("accept-encoding", "gzip")]).await;
            let html = unpacked(&answer);
            assert_eq!(answer.status, 200, "{path}");
            assert!(html.contains(says) && html.contains("action=\"../"), "{path}: {html}");
            assert!(wire_bytes(&answer) <= WIRE, "{path} takes {} bytes", wire_bytes(&answer));
            assert!(!html.contains("<script") && !answer.headers.contains_key("set-cookie"), "{path}");
        }
        for none in ["/support/gbp/", "/support/xyz/", "/support/USD/"] {
            assert_eq!(till.anon.get(none).await.status, 404, "{none}");
        }
        till.set(&SupportSettings::default()).await;
        assert!(till.anon.get("/support/").await.text().contains("not taken at present"));
    }

    async fn somebody_gives_monthly_changes_it_and_is_erased(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom, anon).await;
        let thanks = till.pay(&[], "pay").await;
        let page = is_private(&till.anon.get(&thanks).await);
        assert!(page.contains("Your contribution of $2 a month has begun"), "{page}");
        assert!(page.contains("comes by mail") && !page.contains("/manage/"), "the gateway's way back manages: {page}");
        assert_eq!(till.anon.get(&thanks.replace("/thanks/", "/manage/")).await.status, 404);
        let mails = till.sent().await;
        assert_eq!(mails.len(), 1);
        let manage = format!("/-/support/manage/{}", mails[0].token("/-/support/manage/"));
        let page = is_private(&till.anon.get(&manage).await);
        assert!(page.contains("$2 a month") && page.contains(GIVER), "{page}");
        let act = async |fields: &[(&str, &str)]| till.post(&manage, fields).await;
        let changed = act(&[("do", "change"), ("amount", "7,50"), ("frequency", "annual")]).await;
        assert!(is_private(&changed).contains("$7.50 a year"), "{}", changed.text());
        let wrong = act(&[("do", "change"), ("amount", "1"), ("frequency", "monthly")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("$2 is the least"));
        assert!(is_private(&act(&[("do", "pause")]).await).contains("paused"));
        assert!(till.anon.get(&thanks).await.text().contains("It is paused"));
        assert!(is_private(&act(&[("do", "resume")]).await).contains("running"));
        let export = act(&[("do", "export")]).await;
        assert_eq!(export.header("content-type"), "application/json; charset=utf-8");
        assert!(export.text().contains(GIVER));
        assert_eq!(act(&[("do", "erase")]).await.status, 422, "without a tick nothing is erased");
        assert!(is_private(&act(&[("do", "erase"), ("sure", "yes")]).await).contains("Everything is erased"));
        assert_eq!(till.anon.get(&manage).await.status, 404);
        assert_eq!(till.anon.get(&thanks).await.status, 404);
    }

    async fn what_ended_later_is_not_told_that_nothing_was_taken(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom, anon).await;
        let thanks = till.pay(&[], "pay").await;
        let own = format!("/-/support/manage/{}", till.sent().await[0].token("/-/support/manage/"));
        till.post(&own, &[("do", "cancel")]).await;
        let page = is_private(&till.anon.get(&thanks).await);
        assert!(page.contains("has ended") && page.contains("What you gave before has arrived"), "{page}");
        assert!(!page.contains("Nothing was taken") && !page.contains("data-gave"), "{page}");
    }

    async fn who_left_no_address_is_told_how_it_ends(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom, anon).await;
        let nameless: Vec<_> = FIELDS.iter().filter(|(name, _)| *name != "address").copied().collect();
        let page = till.post(GIVE, &nameless).await.header("location").to_owned();
        let thanks = till.post(&page, &[("how", "pay")]).await.header("location").to_owned();
        let page = is_private(&till.anon.get(&thanks).await);
        assert!(page.contains("write to us") && !page.contains("comes by mail"), "{page}");
        for language in ["en", "fa", "xx"] {
            let back = till.anon.get(&format!("/-/support/back/{language}")).await;
            assert!(is_private(&back).contains("name=\"address\""), "{language}");
        }
    }

    async fn another_currency_keeps_how_often_and_what_led_here(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom, anon).await;
        assert!(till.anon.get("/support/").await.text().contains("support/eur/\">EUR"));
        let variant = "0198f2a0-0000-7000-8000-000000000001";
        let query = format!("gate=no&frequency=annual&amount=35.00&currency=USD&variant={variant}");
        let form = till.anon.get(&format!("/-/support/form/en?{query}")).await.text();
        assert!(form.contains("name=\"other\" value=\"35.00\""), "an amount that is none of its own is lost: {form}");
        let carried = format!("en?gate=no&amp;currency=EUR&amp;frequency=annual&amp;variant={variant}");
        assert!(form.contains(&carried), "{form}");
        let other = till.anon.get(&format!("/-/support/form/{}", carried.replace("&amp;", "&"))).await.text();
        assert!(other.contains("value=\"annual\" checked") && other.contains("name=\"currency\" value=\"EUR\""), "{other}");
        assert!(other.contains(variant), "{other}");
    }

    async fn a_device_is_left_alone_only_where_the_form_asked_for_it(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom, anon).await;
        let ticked = "name=\"quiet\" value=\"yes\" checked";
        assert!(till.anon.get("/support/").await.text().contains(ticked), "not to be seen before Continue");
        assert!(till.anon.get("/-/support/form/en?frequency=monthly&gate=no").await.text().contains(ticked));
        let again = till.post(GIVE, &[FIELDS, &[("other", "1")]].concat()).await.text();
        assert!(again.contains("name=\"quiet\"") && !again.contains(ticked), "a tick that was taken away comes back");
        let without = till.pay(&[], "pay").await;
        let page = till.anon.get(&without).await.text();
        assert!(page.contains("<div data-gave hidden>"), "{page}");
        let asked = till.pay(&[("quiet", "yes")], "pay").await;
        assert!(asked.ends_with("?quiet=1"), "{asked}");
        for address in [asked.clone(), format!("{asked}&token=EC-1")] {
            let page = till.anon.get(&address).await.text();
            assert!(page.contains("<div data-gave=\"asked\" hidden>"), "{address}: {page}");
        }
    }

    async fn where_addresses_can_not_be_opened_none_is_asked_for(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom, anon).await;
        let asks = async || till.anon.get("/support/").await.text().contains("name=\"address\"");
        assert!(asks().await);
        let private = till.test.folder().join("stick/keyring");
        let room = &till.test.newsroom;
        std::fs::remove_file(till.test.keyring()).unwrap();
        app::vault::begin_anew(room, "anna", app::vault::Custody::Offline, Some(&private), None, true).await.unwrap();
        room.cache().clear();
        assert!(!asks().await, "a receipt is promised that nobody writes");
        assert!(till.anon.get("/support/").await.text().contains("name=\"gateway\""));
    }

    async fn who_gave_once_can_take_along_and_erase_what_is_kept(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom, anon).await;
        let once: Vec<_> = FIELDS.iter().filter(|(name, _)| *name != "frequency").copied().collect();
        let once = [&once[..], &[("frequency", "once"), ("amount-once", "1000")]].concat();
        let page = till.post(GIVE, &once).await.header("location").to_owned();
        assert_eq!(till.post(&page, &[("how", "pay")]).await.status, 303);
        let mails = till.sent().await;
        let own = format!("/-/support/manage/{}", mails[0].token("/-/support/manage/"));
        let page = is_private(&till.anon.get(&own).await);
        assert!(page.contains("$10, once") && page.contains("Your address is not kept here"), "{page}");
        for none in ["value=\"change\"", "value=\"cancel\"", "value=\"pause\""] {
            assert!(!page.contains(none), "{none}: {page}");
        }
        assert!(till.post(&own, &[("do", "export")]).await.text().contains("2025-07"));
        let erased = till.post(&own, &[("do", "erase"), ("sure", "yes")]).await;
        assert!(is_private(&erased).contains("Everything is erased"));
        assert_eq!(till.anon.get(&own).await.status, 404);
    }

    async fn a_newsroom_that_has_not_said_where_it_is_says_so(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom, anon).await;
        for (hindrance, says) in [
            (Hindrance::Address, "has not said where its site is"),
            (Hindrance::Gateway, "did not answer as it should"),
            (Hindrance::Keys, "locked away the keys"),
        ] {
            let page = giving::away(&till.test.newsroom, GIVE, None, hindrance).await.unwrap();
            let text = String::from_utf8(page.form(None).body.to_vec()).unwrap();
            assert!(text.contains(says), "{text}");
        }
    }

    async fn opening_a_link_changes_nothing_and_coming_back_proves_nothing(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom, anon).await;
        let fields = [FIELDS, &[("frequency", "once"), ("amount-once", "1000")]].concat();
        let fields: Vec<_> = fields.into_iter().filter(|field| *field != ("frequency", "monthly")).collect();
        let page = till.post(GIVE, &fields).await.header("location").to_owned();
        let thanks = till.post(&page, &[("how", "refuse")]).await;
        assert_eq!(thanks.status, 200);
        assert!(thanks.text().contains("The card was refused"));
        let paid = till.post(&page, &[("how", "later")]).await.header("location").to_owned();
        assert!(till.anon.get(&paid).await.text().contains("Your payment is on its way"));
        assert_eq!(till.sent().await.len(), 0, "a receipt for what did not come");
    }

    async fn what_is_wrong_is_said_beside_what_was_typed(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom, anon).await;
        for (more, says) in [
            ([("other", "1")], "$2 is the least"),
            ([("other", "1e9")], "could not be read"),
            ([("other", "-4")], "above zero"),
            ([("currency", "JPY")], "not the newsroom’s present one"),
        ] {
            let fields: Vec<_> =
                FIELDS.iter().filter(|(name, _)| *name != more[0].0).chain(&more).copied().collect();
            let answer = till.post(GIVE, &fields).await;
            assert_eq!(answer.status, 422, "{more:?}");
            let page = is_private(&answer);
            assert!(page.contains(says) && page.contains(GIVER), "{more:?}: {page}");
        }
        let got = till.anon.get(GIVE).await;
        assert_eq!((got.status, got.header("location")), (303, "/support/"));
    }

    async fn who_could_be_harmed_is_asked_first(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom, anon).await;
        let closed_countries = vec![Names::one(Language::english(), "Ruritania")];
        till.set(&SupportSettings { open: true, closed_countries, ..SupportSettings::default() }).await;
        let gate = till.anon.get("/support/").await.text();
        assert!(gate.contains("Ruritania") && !gate.contains("name=\"gateway\""), "{gate}");
        assert!(till.anon.get("/support/usd/").await.text().contains("name=\"gateway\""));
        let short = "/-/support/form/en?frequency=annual&amount=50.00&currency=USD";
        let asked = till.anon.get(short).await.text();
        assert!(asked.contains("Ruritania") && !asked.contains("name=\"gateway\""));
        let form = is_private(&till.anon.get(&format!("{short}&gate=no")).await);
        assert!(form.contains("value=\"annual\" checked") && form.contains("value=\"5000\" checked"), "{form}");
    }

    async fn the_answer_to_who_asks_for_a_link_is_always_the_same(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom, anon).await;
        till.pay(&[], "pay").await;
        till.sent().await;
        let mut pages = Vec::new();
        for address in [GIVER, "nobody@reader.example"] {
            let answer = till.post("/-/support/link", &[("address", address), ("language", "en")]).await;
            assert_eq!(answer.status, 200);
            pages.push(is_private(&answer));
        }
        assert_eq!(pages[0], pages[1]);
        assert_eq!(till.sent().await.len(), 1);
        let wrong = till.post("/-/support/link", &[("address", "none")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("action=\"../../-/support/link\"") || wrong.text().contains("support/link"));
    }

    async fn a_webhook_of_nobody_is_refused(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom, anon).await;
        for (path, status) in [
            ("/-/hooks/pay/sandbox", 400),
            ("/-/hooks/pay/stripe", 404),
            ("/-/hooks/pay/nobody", 404),
        ] {
            assert_eq!(till.anon.send(path, &[], "{}").await.status, status, "{path}");
        }
    }
}
