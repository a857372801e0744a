//! Getting in, one's own account, and people.

use model::Role::{Publisher, Reporter};

use super::{
    Needs::{Anyone, Proof},
    PUBLISHER, Route, STAFF, get, post,
};
use crate::desk::{assets, pages::*};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/desk/assets/{name}", Anyone, assets::show),
        // Getting in.
        get("/desk/sign-in", Anyone, sign_in::show),
        post("/desk/sign-in/code", Anyone, sign_in::code),
        post("/desk/sign-in/recovery", Anyone, sign_in::recovery),
        post("/desk/api/sign-in/begin", Anyone, sign_in::begin),
        post("/desk/api/sign-in/finish", Anyone, sign_in::finish),
        get("/desk/join/{link}", Anyone, join::show),
        post("/desk/join/{link}", Anyone, join::with_code),
        post("/desk/api/join/begin", Anyone, join::begin),
        post("/desk/api/join/finish", Anyone, join::finish),
        post("/desk/sign-out", STAFF, sign_in::out),
        get("/desk/prove", STAFF, prove::show),
        post("/desk/prove", STAFF, prove::code),
        post("/desk/api/prove/finish", STAFF, prove::finish),
        // One's own account.
        get("/desk/account", STAFF, account::show),
        post("/desk/account/language", STAFF, account::language),
        post("/desk/account/sessions/end", STAFF, account::end),
        post("/desk/account/sessions/end-others", STAFF, account::end_others),
        post("/desk/account/passkeys/remove", Proof(Reporter), account::remove_key),
        post("/desk/account/codes", Proof(Reporter), account::codes),
        post("/desk/api/passkeys/begin", Proof(Reporter), account::add_begin),
        post("/desk/api/passkeys/finish", Proof(Reporter), account::add_finish),
        // Today.
        get("/desk/", STAFF, home::show),
        // People.
        get("/desk/people", PUBLISHER, people::show),
        post("/desk/people/invite", Proof(Publisher), people::invite),
        post("/desk/people/take-back", Proof(Publisher), people::take_back),
        post("/desk/people/{id}/role", Proof(Publisher), people::role),
        post("/desk/people/{id}/reset", Proof(Publisher), people::reset),
        post("/desk/people/{id}/withdraw", Proof(Publisher), people::withdraw),
    ]
}
