//! What devices get and say of appeals, over HTTP.

use app::support::appeals;
use model::{AppealKind, Language, Role, VariantId};
use serde_json::json;
use testkit::{Anon, TestNewsroom, both_backends};

use crate::{
    reading::{unpacked, wire_bytes},
    seed::{self, WONSAN},
};

const WIRE: usize = 12_288;

/// A running appeal of each kind, as long as one may be; their variants.
async fn appealing(newsroom: &TestNewsroom, anon: &Anon) -> Vec<VariantId> {
    seed::seed(&newsroom.newsroom).await;
    let open = serde_json::to_string(&model::SupportSettings { open: true, ..Default::default() }).unwrap();
    let mut tx = newsroom.newsroom.store().begin().await.unwrap();
    store::setting_set(&mut tx, app::support::KEY, &open, newsroom.newsroom.clock().now()).await.unwrap();
    tx.commit().await.unwrap();
    let (news, anna) = (&newsroom.newsroom, newsroom.person(anon, Role::Editor, "anna").await.unwrap().staff);
    let mut variants = Vec::new();
    for (kind, says) in
        [(AppealKind::Banner, "Give for the harbour. ".repeat(13)), (AppealKind::End, "We live from you. ".repeat(66))]
    {
        let id = appeals::create(news, &anna, kind, "Spring").await.unwrap();
        let variant = appeals::open(news, &anna, id).await.unwrap().variants[0].id;
        let content = json!([{ "type": "text", "text": says.trim() }]);
        let body = json!({ "version": 1, "blocks": [{ "type": "paragraph", "content": content }] });
        appeals::save_text(news, &anna, variant, &Language::english(), 0, Some(body)).await.unwrap();
        appeals::add_variant(news, &anna, id).await.unwrap();
        appeals::start(news, &anna, id).await.unwrap();
        variants.push(variant);
    }
    variants
}

both_backends! {
    async fn pages_with_appeals_are_small_and_run_one_script_of_this_site(newsroom: TestNewsroom, anon: Anon) {
        appealing(&newsroom, &anon).await;
        for path in ["/", WONSAN, "/latest/"] {
            let answer = anon.get_with(path, &[("accept-encoding", "gzip")]).await;
            assert!(wire_bytes(&answer) <= WIRE, "{path} takes {} bytes", wire_bytes(&answer));
            let html = unpacked(&answer);
            assert!(html.contains("Give for the harbour"), "{path}");
            assert_eq!(html.contains("We live from you"), path == WONSAN, "{path}");
            let policy = answer.header("content-security-policy").to_owned();
            assert!(policy.contains("script-src 'self'; connect-src 'self'") && !policy.contains("unsafe"), "{policy}");
            let script = html.split_once("<script src=\"").unwrap().1.split_once('"').unwrap().0;
            let script = format!("/{}", script.trim_start_matches("../").trim_start_matches("./"));
            let script = anon.get_with(&script, &[("accept-encoding", "gzip")]).await;
            assert_eq!((script.status, script.header("content-type")), (200, "text/javascript; charset=utf-8"));
            assert_eq!(script.header("x-content-type-options"), "nosniff");
            assert!(script.bytes.len() < 3_072, "{}", script.bytes.len());
        }
        let file = anon.get("/-/support/appeals/en.json").await;
        assert_eq!((file.status, file.header("content-type")), (200, "application/json; charset=utf-8"));
        assert!(anon.get("/newsletter/").await.text().contains("<form") && !anon.get("/newsletter/").await.text().contains("<script src"));
    }

    async fn a_view_is_counted_without_a_word_in_answer_and_nothing_else_is(newsroom: TestNewsroom, anon: Anon) {
        let variants = appealing(&newsroom, &anon).await;
        let path = |variant: &str| format!("/-/support/seen/{variant}");
        let own = variants[0].to_string();
        for variant in [own.as_str(), own.as_str(), "0198f3a0-0000-4000-8000-000000000000", "nothing"] {
            let answer = anon.send(&path(variant), &[("referer", "https://canary.example/")], "canary").await;
            assert_eq!((answer.status, answer.bytes.len()), (204, 0), "{variant}");
            assert!(!answer.headers.contains_key("set-cookie"));
        }
        assert_eq!(anon.get(&path(&own)).await.status, 405);
        app::reads::flush(&newsroom.newsroom).await.unwrap();
        let mut tx = newsroom.newsroom.store().read().await.unwrap();
        let all = store::appeal_all(&mut tx).await.unwrap();
        let days = store::appeal_days(&mut tx, all[0].id).await.unwrap();
        assert_eq!(days.iter().map(|day| (day.variant, day.seen, day.cut)).collect::<Vec<_>>(), [(variants[0], 2, 0)]);
    }
}
