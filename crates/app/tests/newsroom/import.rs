//! Imports: what comes, what stays, what is never lost.

use app::import::System;
use testkit::both_backends;

use crate::write_site;

both_backends! {
    async fn an_imported_archive_is_read_at_once(newsroom: TestNewsroom, anon: Anon) {
        let site = tempfile::tempdir().unwrap();
        write_site(site.path());
        let report = newsroom.import(System::Markdown, site.path(), None).await.unwrap();
        assert_eq!(report.items["story"].imported, 3, "{report}");
        assert_eq!(report.items["page"].imported, 1, "{report}");

        let story = anon.get("/2025/07/01/first-ferry/").await;
        assert_eq!(story.status, 200);
        for words in ["The first ferry", "It came at six.", "Ada Crane", "The harbour master", "The Harbour"] {
            assert!(story.text().contains(words), "the story does not show “{words}”");
        }
        assert!(anon.get("/2025/07/02/second-ferry/").await.text().contains("The first ferry"), "the pick is not in Read more");
        assert!(anon.get("/about/").await.text().contains("We are here."));
    }

    async fn drafts_stay_unseen(newsroom: TestNewsroom, anon: Anon) {
        let site = tempfile::tempdir().unwrap();
        write_site(site.path());
        newsroom.import(System::Markdown, site.path(), None).await.unwrap();
        for path in ["/", "/latest/", "/feed.xml", "/2025/07/03/not-yet/", "/archive/2025/07/", "/sitemap-1.xml"] {
            let text = anon.get(path).await.text();
            assert!(!text.contains("Secretcanary") && !text.contains("not-yet"), "{path} shows a draft");
        }
    }

    async fn the_same_export_twice_changes_nothing(newsroom: TestNewsroom, anon: Anon) {
        let site = tempfile::tempdir().unwrap();
        write_site(site.path());
        newsroom.import(System::Markdown, site.path(), None).await.unwrap();
        let mut tx = newsroom.newsroom.store().read().await.unwrap();
        let before = store::journal_last(&mut tx).await.unwrap();
        drop(tx);
        let again = newsroom.import(System::Markdown, site.path(), None).await.unwrap();
        assert!(!again.changed_anything(), "{again}");
        assert_eq!(again.items["story"].unchanged, 3);
        let mut tx = newsroom.newsroom.store().read().await.unwrap();
        assert_eq!(store::journal_last(&mut tx).await.unwrap(), before, "readers were told of a change");
    }

    async fn a_newer_export_updates_and_keeps_what_stood(newsroom: TestNewsroom, anon: Anon) {
        let site = tempfile::tempdir().unwrap();
        write_site(site.path());
        newsroom.import(System::Markdown, site.path(), None).await.unwrap();
        assert!(anon.get("/2025/07/01/first-ferry/").await.text().contains("came at six."));
        let file = site.path().join("stories/first.en.md");
        let text = std::fs::read_to_string(&file).unwrap().replace("The ferry came at six.", "The ferry came at seven.");
        std::fs::write(&file, text).unwrap();
        let report = newsroom.import(System::Markdown, site.path(), None).await.unwrap();
        assert_eq!((report.items["story"].updated, report.items["story"].unchanged), (1, 2), "{report}");
        assert!(anon.get("/2025/07/01/first-ferry/").await.text().contains("came at seven."), "the page is stale");

        let mut tx = newsroom.newsroom.store().read().await.unwrap();
        let story = store::story_by_path(&mut tx, "/2025/07/01/first-ferry/").await.unwrap().unwrap();
        assert_eq!(store::revision_list(&mut tx, story.id).await.unwrap().len(), 1, "what stood before is lost");
    }

    async fn what_was_changed_here_is_not_overwritten(newsroom: TestNewsroom, anon: Anon) {
        let site = tempfile::tempdir().unwrap();
        write_site(site.path());
        newsroom.import(System::Markdown, site.path(), None).await.unwrap();
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        let story = store::story_by_path(&mut tx, "/2025/07/01/first-ferry/").await.unwrap().unwrap();
        tx.commit().await.unwrap();
        app::stories::correct(&newsroom.newsroom, story.id, "It was seven, not six.", "editor").await.unwrap();

        let file = site.path().join("stories/first.en.md");
        let text = std::fs::read_to_string(&file).unwrap().replace("Nobody waited", "Somebody waited");
        std::fs::write(&file, text).unwrap();
        let report = newsroom.import(System::Markdown, site.path(), None).await.unwrap();
        assert_eq!(report.items["story"].kept_ours, 1, "{report}");
        assert_eq!(report.changed_here, ["The first ferry"]);
        let page = anon.get("/2025/07/01/first-ferry/").await.text();
        assert!(page.contains("Nobody waited") && page.contains("It was seven, not six."));
    }

    async fn old_addresses_lead_to_the_new_ones(newsroom: TestNewsroom, anon: Anon) {
        let site = tempfile::tempdir().unwrap();
        write_site(site.path());
        newsroom.import(System::Markdown, site.path(), None).await.unwrap();
        let old = anon.get("/old/ferry").await;
        assert!(matches!(old.status, 301 | 308), "{}", old.status);
        assert!(old.header("location").ends_with("/2025/07/01/first-ferry/"), "{}", old.header("location"));
    }

    async fn feeds_are_found_where_they_stood_before(newsroom: TestNewsroom, anon: Anon) {
        let site = tempfile::tempdir().unwrap();
        write_site(site.path());
        newsroom.import(System::Markdown, site.path(), None).await.unwrap();
        for (old, new) in [
            ("/feed/", "/feed.xml"),
            ("/rss", "/feed.xml"),
            ("/feed/atom/", "/atom.xml"),
            ("/sections/world/feed/", "/sections/world/feed.xml"),
        ] {
            let answer = anon.get(old).await;
            assert_eq!((answer.status, answer.header("location")), (301, new), "{old}");
        }
        assert_eq!(anon.get("/nothing/feed/").await.status, 404);
    }

    async fn a_menu_names_the_sections_that_have_stories(newsroom: TestNewsroom, anon: Anon) {
        let site = tempfile::tempdir().unwrap();
        write_site(site.path());
        let sections = "- {slug: world, position: 1, names: {en: World}}\n- {slug: sport, position: 2, names: {en: Sport}}\n";
        std::fs::write(site.path().join("sections.yaml"), sections).unwrap();
        newsroom.import(System::Markdown, site.path(), None).await.unwrap();
        let front = anon.get("/").await.text();
        assert!(front.contains("sections/world/") && !front.contains("sections/sport/"), "{front}");
        let story = "---\ntitle: The match\ndate: 2025-07-04T09:00:00Z\nslug: match\nsection: sport\n---\nNil, nil.\n";
        std::fs::write(site.path().join("stories/match.en.md"), story).unwrap();
        newsroom.import(System::Markdown, site.path(), None).await.unwrap();
        // A page that shows no story of it must show its new menu, too.
        assert!(anon.get("/about/").await.text().contains("sections/sport/"), "the menu is stale");

        let mut tx = newsroom.newsroom.store().read().await.unwrap();
        let story = store::story_by_path(&mut tx, "/2025/07/04/match/").await.unwrap().unwrap();
        drop(tx);
        app::stories::withdraw(&newsroom.newsroom, story.id, "editor", "").await.unwrap();
        assert!(!anon.get("/about/").await.text().contains("sections/sport/"), "an empty section stays in the menu");
    }

    async fn a_sitemap_names_translations(newsroom: TestNewsroom, anon: Anon) {
        let site = tempfile::tempdir().unwrap();
        write_site(site.path());
        let story = "---\ntitle: Первый паром\ndate: 2025-07-01T09:00:00Z\nslug: first-ferry\nsection: world\n---\nОн пришёл.\n";
        std::fs::write(site.path().join("stories/first.ru.md"), story).unwrap();
        newsroom.import(System::Markdown, site.path(), None).await.unwrap();
        let sitemap = anon.get("/sitemap-2.xml").await.text();
        let links = |path: &str| {
            let entry = sitemap.split("<url>").find(|entry| entry.contains(&format!("{path}</loc>"))).unwrap_or_default();
            entry.matches("hreflang").count()
        };
        assert_eq!(links("/2025/07/01/first-ferry/"), 2, "{sitemap}");
        assert_eq!(links("/ru/2025/07/01/first-ferry/"), 2, "{sitemap}");
        assert_eq!(links("/2025/07/02/second-ferry/"), 0, "{sitemap}");
    }

    async fn an_exports_regional_english_is_the_newsrooms_english(newsroom: TestNewsroom, anon: Anon) {
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        let russian: model::Language = "ru".parse().unwrap();
        let settings = model::Newsroom { language: russian.clone(), languages: vec![russian], ..Default::default() };
        store::newsroom_settings_set(&mut tx, &settings, model::Timestamp::from_millis(0)).await.unwrap();
        tx.commit().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("site.xml");
        std::fs::write(&file, WITH_NUL_WXR.replace("<link>", "<language>en-US</language><link>")).unwrap();
        let report = newsroom.import(System::Wordpress, &file, None).await.unwrap();
        assert_eq!(report.languages.get("en"), Some(&1), "{report}");
        assert!(report.remarks.iter().any(|line| line.contains("masthead settings set language en")), "{report}");
        assert_eq!(anon.get("/en/2025/07/01/one/").await.status, 200);
    }

    async fn the_character_that_no_text_may_hold_is_left_out(newsroom: TestNewsroom, anon: Anon) {
        let folder = tempfile::tempdir().unwrap();
        let wordpress = folder.path().join("site.xml");
        std::fs::write(&wordpress, WITH_NUL_WXR).unwrap();
        let report = newsroom.import(System::Wordpress, &wordpress, None).await.unwrap();
        assert_eq!(report.items["story"].imported, 1, "{report}");
        let ghost = folder.path().join("ghost.json");
        std::fs::write(&ghost, WITH_NUL_GHOST).unwrap();
        let report = newsroom.import(System::Ghost, &ghost, None).await.unwrap();
        assert_eq!(report.items["story"].imported, 1, "{report}");
        for (path, words) in [("/2025/07/01/one/", ["One headline", "One standfirst", "One body"]), ("/2025/07/02/two/", ["Two headline", "Two standfirst", "Twobody"])] {
            let page = anon.get(path).await.text();
            for words in words {
                assert!(page.contains(words), "{path} lacks “{words}”: {page}");
            }
            assert!(!page.contains('\0'), "{path}");
        }
    }
}

