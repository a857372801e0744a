//! Connections at rest: closed with a goodbye when they rested too long.
//!
//! One task looks after all of them, from the first that rests until none is left.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::time::sleep;

use super::Inner;
use crate::mail::smtp::Connection;

/// The least time between two looks.
const LOOK: Duration = Duration::from_millis(10);

/// Sees to it that connections at rest are closed.
pub(super) fn watch(inner: &Arc<Inner>) {
    let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
    if std::mem::replace(&mut inner.state().watched, true) {
        return;
    }
    let (weak, idle) = (Arc::downgrade(inner), inner.settings.idle);
    runtime.spawn(async move {
        while let Some(old) = retired(&weak, idle) {
            for connection in old {
                connection.quit().await;
            }
            sleep((idle / 2).max(LOOK)).await;
        }
    });
}

/// Connections that rested too long; `None` when none is left to look after.
fn retired(inner: &Weak<Inner>, idle: Duration) -> Option<Vec<Connection>> {
    let inner = inner.upgrade()?;
    let mut state = inner.state();
    let mut old = Vec::new();
    for lane in &mut state.lanes {
        let (gone, kept) = std::mem::take(&mut lane.idle).into_iter().partition(|c| c.used.elapsed() >= idle);
        lane.idle = kept;
        old.extend::<Vec<_>>(gone);
    }
    let over = old.is_empty() && state.lanes.iter().all(|lane| lane.idle.is_empty() && lane.busy == 0);
    state.watched = !over;
    (!over).then_some(old)
}
