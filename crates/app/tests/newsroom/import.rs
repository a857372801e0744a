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
}
