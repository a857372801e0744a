//! Payments: what a gateway is to the newsroom, and an adapter for each.
//!
//! The flow is the same with all of them. [`Gateway::start`] makes the page on which somebody pays and says where it is.
//! What happens there the gateway tells in webhooks, which [`Gateway::verify`] turns into [`Event`]s: names of objects,
//! nothing more, since a webhook may be late, doubled, out of order or forged. Whoever works on them asks the gateway
//! what the object says **now** ([`Gateway::fetch`]) and gets a [`Standing`] in the newsroom's own words. [`Gateway::since`]
//! finds what no webhook told.
//!
//! The guarantees of an adapter: a call that is made again with the same `key` does nothing twice, and says so where its gateway
//! remembers a failure under it ([`GatewayError::Spent`]); no error, log or `Debug` shows a key, an address or a name; an object that
//! is not the newsroom's is `None`; money that is only promised is [`PaymentState::Pending`](model::PaymentState). It knows nothing
//! of the database.

pub mod bank;
pub mod btcpay;
mod decimal;
mod encode;
mod error;
mod held;
pub mod paypal;
pub mod remote;
mod secret;
mod standing;
pub mod stripe;
mod values;
mod wire;

use std::sync::Arc;

use http::HeaderMap;
use model::{ContributionId, Frequency, GatewayName, Language, Money, Timestamp};
use serde::{Deserialize, Serialize};

pub use error::{GatewayError, HookRefused};
pub use held::{Held, HeldPage, Unfit, Which};
pub use secret::Secret;
pub use standing::{Contact, Further, PaymentStanding, PledgeStanding, PledgeState, SessionStanding, Standing};

/// A payment processor.
#[async_trait::async_trait]
pub trait Gateway: Send + Sync + std::fmt::Debug {
    /// Which it is.
    fn name(&self) -> GatewayName;

    /// What it can do.
    fn can(&self) -> Can;

    /// The objects that tell how a contribution stands, by the gateway's names for its page and its pledge.
    fn objects(&self, session: Option<&str>, pledge: Option<&str>) -> Vec<Object>;

    /// Makes the page on which a contribution is paid.
    async fn start(&self, ask: &Start) -> Result<Started, GatewayError>;

    /// What an object says at this moment; `None` where there is none or it is not the newsroom's.
    /// It takes no money.
    async fn fetch(&self, object: &Object) -> Result<Option<Standing>, GatewayError>;

    /// Takes money to which its payer has agreed, where that waits for a word ([`Standing::waits`]); what the object says then.
    async fn take(&self, object: &Object) -> Result<Option<Standing>, GatewayError> {
        self.fetch(object).await
    }

    /// Closes a page, so that it can't be paid any more, where the gateway can do that.
    async fn close(&self, session: &str, key: &str) -> Result<(), GatewayError> {
        let _ = (session, key);
        cannot(self.name())
    }

    /// What a webhook tells, if it is the gateway's own. Answers fast: what it needs for that, such as a certificate, it keeps.
    async fn verify(&self, now: Timestamp, headers: &HeaderMap, body: &[u8]) -> Result<Vec<Event>, HookRefused>;

    /// Changes what a pledge is from its next payment on.
    async fn change(&self, pledge: &Pledge, money: Money, frequency: Frequency, key: &str) -> Result<(), GatewayError> {
        let _ = (pledge, money, frequency, key);
        cannot(self.name())
    }

    /// Puts a pledge on hold.
    async fn pause(&self, pledge: &Pledge, key: &str) -> Result<(), GatewayError> {
        let _ = (pledge, key);
        cannot(self.name())
    }

    /// Lets a paused pledge go on.
    async fn resume(&self, pledge: &Pledge, key: &str) -> Result<(), GatewayError> {
        let _ = (pledge, key);
        cannot(self.name())
    }

    /// Ends a pledge at once; one that is ended already stays so. Each says it itself, for an emergency stop believes that who can't
    /// charges nobody.
    async fn cancel(&self, pledge: &Pledge, key: &str) -> Result<(), GatewayError>;

    /// The gateway's page on which the giver changes how they pay; it leads back to `back`.
    async fn method_page(&self, pledge: &Pledge, back: &str) -> Result<String, GatewayError> {
        let _ = (pledge, back);
        cannot(self.name())
    }

    /// Gives a payment back, whole or in part.
    async fn refund(&self, payment: &str, money: Money, key: &str) -> Result<(), GatewayError> {
        let _ = (payment, money, key);
        cannot(self.name())
    }

    /// What happened after a place in the gateway's own record, oldest first; without one, in the last days that it has.
    async fn since(&self, place: Option<&str>) -> Result<Happened, GatewayError>;

    /// Pledges that the gateway holds, whoever began them, from after a place in the list of them. Changes nothing.
    async fn held(&self, which: &Which, after: Option<&str>) -> Result<HeldPage, GatewayError> {
        let _ = (which, after);
        cannot(self.name())
    }

    /// Whether it answers, and by the gateway's own names for them the rights that the newsroom's key lacks. Changes nothing.
    async fn lacking(&self) -> Result<Vec<String>, GatewayError> {
        Ok(Vec::new())
    }
}

