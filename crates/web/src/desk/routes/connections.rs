//! Connections: tokens, webhooks.

use model::Role::Publisher;

use super::{Needs::Proof, PUBLISHER, Route, get, post};
use crate::desk::pages::*;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/desk/connections", PUBLISHER, connections::show),
        post("/desk/connections/tokens", Proof(Publisher), connections::make),
        post("/desk/connections/tokens/{id}/revoke", Proof(Publisher), connections::revoke),
        get("/desk/connections/webhooks", PUBLISHER, webhooks::show),
        post("/desk/connections/webhooks", Proof(Publisher), webhooks::make),
        post("/desk/connections/webhooks/{id}/ping", PUBLISHER, webhooks::ping),
        post("/desk/connections/webhooks/{id}/switch", PUBLISHER, webhooks::switch),
        post("/desk/connections/webhooks/{id}/remove", Proof(Publisher), webhooks::remove),
        post("/desk/connections/webhooks/messages/{id}/again", PUBLISHER, webhooks::again),
    ]
}
