//! Getting in, staying in, getting out.

use app::staff;
use model::Role;
use testkit::{both_backends, newsroom::answer};

both_backends! {
    async fn a_session_ends_after_fifteen_idle_minutes(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        assert_eq!(anna.get("/desk/account").await.status, 200);
        newsroom.clock.advance_millis(staff::IDLE_MS);
        let got = anna.get("/desk/account").await;
        assert_eq!((got.status, got.header("location")), (303, "/desk/sign-in?next=%2Fdesk%2Faccount"));
    }

    async fn a_closed_account_is_out_at_its_next_request(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let bert = newsroom.person(&anon, Role::Editor, "bert").await.unwrap();
        assert_eq!(bert.get("/desk/").await.status, 200);
        let closed = anna.post(&format!("/desk/people/{}/withdraw", bert.staff.id), &[]).await;
        assert_eq!(closed.status, 303);
        assert_eq!(bert.get("/desk/").await.status, 303, "the session of a closed account still opens");
    }

    async fn a_role_that_was_taken_away_reaches_no_further_at_once(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let bert = newsroom.person(&anon, Role::Publisher, "bert").await.unwrap();
        assert_eq!(bert.get("/desk/people").await.status, 200);
        anna.post(&format!("/desk/people/{}/role", bert.staff.id), &[("role", "reporter")]).await;
        assert_eq!(bert.get("/desk/people").await.status, 403);
    }

    async fn codes_are_tried_ten_times_an_hour_at_most(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let mut statuses = Vec::new();
        for _ in 0..11 {
            let form = "handle=anna&code=AAAA-BBBB-CCCC-DDDD";
            let request = anna.request("POST", "/desk/sign-in/recovery").body(form);
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            statuses.push(answer(request, "recovery").await.status);
        }
        assert_eq!(statuses[..10], [422; 10]);
        assert_eq!(statuses[10], 429);
    }

    async fn a_recovery_code_lets_in_once(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let codes = staff::renew_codes(&newsroom.newsroom, &anna.staff).await.unwrap();
        let form = format!("handle=Anna&code={}", codes[0].to_lowercase());
        let enter = || {
            let request = anna.request("POST", "/desk/sign-in/recovery").body(form.clone());
            request.header("content-type", "application/x-www-form-urlencoded")
        };
        let first = answer(enter(), "recovery").await;
        assert_eq!(first.status, 303);
        let cookie = first.header("set-cookie");
        for part in ["__Host-desk=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        assert_eq!(answer(enter(), "recovery").await.status, 422, "the code works twice");
    }

    async fn pages_of_the_desk_load_nothing_from_elsewhere_and_are_kept_nowhere(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let got = anna.get("/desk/people").await;
        assert_eq!(got.header("cache-control"), "no-store");
        assert!(got.header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"));
        assert!(got.header("content-security-policy").contains("frame-ancestors 'self'"));
        assert!(!got.text().contains("<script>") && !got.text().contains(" style="), "the page has inline code");
    }

    async fn readers_of_public_pages_are_given_no_cookie(newsroom: TestNewsroom, anon: Anon) {
        assert_eq!(anon.get("/").await.header("set-cookie"), "");
        let unsigned = anon.get("/desk/").await;
        assert_eq!(unsigned.status, 303);
        assert_eq!(unsigned.header("set-cookie"), "");
    }

    async fn this_machine_by_number_is_sent_to_its_name(newsroom: TestNewsroom, anon: Anon) {
        let got = anon.get("/desk/sign-in").await;
        assert_eq!(got.status, 303);
        assert!(got.header("location").starts_with("http://localhost:"), "{}", got.header("location"));
    }
}
