//! What stories stand in: sections, topics, bylines, static pages, the front page.

use super::{EDITOR, Route, get, post};
use crate::desk::pages::*;

pub(super) fn routes() -> Vec<Route> {
    vec![
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
    ]
}
