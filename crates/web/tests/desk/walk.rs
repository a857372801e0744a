//! Every route of the desk, asked by everybody who must not pass, and by those who may.

use model::Role;
use testkit::{Person, both_backends, newsroom::answer};
use web::desk::routes::{Needs, Route, all};

/// Whoever knows these addresses may ask them; a new one has to be put here on purpose.
const OPEN: &[&str] = &[
    "GET /desk/assets/{name}",
    "GET /desk/sign-in",
    "POST /desk/sign-in/code",
    "POST /desk/sign-in/recovery",
    "POST /desk/api/sign-in/begin",
    "POST /desk/api/sign-in/finish",
    "GET /desk/join/{link}",
    "POST /desk/join/{link}",
    "POST /desk/api/join/begin",
    "POST /desk/api/join/finish",
    "GET /desk/preview/{link}/",
    "GET /desk/preview/{link}/{form}",
    "GET /desk/preview/{link}/{form}/{*rest}",
    "GET /desk/letter/{link}/",
    "GET /desk/letter/{link}/{form}",
];

/// An address of the route: ids and links that nobody has.
fn address(route: &Route) -> String {
    let mut out = String::new();
    for part in route.path.split_inclusive('/') {
        let name = part.trim_end_matches('/');
        let end = if part.ends_with('/') { "/" } else { "" };
        match name {
            "{id}" | "{photo}" | "{revision}" | "{note}" => out.push_str("0198f3a0-0000-7000-8000-000000000000"),
            "{link}" => out.push_str(&"a".repeat(43)),
            other if other.starts_with('{') => out.push_str("none"),
            other => out.push_str(other),
        }
        out.push_str(end);
    }
    out
}

fn needed(needs: Needs) -> Option<(Role, bool)> {
    match needs {
        Needs::Anyone => None,
        Needs::Role(role) => Some((role, false)),
        Needs::Proof(role) => Some((role, true)),
    }
}

fn json(route: &Route) -> bool {
    route.path.starts_with("/desk/api/")
}

/// The route asked with a session and everything that a page of the desk sends along.
async fn asked(person: &Person, route: &Route) -> u16 {
    let path = address(route);
    let request = person.signed(route.method.as_str(), &path).header("x-csrf-token", person.token.csrf());
    answer(request.body(""), &path).await.status
}

#[test]
fn only_the_ways_in_are_open_to_strangers() {
    let open: Vec<String> = all()
        .iter()
        .filter(|route| route.needs == Needs::Anyone)
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    assert_eq!(open, OPEN);
    assert!(all().len() > 25, "the table has lost its routes");
}

both_backends! {
    async fn strangers_are_refused_everywhere_but_at_the_door(newsroom: TestNewsroom, anon: Anon) {
        let nobody = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        for route in all().iter().filter(|route| route.needs != Needs::Anyone) {
            let path = address(route);
            let got = answer(nobody.request(route.method.as_str(), &path), &path).await;
            if json(route) {
                assert_eq!(got.status, 401, "{route:?}");
            } else {
                assert_eq!(got.status, 303, "{route:?}");
                assert!(got.header("location").starts_with("/desk/sign-in?next="), "{route:?}");
            }
            assert!(got.bytes.len() < 200, "{route:?} says more than that one must sign in");
        }
    }

    async fn every_role_reaches_what_it_needs_and_nothing_more(newsroom: TestNewsroom, anon: Anon) {
        let mut people = Vec::new();
        for role in Role::ALL {
            people.push(newsroom.person(&anon, role, &format!("the-{}", role.as_str())).await.unwrap());
        }
        for route in all() {
            let Some((least, _)) = needed(route.needs) else { continue };
            // Signing out would end the session that the next routes are asked with.
            if route.path == "/desk/sign-out" {
                continue;
            }
            for person in &people {
                let status = asked(person, &route).await;
                if person.staff.role < least {
                    assert_eq!(status, 403, "{route:?} let {} in", person.staff.handle);
                } else {
                    assert!(![401, 403, 405].contains(&status), "{route:?} refused {}: {status}", person.staff.handle);
                    assert!(status < 500, "{route:?} broke for {}: {status}", person.staff.handle);
                }
            }
        }
    }

    async fn what_can_do_harm_needs_a_proof_of_the_last_five_minutes(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        newsroom.clock.advance_millis(6 * 60_000);
        let mut asked_for = 0;
        for route in all() {
            let Some((_, proof)) = needed(route.needs) else { continue };
            if !proof {
                continue;
            }
            asked_for += 1;
            let path = address(&route);
            let request = anna.signed(route.method.as_str(), &path).header("x-csrf-token", anna.token.csrf());
            let got = answer(request, &path).await;
            let sent_to_prove = got.status == 303 && got.header("location").starts_with("/desk/prove");
            assert!(got.status == 403 || sent_to_prove, "{route:?}: {}", got.status);
        }
        assert!(asked_for > 5);
    }

    async fn nothing_is_done_for_another_site_or_without_the_page_s_token(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        for route in all().iter().filter(|route| route.method != "GET") {
            let path = address(route);
            let foreign = anna
                .signed(route.method.as_str(), &path)
                .header("x-csrf-token", anna.token.csrf())
                .header("origin", "https://evil.example");
            assert_eq!(answer(foreign, &path).await.status, 403, "{route:?} was done for another site");
            let cross = anna.signed(route.method.as_str(), &path).header("sec-fetch-site", "cross-site");
            assert_eq!(answer(cross, &path).await.status, 403, "{route:?} was done across sites");
            let bare = anna.signed(route.method.as_str(), &path);
            assert_eq!(answer(bare, &path).await.status, 403, "{route:?} was done without the token");
        }
    }

    async fn elsewhere_the_desk_does_not_exist(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        for route in all() {
            let path = address(&route);
            let request = anna.signed(route.method.as_str(), &path).header("x-csrf-token", anna.token.csrf());
            let got = answer(request.header("host", "news.example"), &path).await;
            assert_eq!(got.status, 404, "{route:?} answers at another host");
            assert_eq!(got.text(), "There is nothing at this address.\n");
        }
    }

    async fn bodies_stop_at_their_limit(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let large = "a".repeat(web::limits::FORM_BYTES + 1);
        let got = anna.post("/desk/account/language", &[("language", &large)]).await;
        assert_eq!(got.status, 413);
        assert!(got.text().contains(&web::limits::FORM_BYTES.to_string()), "the limit is not named");
    }
}
