//! Appeals: what asks readers for support.

use http::Method;

use super::{EDITOR, Route, get, post, route};
use crate::{desk::pages::*, limits};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/desk/appeals", EDITOR, appeals::show),
        post("/desk/appeals", EDITOR, appeals::create),
        get("/desk/appeals/why", EDITOR, appeal_why::show),
        get("/desk/appeals/{id}", EDITOR, appeal::show),
        post("/desk/appeals/{id}/step", EDITOR, appeals::step),
        post("/desk/appeals/{id}/settings", EDITOR, appeal::settings),
        post("/desk/appeals/{id}/rules", EDITOR, appeal_rules::save),
        post("/desk/appeals/{id}/rules/change", EDITOR, appeal_rules::change),
        post("/desk/appeals/{id}/variants", EDITOR, appeal_variants::add),
        post("/desk/appeals/{id}/variants/change", EDITOR, appeal_variants::change),
        post("/desk/appeals/{id}/start", EDITOR, appeal::start),
        post("/desk/appeals/{id}/show", EDITOR, appeal::show_changes),
        post("/desk/appeals/{id}/withdraw", EDITOR, appeal::withdraw),
        post("/desk/appeals/{id}/delete", EDITOR, appeal::delete),
        get("/desk/appeals/{id}/preview", EDITOR, appeal_preview::show),
        get("/desk/appeals/{id}/as/{variant}/{language}", EDITOR, appeal_preview::page),
        get("/desk/appeals/{id}/text/{variant}/{language}", EDITOR, appeal_text::edit),
        route(Method::PUT, "/desk/api/appeals/{variant}/{language}/draft", EDITOR, appeal_text::save)
            .takes(limits::DRAFT_BYTES),
    ]
}
