//! What currencies are roughly worth, for nothing but what is offered before somebody sets it.

use crate::Currency;

/// Roughly how many of a currency are a dollar, in steps of 1, 2 and 5: the currencies that Stripe takes, and a few more. As of
/// late 2025, and rough on purpose: it is never used to convert anything.
const SCALES: &[(i64, &str)] = &[
    (2, "AWG AZN BAM BBD BGN BYN BZD FJD GEL NZD TOP WST XCD XCG"),
    (5, "AED BOB BRL DKK ILS LYD MYR PEN PGK PLN QAR RON SAR TTD"),
    (10, "BWP CNY GTQ HKD MAD MOP NOK SBD SCR SEK TJS"),
    (20, "CZK HNL LSL MDL MVR MXN NAD SLE STN SZL ZAR ZMW"),
    (50, "AFN DOP EGP GMD MKD MUR MZN NIO PHP SRD THB TRY TWD UAH UYU"),
    (100, "ALL BDT CVE DZD HTG INR ISK JPY KES KGS NPR RSD RUB VUV XPF"),
    (200, "DJF ETB GYD JMD LKR LRD PKR YER"),
    (500, "AMD CRC HUF KMF KZT SOS XAF XOF"),
    (1_000, "AOA ARS CLP IQD KRW"),
    (2_000, "BIF CDF MMK MWK NGN RWF TZS"),
    (5_000, "COP KHR MGA MNT PYG UGX"),
    (10_000, "GNF UZS"),
    (20_000, "IDR LAK VND"),
    (100_000, "LBP"),
];

impl Currency {
    /// Roughly how many of it are a dollar, as a round number; 1 where that is not known.
    #[must_use]
    pub fn scale(self) -> i64 {
        let own = |codes: &str| codes.split(' ').any(|code| code == self.code());
        SCALES.iter().find(|(_, codes)| own(codes)).map_or(1, |(scale, _)| *scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Offer;

    #[test]
    fn every_currency_stands_there_once_and_what_is_offered_of_it_can_be_given() {
        let mut codes: Vec<&str> = SCALES.iter().flat_map(|(_, codes)| codes.split(' ')).collect();
        for code in &codes {
            let currency = Currency::parse(code).unwrap_or_else(|| panic!("{code} is no currency"));
            let Offer { once, monthly, annual, least, .. } = Offer::usual(currency);
            let all = [once, monthly, annual].concat();
            assert!(all.iter().all(|amount| (least..=currency.most()).contains(amount)), "{code}: {all:?}");
        }
        codes.sort_unstable();
        assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
    }

    #[test]
    fn small_units_are_many() {
        let scales = ["USD", "KWD", "SEK", "JPY", "VND", "LBP"].map(|code| Currency::parse(code).unwrap().scale());
        assert_eq!(scales, [1, 1, 10, 100, 20_000, 100_000]);
    }
}
