//! `/-/hooks/mail/{ses|postmark|mailgun}`: what mail services tell of mails. Postmark may put its password behind that.
//!
//! A service that is not believed is told so in the status that makes it stop; one that comes too early is asked to come
//! again.

use app::{
    Newsroom,
    back::{self, Service, Told},
};
use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
};
use http::{HeaderMap, Response, StatusCode};
use serde::Deserialize;
use tokio::time::timeout;

use crate::{limits, refuse};

#[derive(Deserialize)]
pub(super) struct Address {
    service: String,
    secret: Option<String>,
}

pub(super) async fn told(
    State(newsroom): State<Newsroom>,
    Path(address): Path<Address>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let nothing = || refuse::refusal(StatusCode::NOT_FOUND, "There is nothing at this address.");
    let Some(service) = Service::parse(&address.service) else { return nothing() };
    let heard = back::told(&newsroom, service, address.secret.as_deref(), &headers, &body);
    match timeout(limits::ANSWER_TIME, heard).await {
        Ok(Ok(Told::Heard)) => refuse::refusal(StatusCode::OK, "Heard."),
        Ok(Ok(Told::Off)) => nothing(),
        Ok(Ok(Told::Refused(why))) => {
            // Mailgun says it again for hours unless it is told so in this way.
            let status = if service == Service::Mailgun { StatusCode::NOT_ACCEPTABLE } else { StatusCode::FORBIDDEN };
            refuse::refusal(status, &format!("Not taken: {why}."))
        }
        Ok(Ok(Told::Later)) | Err(_) => refuse::busy(),
        Ok(Err(error)) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a mail service's hook broke");
            refuse::failure()
        }
    }
}
