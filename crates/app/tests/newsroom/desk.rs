//! The desk's use cases: writing together, checking, publishing, and what is kept of it.

use app::{
    Error, jobs,
    pages::{self, Form, Preview},
    staff::Denial,
    stories::desk::{self, Changes, Filter, Locked, SaveRefused},
};
use model::{Language, Role, Staff, StoryId, StoryState};
use serde_json::json;
use testkit::{Anon, TestNewsroom, both_backends};

use crate::{denied, refused};

fn changes(value: serde_json::Value) -> Changes {
    serde_json::from_value(value).unwrap()
}

fn body(text: &str) -> serde_json::Value {
    json!({ "version": 1, "blocks": [{ "type": "paragraph", "content": [{ "type": "text", "text": text }] }] })
}

async fn staff(newsroom: &TestNewsroom, anon: &Anon, role: Role, handle: &str) -> Staff {
    newsroom.person(anon, role, handle).await.unwrap().staff
}

/// A story with a headline and a paragraph, version 1.
async fn written(newsroom: &TestNewsroom, by: &Staff, headline: &str) -> StoryId {
    let id = desk::create(&newsroom.newsroom, by, &Language::english()).await.unwrap();
    let first = changes(json!({ "headline": headline, "document": body("He came on Friday.") }));
    desk::save(&newsroom.newsroom, by, id, 0, first).await.unwrap();
    id
}

async fn version(newsroom: &TestNewsroom, by: &Staff, id: StoryId) -> i64 {
    desk::open(&newsroom.newsroom, by, id).await.unwrap().draft.version
}

async fn path_of(newsroom: &TestNewsroom, by: &Staff, id: StoryId) -> String {
    desk::open(&newsroom.newsroom, by, id).await.unwrap().story.path.unwrap().to_string()
}

async fn journal(newsroom: &TestNewsroom) -> usize {
    let mut tx = newsroom.newsroom.store().read().await.unwrap();
    store::journal_after(&mut tx, 0, 1000).await.unwrap().len()
}

