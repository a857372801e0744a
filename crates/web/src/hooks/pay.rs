//! `/-/hooks/pay/{stripe|paypal|btcpay}`: what payment processors tell. It is written down and answered; what it means is asked
//! afterwards.

use app::{
    Newsroom,
    support::contributions::{self, Told},
};
use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
};
use http::{HeaderMap, Response, StatusCode};
use model::GatewayName;
use tokio::time::timeout;

use crate::{limits, refuse};

pub(super) async fn told(
    State(newsroom): State<Newsroom>,
    Path(gateway): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let nothing = || refuse::refusal(StatusCode::NOT_FOUND, "There is nothing at this address.");
    let Some(gateway) = GatewayName::parse(&gateway) else { return nothing() };
    let heard = contributions::told(&newsroom, gateway, &headers, &body);
    match timeout(limits::ANSWER_TIME, heard).await {
        Ok(Ok(Told::Heard)) => refuse::refusal(StatusCode::OK, "Heard."),
        Ok(Ok(Told::Off)) => nothing(),
        Ok(Ok(Told::Refused(why))) => refuse::refusal(StatusCode::BAD_REQUEST, &format!("Not taken: {why}.")),
        Ok(Ok(Told::Later)) | Err(_) => refuse::busy(),
        Ok(Err(error)) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a payment processor's hook broke");
            refuse::failure()
        }
    }
}
