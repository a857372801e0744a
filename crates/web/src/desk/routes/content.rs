//! What stories stand in: sections, topics, bylines, static pages, the front page.

use http::Method;

use super::{EDITOR, Route, get, post, route};
use crate::{desk::pages::*, limits};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/desk/front", EDITOR, front::show),
        post("/desk/front", EDITOR, front::change),
        post("/desk/front/breaking", EDITOR, front::breaking),
        get("/desk/sections", EDITOR, sections::show),
        post("/desk/sections", EDITOR, sections::add),
        get("/desk/sections/{id}", EDITOR, sections::one),
        post("/desk/sections/{id}", EDITOR, sections::edit),
        post("/desk/sections/{id}/step", EDITOR, sections::step),
        post("/desk/sections/{id}/remove", EDITOR, sections::remove),
        get("/desk/topics", EDITOR, topics::show),
        post("/desk/topics", EDITOR, topics::add),
        get("/desk/topics/{id}", EDITOR, topics::one),
        post("/desk/topics/{id}", EDITOR, topics::edit),
        post("/desk/topics/{id}/merge", EDITOR, topics::merge),
        post("/desk/topics/{id}/remove", EDITOR, topics::remove),
        get("/desk/bylines", EDITOR, bylines::show),
        post("/desk/bylines", EDITOR, bylines::add),
        get("/desk/bylines/{id}", EDITOR, bylines::one),
        post("/desk/bylines/{id}", EDITOR, bylines::edit),
        get("/desk/bylines/{id}/remove", EDITOR, bylines::leaving),
        post("/desk/bylines/{id}/remove", EDITOR, bylines::remove),
        get("/desk/pages", EDITOR, static_pages::show),
        post("/desk/pages", EDITOR, static_pages::create),
        get("/desk/pages/{id}", EDITOR, static_pages::edit),
        get("/desk/pages/{id}/check", EDITOR, static_pages::check),
        post("/desk/pages/{id}/publish", EDITOR, static_pages::publish),
        post("/desk/pages/{id}/hide", EDITOR, static_pages::hide),
        post("/desk/pages/{id}/menu", EDITOR, static_pages::menu),
        get("/desk/pages/{id}/versions/{version}", EDITOR, static_pages::check),
        post("/desk/pages/{id}/versions/{version}/restore", EDITOR, static_pages::restore),
        route(Method::PUT, "/desk/api/pages/{id}/draft", EDITOR, static_pages::save).takes(limits::DRAFT_BYTES),
    ]
}
