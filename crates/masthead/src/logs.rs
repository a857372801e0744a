//! Structured logs on standard error. No event carries a reader's IP, user agent or referrer (law 1).

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts logging; a filter that cannot be read falls back to `info` and says so.
pub(crate) fn start(filter: &str, format: &str) {
    let (filter, wrong) = match EnvFilter::try_new(filter) {
        Ok(filter) => (filter, None),
        Err(error) => (EnvFilter::new("info"), Some(error)),
    };
    let colours = std::io::stderr().is_terminal();
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    // A second start in the same process (the demo) keeps the first.
    let started =
        if format == "json" { subscriber.json().try_init() } else { subscriber.with_target(false).try_init() };
    if let (Ok(()), Some(error)) = (started, wrong) {
        tracing::warn!(%error, "the log filter could not be read; logging at `info`");
    }
}