/// As a damaged database writes it: U+0000 as itself.
const WITH_NUL_WXR: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"c\" xmlns:excerpt=\"e\" xmlns:wp=\"w\"><channel>\
    <title>Nul</title><link>https://nul.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://nul.example</wp:base_blog_url>\
    <item><title>One\0headline\0</title><content:encoded><![CDATA[One\0body]]></content:encoded>\
    <excerpt:encoded><![CDATA[One\0standfirst]]></excerpt:encoded><wp:post_id>1</wp:post_id><wp:post_date_gmt>2025-07-01 09:00:00</wp:post_date_gmt>\
    <wp:post_name>one</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>\
    <category domain=\"post_tag\" nicename=\"t\"><![CDATA[To\0pic]]></category></item></channel></rss>";

/// JSON can say U+0000 in any text.
const WITH_NUL_GHOST: &str = r#"{"db":[{"meta":{"version":"5.0.0"},"data":{"posts":[{"id":"2","title":"Two\u0000 headline","slug":"two",
    "status":"published","type":"post","visibility":"public","published_at":"2025-07-02T09:00:00.000Z","custom_excerpt":"Two \u0000standfirst",
    "html":"<p>Two\u0000body</p>"}],"tags":[],"users":[],"settings":[{"key":"title","value":"N\u0000ul"}]}}]}"#;
