//! Pages of giving. The form is a page like others, the same for everybody and kept in the cache; what forms and links lead to is
//! made for one person and never kept.

mod choices;
mod form;
mod managing;
mod sandbox;
mod thanks;

pub(super) use form::show;
pub use form::{Refused, Wanted, filled};
pub use managing::{Did, managing};
pub use sandbox::sandbox;
pub use thanks::{Hindrance, away, going, thanks};

use model::{Frequency, Money};
use theme::Strings;

/// `$5 a month`.
fn what(strings: &Strings, money: Money, frequency: Frequency) -> String {
    let amount = strings.money(money);
    strings.text(&format!("giving-{}", frequency.as_str()), &[("amount", amount.into())])
}
