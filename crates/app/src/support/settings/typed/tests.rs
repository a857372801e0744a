use std::sync::Arc;

use outside::payments::{
    Secret,
    paypal::{Paypal, PaypalOptions},
};

use super::*;

fn wrongs(change: impl FnOnce(&mut Typed)) -> Vec<(String, &'static str)> {
    let mut typed = Typed::of(&SupportSettings::default());
    change(&mut typed);
    let wrongs = typed.read(&Gateways::default()).unwrap_err();
    wrongs.into_iter().map(|(field, wrong)| (field, wrong.key().0)).collect()
}

#[test]
fn what_the_form_shows_is_what_it_reads() {
    let yen = Currency::parse("JPY").unwrap();
    let mut settings = SupportSettings { cover_basis_points: 290, ..SupportSettings::default() };
    settings.offers.push(Offer { least: 150, ..Offer::usual(yen) });
    settings.offers[1].monthly = vec![250, 1_000];
    settings.closed_countries = vec![Names::one(Language::english(), "Nowhere")];
    let typed = Typed::of(&settings);
    assert_eq!((typed.offers[1].monthly.as_str(), typed.cover.as_str()), ("2.50 10", "2.90"));
    assert_eq!(typed.read(&Gateways::default()), Ok(settings));
}

#[test]
fn what_is_left_empty_is_what_is_usual() {
    let mut typed = Typed::of(&SupportSettings::default());
    typed.offers = vec![TypedOffer { currency: "eur".to_owned(), ..TypedOffer::default() }; 1];
    let read = typed.read(&Gateways::default()).unwrap();
    assert_eq!(read.offers, [Offer::usual(Currency::EUR)], "what is left empty is what is usual");
    typed.offers.push(TypedOffer { currency: "USD".to_owned(), ..TypedOffer::default() });
    typed.shown_first = 1;
    let codes = typed.read(&Gateways::default()).unwrap().offers;
    assert_eq!(codes.iter().map(|offer| offer.currency.code()).collect::<Vec<_>>(), ["USD", "EUR"]);
}

#[test]
fn a_currency_that_nobody_takes_is_told_while_contributions_are_taken() {
    let options = PaypalOptions {
        client: "client".to_owned(),
        key: Secret::new("key"),
        webhook: "webhook".to_owned(),
        address: None,
        certificates: None,
    };
    let set_up = Gateways::new(vec![Arc::new(Paypal::new(options).unwrap())]);
    let mut typed = Typed::of(&SupportSettings::default());
    typed.gateways = vec![(GatewayName::Paypal, "1".to_owned())];
    let line = |code: &str| TypedOffer { currency: code.to_owned(), ..TypedOffer::default() };
    typed.offers = vec![line("usd"), line("rub")];
    assert!(typed.read(&set_up).is_ok(), "while nothing is taken, nothing is wrong");
    typed.open = true;
    let rouble = Currency::parse("RUB").unwrap();
    assert_eq!(typed.read(&set_up), Err(vec![("currency-1".to_owned(), Wrong::Untaken(rouble))]));
    typed.offers.pop();
    assert!(typed.read(&set_up).is_ok());
}

#[test]
fn each_field_that_cant_be_used_is_told() {
    let one = |field: &str, key| vec![(field.to_owned(), key)];
    for (set, field, key) in [
        (|t| t.offers[0].currency = "dollars".to_owned(), "currency-0", "money-wrong-currency"),
        (|t| t.offers[1].currency = "usd".to_owned(), "currency-1", "money-wrong-twice"),
        (|t| t.offers.clear(), "currency-0", "money-wrong-no-currency"),
        (|t| t.offers[0].least = "0".to_owned(), "least-0", "money-wrong-nothing"),
        (|t| t.offers[0].least = "two".to_owned(), "least-0", "money-wrong-unclear"),
        (|t| t.offers[0].once = "1 5".to_owned(), "once-0", "money-wrong-below"),
        (|t| t.offers[0].once = "5 5.00".to_owned(), "once-0", "money-wrong-same"),
        (|t| t.offers[1].monthly = "1 2 3 -4".to_owned(), "monthly-1", "money-wrong-below"),
        (|t| t.offers[1].monthly = "2 3 4 5 6 7 8".to_owned(), "monthly-1", "money-wrong-amounts"),
        (|t| t.offers[1].annual = "20.505; 30.5055".to_owned(), "annual-1", "money-wrong-fine"),
        (|t| t.offers[1].chosen = "5".to_owned(), "chosen-1", "money-wrong-chosen"),
        (|t| t.first = "weekly".to_owned(), "first", "money-wrong-frequency"),
        (|t| t.cover = "21".to_owned(), "cover", "money-wrong-cover"),
        (|t| t.label = "x".repeat(61), "label", "money-wrong-long"),
        (|t| t.sender = "nobody".to_owned(), "sender", "money-wrong-address"),
        (|t| t.open = true, "gateways", "money-wrong-gateways"),
    ] as [(fn(&mut Typed), &str, &'static str); 16]
    {
        assert_eq!(wrongs(set), one(field, key));
    }
    let lines = |tag: &str, lines: &str| (tag.parse::<Language>().unwrap(), lines.to_owned());
    let differ = Names([lines("en", "Here\nThere"), lines("ru", "Здесь")].into_iter().collect());
    assert_eq!(wrongs(|typed| typed.countries = differ), one("countries-ru", "money-wrong-lines"));
}
