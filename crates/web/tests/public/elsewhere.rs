//! Addresses at which no page stands: missing, withdrawn, moved, and refused ones.

use testkit::TestNewsroom;

use crate::{
    reading::unpacked,
    seed::{self, WONSAN},
};

testkit::both_backends! {
    async fn what_is_not_there_answers_404_in_its_language(newsroom: TestNewsroom, anon: Anon) {
        seed::seed(&newsroom.newsroom).await;
        for (path, tag) in [
            ("/nothing/", "en"), ("/ru/nothing/", "ru"), ("/fa/2025/07/11/nothing/", "fa"), ("/wp-login.php", "en"),
            ("/2025/07/11/wonsan/2/", "en"), ("/latest/page/999/", "en"), ("/topics/nothing/", "en"),
            ("/a/b/c/d/e/f/g/h/i/j/k/l/m/", "en"), ("//", "en"), ("/sitemap-99.xml", "en"), ("/ru/topics/nobody/", "ru"),
        ] {
            for _ in 0..2 {
                let answer = anon.get(path).await;
                assert_eq!(answer.status, 404, "{path}");
                let text = unpacked(&answer);
                assert!(text.contains(&format!("lang=\"{tag}\"")), "{path} is not in {tag}");
                assert!(text.contains("name=\"robots\" content=\"noindex"), "{path} may be indexed");
            }
        }
    }

    async fn a_withdrawn_story_answers_410_and_says_nothing_of_itself(newsroom: TestNewsroom, anon: Anon) {
        seed::seed(&newsroom.newsroom).await;
        for path in ["/2025/07/11/taken-back/", "/lite/2025/07/11/taken-back/"] {
            let answer = anon.get(path).await;
            assert_eq!(answer.status, 410, "{path}");
            assert!(!unpacked(&answer).contains("Taken back"), "{path} still names the story");
        }
    }

    async fn old_addresses_lead_to_the_present_one(newsroom: TestNewsroom, anon: Anon) {
        seed::seed(&newsroom.newsroom).await;
        for (path, to) in [
            ("/old/visit/", WONSAN), ("/old/visit", WONSAN), ("/?p=12", WONSAN), ("/index.php?p=12", WONSAN),
            ("/2019/%D0%BC%D0%B8%D1%80/", WONSAN), ("/2019/%d0%bc%d0%b8%d1%80", WONSAN),
            ("/2025/07/11/wonsan", WONSAN), ("/about", "/about/"), ("/ru", "/ru/"), ("/sections/politics", "/sections/politics/"),
            ("/%61bout/", "/about/"),
        ] {
            for _ in 0..2 {
                let answer = anon.get(path).await;
                assert_eq!((answer.status, answer.header("location")), (301, to), "{path}");
            }
        }
        for path in ["/?p=13", "/?fbclid=abc", "/about/?utm_source=x", "/about/?"] {
            assert_eq!(anon.get(path).await.status, 200, "{path}");
        }
        assert_eq!(anon.get("/nothing").await.status, 404);
    }

    async fn a_story_is_passed_on_with_its_whole_address(newsroom: TestNewsroom, anon: Anon) {
        seed::seed(&newsroom.newsroom).await;
        let host = anon.address.trim_start_matches("http://").replace(':', "%3A");
        for service in ["telegram", "whatsapp", "facebook", "x", "mail"] {
            let answer = anon.get(&format!("/share/{service}{WONSAN}")).await;
            assert_eq!(answer.status, 303, "{service}");
            let address = format!("http%3A%2F%2F{host}%2F2025%2F07%2F11%2Fwonsan%2F");
            assert!(answer.header("location").contains(&address), "{}", answer.header("location"));
        }
        assert_eq!(anon.get("/share/telegram/2025/07/11/nothing/").await.status, 404);
        assert_eq!(anon.get("/share/telegram/2025/07/11/taken-back/").await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_page_can_stand_at_is_refused_and_the_refusal_says_why() {
    let (newsroom, anon) = TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
    seed::seed(&newsroom.newsroom).await;
    let long = format!("/{}", "a".repeat(10_000));
    for (path, status, says) in [
        (long.as_str(), 414, "2048"),
        ("/a/..%2f..%2fetc/passwd", 400, "`..`"),
        ("/a/%2e%2e%2fb/", 400, "`..`"),
        ("/a%00b/", 400, "null byte"),
        ("/%ff/", 400, "UTF-8"),
    ] {
        let answer = anon.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.text().contains(says), "{}", answer.text());
    }
}
