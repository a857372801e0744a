//! How many requests of an account are open at one time: one program that runs away must not take the server from the
//! people at the desk. Counted in memory.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use model::StaffId;

/// Open requests of an account at most.
pub(super) const MOST: usize = 16;

/// The count of one process.
#[derive(Debug, Default)]
pub(super) struct Busy(Mutex<HashMap<StaffId, usize>>);

/// A place among the open requests; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Place(Arc<Busy>, StaffId);

impl Busy {
    /// A place for another request; `None` when there are too many.
    pub(super) fn enter(self: &Arc<Self>, staff: StaffId) -> Option<Place> {
        let mut open = self.open();
        let count = open.entry(staff).or_default();
        if *count >= MOST {
            return None;
        }
        *count += 1;
        drop(open);
        Some(Place(Arc::clone(self), staff))
    }

    fn open(&self) -> MutexGuard<'_, HashMap<StaffId, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.0.open();
        if let Some(count) = open.get_mut(&self.1) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_given_back_and_no_account_takes_another_s() {
        let busy = Arc::new(Busy::default());
        let (anna, bert) = (StaffId(uuid::Uuid::from_u128(1)), StaffId(uuid::Uuid::from_u128(2)));
        let taken: Vec<Place> = (0..MOST).filter_map(|_| busy.enter(anna)).collect();
        assert_eq!(taken.len(), MOST);
        assert!(busy.enter(anna).is_none());
        assert!(busy.enter(bert).is_some());
        drop(taken);
        assert!(busy.enter(anna).is_some());
        assert!(busy.open().is_empty(), "accounts that ask nothing are remembered");
    }
}
