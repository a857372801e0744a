//! The three of them under one clock.

use std::sync::Arc;

use model::{FixedClock, Timestamp};

use super::{FakeBtcpay, FakePaypal, FakeStripe, Plan};

/// Stripe, PayPal and BTCPay Server. The clock may be the newsroom's own.
#[derive(Debug, Clone)]
pub struct Processors {
    /// Stripe.
    pub stripe: FakeStripe,
    /// PayPal.
    pub paypal: FakePaypal,
    /// BTCPay Server.
    pub btcpay: FakeBtcpay,
}

impl Processors {
    /// Opens all three.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start(clock: &Arc<FixedClock>) -> anyhow::Result<Self> {
        let stripe = FakeStripe::start(Arc::clone(clock)).await?;
        let paypal = FakePaypal::start(Arc::clone(clock)).await?;
        let btcpay = FakeBtcpay::start(Arc::clone(clock)).await?;
        Ok(Self { stripe, paypal, btcpay })
    }

    /// What goes wrong with the webhooks of all of them.
    pub fn webhooks(&self, plan: &Plan) {
        self.stripe.webhooks(plan.clone());
        self.paypal.webhooks(plan.clone());
        self.btcpay.webhooks(plan.clone());
    }

    /// Moves the clock: what comes due with any of them happens in the order of time.
    pub fn move_to(&self, moment: Timestamp) {
        let last = moment.as_millis().div_euclid(1000);
        loop {
            let due = [self.stripe.next_due(), self.paypal.next_due(), self.btcpay.next_due()];
            let next = due.into_iter().flatten().min().filter(|next| *next <= last);
            let until = next.map_or(moment, |next| Timestamp::from_millis(next * 1000));
            self.stripe.move_to(until);
            self.paypal.move_to(until);
            self.btcpay.move_to(until);
            if next.is_none() {
                return;
            }
        }
    }

    /// Sends what all of them have to tell, until nothing is due. How many deliveries were tried.
    pub async fn deliver_all(&self) -> usize {
        let (stripe, paypal) = (self.stripe.deliver_all().await, self.paypal.deliver_all().await);
        stripe.len() + paypal.len() + self.btcpay.deliver_all().await.len()
    }
}
