//! Progress bars on a terminal; nothing where there is none.

use std::sync::Arc;

use app::lists::OnProgress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar over bytes.
pub(crate) fn bytes(json: bool) -> ProgressBar {
    bar(json, "{spinner} {bytes}/{total_bytes} {wide_bar} {msg} {eta}")
}

/// What shows on a bar over bytes how far the rows of a file were read.
pub(crate) fn rows(bar: &ProgressBar) -> OnProgress {
    let shown = bar.clone();
    Arc::new(move |done, total, rows| {
        shown.set_length(total);
        shown.set_position(done);
        shown.set_message(format!("{rows} rows"));
    })
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
