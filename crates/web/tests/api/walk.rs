//! Every route of the API, asked by everybody who must not pass, and by those who may.

use model::{Role, Scope};
use testkit::{both_backends, newsroom::answer};
use web::api::routes::{Needs, Route, all};

use crate::{ALL, Program, problem};

/// An address of the route: ids and links that nobody has.
fn address(route: &Route) -> String {
    let id = "0198f3a0-0000-7000-8000-000000000000";
    let path = route.path.replace("{handle}", "nobody").replace("{link}", &"a".repeat(64));
    path.replace("{id}", id).replace("{note}", id).replace("{revision}", id)
}

/// A request that the route can read.
fn request(program: &Program, route: &Route) -> reqwest::RequestBuilder {
    let request = program.request(route.method.as_str(), &address(route));
    match route.kind {
        Some(kind) => request.header("content-type", kind).body(body(route)),
        None => request,
    }
}

/// What the route takes; nobody is to be let in or kept out by what is in it.
fn body(route: &Route) -> &'static str {
    match route.name {
        "storyChange" => r#"{"version":0,"fields":{}}"#,
        "storyMove" => r#"{"to":"ready"}"#,
        "storySchedule" => r#"{"at":"2030-01-01T00:00:00Z"}"#,
        "storyPublish" => r#"{"version":0}"#,
        "storyCorrect" | "noteAdd" => r#"{"text":"It came at seven."}"#,
        "translationBegin" => r#"{"language":"ru"}"#,
        _ => "{}",
    }
}

fn scope(route: &Route) -> Option<Scope> {
    match route.needs {
        Needs::Token => None,
        Needs::Scope(scope) => Some(scope),
    }
}

#[test]
fn every_route_has_a_name_of_its_own_and_a_scope() {
    let names: std::collections::HashSet<&str> = all().iter().map(|route| route.name).collect();
    assert_eq!(names.len(), all().len());
    assert!(all().len() > 30, "the table has lost its routes");
    let open: Vec<&str> = all().iter().filter(|route| route.needs == Needs::Token).map(|route| route.name).collect();
    assert_eq!(open, ["me"]);
}