/// What a gateway is not made for.
fn cannot<T>(gateway: GatewayName) -> Result<T, GatewayError> {
    Err(GatewayError::Cannot { gateway: wire::title(gateway).to_owned() })
}

/// A gateway that can be shared.
pub type AnyGateway = Arc<dyn Gateway>;

/// What a gateway can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "a table of abilities, each its own")]
pub struct Can {
    /// Monthly and annual pledges.
    pledges: bool,
    /// Changing the amount and the frequency of a pledge.
    change: bool,
    /// Putting a pledge on hold.
    pause: bool,
    /// A page on which the giver changes how they pay.
    method_page: bool,
    /// Giving back.
    refund: bool,
}

impl Can {
    /// Everything.
    pub const ALL: Self = Self { pledges: true, change: true, pause: true, method_page: true, refund: true };
    /// One gift, and no more.
    pub const ONCE: Self = Self { pledges: false, change: false, pause: false, method_page: false, refund: false };

    /// Without a page on which the giver changes how they pay.
    #[must_use]
    pub const fn without_method_page(self) -> Self {
        Self { method_page: false, ..self }
    }

    /// Without changing the amount and the frequency of a pledge.
    #[must_use]
    pub const fn without_change(self) -> Self {
        Self { change: false, ..self }
    }

    /// Without giving back.
    #[must_use]
    pub const fn without_refund(self) -> Self {
        Self { refund: false, ..self }
    }

    /// Whether it takes a frequency.
    #[must_use]
    pub fn take(self, frequency: Frequency) -> bool {
        self.pledges || !frequency.is_pledge()
    }

    /// Whether the amount and the frequency of a pledge can be changed.
    #[must_use]
    pub fn change(self) -> bool {
        self.change
    }

    /// Whether a pledge can be put on hold.
    #[must_use]
    pub fn pause(self) -> bool {
        self.pause
    }

    /// Whether it has a page on which the giver changes how they pay.
    #[must_use]
    pub fn method_page(self) -> bool {
        self.method_page
    }

    /// Whether it gives back.
    #[must_use]
    pub fn refund(self) -> bool {
        self.refund
    }
}

/// A contribution that is to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// Whose: the gateway keeps it as its own reference, and it is how [`Standing::contribution`] is known again.
    pub contribution: ContributionId,
    /// How much each time.
    pub money: Money,
    /// How often.
    pub frequency: Frequency,
    /// The language of the page, where the gateway has it.
    pub language: Language,
    /// What the payer reads it is for: as neutral as the newsroom sets it.
    pub label: String,
    /// Where the payer comes back to when they paid; that they do proves nothing.
    pub done: String,
    /// Where they come back to when they did not.
    pub back: String,
    /// Asking again with the same key makes no second page.
    pub key: String,
}

/// The page on which a contribution is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// The gateway's name for it.
    pub session: String,
    /// Where it is: absolute, or a path of the newsroom's own.
    pub page: String,
}

/// A pledge as its gateway knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pledge {
    /// Whose.
    pub contribution: ContributionId,
    /// The gateway's name for it.
    pub token: String,
}

/// An object of a gateway: `checkout.session`, `cs_…`. Which kinds there are is the adapter's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Object {
    /// What it is, at most 40 characters.
    pub kind: String,
    /// The gateway's name for it.
    pub id: String,
}

impl Object {
    /// An object.
    #[must_use]
    pub fn new(kind: impl Into<String>, id: impl Into<String>) -> Self {
        Self { kind: kind.into(), id: id.into() }
    }
}

/// Something that a gateway told: that an object is to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The gateway's name for it: the same when it is told again.
    pub id: String,
    /// What is to be looked at.
    pub object: Object,
}

/// A part of a gateway's own record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// What happened, oldest first.
    pub events: Vec<Event>,
    /// The place after the last of them; `None` where the gateway keeps no record, and open contributions are to be asked for
    /// one by one.
    pub place: Option<String>,
    /// Whether there is more after it now.
    pub more: bool,
}

impl Happened {
    /// Of a gateway that keeps no record.
    #[must_use]
    pub fn unrecorded() -> Self {
        Self { events: Vec::new(), place: None, more: false }
    }
}

/// Whether a gateway takes this very amount of this currency, so far as that is known without asking it.
#[must_use]
pub fn takes(gateway: GatewayName, money: Money) -> bool {
    match gateway {
        GatewayName::Stripe => stripe::takes(money),
        GatewayName::Paypal => paypal::takes(money),
        GatewayName::Btcpay | GatewayName::Bank | GatewayName::Sandbox => true,
    }
}

/// The objects that tell how one payment stands, by the gateway's name for it. None where only its contribution's do.
#[must_use]
pub fn payment_objects(gateway: GatewayName, payment: &str) -> Vec<Object> {
    match gateway {
        GatewayName::Stripe => vec![Object::new("payment_intent", payment)],
        // Which of the two it is, its name does not tell; of the other there is none.
        GatewayName::Paypal => vec![Object::new("capture", payment), Object::new("sale", payment)],
        GatewayName::Sandbox => vec![Object::new("payment", payment)],
        GatewayName::Btcpay | GatewayName::Bank => Vec::new(),
    }
}
