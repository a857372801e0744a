//! How far a goal is.

use model::{Currency, Money, Month, appeal::Goal};
use store::Tx;
use theme::{Strings, context::GoalBar};

use crate::error::Error;

/// What came in and stayed, in a currency, from one month to another, both among them: months are as exact as payments are dated.
/// `None` while nothing did: there is nothing to count from.
pub(crate) async fn raised(tx: &mut Tx, currency: Currency, from: Month, until: Month) -> Result<Option<Money>, Error> {
    let sums = store::payment_sums(tx, from, until).await?;
    let own = sums.into_iter().filter(|sum| sum.kept.currency == currency).map(|sum| sum.kept.minor);
    Ok(own.reduce(i64::saturating_add).map(|minor| Money::new(minor, currency)))
}

/// The bar of a goal, rounded down to a hundredth of it, so that the page does not tell how much somebody gave.
pub(crate) fn bar(strings: &Strings, goal: &Goal, raised: Money) -> Option<GoalBar> {
    if goal.amount.minor <= 0 || raised.minor < 0 {
        return None;
    }
    let percent = i64::try_from(i128::from(raised.minor) * 100 / i128::from(goal.amount.minor)).unwrap_or(100);
    let told = i64::try_from(i128::from(goal.amount.minor) * i128::from(percent) / 100).unwrap_or(raised.minor);
    // Whole units are enough.
    let told = told - told % goal.amount.currency.unit();
    Some(GoalBar {
        percent: percent.min(100),
        raised: strings.money(Money::new(told, goal.amount.currency)),
        amount: strings.money(goal.amount),
    })
}

#[cfg(test)]
mod tests {
    use model::Language;

    use super::*;

    #[test]
    fn a_bar_is_rounded_down_and_tells_no_single_gift() {
        let strings = Strings::for_language(&Language::english());
        let goal = Goal { amount: Money::whole(5_000, Currency::USD), from: Month(670), until: Month(671) };
        let shown = |minor| bar(&strings, &goal, Money::new(minor, Currency::USD)).unwrap();
        assert_eq!((shown(0).percent, shown(0).raised.as_str(), shown(0).amount.as_str()), (0, "$0", "$5,000"));
        assert_eq!(shown(123_456), shown(123_789), "two gifts can be told apart");
        assert_eq!((shown(123_456).percent, shown(123_456).raised.as_str()), (24, "$1,200"));
        assert_eq!(shown(750_000).percent, 100);
        assert_eq!(shown(750_000).raised, "$7,500");
        assert_eq!(bar(&strings, &goal, Money::new(-1, Currency::USD)), None);
    }
}
