//! What stories stand in: sections, topics, bylines, static pages, the front page.

use super::Route;

pub(super) fn routes() -> Vec<Route> {
    Vec::new()
}
