//! Giving: the form, what is said after it, what somebody gives, and the sandbox's page.

use serde::Serialize;

use super::{GiveFrequency, NamedLink, Shell, Work};

/// The form to give with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SupportPage {
    /// What stands around it.
    pub shell: Shell,
    /// What the newsroom says above it; may be empty.
    pub about: String,
    /// Whether contributions are taken.
    pub open: bool,
    /// Countries whose people are asked not to give; empty where nobody is asked, or was already.
    pub gate: Vec<String>,
    /// Where the form is, for who may give; behind the question of `gate`.
    pub go_path: String,
    /// Where the form is sent to.
    pub action: String,
    /// ISO 4217.
    pub currency: String,
    /// The currencies to choose from; empty where there is no choice.
    pub currencies: Vec<CurrencyChoice>,
    /// How often, and how much: what presets send is minor units.
    pub frequencies: Vec<GiveFrequency>,
    /// The least that is taken: `$2`.
    pub least: String,
    /// What was typed as another amount.
    pub other: String,
    /// About how much covers the fee, in a hundred: `4`; empty where that is not asked.
    pub cover_percent: String,
    /// Whether the fee is to be covered.
    pub cover: bool,
    /// The ways to pay.
    pub methods: Vec<MethodChoice>,
    /// Whether the reader's device is to be left alone after the gift.
    pub quiet: bool,
    /// Whether receipts can go out: a server that can only seal writes none, and asks for no address.
    pub by_mail: bool,
    /// What was typed as an address.
    pub address: String,
    /// What was typed as a message.
    pub message: String,
    /// The most characters of a message.
    pub message_most: i64,
    /// The privacy policy that giving agrees to.
    pub policy: Option<NamedLink>,
    /// What was wrong, in words.
    pub wrong: Option<String>,
    /// The variant of the appeal that led here; may be empty.
    pub variant: String,
    /// Where the link to what one gives is asked for.
    pub link_path: String,
    /// Where one is reminded later; empty where that is not offered.
    pub remind_path: String,
    /// A sum that the browser is asked to do before the form is taken.
    pub work: Option<Work>,
}

/// A currency on the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CurrencyChoice {
    /// ISO 4217.
    pub code: String,
    /// Where its form is.
    pub path: String,
    /// Whether this is it.
    pub chosen: bool,
}

/// A way to pay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MethodChoice {
    /// What the form sends.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// Who sees what when one pays so.
    pub about: String,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Whether it takes one gift only.
    pub only_once: bool,
}

/// What is said to who goes to a gateway, or comes back from it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ThanksPage {
    /// What stands around it.
    pub shell: Shell,
    /// What it is called.
    pub title: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// When it loads itself anew, or what it goes to, as a browser's `refresh` wants it: `4`, `0;url=https://…`; may be empty.
    pub refresh: String,
    /// Where to go on by hand.
    pub go: Option<NamedLink>,
    /// Where to try again; empty where there is no need to.
    pub support_path: String,
    /// Whether the form asked for this device to be left alone; it is offered else, where the shell's `marks_gift` is set.
    pub quiet: bool,
    /// Lines that a transfer needs: what, and its value.
    pub transfer: Vec<(String, String)>,
}

/// What somebody gives, and what they can do about it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GivingPage {
    /// What stands around it.
    pub shell: Shell,
    /// What they give, in words: `$5, monthly`.
    pub what: String,
    /// Where it stands, in words.
    pub state: String,
    /// The address that is written to, where it is kept and this server can open it.
    pub address: Option<String>,
    /// What was done just now, in words.
    pub said: Option<String>,
    /// What was wrong, in words.
    pub wrong: Option<String>,
    /// Where forms are sent to: this page.
    pub action: String,
    /// Whether nothing that names the giver is kept here any more.
    pub nameless: bool,
    /// Whether amount and frequency can be changed.
    pub can_change: bool,
    /// The amount in the field.
    pub amount: String,
    /// ISO 4217.
    pub currency: String,
    /// The frequencies: what the form sends, what it says, whether it is chosen.
    pub frequencies: Vec<GiveFrequency>,
    /// Whether it can be paused.
    pub can_pause: bool,
    /// Whether a pause can be ended.
    pub can_resume: bool,
    /// Whether it can be ended.
    pub can_cancel: bool,
    /// Whether the way of paying can be changed.
    pub can_method: bool,
    /// What was paid: month, amount, what came of it.
    pub payments: Vec<(String, String, String)>,
}

/// The sandbox's page, where nothing is paid.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SandboxPage {
    /// What stands around it.
    pub shell: Shell,
    /// What would be paid, in words.
    pub what: String,
    /// What it is for.
    pub label: String,
    /// Where its buttons are sent to.
    pub action: String,
    /// Whether it can still be paid.
    pub open: bool,
    /// What was done just now, in words.
    pub said: Option<String>,
    /// Where one comes back to without paying.
    pub back: String,
}
