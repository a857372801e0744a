//! Appeals from the first word to the reader's page, and what editors learn of them.

use app::{
    Error, jobs,
    pages::appeal_preview,
    reads,
    staff::Denial,
    stories::desk::{self, Changes},
    support::appeals::{self, Asked, Outcome, RuleChange, Settings},
};
use model::{
    AppealId, AppealKind, AppealStanding, Language, Role, Section, SectionId, Staff, StoryId, VariantId,
    appeal::{Cap, Memory, Rule, Step, Test},
};
use serde_json::json;
use testkit::{Anon, TestNewsroom, both_backends};

use crate::refused;

const HOUR: i64 = 3_600_000;

/// An editor of a newsroom that takes contributions.
pub(crate) async fn editor(newsroom: &TestNewsroom, anon: &Anon) -> Staff {
    let open = serde_json::to_string(&model::SupportSettings { open: true, ..Default::default() }).unwrap();
    let mut tx = newsroom.newsroom.store().begin().await.unwrap();
    store::setting_set(&mut tx, app::support::KEY, &open, newsroom.newsroom.clock().now()).await.unwrap();
    tx.commit().await.unwrap();
    newsroom.person(anon, Role::Editor, "anna").await.unwrap().staff
}

fn body(text: &str) -> Option<serde_json::Value> {
    let content = json!([{ "type": "text", "text": text }]);
    Some(json!({ "version": 1, "blocks": [{ "type": "paragraph", "content": content }] }))
}

/// A public story and its path.
async fn published(
    newsroom: &TestNewsroom,
    by: &Staff,
    headline: &str,
    section: Option<SectionId>,
) -> (StoryId, String) {
    let news = &newsroom.newsroom;
    newsroom.clock.advance_millis(1_000);
    let id = desk::create(news, by, &Language::english()).await.unwrap();
    let first: Changes = serde_json::from_value(json!({ "headline": headline, "section": section })).unwrap();
    desk::save(news, by, id, 0, first).await.unwrap();
    let story = desk::publish(news, by, id, Some(1)).await.unwrap();
    (id, story.path.unwrap().to_string())
}

/// A draft that says something in English, and its variant.
pub(crate) async fn written(
    newsroom: &TestNewsroom,
    by: &Staff,
    kind: AppealKind,
    says: &str,
) -> (AppealId, VariantId) {
    let news = &newsroom.newsroom;
    let id = appeals::create(news, by, kind, says).await.unwrap();
    let variant = appeals::open(news, by, id).await.unwrap().variants[0].id;
    appeals::save_text(news, by, variant, &Language::english(), 0, body(says)).await.unwrap();
    (id, variant)
}

async fn started(newsroom: &TestNewsroom, by: &Staff, kind: AppealKind, says: &str) -> (AppealId, VariantId) {
    let made = written(newsroom, by, kind, says).await;
    appeals::start(&newsroom.newsroom, by, made.0).await.unwrap();
    made
}

async fn settings(newsroom: &TestNewsroom, by: &Staff, id: AppealId) -> Settings {
    let own = appeals::open(&newsroom.newsroom, by, id).await.unwrap().appeal.settings;
    let (name, from, until, form) = (own.name, own.from, own.until, own.form);
    Settings { name, from, until, form, rest_days: own.rest_days, cap: own.cap, goal: own.goal }
}

fn rule(name: &str, test: Test) -> RuleChange {
    RuleChange::Add(Rule { name: name.to_owned(), test })
}

async fn section(newsroom: &TestNewsroom, by: &Staff, slug: &str, parent: Option<SectionId>) -> Section {
    let mut names = model::Names::default();
    names.0.insert(Language::english(), slug.to_owned());
    let said = app::filing::Said { names, slug: slug.to_owned(), ..Default::default() };
    let id = app::filing::sections::add(&newsroom.newsroom, by, said, parent).await.unwrap();
    let listed = app::filing::sections::list(&newsroom.newsroom).await.unwrap();
    listed.into_iter().map(|listed| listed.section).find(|section| section.id == id).unwrap()
}

