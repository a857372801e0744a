//! The API over real HTTP, on both databases. Files are named after what is asked for.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod described;
mod photos;
mod schemathesis;
mod stories;
mod walk;

use app::connections::{NewToken, token_make};
use model::Scope;
use serde_json::Value;
use testkit::{Answer, Person, TestNewsroom, newsroom::answer};

/// A program with somebody's token.
pub(crate) struct Program {
    pub(crate) person: Person,
    pub(crate) secret: String,
}

/// The scopes of programs that do everything.
pub(crate) const ALL: [Scope; 5] =
    [Scope::StoriesRead, Scope::StoriesWrite, Scope::StoriesPublish, Scope::PhotosWrite, Scope::HouseRead];

impl Program {
    pub(crate) async fn of(newsroom: &TestNewsroom, person: &Person, scopes: &[Scope]) -> Self {
        let new = NewToken { name: "a test".to_owned(), scopes: scopes.to_vec(), ends_at: None };
        let (_, secret) = token_make(&newsroom.newsroom, &person.staff, new).await.unwrap();
        Self { person: person.clone(), secret: secret.reveal().to_owned() }
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.person.request(method, path).header("authorization", format!("Bearer {}", self.secret))
    }

    pub(crate) async fn ask(&self, method: &str, path: &str) -> Answer {
        answer(self.request(method, path), path).await
    }

    pub(crate) async fn send(&self, method: &str, path: &str, json: &Value) -> Answer {
        let request = self.request(method, path).header("content-type", "application/json");
        answer(request.body(json.to_string()), path).await
    }
}

/// The JSON of an answer.
pub(crate) fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.bytes).unwrap_or_else(|error| panic!("{error}: {}", answer.text()))
}

/// What is wrong, as the answer says it: its status and the last part of its type.
pub(crate) fn problem(answer: &Answer) -> (u16, String) {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text());
    let said = json(answer);
    assert_eq!(said["status"], answer.status);
    assert!(!said["detail"].as_str().unwrap().is_empty());
    (answer.status, said["type"].as_str().unwrap().rsplit('#').next().unwrap().to_owned())
}
