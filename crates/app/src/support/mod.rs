//! Support: what readers give, how they are asked, and how they are reminded.

pub mod accounts;
pub mod appeals;
pub mod contributions;
mod gateways;
pub mod import;
pub mod ledger;
pub mod overview;
pub mod reminders;
pub mod sandbox;
pub mod settings;
pub mod stop;

pub use gateways::{Gateways, takes_currency};
pub use settings::{KEY, settings, settings_at_desk};
