//! What publishers do about contributions: transfers, giving back, opening a name, the sandbox, the emergency stop.

use super::{
    Needs::{Proof, Role},
    Route, get, post,
};
use crate::desk::pages::*;
use model::Role::Publisher;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/desk/support/contributions/{id}/acts", Role(Publisher), contribution_acts::show),
        post("/desk/support/contributions/{id}/open", Proof(Publisher), contribution_acts::open),
        get("/desk/support/messages", Role(Publisher), support_messages::show),
        get("/desk/support/payments/{id}", Role(Publisher), payment::show),
        post("/desk/support/payments/{id}/refund", Proof(Publisher), payment::refund),
        get("/desk/support/sandbox", Role(Publisher), support_sandbox::show),
        post("/desk/support/sandbox", Role(Publisher), support_sandbox::act),
        get("/desk/support/stop", Role(Publisher), support_stop::show),
        post("/desk/support/stop", Proof(Publisher), support_stop::stop),
        get("/desk/support/transfers", Role(Publisher), transfers::show),
        post("/desk/support/transfers", Role(Publisher), transfers::receive),
    ]
}
