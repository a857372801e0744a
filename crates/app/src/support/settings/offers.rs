//! A currency of the form as people type it: amounts in any of the ways in which amounts are written.

use model::{AmountError, Currency, Frequency, Money, Offer, support::PRESETS_MOST};

use super::wrong::{Wrong, Wrongs, shown};

/// A currency. What is left empty is what is usual.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedOffer {
    /// Its code.
    pub currency: String,
    /// The least.
    pub least: String,
    /// Amounts for one gift, with spaces or semicolons between them.
    pub once: String,
    /// For each month.
    pub monthly: String,
    /// For each year.
    pub annual: String,
    /// Which of them is chosen at first, from 1.
    pub chosen: String,
}

impl TypedOffer {
    pub(super) fn of(offer: &Offer) -> Self {
        let text = |minor: &i64| shown(Money::new(*minor, offer.currency));
        let list = |frequency| offer.amounts(frequency).iter().map(text).collect::<Vec<_>>().join(" ");
        Self {
            currency: offer.currency.code().to_owned(),
            least: text(&offer.least),
            once: list(Frequency::Once),
            monthly: list(Frequency::Monthly),
            annual: list(Frequency::Annual),
            chosen: (offer.chosen + 1).to_string(),
        }
    }

    pub(super) fn read(&self, currency: Currency, place: usize, wrongs: &mut Wrongs) -> Offer {
        let mut offer = Offer::usual(currency);
        let field = |name: &str| format!("{name}-{place}");
        match Money::parse(&self.least, currency) {
            Ok(money) if money.minor > 0 => offer.least = money.minor,
            Ok(_) => wrongs.push((field("least"), Wrong::Nothing)),
            Err(AmountError::Empty) => {}
            Err(error) => wrongs.push((field("least"), unreadable(error, &self.least, currency))),
        }
        let least = Money::new(offer.least, currency);
        for (name, typed, amounts) in [
            ("once", &self.once, &mut offer.once),
            ("monthly", &self.monthly, &mut offer.monthly),
            ("annual", &self.annual, &mut offer.annual),
        ] {
            match presets(typed, least) {
                Ok(read) if read.is_empty() => amounts.retain(|minor| *minor >= least.minor),
                Ok(read) => *amounts = read,
                Err(wrong) => wrongs.push((field(name), wrong)),
            }
        }
        let fewest = Frequency::ALL.iter().map(|frequency| offer.amounts(*frequency).len()).min().unwrap_or_default();
        match self.chosen.trim().parse::<usize>() {
            Ok(chosen) if (1..=fewest).contains(&chosen) => offer.chosen = chosen - 1,
            Err(_) if self.chosen.trim().is_empty() => offer.chosen = 1.min(fewest.saturating_sub(1)),
            _ => wrongs.push((field("chosen"), Wrong::Chosen)),
        }
        offer
    }
}

fn unreadable(error: AmountError, typed: &str, currency: Currency) -> Wrong {
    Wrong::Amount(error, typed.trim().chars().take(40).collect(), Money::whole(5, currency))
}

/// Amounts with semicolons or line ends between them; without any, with spaces, a comma before which is no part of an amount.
fn presets(typed: &str, least: Money) -> Result<Vec<i64>, Wrong> {
    let listed = typed.contains([';', '؛', '\n']);
    let parts: Vec<&str> = match listed {
        true => typed.split([';', '؛', '\n']).map(str::trim).collect(),
        false => typed.split_whitespace().map(|part| part.trim_end_matches([',', '،'])).collect(),
    };
    let mut amounts = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let money = Money::parse(part, least.currency).map_err(|error| unreadable(error, part, least.currency))?;
        if money.minor < least.minor {
            return Err(Wrong::Below(money));
        }
        if amounts.contains(&money.minor) {
            return Err(Wrong::Same(money));
        }
        amounts.push(money.minor);
    }
    if amounts.len() > PRESETS_MOST { Err(Wrong::Amounts) } else { Ok(amounts) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let least = Money::new(200, Currency::USD);
        for text in
            ["2,50 5 10", "2.50; 5; 10", "2,50, 5, 10", "$2.50 $5 $10", "۲٫۵۰ ۵ ۱۰", "٢٫٥٠؛ ٥؛ ١٠", "2,50\r\n5\r\n10"]
        {
            assert_eq!(presets(text, least), Ok(vec![250, 500, 1_000]), "{text}");
        }
    }
}
