//! Readers of newsletters, in numbers.

use model::Role::{NewsletterEditor, Publisher};

use super::{
    Needs::{Proof, Role},
    Route, get, post,
};
use crate::desk::pages::*;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/desk/readers", Role(NewsletterEditor), readers::show),
        post("/desk/readers/asked", Proof(Publisher), readers::asked),
    ]
}
