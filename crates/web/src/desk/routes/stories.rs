//! Stories: the list, the editor, the flow, previews, and what the editor's script asks.

use http::Method;

use super::{EDITOR, Needs::Anyone, Route, STAFF, get, post, route};
use crate::{desk::pages::*, limits};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/desk/stories", STAFF, stories::show),
        post("/desk/stories", STAFF, stories::create),
        post("/desk/stories/many", STAFF, stories::many),
        get("/desk/stories/{id}", STAFF, editor::show),
        get("/desk/stories/{id}/check", STAFF, story::show),
        post("/desk/stories/{id}/state", STAFF, story::state),
        post("/desk/stories/{id}/schedule", EDITOR, story::schedule),
        post("/desk/stories/{id}/publish", EDITOR, story::publish),
        post("/desk/stories/{id}/correct", EDITOR, story::correct),
        post("/desk/stories/{id}/withdraw", EDITOR, story::withdraw),
        post("/desk/stories/{id}/note", STAFF, story::note),
        post("/desk/stories/{id}/settle", STAFF, story::settle),
        post("/desk/stories/{id}/people", EDITOR, story::people),
        post("/desk/stories/{id}/translate", STAFF, story::translate),
        post("/desk/stories/{id}/caught-up", STAFF, story::caught_up),
        post("/desk/stories/{id}/links", STAFF, story::link),
        post("/desk/stories/{id}/check-links", STAFF, story::check_links),
        post("/desk/stories/{id}/unlink", STAFF, story::unlink),
        get("/desk/stories/{id}/history", STAFF, history::show),
        get("/desk/stories/{id}/history/{revision}", STAFF, history::show),
        post("/desk/stories/{id}/history/{revision}/restore", STAFF, history::restore),
        get("/desk/stories/{id}/beside", STAFF, history::beside),
        get("/desk/stories/{id}/as/{form}", STAFF, preview::own),
        get("/desk/stories/{id}/as/{form}/{*rest}", STAFF, preview::own),
        get("/desk/preview/{link}/", Anyone, preview::linked),
        get("/desk/preview/{link}/{form}", Anyone, preview::linked),
        get("/desk/preview/{link}/{form}/{*rest}", Anyone, preview::linked),
        route(Method::PUT, "/desk/api/stories/{id}/draft", STAFF, editor::save).takes(limits::DRAFT_BYTES),
        post("/desk/api/stories/{id}/lock", STAFF, editor::lock),
        route(Method::DELETE, "/desk/api/stories/{id}/lock", STAFF, editor::unlock),
        post("/desk/api/stories/{id}/links", STAFF, editor::links),
        get("/desk/api/stories/{id}/events", STAFF, editor::events),
        post("/desk/api/photos", STAFF, photo_api::upload).takes(limits::PHOTO_BYTES),
        route(Method::PATCH, "/desk/api/photos/{id}", STAFF, photo_api::describe),
        get("/desk/api/search", STAFF, photo_api::search),
    ]
}