both_backends! {
    async fn readers_see_an_appeal_from_its_start_to_its_withdrawal_and_no_unfinished_word(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna, english) = (&newsroom.newsroom, editor(&newsroom, &anon).await, Language::english());
        let (_, path) = published(&newsroom, &anna, "The ferry sails", None).await;
        let (id, variant) = written(&newsroom, &anna, AppealKind::End, "Please give").await;
        assert!(!anon.get(&path).await.text().contains("Please give"), "a draft reached readers");
        appeals::start(news, &anna, id).await.unwrap();
        let page = anon.get(&path).await.text();
        assert!(page.contains("Please give") && page.contains(&format!("name=\"variant\" value=\"{variant}\"")), "{page}");
        assert!(page.contains("value=\"monthly\"") && page.contains("$5") && page.contains("Continue"));
        assert!(!anon.get("/").await.text().contains("Please give"), "it stands on the front page");
        appeals::save_text(news, &anna, variant, &english, 1, body("Please, pl")).await.unwrap();
        assert!(anon.get(&path).await.text().contains("Please give"), "a save reached readers");
        assert!(appeals::open(news, &anna, id).await.unwrap().pending());
        appeals::show(news, &anna, id).await.unwrap();
        assert!(anon.get(&path).await.text().contains("Please, pl"));
        assert!(refused(appeals::show(news, &anna, id).await).contains("already"));
        appeals::withdraw(news, &anna, id).await.unwrap();
        assert!(!anon.get(&path).await.text().contains("Please, pl"), "it was not gone at once");
        assert!(refused(appeals::delete(news, &anna, id).await).contains("numbers stay"));
    }

    async fn an_appeal_begins_and_ends_in_its_second_on_pages_that_were_kept(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        published(&newsroom, &anna, "The ferry sails", None).await;
        let (id, _) = written(&newsroom, &anna, AppealKind::Banner, "Please give").await;
        let now = news.clock().now();
        let dated = Settings {
            from: Some(now.plus_millis(HOUR)),
            until: Some(now.plus_millis(2 * HOUR)),
            ..settings(&newsroom, &anna, id).await
        };
        dated.save(news, &anna, id).await.unwrap();
        appeals::start(news, &anna, id).await.unwrap();
        assert_eq!(appeals::open(news, &anna, id).await.unwrap().standing, AppealStanding::Waiting);
        for (after, shown) in [(0, false), (HOUR, true), (HOUR - 1_000, true), (1_000, false)] {
            newsroom.clock.advance_millis(after);
            jobs::run_due(news).await.unwrap();
            assert_eq!(anon.get("/").await.text().contains("Please give"), shown, "after {after}");
        }
        assert_eq!(appeals::open(news, &anna, id).await.unwrap().standing, AppealStanding::Ended);
        assert!(refused(Settings { until: dated.from, ..dated }.save(news, &anna, id).await).contains("before it begins"));
    }

    async fn a_section_s_appeal_stands_in_the_sections_under_it_and_nowhere_else(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        let world = section(&newsroom, &anna, "world", None).await;
        let korea = section(&newsroom, &anna, "korea", Some(world.id)).await;
        let (_, inside) = published(&newsroom, &anna, "Inside", Some(korea.id)).await;
        let (_, outside) = published(&newsroom, &anna, "Outside", None).await;
        let (id, _) = started(&newsroom, &anna, AppealKind::Banner, "For the world").await;
        assert!(anon.get(&outside).await.text().contains("For the world"));
        let only = Test::Section { any: vec![world.id], except: false };
        rule("World", only).save(news, &anna, id).await.unwrap();
        for (path, shown) in [(inside.as_str(), true), ("/sections/korea/", true), (outside.as_str(), false), ("/", false)] {
            assert_eq!(anon.get(path).await.text().contains("For the world"), shown, "{path}");
        }
        RuleChange::Remove("World".to_owned()).save(news, &anna, id).await.unwrap();
        assert!(anon.get("/").await.text().contains("For the world"));
    }

    async fn what_depends_on_a_reader_stands_in_a_file_that_is_the_same_for_all(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        let (_, path) = published(&newsroom, &anna, "The ferry sails", None).await;
        let (few, _) = started(&newsroom, &anna, AppealKind::End, "For regulars").await;
        let (all, own) = started(&newsroom, &anna, AppealKind::End, "For everybody").await;
        rule("Regulars", Test::Read { least: 3, most: None, unknown: false }).save(news, &anna, few).await.unwrap();
        let page = anon.get(&path).await.text();
        assert!(page.contains("For everybody") && !page.contains("For regulars"), "no-script readers got another one");
        assert!(page.contains(&format!("data-slot=\"{few} {all}\"")) && page.contains("Count the stories"), "{page}");
        assert!(page.contains("-/support/appeals/en.json") && !page.contains("data-memory"));
        let file = anon.get("/-/support/appeals/en.json").await;
        let told: serde_json::Value = serde_json::from_str(&file.text()).unwrap();
        assert_eq!(told["appeals"][0]["rules"], json!([["read", 3, null, false]]));
        assert!(told["appeals"][0]["variants"][0]["html"].as_str().unwrap().contains("For regulars"));
        assert_eq!(anon.get("/-/support/appeals/xx.json").await.status, 404);
        // A second variant: nobody's contribution counts for the default without having been counted as a view.
        let second = appeals::add_variant(news, &anna, all).await.unwrap();
        appeals::show(news, &anna, all).await.unwrap();
        let page = anon.get(&path).await.text();
        assert!(page.contains(&format!("value=\"{own}\" disabled")), "{page}");
        let told: serde_json::Value = serde_json::from_str(&anon.get("/-/support/appeals/en.json").await.text()).unwrap();
        assert_eq!(told["appeals"][1]["variants"][1]["id"], json!(second));
        appeals::withdraw(news, &anna, few).await.unwrap();
        assert!(!anon.get("/-/support/appeals/en.json").await.text().contains("For regulars"));
    }

    async fn views_are_numbers_of_a_day_and_unknown_variants_leave_nothing(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        let (id, variant) = started(&newsroom, &anna, AppealKind::End, "Please give").await;
        let (_, draft) = written(&newsroom, &anna, AppealKind::End, "Not yet").await;
        for one in [variant, draft, VariantId(uuid::Uuid::from_u128(7)), variant] {
            appeals::seen(news, one).await.unwrap();
        }
        reads::flush(news).await.unwrap();
        appeals::seen(news, variant).await.unwrap();
        reads::flush(news).await.unwrap();
        let numbers = appeals::numbers(news, &anna, id).await.unwrap();
        assert_eq!((numbers.arms[0].seen, numbers.arms[0].cut, numbers.arms[0].gave), (3, 0, 0));
        assert_eq!((numbers.days.len(), numbers.days[0].seen.clone()), (1, vec![3]));
        assert_eq!(numbers.outcome, Outcome::Alone);
    }

    async fn editors_are_told_why_an_appeal_was_not_shown(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        let (story, _) = published(&newsroom, &anna, "The ferry sails", None).await;
        let (first, _) = started(&newsroom, &anna, AppealKind::End, "For Germany").await;
        started(&newsroom, &anna, AppealKind::End, "For everybody").await;
        rule("Germany", Test::Country { any: vec!["DE".to_owned()], unknown: false }).save(news, &anna, first).await.unwrap();
        let asked = |memory| Asked { story, at: news.clock().now(), memory };
        let judged = appeals::why(news, &anna, &asked(Memory::default())).await.unwrap();
        let no: Vec<_> = judged[0].verdicts.iter().filter(|verdict| !verdict.answer.holds).collect();
        assert!(no.len() == 1 && no[0].step == Step::Rule(0) && !no[0].answer.known, "{no:?}");
        assert_eq!((judged[0].shown, judged[1].shown), (false, true));
        let german = Memory { country: Some("DE".to_owned()), ..Memory::default() };
        let judged = appeals::why(news, &anna, &asked(german)).await.unwrap();
        assert_eq!((judged[0].shown, judged[1].shown, judged[1].holds), (true, false, true));
    }

    async fn what_can_not_be_used_is_refused_in_words(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        let bert = newsroom.person(&anon, Role::Reporter, "bert").await.unwrap().staff;
        let denied = appeals::create(news, &bert, AppealKind::End, "Mine").await.err();
        assert!(matches!(denied, Some(Error::Denied(Denial::Role))), "{denied:?}");
        assert!(refused(appeals::create(news, &anna, AppealKind::End, " ").await).contains("a name"));
        let id = appeals::create(news, &anna, AppealKind::End, "Empty").await.unwrap();
        assert!(refused(appeals::start(news, &anna, id).await).contains("write its text first"));
        for (test, says) in [
            (Test::Share { percent: 0 }, "1 to 99"),
            (Test::Country { any: vec!["Germany".to_owned()], unknown: true }, "two letters"),
            (Test::Section { any: vec![], except: false }, "at least one"),
            (Test::Read { least: 5, most: Some(2), unknown: false }, "below the smallest"),
            (Test::Dates { from: None, until: None }, "give the day"),
        ] {
            assert!(refused(rule("A rule", test).save(news, &anna, id).await).contains(says), "{says}");
        }
        let half = || Test::Share { percent: 50 };
        rule("Half", half()).save(news, &anna, id).await.unwrap();
        assert!(refused(rule("Half", half()).save(news, &anna, id).await).contains("another rule"));
        assert!(refused(RuleChange::Remove("None".to_owned()).save(news, &anna, id).await).contains("no rule"));
        let own = settings(&newsroom, &anna, id).await;
        let often = Settings { cap: Some(Cap { times: 0, days: 7 }), ..own.clone() };
        assert!(refused(often.save(news, &anna, id).await).contains("1 to 50"));
        let (long, variant) = written(&newsroom, &anna, AppealKind::Banner, "Long").await;
        appeals::save_text(news, &anna, variant, &Language::english(), 1, body(&"word ".repeat(80))).await.unwrap();
        assert!(refused(appeals::start(news, &anna, long).await).contains("has room for 300"));
        appeals::delete(news, &anna, long).await.unwrap();
        assert!(matches!(appeals::open(news, &anna, long).await, Err(Error::Denied(Denial::Gone))));
    }

    async fn a_preview_shows_the_working_copy_in_a_real_story_and_counts_for_nobody(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna, english) = (&newsroom.newsroom, editor(&newsroom, &anon).await, Language::english());
        let (_, variant) = written(&newsroom, &anna, AppealKind::End, "Please give").await;
        assert!(refused(appeal_preview(news, &anna, variant, &english).await).contains("publish one"));
        let (_, path) = published(&newsroom, &anna, "The ferry sails", None).await;
        let page = appeal_preview(news, &anna, variant, &english).await.unwrap();
        let html = String::from_utf8(page.form(None).body.to_vec()).unwrap();
        assert!(html.contains("The ferry sails") && html.contains("Please give") && html.contains("data-variant=\"\""));
        assert!(!anon.get(&path).await.text().contains("Please give"), "a preview was kept for readers");
    }
}
