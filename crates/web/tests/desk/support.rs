//! Money at the desk, as a publisher's browser asks for it.

use app::support::{
    contributions::{self, Begun, GiveForm},
    sandbox::{self, How},
};
use model::Role;
use testkit::{Person, TestNewsroom, both_backends};

const SETTINGS: &str = "/desk/support/settings";

/// The form as it opens, but for some fields.
fn form<'a>(changes: &[(&'static str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = vec![
        ("open", "yes"),
        ("currency", "USD"),
        ("least", "2"),
        ("once", "10 25 50"),
        ("monthly", "2 5 10"),
        ("annual", "20 50 100"),
        ("chosen", "2"),
        ("currency", ""),
        ("least", ""),
        ("once", ""),
        ("monthly", ""),
        ("annual", ""),
        ("chosen", ""),
        ("shown_first", "0"),
        ("first", "monthly"),
        ("gateway:sandbox", "1"),
        ("gateway:bank", ""),
        ("label", "Reading"),
        ("cover", "4"),
        ("about:en", ""),
        ("bank", ""),
        ("sender", ""),
    ];
    for (name, value) in changes {
        match fields.iter_mut().find(|(known, _)| known == name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }
    fields
}

async fn saves(anna: &Person, changes: &[(&'static str, &str)]) {
    let answer = anna.post(SETTINGS, &form(changes)).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
}

async fn given(newsroom: &TestNewsroom) {
    let form = GiveForm {
        frequency: "monthly".to_owned(),
        currency: "USD".to_owned(),
        chosen: "500".to_owned(),
        gateway: "sandbox".to_owned(),
        ..GiveForm::default()
    };
    let Begun::At(page) = contributions::begin(&newsroom.newsroom, &form, Some("https://news.example")).await.unwrap()
    else {
        panic!("no page");
    };
    sandbox::pay(&newsroom.newsroom, page.rsplit('/').next().unwrap(), How::Pay).await.unwrap();
}

both_backends! {
    async fn contributions_are_opened_at_the_desk_and_the_form_says_so_at_once(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        assert!(anon.get("/support/").await.text().contains("not taken at present"));
        assert_eq!(anna.get(SETTINGS).await.status, 200);
        saves(&anna, &[]).await;
        let open = anon.get("/support/").await.text();
        assert!(open.contains("$2") && !open.contains("not taken at present"), "{open}");
        saves(&anna, &[("monthly", "3,50; 7; 14"), ("about:en", "We live from <you>.")]).await;
        let changed = anon.get("/support/").await.text();
        assert!(changed.contains("$3.50") && changed.contains("We live from &lt;you"), "{changed}");
        saves(&anna, &[("open", "")]).await;
        assert!(anon.get("/support/").await.text().contains("not taken at present"));
        let log = anna.get("/desk/log").await.text();
        for said in ["began to take contributions", "takes contributions no longer", "changed the settings of support"] {
            assert!(log.contains(said), "{said}: {log}");
        }
    }

    async fn what_cant_be_used_is_said_beside_its_field_and_nothing_typed_is_lost(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let typed = form(&[("once", "10 1"), ("cover", "forty"), ("sender", "nobody"), ("about:en", "Not lost"),
            ("bank", "IBAN LV80"), ("gateway:sandbox", "")]);
        let refused = anna.post(SETTINGS, &typed).await;
        assert_eq!(refused.status, 422);
        let page = refused.text();
        for shown in ["id=\"wrong-once-0\"", "id=\"wrong-cover\"", "id=\"wrong-sender\"", "id=\"wrong-gateways\"",
            "value=\"10 1\"", "value=\"forty\"", "value=\"nobody\"", "Not lost", "IBAN LV80", "name=\"open\" value=\"yes\" checked"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        assert!(anon.get("/support/").await.text().contains("not taken at present"), "nothing of it is saved");
        let editor = newsroom.person(&anon, Role::NewsletterEditor, "erik").await.unwrap();
        assert_eq!(editor.post(SETTINGS, &form(&[])).await.status, 403);
    }

    async fn money_is_listed_shown_and_written_down_without_a_name(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        assert!(anna.get("/desk/support").await.text().contains("Nothing has come in yet"));
        saves(&anna, &[]).await;
        given(&newsroom).await;
        let overview = anna.get("/desk/support").await.text();
        assert!(overview.contains("<svg") && overview.contains("$5") && overview.contains("running"), "{overview}");
        let list = anna.get("/desk/support/contributions?state=active&frequency=monthly").await.text();
        let one = list.split_once("/desk/support/contributions/").unwrap().1;
        let one: String = one.chars().take(36).collect();
        assert!(anna.get("/desk/support/contributions?state=paused").await.text().contains("Nothing like that"));
        assert!(anna.get("/desk/support/contributions?reference=nonsense").await.text().contains("Nothing like that"));
        let page = anna.get(&format!("/desk/support/contributions/{one}")).await;
        assert!(page.status == 200 && page.text().contains("payment-"), "{}", page.text());
        assert!(anna.get("/desk/support/payments?currency=USD").await.text().contains("$5"));
        assert!(anna.get("/desk/support/disputes").await.text().contains("No payment was asked back"));
        let file = anna.post("/desk/support/export", &[("from", "2025-01"), ("to", "2025-12")]).await;
        assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"));
        assert!(file.header("content-disposition").contains("payments-2025-01-2025-12.csv"));
        let text = file.text();
        assert!(text.starts_with("month,reference,") && text.contains(",monthly,paid,USD,5.00,0.00,0.45,,5.00\r\n"), "{text}");
        let wrong = anna.post("/desk/support/export", &[("from", "2025-12"), ("to", "2025-01")]).await;
        assert!(wrong.status == 422 && wrong.text().contains("value=\"2025-12\""));
        assert!(anna.get("/desk/log").await.text().contains("wrote the payments from"));
    }
}
