//! A request as the API's handlers see it: whose token it is, and for what.

use std::collections::HashMap;

use app::{Newsroom, connections::Holder};
use model::Staff;
use url::Url;

use super::problem::{Kind, Problem};

/// A request that the guard let through.
#[derive(Debug)]
pub(super) struct Ask {
    pub(super) newsroom: Newsroom,
    /// Whose token it is, and what it reaches.
    pub(super) holder: Holder,
    pub(super) params: HashMap<String, String>,
    /// Where the desk is, as the request named it.
    pub(super) origin: Url,
}

impl Ask {
    pub(super) fn staff(&self) -> &Staff {
        &self.holder.staff
    }

    /// A part of the path.
    pub(super) fn param(&self, name: &str) -> &str {
        self.params.get(name).map(String::as_str).unwrap_or_default()
    }

    /// A part of the path that is an id; anything else is an address where nothing is.
    pub(super) fn id<T: From<uuid::Uuid>>(&self, name: &str) -> Result<T, Problem> {
        uuid::Uuid::parse_str(self.param(name)).map(T::from).map_err(|_| Problem::of(Kind::Missing))
    }
}
