//! What keeps the newsroom going: readers who give, and readers who want to be reminded of it.

pub mod reminders;
