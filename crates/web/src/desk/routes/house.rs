//! The house around the stories: photos, settings, logs, jobs, saved filters.

use http::Method;

use model::Role::Publisher;

use super::{EDITOR, Needs::Proof, PUBLISHER, Route, STAFF, get, post, route};
use crate::{desk::pages::*, limits};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/desk/media", STAFF, media::show),
        get("/desk/media/{id}", STAFF, media::one),
        post("/desk/media/{id}", STAFF, media::describe),
        post("/desk/media/{id}/focal", STAFF, media::focal),
        post("/desk/media/{id}/remove", EDITOR, media::remove),
        route(Method::PUT, "/desk/api/photos/{id}/pixels", STAFF, media::replace).takes(limits::PHOTO_BYTES),
        get("/desk/settings", PUBLISHER, settings::show),
        post("/desk/settings", PUBLISHER, settings::save),
        get("/desk/log", PUBLISHER, log::show),
        get("/desk/log/journal", PUBLISHER, log::journal),
        get("/desk/log/chain", PUBLISHER, log::chain),
        get("/desk/log/jobs", EDITOR, jobs::show),
        post("/desk/log/jobs/{id}/again", EDITOR, jobs::again),
        get("/desk/vault", PUBLISHER, vault::show),
        post("/desk/vault/lock", PUBLISHER, vault::lock),
        post("/desk/vault/burn", Proof(Publisher), vault::burn_ask),
        post("/desk/vault/burn/agree", Proof(Publisher), vault::burn_agree),
        post("/desk/vault/burn/cancel", PUBLISHER, vault::burn_cancel),
        post("/desk/stories/filters", STAFF, stories::keep_filter),
        post("/desk/stories/filters/{id}/remove", STAFF, stories::remove_filter),
    ]
}
