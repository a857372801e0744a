//! What asks readers for support: a slot with an appeal in it, the short form, a goal.

use serde::Serialize;

/// An appeal in its place, and what its script needs to know. It is the same for everybody: what the page shows, readers without
/// script see.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AppealSlot {
    /// `banner` or `end`.
    pub kind: String,
    /// The appeal that the page shows; `None` when it shows none, and only a device may.
    pub shown: Option<AppealInner>,
    /// Ids of every appeal that may stand here, in the order in which they are asked.
    pub may: Vec<String>,
    /// Where the script finds them; empty when there is nothing to choose.
    pub more_path: String,
    /// Whether only a device that remembers something has to look there.
    pub only_memory: bool,
    /// Whether a rule asks how many stories were read, so that readers may have them counted.
    pub asks_read: bool,
    /// The countries that rules ask for, as ISO codes, so that readers may say where they are.
    pub countries: Vec<String>,
}

/// An appeal in one of its variants.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AppealInner {
    /// Its id.
    pub appeal: String,
    /// The variant's id.
    pub variant: String,
    /// `banner` or `end`.
    pub kind: String,
    /// What it says, with [`ROOT`] where the page's root is to stand (the `at_root` filter sets it).
    pub text_html: String,
    /// Whether its links and its form name the variant without script: only where there is one variant, so that readers who were
    /// not counted as having seen it don't make one look better.
    pub named: bool,
    /// The short form; without it a link leads to the long one.
    pub give: Option<GiveBox>,
    /// How far a goal is.
    pub goal: Option<GoalBar>,
    /// The long form; empty while contributions are not taken.
    pub support_path: String,
    /// Where readers ask to be reminded; empty as long.
    pub remind_path: String,
    /// Days that "not now" lasts.
    pub rest_days: i64,
}

/// What stands for the page's root in an appeal's markup until the page is put together.
pub const ROOT: &str = "\u{f8ff}root/";

/// The short form: how often, how much, Continue. It is sent with GET, so that it works on cached pages, without script, and
/// leads to the long form with these fields filled in: `frequency`, `amount`, `currency`, `variant`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GiveBox {
    /// Where it leads: `/support/`.
    pub action: String,
    /// ISO 4217.
    pub currency: String,
    /// The variant of the appeal around it; empty where there is none.
    pub variant: String,
    /// Whether `variant` is sent also without script ([`AppealInner::named`]).
    pub named: bool,
    /// What its fields are told apart by where a page has several.
    pub id: String,
    /// How often one can give, with what is offered for each.
    pub frequencies: Vec<GiveFrequency>,
}

/// Once, monthly or annual.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GiveFrequency {
    /// `once`, `monthly`, `annual`.
    pub frequency: String,
    /// Whether it is chosen at first.
    pub chosen: bool,
    /// The amounts that are offered.
    pub presets: Vec<GivePreset>,
}

/// An amount that is offered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GivePreset {
    /// What the form sends: `2.00`.
    pub amount: String,
    /// What it says: `$2`.
    pub label: String,
    /// Whether it is chosen at first.
    pub chosen: bool,
}

/// How far a goal is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GoalBar {
    /// Of a hundred, rounded down; 100 at most.
    pub percent: i64,
    /// What has come together: `$1,200`.
    pub raised: String,
    /// What is to: `$5,000`.
    pub amount: String,
}
