//! The house around the stories: photos, settings, logs, jobs.

use super::Route;

pub(super) fn routes() -> Vec<Route> {
    Vec::new()
}
