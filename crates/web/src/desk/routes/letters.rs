//! Newsletters and their issues.

use super::{Needs::Anyone, Route, SENDS, get, post};
use crate::{desk::pages::*, limits};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/desk/newsletters", SENDS, newsletters::show),
        post("/desk/newsletters", SENDS, newsletters::make),
        get("/desk/newsletters/{id}", SENDS, newsletter::show),
        post("/desk/newsletters/{id}/issues", SENDS, newsletter::begin),
        post("/desk/newsletters/{id}/up", SENDS, newsletters::up),
        get("/desk/newsletters/{id}/settings", SENDS, newsletter_settings::show),
        post("/desk/newsletters/{id}/settings", SENDS, newsletter_settings::save),
        get("/desk/issues/{id}", SENDS, issue::show),
        post("/desk/issues/{id}", SENDS, issue::save).takes(limits::ISSUE_BYTES),
        post("/desk/issues/{id}/approve", SENDS, issue_steps::approve),
        post("/desk/issues/{id}/reopen", SENDS, issue_steps::reopen),
        post("/desk/issues/{id}/time", SENDS, issue_steps::time),
        post("/desk/issues/{id}/cancel", SENDS, issue_steps::cancel),
        post("/desk/issues/{id}/archive", SENDS, issue_steps::archive),
        post("/desk/issues/{id}/check-links", SENDS, issue_steps::check_links),
        post("/desk/issues/{id}/test", SENDS, issue_test::send),
        get("/desk/issues/{id}/sending", SENDS, sending::show),
        post("/desk/issues/{id}/pause", SENDS, sending::pause),
        post("/desk/issues/{id}/resume", SENDS, sending::resume),
        post("/desk/issues/{id}/stop", SENDS, sending::stop),
        post("/desk/issues/{id}/again", SENDS, sending::again),
        get("/desk/issues/{id}/preview", SENDS, issue_preview::show),
        post("/desk/issues/{id}/links", SENDS, issue_preview::link),
        post("/desk/issues/{id}/unlink", SENDS, issue_preview::unlink),
        get("/desk/issues/{id}/as/{form}", SENDS, issue_preview::own),
        get("/desk/letter/{link}/", Anyone, issue_preview::linked),
        get("/desk/letter/{link}/{form}", Anyone, issue_preview::linked_form),
    ]
}
