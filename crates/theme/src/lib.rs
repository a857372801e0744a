//! Page shells, typed page contexts, embedded defaults, overrides and their check.

pub mod context;
pub mod i18n;

pub use context::Page;
pub use i18n::Strings;
