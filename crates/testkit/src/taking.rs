//! A node that takes contributions by gateways of the test's own, and listens to what they tell.

use std::sync::Arc;

use app::{Newsroom, Parts, support::Gateways};
use model::FixedClock;
use outside::payments::{
    AnyGateway, Secret,
    btcpay::{Btcpay, BtcpayOptions},
    paypal::{Paypal, PaypalOptions},
    stripe::{Stripe, StripeOptions},
};
use tokio::net::TcpListener;

use crate::{
    Anon, TestNewsroom,
    newsroom::parts,
    processors::{FakeBtcpay, FakePaypal, FakeStripe},
};

impl TestNewsroom {
    /// Another node of the same newsroom, with its keys, which takes contributions by these gateways; and a reader of it.
    ///
    /// # Errors
    /// When the theme can't be read, the database fails, or no port is free.
    pub async fn taking(&self, gateways: Vec<AnyGateway>) -> anyhow::Result<(Newsroom, Anon)> {
        let (store, objects) = (self.newsroom.store().clone(), self.newsroom.objects().clone());
        let parts = parts(store, objects, &self.clock, 10, self.keyring())?;
        let newsroom = Newsroom::new(Parts { gateways: Gateways::new(gateways), ..parts })?;
        app::vault::open(&newsroom, None).await?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let anon = Anon::at(format!("http://{}", listener.local_addr()?));
        let mut stopped = self.stop.subscribe();
        let until = async move { drop(stopped.wait_for(|stop| *stop).await) };
        tokio::spawn(web::serve(newsroom.clone(), listener, web::Options::default(), until));
        Ok((newsroom, anon))
    }

    /// A Stripe that shares the newsroom's clock, a node that takes contributions by it, and a reader of that. What Stripe tells
    /// goes to the node.
    ///
    /// # Errors
    /// As [`Self::taking`].
    pub async fn taking_by_stripe(&self) -> anyhow::Result<(FakeStripe, Newsroom, Anon)> {
        let fake = FakeStripe::start(Arc::<FixedClock>::clone(&self.clock)).await?;
        let options = StripeOptions {
            key: Secret::new(&fake.key),
            secret: Secret::new(&fake.secret),
            product: None,
            address: Some(fake.address.parse()?),
        };
        let (newsroom, anon) = self.taking(vec![Arc::new(Stripe::new(options)?)]).await?;
        fake.webhooks_to(&format!("{}/-/hooks/pay/stripe", anon.address));
        Ok((fake, newsroom, anon))
    }

    /// The same with PayPal.
    ///
    /// # Errors
    /// As [`Self::taking`].
    pub async fn taking_by_paypal(&self) -> anyhow::Result<(FakePaypal, Newsroom, Anon)> {
        let fake = FakePaypal::start(Arc::<FixedClock>::clone(&self.clock)).await?;
        let options = PaypalOptions {
            client: fake.client.clone(),
            key: Secret::new(&fake.secret),
            webhook: fake.webhook.clone(),
            address: Some(fake.address.parse()?),
            certificates: Some(fake.address.parse()?),
        };
        let (newsroom, anon) = self.taking(vec![Arc::new(Paypal::new(options)?)]).await?;
        fake.webhooks_to(&format!("{}/-/hooks/pay/paypal", anon.address));
        Ok((fake, newsroom, anon))
    }

    /// The same with a BTCPay Server, by a key that has some rights besides those that it needs.
    ///
    /// # Errors
    /// As [`Self::taking`].
    pub async fn taking_by_btcpay(&self, besides: &[&str]) -> anyhow::Result<(FakeBtcpay, Newsroom, Anon)> {
        let fake = FakeBtcpay::start(Arc::<FixedClock>::clone(&self.clock)).await?;
        let needed = ["btcpay.store.cancreateinvoice", "btcpay.store.canviewinvoices"];
        let options = BtcpayOptions {
            address: fake.address.parse()?,
            store: fake.store.clone(),
            key: Secret::new(&fake.token_with(&[&needed, besides].concat())),
            secret: Secret::new(&fake.secret),
        };
        let (newsroom, anon) = self.taking(vec![Arc::new(Btcpay::new(options))]).await?;
        fake.webhooks_to(&format!("{}/-/hooks/pay/btcpay", anon.address));
        Ok((fake, newsroom, anon))
    }
}
