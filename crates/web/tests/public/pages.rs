//! Every kind of page, in every language.

use crate::{
    reading::unpacked,
    seed::{self, CORRECTION, WONSAN},
};

testkit::both_backends! {
    async fn every_kind_of_page_answers_in_three_languages(newsroom: TestNewsroom, anon: Anon) {
        seed::seed(&newsroom.newsroom).await;
        for prefix in ["", "/ru", "/fa"] {
            for rest in [
                "/", "/lite/", "/latest/", "/topics/", "/archive/", "/archive/2025/07/", "/sections/politics/",
                "/topics/wonsan/", "/bylines/a-reporter/", "/about/", "/feed.xml", "/atom.xml", "/feed.json",
                "/sections/politics/feed.xml", WONSAN, "/lite/2025/07/11/wonsan/",
            ] {
                let path = format!("{prefix}{rest}");
                let answer = anon.get(&path).await;
                assert_eq!(answer.status, 200, "{path}: {}", answer.text());
                let text = unpacked(&answer);
                if answer.header("content-type").starts_with("text/html") {
                    let tag = if prefix.is_empty() { "en" } else { &prefix[1..] };
                    assert!(text.contains(&format!("lang=\"{tag}\"")), "{path} is not in {tag}");
                    let html = text.split("<head").next().unwrap_or_default();
                    assert_eq!(html.contains("dir=\"rtl\""), tag == "fa", "{path} runs the wrong way");
                }
            }
        }
        for path in ["/sitemap.xml", "/sitemap-1.xml", "/sitemap-2.xml", "/news-sitemap.xml", "/robots.txt", "/-/health",
                     "/latest/page/2/", "/sections/politics/page/3/", "/topics/wonsan/page/3/", "/2025/07/11/long-read/2/",
                     "/lite/2025/07/11/long-read/2/", "/privacy/2/", "/bylines/a-reporter/page/2/"] {
            assert_eq!(anon.get(path).await.status, 200, "{path}");
        }
    }

    async fn a_story_page_says_all_that_belongs_to_it(newsroom: TestNewsroom, anon: Anon) {
        seed::seed(&newsroom.newsroom).await;
        let page = unpacked(&anon.get(WONSAN).await);
        for wanted in [
            "<h1>Minister arrives in Wonsan &lt;for&gt; a", "A. Reporter", "TASS", CORRECTION, "A. Photographer", "Choe Son Hui",
            "application/ld+json", "NewsArticle", "hreflang=\"ru\"", "hreflang=\"fa\"", "Day 1:", "og:image",
            "../../../../share/telegram/2025/07/11/wonsan/", "../../../../fa/2025/07/11/wonsan/",
            "../../../../lite/2025/07/11/wonsan/", "../../../../sections/politics/feed.xml",
        ] {
            assert!(page.contains(wanted), "`{wanted}` is missing in {page}");
        }
        assert!(!page.contains("/old/visit/"), "a link of the text leads to where the story stood before");
        assert!(page.contains("href=\"../../../../2025/07/11/wonsan/\""), "the old link does not lead to the present path");
    }

    async fn a_long_story_continues_and_ends(newsroom: TestNewsroom, anon: Anon) {
        seed::seed(&newsroom.newsroom).await;
        let mut parts = Vec::new();
        for part in 1.. {
            let path = if part == 1 { "/2025/07/11/long-read/".to_owned() } else { format!("/2025/07/11/long-read/{part}/") };
            let answer = anon.get(&path).await;
            if answer.status == 404 {
                break;
            }
            assert_eq!(answer.status, 200);
            parts.push(unpacked(&answer));
        }
        assert!(parts.len() >= 3, "{} parts", parts.len());
        let whole: String = parts.concat();
        assert_eq!(whole.matches("<p>The ministry said that ").count(), 90, "text was lost or repeated");
        assert!(parts[0].contains("rel=\"next\"") && !parts[0].contains("rel=\"prev\""));
        assert!(parts.last().unwrap().contains("rel=\"prev\"") && !parts.last().unwrap().contains("rel=\"next\""));
    }

    async fn a_timeline_runs_from_the_oldest_story_to_the_newest(newsroom: TestNewsroom, anon: Anon) {
        seed::seed(&newsroom.newsroom).await;
        let first = unpacked(&anon.get("/topics/wonsan/").await);
        assert!(first.find("Day 60:") < first.find("Day 59:") && first.contains("Day 60:"));
        let last = unpacked(&anon.get("/topics/wonsan/page/3/").await);
        assert!(last.contains("Minister arrives in Wonsan"));
    }
}