both_backends! {
    async fn nobody_passes_without_a_token_that_works(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        for route in all() {
            let path = address(&route);
            let none = answer(anna.request(route.method.as_str(), &path), &path).await;
            assert_eq!(problem(&none), (401, "no-token".to_owned()), "{route:?}");
            assert_eq!(none.header("www-authenticate"), "Bearer");
            let cookie = answer(anna.signed(route.method.as_str(), &path), &path).await;
            assert_eq!(cookie.status, 401, "{route:?} takes the desk's cookie");
            for said in ["Bearer mh_none", "Bearer", "", "Basic YTpi", &format!("Bearer mh_{}", "a".repeat(43))] {
                let request = anna.request(route.method.as_str(), &path).header("authorization", said);
                assert_eq!(answer(request, &path).await.status, 401, "{route:?} let `{said}` in");
            }
        }
    }

    async fn a_token_reaches_what_its_scopes_say_and_nothing_more(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        for own in ALL.into_iter().chain([Scope::ContentRead]) {
            let program = Program::of(&newsroom, &anna, &[own]).await;
            for route in all() {
                let Some(needed) = scope(&route) else { continue };
                let got = answer(request(&program, &route), route.path).await;
                if needed == own {
                    assert!(![401, 403, 405].contains(&got.status), "{route:?}: {}", got.text());
                } else {
                    assert_eq!(problem(&got), (403, "forbidden".to_owned()), "{route:?} let {own:?} in");
                }
            }
        }
    }

    async fn what_is_not_there_is_404_and_nothing_breaks(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let program = Program::of(&newsroom, &anna, &ALL).await;
        for route in all() {
            let got = answer(request(&program, &route), route.path).await;
            // A picture is looked at before it is asked for by nobody.
            if route.path.contains('{') {
                assert_eq!(problem(&got), (404, "missing".to_owned()), "{route:?}: {}", got.text());
            } else {
                assert!(got.status < 500, "{route:?}: {}", got.text());
            }
            let odd = route.path.replace("{id}", "none");
            let got = program.ask(route.method.as_str(), &odd).await;
            assert!(got.status < 500, "{route:?} broke: {}", got.text());
        }
        for path in ["/api/v1/nothing", "/api/v1/", "/api/v1/stories/1/2/3/4/5"] {
            assert_eq!(problem(&program.ask("GET", path).await), (404, "missing".to_owned()));
        }
    }

    async fn a_role_that_was_taken_away_takes_its_tokens_reach_with_it(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let bert = newsroom.person(&anon, Role::Publisher, "bert").await.unwrap();
        let program = Program::of(&newsroom, &bert, &ALL).await;
        assert_eq!(program.ask("GET", "/api/v1/audit").await.status, 200);
        app::staff::set_role(&newsroom.newsroom, bert.staff.id, Role::Reporter, "anna").await.unwrap();
        for route in all().iter().filter(|route| scope(route).is_some_and(|scope| scope.needs() > Role::Reporter)) {
            let got = answer(request(&program, route), route.path).await;
            assert_eq!(problem(&got), (403, "forbidden".to_owned()), "{route:?}");
        }
        assert_eq!(program.ask("GET", "/api/v1/stories").await.status, 200);
        app::staff::withdraw_account(&newsroom.newsroom, bert.staff.id, anna.staff.handle.as_str()).await.unwrap();
        assert_eq!(program.ask("GET", "/api/v1/stories").await.status, 401, "the token outlived its account");
    }

    async fn elsewhere_the_api_does_not_exist(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let program = Program::of(&newsroom, &anna, &ALL).await;
        for path in all().iter().map(address).chain(["/api/v1/docs".to_owned(), "/api/v1/openapi.json".to_owned()]) {
            let request = program.request("GET", &path).header("host", "news.example");
            let got = answer(request, &path).await;
            assert_eq!((got.status, got.text().as_str()), (404, "There is nothing at this address.\n"), "{path}");
        }
    }

    async fn bodies_stop_at_their_limit_and_say_what_they_are(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let program = Program::of(&newsroom, &anna, &ALL).await;
        let large = "a".repeat(web::limits::FORM_BYTES + 1);
        let sent = |kind: &'static str, body: String| program.request("POST", "/api/v1/stories").header("content-type", kind).body(body);
        let got = answer(sent("application/json", large), "large").await;
        assert_eq!(problem(&got), (413, "too-large".to_owned()));
        assert!(got.text().contains(&web::limits::FORM_BYTES.to_string()), "the limit is not named");
        let got = answer(sent("text/plain", "{}".to_owned()), "kind").await;
        assert_eq!(problem(&got), (415, "media-type".to_owned()));
        for bad in ["", "{", "[]", r#"{"language":"x"}"#, r#"{"language":"en","more":1}"#] {
            let got = answer(sent("application/json", bad.to_owned()), "bad").await;
            assert_eq!(problem(&got), (400, "malformed".to_owned()), "{bad}");
        }
        let got = program.ask("DELETE", "/api/v1/stories").await;
        assert_eq!(problem(&got), (405, "method".to_owned()));
        assert!(got.header("allow").contains("GET") && got.header("allow").contains("POST"), "{:?}", got.headers);
    }

    async fn lists_refuse_what_they_do_not_know(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let program = Program::of(&newsroom, &anna, &ALL).await;
        for bad in ["limit=0", "limit=101", "page=0", "state=gone", "limit=ten", "mine=maybe", "order=asc", ] {
            let got = program.ask("GET", &format!("/api/v1/stories?{bad}")).await;
            assert_eq!(problem(&got), (400, "malformed".to_owned()), "{bad}");
        }
    }
}
