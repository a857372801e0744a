//! An issue to a few addresses, to see it arrive. What was typed is not given back: it would stay in the page.

use app::{
    Error,
    delivery::{self, Sample, Sampled},
    issues,
};
use axum::body::Body;
use http::Response;
use model::{IssueId, MailForm};
use serde::Serialize;

use super::issue::{Told, page};
use crate::desk::{
    ask::Ask,
    refused::{Refused, Why},
};

/// What became of one of the mails, in the order in which their addresses were typed.
#[derive(Serialize)]
pub(super) struct Came {
    key: &'static str,
    /// What a relay said, in its own words.
    said: String,
}

impl Came {
    fn of(sampled: Sampled) -> Self {
        let (key, said) = match sampled {
            Sampled::Taken => ("test-taken", String::new()),
            Sampled::Refused(said) => ("test-refused", said),
            Sampled::Later(said) => ("test-later", said),
            Sampled::Unknown(said) => ("test-unknown", said),
            Sampled::Kept(said) => ("test-kept", said),
        };
        Self { key, said }
    }
}

/// `POST /desk/issues/{id}/test`: what relays said, on the page that answers.
pub(in crate::desk) async fn send(ask: Ask) -> Result<Response<Body>, Refused> {
    let (form, mark) = (ask.form(), ask.strings().text("test-mark", &[]));
    let id: IssueId = ask.id("id")?;
    issues::issue(ask.newsroom(), ask.staff()?, id).await?;
    let wanted = Sample {
        form: form.read("form", MailForm::parse)?,
        other_subject: form.ticked("other"),
        mark: &mark,
        addresses: form.one("addresses"),
    };
    match delivery::sample(ask.newsroom(), ask.staff()?, id, &wanted).await {
        Ok(came) => {
            let tested = came.into_iter().map(Came::of).collect();
            page(&ask, Told { tested: Some(tested), ..Told::default() }).await
        }
        Err(error @ (Error::Letter(_) | Error::Refused(_))) => {
            page(&ask, Told { wrong: Why::of(&ask, &error), ..Told::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}
