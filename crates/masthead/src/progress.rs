//! Progress bars on a terminal; nothing where there is none.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar over bytes.
pub(crate) fn bytes(json: bool) -> ProgressBar {
    bar(json, "{spinner} {bytes}/{total_bytes} {wide_bar} {msg} {eta}")
}

/// A bar over things.
pub(crate) fn things(json: bool) -> ProgressBar {
    bar(json, "{spinner} {pos}/{len} {wide_bar} {msg}")
}

fn bar(json: bool, template: &str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    if json {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