both_backends! {
    async fn typing_never_changes_what_readers_see_until_it_is_published(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let id = written(&newsroom, &anna, "The minister arrives").await;
        desk::publish(news, &anna, id, Some(1)).await.unwrap();
        let path = path_of(&newsroom, &anna, id).await;
        assert_eq!(path, "/2025/07/11/the-minister-arrives/", "the slug did not follow the headline");
        desk::save(news, &anna, id, 1, changes(json!({ "document": body("He came on Saturday.") }))).await.unwrap();
        assert!(anon.get(&path).await.text().contains("He came on Friday."), "a save reached readers");
        desk::publish(news, &anna, id, Some(2)).await.unwrap();
        let page = anon.get(&path).await.text();
        assert!(page.contains("He came on Saturday.") && !page.contains("Friday."), "the update did not reach readers");
        assert!(anon.get("/feed.xml").await.text().contains("He came on Saturday."));
        let kept = desk::revisions(news, &anna, id).await.unwrap();
        let compared = desk::compare(news, &anna, id, kept[0].id, true).await.unwrap();
        assert!(compared.changes.iter().any(|change| change.kind == "changed"), "what readers saw was not kept: {kept:?}");
    }

    async fn a_save_names_the_version_that_it_changes(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let id = written(&newsroom, &anna, "One").await;
        let saved = desk::save(news, &anna, id, 1, changes(json!({ "standfirst": "Two" }))).await.unwrap();
        assert_eq!(saved.version, 2);
        let again = desk::save(news, &anna, id, 2, changes(json!({ "standfirst": "Two" }))).await.unwrap();
        assert_eq!(again.version, 2, "a save of the same is a new version");
        match desk::save(news, &anna, id, 1, changes(json!({ "headline": "Mine" }))).await {
            Err(SaveRefused::Conflict(theirs)) => {
                assert_eq!((theirs.version, theirs.fields.standfirst.as_str()), (2, "Two"));
                assert_eq!(theirs.fields.headline, "One", "a refused save was written");
            }
            other => panic!("{other:?}"),
        }
    }

    async fn one_person_writes_at_a_time_and_another_may_take_over(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let bert = staff(&newsroom, &anon, Role::Editor, "bert").await;
        let id = written(&newsroom, &anna, "One").await;
        assert!(matches!(desk::lock(news, &anna, id, false).await.unwrap(), Locked::Mine { .. }));
        let held = desk::lock(news, &bert, id, false).await.unwrap();
        assert!(matches!(held, Locked::Held { ref by, .. } if by == "anna"), "{held:?}");
        let saved = desk::save(news, &bert, id, 1, changes(json!({ "headline": "B" }))).await;
        assert!(matches!(saved, Err(SaveRefused::Locked { ref by, .. }) if by == "anna"), "{saved:?}");
        assert!(matches!(desk::lock(news, &bert, id, true).await.unwrap(), Locked::Mine { .. }));
        let late = desk::save(news, &anna, id, 1, changes(json!({ "headline": "A" }))).await;
        assert!(matches!(late, Err(SaveRefused::Locked { .. })), "who lost the lock still writes: {late:?}");
        newsroom.clock.advance_millis(desk::LOCK_MS);
        desk::save(news, &anna, id, 1, changes(json!({ "headline": "A" }))).await.unwrap();
    }

    async fn what_somebody_else_wrote_is_kept_when_it_is_written_over(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let bert = staff(&newsroom, &anon, Role::Editor, "bert").await;
        let id = written(&newsroom, &anna, "Anna's headline").await;
        desk::unlock(news, &anna, id).await.unwrap();
        desk::save(news, &bert, id, 1, changes(json!({ "headline": "Bert's headline", "document": body("Other.") }))).await.unwrap();
        let kept = desk::revisions(news, &bert, id).await.unwrap();
        assert_eq!((kept.len(), kept[0].headline.as_str(), kept[0].by.as_str()), (1, "Anna's headline", "anna"));
        desk::restore(news, &bert, id, kept[0].id).await.unwrap();
        let opened = desk::open(news, &bert, id).await.unwrap();
        assert_eq!(opened.draft.fields.headline, "Anna's headline");
        let kept = desk::revisions(news, &bert, id).await.unwrap();
        assert!(kept.iter().any(|head| head.headline == "Bert's headline"), "restoring lost the text before it");
    }

    async fn texts_are_kept_also_after_a_clock_that_was_ahead(newsroom: TestNewsroom, anon: Anon) {
        const DAY_MS: i64 = 86_400_000;
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let id = written(&newsroom, &anna, "One").await;
        newsroom.clock.advance_millis(DAY_MS);
        desk::save(news, &anna, id, 1, changes(json!({ "headline": "Two" }))).await.unwrap();
        assert_eq!(desk::revisions(news, &anna, id).await.unwrap().len(), 1);
        newsroom.clock.advance_millis(-DAY_MS);
        for (version, headline) in [(2, "Three"), (3, "Four")] {
            desk::save(news, &anna, id, version, changes(json!({ "headline": headline }))).await.unwrap();
        }
        let kept: Vec<String> =
            desk::revisions(news, &anna, id).await.unwrap().into_iter().map(|head| head.headline).collect();
        assert_eq!(kept, ["Two", "One"], "one of now, and not one for every save");
    }

    async fn reporters_see_and_write_their_own_and_publish_nothing(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let rosa = staff(&newsroom, &anon, Role::Reporter, "rosa").await;
        let (hers, other) = (written(&newsroom, &rosa, "Rosa's").await, written(&newsroom, &anna, "Anna's").await);
        assert_eq!(denied(desk::open(news, &rosa, other).await), Denial::NotYours);
        let saved = desk::save(news, &rosa, other, 1, changes(json!({ "headline": "x" }))).await;
        assert!(matches!(saved, Err(SaveRefused::App(Error::Denied(Denial::NotYours)))), "{saved:?}");
        assert_eq!(denied(desk::publish(news, &rosa, hers, None).await), Denial::Role);
        assert_eq!(denied(desk::schedule(news, &rosa, hers, newsroom.newsroom.clock().now().plus_millis(1000)).await), Denial::Role);
        assert_eq!(denied(desk::move_to(news, &rosa, hers, StoryState::Ready, None).await), Denial::Role);
        assert_eq!(denied(desk::withdraw(news, &rosa, hers, "").await), Denial::Role);
        let listed = desk::list(news, &rosa, &Filter::default(), 10, 0).await.unwrap();
        assert_eq!(listed.rows.iter().map(|row| row.head.headline.as_str()).collect::<Vec<_>>(), ["Rosa's"]);
        desk::assign(news, &anna, other, "rosa").await.unwrap();
        assert!(desk::open(news, &rosa, other).await.is_ok());
    }

    async fn a_story_goes_from_draft_to_review_to_ready_and_back(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let rosa = staff(&newsroom, &anon, Role::Reporter, "rosa").await;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let id = written(&newsroom, &rosa, "Rosa's").await;
        desk::move_to(news, &rosa, id, StoryState::InReview, Some("@anna please, and @nobody")).await.unwrap();
        let called = desk::mentions(news, anna.id).await.unwrap();
        assert_eq!((called.len(), called[0].headline.as_str()), (1, "Rosa's"));
        desk::seen(news, &anna, id).await.unwrap();
        assert!(desk::mentions(news, anna.id).await.unwrap().is_empty());
        desk::move_to(news, &anna, id, StoryState::Draft, Some("The date is missing.")).await.unwrap();
        let notes = desk::open(news, &rosa, id).await.unwrap().notes;
        desk::settle(news, &rosa, id, notes[1].id).await.unwrap();
        assert_eq!(denied(desk::settle(news, &rosa, id, notes[1].id).await), Denial::Gone);
        desk::move_to(news, &anna, id, StoryState::Ready, None).await.unwrap();
        desk::publish(news, &anna, id, None).await.unwrap();
        assert!(refused(desk::move_to(news, &anna, id, StoryState::Draft, None).await).contains("published"));
    }

    async fn two_editors_who_publish_at_once_publish_once(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let id = written(&newsroom, &anna, "One").await;
        let (one, two) = tokio::join!(desk::publish(news, &anna, id, Some(1)), desk::publish(news, &anna, id, Some(1)));
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "{one:?} {two:?}");
        assert_eq!(journal(&newsroom).await, 1);
        desk::save(news, &anna, id, version(&newsroom, &anna, id).await, changes(json!({ "standfirst": "New" }))).await.unwrap();
        let stale = desk::publish(news, &anna, id, Some(1)).await;
        assert!(refused(stale).contains("look at it again"), "what nobody looked at was published");
    }

    async fn a_scheduled_story_is_public_at_its_second_also_after_a_rest(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let id = written(&newsroom, &anna, "A bell rings").await;
        let at = news.clock().now().plus_millis(3_600_000);
        assert!(refused(desk::schedule(news, &anna, id, news.clock().now()).await).contains("passed"));
        desk::schedule(news, &anna, id, at).await.unwrap();
        // Changed after it was scheduled: what is published is what was saved last.
        desk::save(news, &anna, id, 1, changes(json!({ "standfirst": "At noon." }))).await.unwrap();
        newsroom.clock.advance_millis(3_599_999);
        jobs::run_due(news).await.unwrap();
        assert!(!anon.get("/").await.text().contains("A bell rings"), "too early");
        newsroom.clock.advance_millis(1);
        jobs::run_due(news).await.unwrap();
        let page = anon.get("/").await.text();
        assert!(page.contains("A bell rings") && page.contains("At noon."), "too late");
        let opened = desk::open(news, &anna, id).await.unwrap();
        assert_eq!(opened.story.published_at, Some(at));
        assert!(opened.draft.is_clean(), "the working copy counts as unpublished");
        // A clock that jumps back takes nothing back, and nothing is published twice.
        newsroom.clock.advance_millis(-7_200_000);
        jobs::run_due(news).await.unwrap();
        assert_eq!(anon.get(&path_of(&newsroom, &anna, id).await).await.status, 200);
        newsroom.clock.advance_millis(7_200_000);
        jobs::run_due(news).await.unwrap();
        assert_eq!(journal(&newsroom).await, 1);
    }

    async fn what_was_done_a_month_ago_is_forgotten(newsroom: TestNewsroom, anon: Anon) {
        const DAY_MS: i64 = 86_400_000;
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let id = written(&newsroom, &anna, "A bell rings").await;
        desk::schedule(news, &anna, id, news.clock().now().plus_millis(1_000)).await.unwrap();
        newsroom.clock.advance_millis(40 * DAY_MS);
        assert_eq!(app::jobs::forget(news).await.unwrap(), 0, "what waits is forgotten");
        assert!(app::jobs::run_due(news).await.unwrap() > 0);
        newsroom.clock.advance_millis(30 * DAY_MS);
        assert_eq!(app::jobs::forget(news).await.unwrap(), 0);
        newsroom.clock.advance_millis(2 * DAY_MS);
        assert_eq!(app::jobs::forget(news).await.unwrap(), 1);
    }

    async fn a_story_that_was_moved_or_taken_off_the_schedule_is_not_published_at_the_old_time(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let (moved, taken) = (written(&newsroom, &anna, "Moved").await, written(&newsroom, &anna, "Taken off").await);
        let at = news.clock().now().plus_millis(1_000);
        for id in [moved, taken] {
            desk::schedule(news, &anna, id, at).await.unwrap();
        }
        desk::schedule(news, &anna, moved, at.plus_millis(60_000)).await.unwrap();
        desk::move_to(news, &anna, taken, StoryState::Ready, None).await.unwrap();
        newsroom.clock.advance_millis(2_000);
        jobs::run_due(news).await.unwrap();
        assert_eq!(journal(&newsroom).await, 0);
        newsroom.clock.advance_millis(60_000);
        jobs::run_due(news).await.unwrap();
        assert_eq!(desk::open(news, &anna, moved).await.unwrap().story.state, StoryState::Published);
        assert_eq!(desk::open(news, &anna, taken).await.unwrap().story.state, StoryState::Ready);
    }

    async fn a_new_slug_of_a_public_story_is_a_new_path_and_the_old_one_leads_there(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let id = written(&newsroom, &anna, "First name").await;
        desk::publish(news, &anna, id, None).await.unwrap();
        let old = path_of(&newsroom, &anna, id).await;
        assert_eq!(anon.get(&old).await.status, 200);
        desk::save(news, &anna, id, 1, changes(json!({ "slug": "second-name" }))).await.unwrap();
        desk::publish(news, &anna, id, None).await.unwrap();
        let new = path_of(&newsroom, &anna, id).await;
        assert_eq!(new, "/2025/07/11/second-name/");
        let moved = anon.get(&old).await;
        assert_eq!((moved.status, moved.header("location")), (301, new.as_str()));
        assert_eq!(anon.get(&new).await.status, 200);
        desk::save(news, &anna, id, 2, changes(json!({ "slug": "first-name" }))).await.unwrap();
        desk::publish(news, &anna, id, None).await.unwrap();
        assert_eq!(anon.get(&old).await.status, 200, "the story can't come back to its first path");
        assert_eq!(anon.get(&new).await.status, 301);
    }

    async fn a_corrected_and_then_withdrawn_story_tells_so_everywhere_and_may_come_back(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let id = written(&newsroom, &anna, "A bell rings").await;
        desk::publish(news, &anna, id, None).await.unwrap();
        let path = path_of(&newsroom, &anna, id).await;
        desk::correct(news, &anna, id, "It rang twice.").await.unwrap();
        assert!(anon.get(&path).await.text().contains("It rang twice."));
        assert!(desk::open(news, &anna, id).await.unwrap().draft.is_clean(), "a correction made the copy look unpublished");
        desk::withdraw(news, &anna, id, "a source is in danger").await.unwrap();
        assert_eq!(anon.get(&path).await.status, 410);
        for list in ["/", "/feed.xml", "/latest/", "/lite/", "/sitemap-2.xml"] {
            assert!(!anon.get(list).await.text().contains("A bell rings"), "{list} still has it");
        }
        assert!(!anon.get(&path).await.text().contains("a source is in danger"), "the reason is not for readers");
        desk::publish(news, &anna, id, None).await.unwrap();
        assert_eq!(anon.get(&path).await.status, 200);
    }

    async fn a_preview_is_what_publishing_gives_and_changes_nothing(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let id = written(&newsroom, &anna, "A bell rings").await;
        let Preview::At { full, lite } = pages::preview(news, id, Form::Site(String::new())).await.unwrap() else { panic!() };
        let mut previews = Vec::new();
        for path in [&full, &lite] {
            let Preview::Page(page) = pages::preview(news, id, Form::Site(path.clone())).await.unwrap() else { panic!("{path}") };
            previews.push(String::from_utf8(page.form(None).body.to_vec()).unwrap());
        }
        assert_eq!(anon.get(&full).await.status, 404, "a preview published the story");
        assert_eq!(journal(&newsroom).await, 0);
        let opened = desk::open(news, &anna, id).await.unwrap();
        assert_eq!((opened.story.state, opened.draft.version, opened.story.path), (StoryState::Draft, 1, None));
        desk::publish(news, &anna, id, None).await.unwrap();
        assert_eq!(anon.get(&full).await.text(), previews[0], "the page differs from its preview");
        assert_eq!(anon.get(&lite).await.text(), previews[1], "the lite page differs from its preview");
        for form in [Form::Feed, Form::Text] {
            let Preview::Page(page) = pages::preview(news, id, form).await.unwrap() else { panic!() };
            assert!(String::from_utf8(page.form(None).body.to_vec()).unwrap().contains("He came on Friday."));
        }
    }

    async fn a_preview_link_works_until_it_ends_or_is_taken_back(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let id = written(&newsroom, &anna, "A bell rings").await;
        let (one, two) = (desk::preview_link(news, &anna, id, 24).await.unwrap(), desk::preview_link(news, &anna, id, 1).await.unwrap());
        assert_eq!(desk::preview_open(news, &one).await.unwrap().story, id);
        newsroom.clock.advance_millis(3_600_000);
        assert_eq!(denied(desk::preview_open(news, &two).await), Denial::Link);
        let links = desk::preview_links(news, &anna, id).await.unwrap();
        assert_eq!(links.len(), 1);
        desk::preview_revoke(news, &anna, id, &links[0].hash).await.unwrap();
        assert_eq!(denied(desk::preview_open(news, &one).await), Denial::Link);
    }

    async fn a_translation_is_behind_when_its_original_changes(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Publisher, "anna").await;
        let mut tx = news.store().begin().await.unwrap();
        let (en, fa): (Language, Language) = (Language::english(), "fa".parse().unwrap());
        let settings = model::Newsroom { languages: vec![en, fa.clone()], ..model::Newsroom::default() };
        store::newsroom_settings_set(&mut tx, &settings, news.clock().now()).await.unwrap();
        tx.commit().await.unwrap();
        let id = written(&newsroom, &anna, "A bell rings").await;
        desk::publish(news, &anna, id, None).await.unwrap();
        let persian = desk::translate(news, &anna, id, &fa).await.unwrap();
        assert!(refused(desk::translate(news, &anna, id, &fa).await).contains("already"));
        assert!(!desk::beside(news, &anna, persian).await.unwrap().unwrap().behind);
        desk::correct(news, &anna, id, "It rang twice.").await.unwrap();
        assert!(desk::beside(news, &anna, persian).await.unwrap().unwrap().behind, "a correction is a change");
        desk::caught_up(news, &anna, persian).await.unwrap();
        assert!(!desk::beside(news, &anna, persian).await.unwrap().unwrap().behind);
        assert!(desk::beside(news, &anna, id).await.unwrap().is_none());
    }

    async fn translations_that_were_imported_stand_beside_the_story_in_the_first_language(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let mut tx = news.store().begin().await.unwrap();
        let (en, fa): (Language, Language) = (Language::english(), "fa".parse().unwrap());
        let settings = model::Newsroom { languages: vec![en, fa], ..model::Newsroom::default() };
        store::newsroom_settings_set(&mut tx, &settings, news.clock().now()).await.unwrap();
        tx.commit().await.unwrap();
        let site = tempfile::tempdir().unwrap();
        std::fs::create_dir(site.path().join("stories")).unwrap();
        for (language, title) in [("en", "A bell rings"), ("fa", "زنگی به صدا درآمد")] {
            let text = format!("---\ntitle: {title}\ndate: 2025-07-01T09:00:00Z\nslug: bell-{language}\n---\nIt rang.\n");
            std::fs::write(site.path().join(format!("stories/bell.{language}.md")), text).unwrap();
        }
        newsroom.import(app::import::System::Markdown, site.path(), None).await.unwrap();
        let listed = desk::list(news, &anna, &Filter::default(), 10, 0).await.unwrap();
        let id = |tag: &str| listed.rows.iter().find(|row| row.head.language.as_str() == tag).unwrap().head.id;
        assert!(desk::beside(news, &anna, id("en")).await.unwrap().is_none());
        let beside = desk::beside(news, &anna, id("fa")).await.unwrap().unwrap();
        assert_eq!((beside.original.id, beside.behind), (id("en"), false));
        let others = desk::open(news, &anna, id("en")).await.unwrap().translations;
        assert_eq!(others.iter().map(|head| head.id).collect::<Vec<_>>(), [id("fa")]);
    }

    async fn stories_are_found_as_one_types_also_after_an_import(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        written(&newsroom, &anna, "Ёлка в порту").await;
        let site = tempfile::tempdir().unwrap();
        crate::write_site(site.path());
        newsroom.import(app::import::System::Markdown, site.path(), None).await.unwrap();
        let find = async |text: &str| {
            let filter = Filter { text: text.to_owned(), ..Filter::default() };
            let listed = desk::list(news, &anna, &filter, 10, 0).await.unwrap();
            assert_eq!(listed.total, store::Total::Exactly(i64::try_from(listed.rows.len()).unwrap()));
            listed.rows.len()
        };
        assert_eq!(find("елк пор").await, 1);
        assert!(find("ferr").await >= 2, "imported stories are not found");
        assert_eq!(find("ferry nowhere").await, 0);
        assert!(find("").await >= 3);
    }

    async fn what_is_too_large_or_unsafe_is_refused_in_words(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let id = written(&newsroom, &anna, "One").await;
        let paragraph = |number: usize| json!({ "type": "paragraph", "content": [{ "type": "text", "text": format!("Line {number}.") }] });
        let blocks = |count: usize| json!({ "document": { "version": 1, "blocks": (0..count).map(paragraph).collect::<Vec<_>>() } });
        desk::save(news, &anna, id, 1, changes(blocks(10_000))).await.unwrap();
        for (wrong, word) in [
            (blocks(20_001), "20000"),
            (json!({ "headline": "x".repeat(301) }), "300"),
            (json!({ "document": { "version": 1, "blocks": [{ "type": "paragraph", "content": [{ "type": "link", "href": "javascript:alert(1)", "content": [{ "type": "text", "text": "x" }] }] }] } }), "javascript:"),
            (json!({ "document": { "version": 1, "blocks": [{ "type": "embed", "kind": "video", "url": "JavaScript:alert(1)", "source": "x" }] } }), "an embed or file"),
            (json!({ "document": { "version": 1, "blocks": [{ "type": "box", "kind": "facts", "blocks": [{ "type": "file", "href": "data:text/html,x", "name": "x" }] }] } }), "data:text/html"),
            (json!({ "slug": "no slug!" }), "slug"),
            (json!({ "sources": [{ "name": "x", "url": "javascript:x" }] }), "https://"),
            (json!({ "document": { "version": 1, "blocks": 7 } }), "document"),
            (json!({ "document": [] }), "no object"),
            (json!({ "document": [1, []] }), "no object"),
        ] {
            let outcome = desk::save(news, &anna, id, 2, changes(wrong)).await;
            let said = outcome.unwrap_err();
            assert!(matches!(said, SaveRefused::TooLarge(_) | SaveRefused::Invalid(_)), "{said:?}");
            assert!(said.to_string().contains(word), "{said} does not name {word}");
        }
        assert_eq!(version(&newsroom, &anna, id).await, 2, "a refused save was written");
    }

    async fn an_import_that_changes_a_story_reaches_its_open_editor_as_a_conflict(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let id = written(&newsroom, &anna, "One").await;
        desk::publish(news, &anna, id, None).await.unwrap();
        let mut tx = news.store().begin().await.unwrap();
        let mut story = store::story_by_id(&mut tx, id).await.unwrap().unwrap();
        story.headline = "Changed elsewhere".to_owned();
        story.version += 1;
        assert!(store::story_update(&mut tx, &story, story.version - 1).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(desk::open(news, &anna, id).await.unwrap().draft.fields.headline, "Changed elsewhere");
        let mine = desk::save(news, &anna, id, 1, changes(json!({ "headline": "Mine" }))).await;
        assert!(matches!(mine, Err(SaveRefused::Conflict(_))), "{mine:?}");
        desk::save(news, &anna, id, 2, changes(json!({ "headline": "Mine" }))).await.unwrap();
    }
}
