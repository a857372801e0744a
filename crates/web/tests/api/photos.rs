//! Photos, as a program brings them.

use model::Role;
use serde_json::json as value;
use testkit::{both_backends, newsroom::answer};

use crate::{ALL, Program, json, problem};

/// A picture of one pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

both_backends! {
    async fn a_program_brings_describes_and_removes_a_photo(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let program = Program::of(&newsroom, &anna, &ALL[..4]).await;
        let upload = || program.request("POST", "/api/v1/photos").header("content-type", "image/png").body(PNG);
        let made = answer(upload(), "upload").await;
        assert_eq!(made.status, 201, "{}", made.text());
        let at = made.header("location").to_owned();
        assert_eq!(answer(upload(), "upload").await.header("location"), at, "the same file is another photo");
        let described = program.send("PATCH", &at, &value!({ "alt": "A pixel", "focal": { "x": 10, "y": 20 } })).await;
        assert_eq!(json(&described)["alt"], "A pixel", "{}", described.text());
        assert_eq!(json(&program.ask("GET", "/api/v1/photos?q=pixel").await)["total"], 1);
        let read = json(&program.ask("GET", &at).await);
        assert_eq!((&read["photo"]["focal"]["x"], &read["stories"]), (&value!(10), &value!([])));
        let replaced = program.request("PUT", &format!("{at}/file")).header("content-type", "image/png").body(PNG);
        assert_eq!(answer(replaced, "replace").await.status, 200);
        assert_eq!(program.ask("DELETE", &at).await.status, 204);
        assert_eq!(problem(&program.ask("DELETE", &at).await), (404, "missing".to_owned()));
    }

    async fn what_is_no_picture_is_refused_in_words(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let program = Program::of(&newsroom, &anna, &ALL[..4]).await;
        for (body, kind) in [("", "image/png"), ("<svg onload=alert(1)>", "image/svg+xml"), ("text", "application/octet-stream")] {
            let request = program.request("POST", "/api/v1/photos").header("content-type", kind).body(body);
            assert_eq!(problem(&answer(request, "upload").await), (422, "refused".to_owned()), "{body}");
        }
    }
}
