//! What `cargo xtask bench --support` needs beside the program that it measures.
//!
//! `support_bench FOLDER sqlite|postgres PLEDGES` stands in for Stripe, and fills the newsroom of a folder by its own use cases:
//! a month ago so many readers pledged 5 USD a month, each by the form, twenty a minute of that day's clock, and left an address.
//! Then it obeys what it reads, a word a line, and prints a line of JSON after each: `renew` (the month passes, and what Stripe has
//! to tell of it lies in FOLDER/events, a body a line), `sandbox` (as many pledges in the sandbox, whose clock is moved a month
//! on), `watch` (what is written down). It ends with its input.

use std::{
    error::Error,
    io::{BufRead, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use app::{
    Newsroom, Parts,
    mailer::Mailer,
    settings,
    support::{
        self, Gateways,
        contributions::{self, Begun, GiveForm},
        sandbox::{self, How, Sandbox},
    },
    vault,
};
use model::{Clock, FixedClock, GatewayName, OsChance, SupportSettings, SystemClock, Timestamp};
use outside::{
    Hooks, Objects,
    payments::{
        AnyGateway, Secret,
        stripe::{Stripe, StripeOptions},
    },
};
use serde_json::{Value, json};
use store::{Location, Store};
use testkit::{
    postgres::Database,
    processors::{FakeStripe, Mode, Plan},
};

type Outcome<T> = Result<T, Box<dyn Error>>;

const DAY: i64 = 24 * 3_600_000;
/// Between two forms: twenty a minute are taken as they come.
const STEP: i64 = 3_100;
/// Forms after which what Stripe has to tell is read.
const PART: usize = 200;

#[tokio::main]
async fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let ["sqlite" | "postgres", _] = words[1.min(words.len())..] else {
        return Err("write: support_bench FOLDER sqlite|postgres PLEDGES".into());
    };
    let database =
        if words[1] == "postgres" { Database::create().await.map_err(|error| error.to_string())? } else { None };
    let folder = PathBuf::from(words[0]);
    let file = format!("sqlite:{}", folder.join("newsroom.db").display());
    let url = database.as_ref().map_or(file, |database| database.url.clone());
    let bench = Bench::open(folder, &url, words[2].parse()?).await?;
    bench.pledge().await?;
    say(
        &json!({ "url": url, "address": bench.stripe.address, "key": bench.stripe.key, "secret": bench.stripe.secret }),
    )?;
    for word in std::io::stdin().lock().lines() {
        say(&match word?.trim() {
            "renew" => bench.renew()?,
            "sandbox" => bench.sandbox().await?,
            "watch" => bench.watch().await?,
            other => return Err(format!("`{other}` is not known").into()),
        })?;
    }
    bench.newsroom.store().close().await;
    Ok(())
}

fn say(told: &Value) -> Outcome<()> {
    let mut out = std::io::stdout();
    writeln!(out, "{told}")?;
    Ok(out.flush()?)
}

struct Bench {
    folder: PathBuf,
    pledges: usize,
    /// When the last of them was made.
    made: Timestamp,
    clock: Arc<FixedClock>,
    stripe: FakeStripe,
    newsroom: Newsroom,
    /// Another node of it, without Stripe: beside that the sandbox is offered to nobody.
    playing: Newsroom,
}

impl Bench {
    async fn open(folder: PathBuf, url: &str, pledges: usize) -> Outcome<Self> {
        // The longest month and a day.
        let made = SystemClock.now().plus_millis(-32 * DAY);
        let clock = Arc::new(FixedClock::at(made.plus_millis(-STEP * i64::try_from(pledges)?)));
        let stripe = FakeStripe::start(Arc::clone(&clock)).await?;
        // It keeps no webhooks: they are sent by who measures.
        stripe.webhooks(Plan::calm(0).with(Mode::Drop));
        let store = Store::open(&Location::parse(url)?, &*clock).await?;
        let options = StripeOptions {
            key: Secret::new(&stripe.key),
            secret: Secret::new(&stripe.secret),
            product: None,
            address: Some(stripe.address.parse()?),
        };
        let newsroom = newsroom(&folder, store.clone(), &clock, Arc::new(Stripe::new(options)?)).await?;
        let sandbox = Sandbox::new(store.clone(), Arc::<FixedClock>::clone(&clock));
        let playing = self::newsroom(&folder, store, &clock, Arc::new(sandbox)).await?;
        Ok(Self { folder, pledges, made, clock, stripe, newsroom, playing })
    }

    /// So many pledge, and what came of it is written down.
    async fn pledge(&self) -> Outcome<()> {
        for number in 0..self.pledges {
            let page = self.form(number, &self.newsroom, GatewayName::Stripe).await?;
            let session = page.rsplit('/').next().unwrap_or_default();
            if !self.stripe.pay(session) {
                return Err(format!("{page} can't be paid").into());
            }
            if number % PART == PART - 1 || number == self.pledges - 1 {
                contributions::sweep(&self.newsroom).await?;
                contributions::run_due(&self.newsroom).await?;
            }
        }
        Ok(())
    }

    /// Somebody sends the form; the page that they are led to.
    async fn form(&self, number: usize, newsroom: &Newsroom, gateway: GatewayName) -> Outcome<String> {
        self.clock.advance_millis(STEP);
        let form = GiveForm {
            frequency: "monthly".to_owned(),
            currency: "USD".to_owned(),
            chosen: "500".to_owned(),
            gateway: gateway.as_str().to_owned(),
            address: format!("giver.number.{number}@gmail.com"),
            ..GiveForm::default()
        };
        match contributions::begin(newsroom, &form, None).await? {
            Begun::At(page) => Ok(page),
            other => Err(format!("a form was answered with {other:?}").into()),
        }
    }

    /// The month passes.
    fn renew(&self) -> Outcome<Value> {
        let now = SystemClock.now();
        self.stripe.move_to(now);
        let since = self.made.as_millis().div_euclid(1_000);
        let mut file = std::io::BufWriter::new(std::fs::File::create(self.folder.join("events"))?);
        let mut count = 0;
        for event in self.stripe.objects("event") {
            // What an endpoint is set up to be told of a renewal.
            let told = ["invoice.paid", "customer.subscription.updated"].iter().any(|kind| event["type"] == *kind);
            if told && event["created"].as_i64().unwrap_or(0) > since {
                writeln!(file, "{event}")?;
                count += 1;
            }
        }
        file.flush()?;
        Ok(json!({ "events": count }))
    }

    /// As many pledges in the sandbox, and a month of it.
    async fn sandbox(&self) -> Outcome<Value> {
        for number in 0..self.pledges {
            let page = self.form(number, &self.playing, GatewayName::Sandbox).await?;
            let page = page.rsplit('/').next().unwrap_or_default();
            sandbox::pay(&self.playing, page, How::Pay).await?.ok_or("the sandbox has no such page")?;
        }
        let begun = Instant::now();
        let count = sandbox::advance(&self.playing, 32).await?;
        Ok(json!({ "renewed": count, "seconds": begun.elapsed().as_secs_f64() }))
    }

    /// What is written down: money in minor units, and objects that wait.
    async fn watch(&self) -> Outcome<Value> {
        let mut tx = self.newsroom.store().read().await?;
        let (waiting, _) = store::gateway_object_waiting(&mut tx).await?;
        let mut money = async |gateway| -> Outcome<i64> {
            Ok(store::payment_balance(&mut tx, gateway).await?.iter().map(|sum| sum.minor).sum())
        };
        let (stripe, sandbox) = (money(GatewayName::Stripe).await?, money(GatewayName::Sandbox).await?);
        Ok(json!({ "waiting": waiting, "stripe": stripe, "sandbox": sandbox }))
    }
}

/// The newsroom of a folder, which takes contributions by a gateway.
async fn newsroom(folder: &Path, store: Store, clock: &Arc<FixedClock>, gateway: AnyGateway) -> Outcome<Newsroom> {
    let clock: Arc<dyn Clock> = Arc::<FixedClock>::clone(clock);
    let newsroom = Newsroom::new(Parts {
        store,
        objects: Objects::open("file:objects", folder)?,
        hooks: Hooks::default(),
        mailer: Mailer::none(Arc::clone(&clock))?,
        clock,
        chance: Arc::new(OsChance),
        theme_dir: None,
        ways: app::back::Ways::default(),
        keyring: Some(folder.join("keys/keyring")),
        gateways: Gateways::new(vec![gateway]),
        cache_bytes: 1 << 20,
        abort_at: None,
    })?;
    vault::open(&newsroom, None).await?;
    let address = [("address".to_owned(), "https://news.example".to_owned())];
    settings::change(&newsroom, "bench", &address).await?.map_err(|wrong| format!("{wrong:?}"))?;
    let opened = SupportSettings { open: true, ..SupportSettings::default() };
    let mut tx = newsroom.store().begin().await?;
    store::setting_set(&mut tx, support::KEY, &serde_json::to_string(&opened)?, newsroom.clock().now()).await?;
    tx.commit().await?;
    Ok(newsroom)
}
