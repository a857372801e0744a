//! The form: what somebody typed, and what of it can be given.

use model::{AmountError, Currency, Frequency, GatewayName, Language, Money, SupportSettings, VariantId};
use outside::payments::takes;
use vault::{Address, AddressError, Smtputf8};

use crate::support::Gateways;

/// Characters of a message at most.
pub const MESSAGE_MOST: usize = 500;

/// A form as it was sent.
#[derive(Clone, Default)]
pub struct GiveForm {
    /// How often: `monthly`.
    pub frequency: String,
    /// The code of the currency.
    pub currency: String,
    /// The chosen amount in minor units, or `other`.
    pub chosen: String,
    /// What was typed as another amount.
    pub other: String,
    /// Whether the fee is added.
    pub cover: bool,
    /// Whether the giver's device is to be left alone by appeals: carried by the address they come back to, and kept nowhere.
    pub quiet: bool,
    /// How to pay: `stripe`.
    pub gateway: String,
    /// The address for the receipt; may be empty.
    pub address: String,
    /// What somebody wants to say; may be empty.
    pub message: String,
    /// The language of the form.
    pub language: Option<Language>,
    /// The variant of the appeal that led here.
    pub variant: Option<VariantId>,
    /// What only a machine fills in.
    pub trap: String,
    /// The ticket and the number that it carries when many give at once.
    pub carried: Option<(String, String)>,
}

impl std::fmt::Debug for GiveForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GiveForm(…)")
    }
}

/// What somebody gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// How often.
    pub frequency: Frequency,
    /// How much each time, what covers the fee among it.
    pub amount: Money,
    /// How much of it covers the fee.
    pub cover: i64,
    /// By whom it goes.
    pub gateway: GatewayName,
    /// Where the receipt goes.
    pub address: Option<Address>,
}

/// What of a form can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GiveWrong {
    /// No frequency, currency or gateway that the form has: it is not this newsroom's form, or an old one.
    Form,
    /// The amount.
    Amount(AmountError),
    /// The amount is below the least.
    TooLittle(Money),
    /// This way of paying takes one gift, and no pledge.
    OnlyOnce(GatewayName),
    /// This way of paying does not take the currency.
    Currency(GatewayName),
    /// The address.
    Address(AddressError),
    /// The message is too long.
    Message,
}

/// What a form says.
pub(super) fn read(form: &GiveForm, settings: &SupportSettings, gateways: &Gateways) -> Result<Given, GiveWrong> {
    let frequency = Frequency::parse(&form.frequency).ok_or(GiveWrong::Form)?;
    let offer = Currency::parse(&form.currency).and_then(|currency| settings.offer(currency)).ok_or(GiveWrong::Form)?;
    let money = amount(form, offer.amounts(frequency), offer.currency)?;
    if money.minor < offer.least.max(1) {
        return Err(GiveWrong::TooLittle(Money::new(offer.least, offer.currency)));
    }
    let name = GatewayName::parse(&form.gateway).ok_or(GiveWrong::Form)?;
    let offered = gateways.offered(settings).into_iter().find(|gateway| gateway.name() == name);
    let gateway = offered.ok_or(GiveWrong::Form)?;
    if !gateway.can().take(frequency) {
        return Err(GiveWrong::OnlyOnce(name));
    }
    taken(name, money)?;
    let cover = if form.cover { covering(name, money, settings.cover(money)) } else { 0 };
    let whole = Money::new(money.minor + cover, money.currency);
    if whole.minor > whole.currency.most() || !takes(name, whole) {
        return Err(GiveWrong::Amount(AmountError::TooMuch));
    }
    let address = match form.address.trim() {
        "" => None,
        text => Some(Address::parse(text, Smtputf8::Refused).map_err(GiveWrong::Address)?),
    };
    if form.message.chars().count() > MESSAGE_MOST {
        return Err(GiveWrong::Message);
    }
    Ok(Given { frequency, amount: whole, cover, gateway: name, address })
}

/// Refuses what the gateway would refuse: a currency, or amounts as small as this one.
fn taken(gateway: GatewayName, money: Money) -> Result<(), GiveWrong> {
    if !takes(gateway, Money::whole(1, money.currency)) {
        return Err(GiveWrong::Currency(gateway));
    }
    if !takes(gateway, money) {
        return Err(GiveWrong::Amount(refused(money)));
    }
    Ok(())
}

/// What is wrong with an amount that a gateway does not take, though it takes the currency.
pub(super) fn refused(money: Money) -> AmountError {
    // Whole units are fine enough for every gateway.
    if money.minor % money.currency.unit() == 0 { AmountError::TooMuch } else { AmountError::TooFine }
}

/// What covers the fee, rounded up to what the gateway can take together with the amount.
fn covering(gateway: GatewayName, money: Money, cover: i64) -> i64 {
    if takes(gateway, Money::new(money.minor + cover, money.currency)) {
        return cover;
    }
    let unit = money.currency.unit();
    (money.minor + cover + unit - 1).div_euclid(unit) * unit - money.minor
}

/// A preset amount, or the typed one: while anything is typed that counts, and the page shows so. One is always marked there, so
/// that a mark says nothing of whoever typed.
fn amount(form: &GiveForm, presets: &[i64], currency: Currency) -> Result<Money, GiveWrong> {
    if !form.other.is_empty() {
        return Money::parse(&form.other, currency).map_err(GiveWrong::Amount);
    }
    let preset = form.chosen.parse().ok().filter(|minor| presets.contains(minor));
    let empty = GiveWrong::Amount(AmountError::Empty);
    match form.chosen.as_str() {
        "" | "other" => Err(empty),
        _ => preset.map(|minor| Money::new(minor, currency)).ok_or(GiveWrong::Form),
    }
}
