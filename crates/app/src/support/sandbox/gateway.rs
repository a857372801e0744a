//! The sandbox as a gateway.

use std::sync::Arc;

use http::HeaderMap;
use model::{Clock, Dispute, Frequency, GatewayName, Money, PaymentState, Timestamp};
use outside::payments::{
    Can, Event, Gateway, GatewayError, Happened, HookRefused, Object, PaymentStanding, Pledge as Known, PledgeStanding,
    PledgeState, SessionStanding, Standing, Start, Started,
};
use store::{Store, Tx};

use super::book::{self, PAGE, PAYMENT, PLEDGE, Page, PageState, Paid, Pledge, PledgeIs};
use super::clock::{due, now_in_tx};
use crate::{error::Error, support::contributions::at};

/// Hours for which a page can be paid.
const PAGE_HOURS: i64 = 24;
const HOUR: i64 = 3_600_000;

/// The sandbox.
#[derive(Debug, Clone)]
pub struct Sandbox {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl Sandbox {
    /// With its books in a newsroom's database.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    async fn begin(&self) -> Result<Tx, GatewayError> {
        self.store.begin().await.map_err(|error| away(&error.into()))
    }

    /// Changes a pledge, and tells of it.
    async fn change_pledge(&self, id: &str, change: impl FnOnce(&mut Pledge) + Send) -> Result<(), GatewayError> {
        let mut tx = self.begin().await?;
        let done = async {
            let Some(mut pledge) = book::get::<Pledge>(&mut tx, id).await? else { return Ok(false) };
            change(&mut pledge);
            book::put(&mut tx, PLEDGE, id, &pledge, due(&pledge)).await?;
            book::happened(&mut tx, PLEDGE, id).await?;
            tx.commit().await?;
            Ok::<_, Error>(true)
        };
        match done.await {
            Ok(true) => Ok(()),
            Ok(false) => Err(refused("no such pledge")),
            Err(error) => Err(away(&error)),
        }
    }

    async fn page_of(&self, ask: &Start) -> Result<Page, Error> {
        let mut tx = self.store.begin().await?;
        // Asked again with the same key, it is the same page.
        if let Some(page) = book::get::<Page>(&mut tx, &ask.key).await? {
            return Ok(page);
        }
        let now = now_in_tx(&mut tx, &*self.clock).await?;
        let page = Page {
            id: ask.key.clone(),
            contribution: ask.contribution,
            money: ask.money,
            frequency: ask.frequency,
            label: ask.label.clone(),
            back: ask.back.clone(),
            until: now.plus_millis(PAGE_HOURS * HOUR),
            state: PageState::Open,
            pledge: None,
            payments: Vec::new(),
        };
        book::put(&mut tx, PAGE, &page.id, &page, Some(page.until)).await?;
        tx.commit().await?;
        Ok(page)
    }

    async fn standing(&self, object: &Object) -> Result<Option<Standing>, Error> {
        let mut tx = self.store.read().await?;
        Ok(match object.kind.as_str() {
            PAGE => match book::get::<Page>(&mut tx, &object.id).await? {
                Some(page) => Some(of_page(&mut tx, page).await?),
                None => None,
            },
            PLEDGE => book::get::<Pledge>(&mut tx, &object.id).await?.map(|pledge| of_pledge(&pledge)),
            PAYMENT => book::get::<Paid>(&mut tx, &object.id).await?.map(|paid| Standing {
                contribution: Some(paid.contribution),
                payments: vec![of_payment(&paid)],
                ..Standing::default()
            }),
            _ => None,
        })
    }
}

async fn of_page(tx: &mut Tx, page: Page) -> Result<Standing, Error> {
    let mut payments = Vec::new();
    for id in &page.payments {
        payments.extend(book::get::<Paid>(tx, id).await?.as_ref().map(of_payment));
    }
    Ok(Standing {
        contribution: Some(page.contribution),
        session: Some(match page.state {
            PageState::Open => SessionStanding::Open,
            PageState::Complete => SessionStanding::Complete,
            PageState::Over => SessionStanding::Over,
        }),
        payments,
        more: page.pledge.map(|id| Object::new(PLEDGE, id)).into_iter().collect(),
        ..Standing::default()
    })
}

fn of_pledge(pledge: &Pledge) -> Standing {
    Standing {
        contribution: Some(pledge.contribution),
        pledge: Some(PledgeStanding {
            token: pledge.id.clone(),
            state: match pledge.state {
                PledgeIs::Pending => PledgeState::Pending,
                PledgeIs::Active => PledgeState::Active,
                PledgeIs::PastDue => PledgeState::PastDue,
                PledgeIs::Paused => PledgeState::Paused,
                PledgeIs::Cancelled => PledgeState::Cancelled,
            },
            money: pledge.money,
            frequency: pledge.frequency,
            ending: false,
            paid_until: super::clock::after(pledge.anchor, pledge.months),
        }),
        more: pledge.payments.iter().map(|id| Object::new(PAYMENT, id)).collect(),
        ..Standing::default()
    }
}

