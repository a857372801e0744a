//! What stops a story on its way is said in the language of who asks.

use model::Role;
use testkit::both_backends;

both_backends! {
    async fn a_time_that_has_passed_is_refused_in_the_desk_s_language(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let began = anna.post("/desk/stories", &[]).await;
        let story = began.header("location").to_owned();
        for (language, words) in [("en", "This time has passed."), ("ru", "Это время уже прошло."), ("fa", "این زمان گذشته است.")] {
            anna.post("/desk/account/language", &[("language", language)]).await;
            let got = anna.post(&format!("{story}/schedule"), &[("at", "2020-01-01T09:00")]).await;
            assert_eq!(got.status, 422);
            assert!(got.text().contains(words), "{language}: not said");
            assert!(!got.text().contains(r#"<span lang="en" dir="ltr">"#), "{language}: said to be English");
        }
    }

    async fn an_act_for_many_says_in_the_desk_s_language_why_it_was_not_done(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let began = anna.post("/desk/stories", &[]).await;
        let id = began.header("location").rsplit('/').next().unwrap().to_owned();
        anna.post("/desk/account/language", &[("language", "ru")]).await;
        let got = anna.post("/desk/stories/many", &[("story", &id), ("act", "publish")]).await;
        assert!(got.text().contains("Нет заголовка."), "why it was not published is not said");
    }
}
