//! Single flight: however many ask for a page that is not kept, it is rendered once.

use std::{collections::HashMap, future::Future, sync::Arc};

use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};

use super::{Made, PageCache, Prepared};
use crate::error::Error;

/// A render that several wait for.
pub(super) type Flight = Shared<BoxFuture<'static, Result<Arc<Prepared>, Arc<Error>>>>;

/// The renders under way, by path. The number tells a flight from a later one to the same path.
#[derive(Default)]
pub(super) struct Flights {
    under_way: HashMap<Arc<str>, (u64, Flight)>,
    last: u64,
}

impl Flights {
    /// The flight to a path; begins one when there is none.
    pub(super) fn join_or_start(&mut self, path: &str, start: impl FnOnce(u64) -> Flight) -> Flight {
        if let Some((_, flight)) = self.under_way.get(path) {
            return flight.clone();
        }
        self.last += 1;
        let flight = start(self.last);
        self.under_way.insert(Arc::from(path), (self.last, flight.clone()));
        flight
    }

    /// Ends a flight. `false` when it was forgotten meanwhile: what it brings must not be kept.
    pub(super) fn land(&mut self, path: &str, number: u64) -> bool {
        let mine = self.under_way.get(path).is_some_and(|(held, _)| *held == number);
        if mine {
            self.under_way.remove(path);
        }
        mine
    }

    /// Whether nothing is under way.
    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.under_way.is_empty()
    }

    /// Forgets all: those who wait still get theirs, those who come begin anew.
    pub(super) fn forget_all(&mut self) {
        self.under_way.clear();
    }
}

/// Starts a render on a task of its own, so that it is finished although its reader has gone.
pub(super) fn start(
    cache: PageCache,
    path: &str,
    number: u64,
    make: impl Future<Output = Result<Made, Error>> + Send + 'static,
) -> Flight {
    let path: Arc<str> = Arc::from(path);
    let task = tokio::spawn({
        let (cache, path) = (cache.clone(), Arc::clone(&path));
        async move {
            let made = make.await;
            cache.land(&path, number, &made);
            made.map(|made| made.prepared)
        }
    });
    async move {
        match task.await {
            Ok(outcome) => outcome.map_err(Arc::new),
            Err(broken) => {
                // A render that panicked never landed.
                let failure = Err(Error::Worker(broken));
                cache.land(&path, number, &failure);
                failure.map(|made| made.prepared).map_err(Arc::new)
            }
        }
    }
    .boxed()
    .shared()
}
