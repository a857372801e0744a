//! Support: what readers give, and whom to remind of it.

use super::{
    Needs::{Proof, Role},
    Route, get, post,
};
use crate::desk::pages::*;
use model::Role::Publisher;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/desk/support/settings", Role(Publisher), support_settings::show),
        post("/desk/support/settings", Role(Publisher), support_settings::save),
        get("/desk/support/reminders", Role(Publisher), reminders::show),
        post("/desk/support/reminders", Role(Publisher), reminders::offer),
        post("/desk/support/reminders/withdraw", Proof(Publisher), reminders::withdraw),
    ]
}
