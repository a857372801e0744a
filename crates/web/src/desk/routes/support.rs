//! Support: what readers give, and whom to remind of it.

use super::{
    Needs::{Proof, Role},
    Route, get, post,
};
use crate::desk::pages::*;
use model::Role::Publisher;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/desk/support", Role(Publisher), support::show),
        get("/desk/support/contributions", Role(Publisher), contributions::list),
        get("/desk/support/contributions/{id}", Role(Publisher), contributions::show),
        get("/desk/support/payments", Role(Publisher), payments::list),
        get("/desk/support/disputes", Role(Publisher), payments::disputes),
        post("/desk/support/export", Role(Publisher), payments::export),
        get("/desk/support/settings", Role(Publisher), support_settings::show),
        post("/desk/support/settings", Role(Publisher), support_settings::save),
        get("/desk/support/reminders", Role(Publisher), reminders::show),
        post("/desk/support/reminders", Role(Publisher), reminders::offer),
        post("/desk/support/reminders/withdraw", Proof(Publisher), reminders::withdraw),
    ]
}