fn of_payment(paid: &Paid) -> PaymentStanding {
    PaymentStanding {
        token: paid.id.clone(),
        money: paid.money,
        fee: (paid.state == PaymentState::Paid).then_some(paid.fee),
        state: paid.state,
        refunded: Some(paid.refunded),
        dispute: paid.dispute,
        disputed: paid.disputed,
        came: None,
        at: paid.at,
    }
}

fn away(error: &Error) -> GatewayError {
    GatewayError::Away { gateway: GatewayName::Sandbox.as_str().to_owned(), why: error.to_string() }
}

fn refused(why: &str) -> GatewayError {
    GatewayError::Refused { gateway: GatewayName::Sandbox.as_str().to_owned(), why: why.to_owned() }
}

#[async_trait::async_trait]
impl Gateway for Sandbox {
    fn name(&self) -> GatewayName {
        GatewayName::Sandbox
    }

    fn can(&self) -> Can {
        Can::ALL.without_method_page()
    }

    fn objects(&self, session: Option<&str>, pledge: Option<&str>) -> Vec<Object> {
        let page = session.map(|id| Object::new(PAGE, id));
        page.into_iter().chain(pledge.map(|id| Object::new(PLEDGE, id))).collect()
    }

    async fn start(&self, ask: &Start) -> Result<Started, GatewayError> {
        let page = self.page_of(ask).await.map_err(|error| away(&error))?;
        Ok(Started { page: at::sandbox(&ask.done, &page.id), session: page.id })
    }

    async fn fetch(&self, object: &Object) -> Result<Option<Standing>, GatewayError> {
        self.standing(object).await.map_err(|error| away(&error))
    }

    async fn close(&self, session: &str, _: &str) -> Result<(), GatewayError> {
        let mut tx = self.begin().await?;
        let done = async {
            if let Some(page) = book::get::<Page>(&mut tx, session).await? {
                super::clock::end_page(&mut tx, page).await?;
            }
            tx.commit().await?;
            Ok::<_, Error>(())
        };
        done.await.map_err(|error| away(&error))
    }

    /// Nobody outside speaks for it: what happens in it is told within the program.
    async fn verify(&self, _: Timestamp, _: &HeaderMap, _: &[u8]) -> Result<Vec<Event>, HookRefused> {
        Err(HookRefused::Signature)
    }

    async fn change(&self, pledge: &Known, money: Money, frequency: Frequency, _: &str) -> Result<(), GatewayError> {
        self.change_pledge(&pledge.token, |pledge| (pledge.money, pledge.frequency) = (money, frequency)).await
    }

    async fn pause(&self, pledge: &Known, _: &str) -> Result<(), GatewayError> {
        self.change_pledge(&pledge.token, |pledge| {
            if matches!(pledge.state, PledgeIs::Active | PledgeIs::PastDue) {
                pledge.state = PledgeIs::Paused;
            }
        })
        .await
    }

    async fn resume(&self, pledge: &Known, _: &str) -> Result<(), GatewayError> {
        self.change_pledge(&pledge.token, |pledge| {
            if pledge.state == PledgeIs::Paused {
                (pledge.state, pledge.failed) = (PledgeIs::Active, 0);
            }
        })
        .await
    }

    async fn cancel(&self, pledge: &Known, _: &str) -> Result<(), GatewayError> {
        self.change_pledge(&pledge.token, |pledge| pledge.state = PledgeIs::Cancelled).await
    }

    async fn method_page(&self, _: &Known, _: &str) -> Result<String, GatewayError> {
        Err(GatewayError::Cannot { gateway: GatewayName::Sandbox.as_str().to_owned() })
    }

    async fn refund(&self, payment: &str, money: Money, key: &str) -> Result<(), GatewayError> {
        let mut tx = self.begin().await?;
        let done = async {
            let Some(mut paid) = book::get::<Paid>(&mut tx, payment).await? else { return Ok(false) };
            let known: Option<bool> = book::get(&mut tx, key).await?;
            let rest = paid.money.minor - paid.refunded;
            let fits = paid.state == PaymentState::Paid
                && paid.dispute != Some(Dispute::Lost)
                && money.currency == paid.money.currency
                && (1..=rest).contains(&money.minor);
            if known.is_none() {
                if !fits {
                    return Ok(false);
                }
                paid.refunded += money.minor;
                book::put(&mut tx, PAYMENT, payment, &paid, None).await?;
                book::put(&mut tx, "refund", key, &true, None).await?;
                book::happened(&mut tx, PAYMENT, payment).await?;
            }
            tx.commit().await?;
            Ok::<_, Error>(true)
        };
        match done.await {
            Ok(true) => Ok(()),
            Ok(false) => Err(refused("not as much can be given back")),
            Err(error) => Err(away(&error)),
        }
    }

    async fn since(&self, place: Option<&str>) -> Result<Happened, GatewayError> {
        let read = async {
            let mut tx = self.store.read().await?;
            book::events(&mut tx, place.unwrap_or_default()).await
        };
        let events = read.await.map_err(|error: Error| away(&error))?;
        let place = events.last().map(|event| event.id.clone()).or_else(|| place.map(str::to_owned));
        Ok(Happened { events, place, more: false })
    }
}
