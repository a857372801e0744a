//! The sandbox's controls: its clock, renewals that fail, money that comes or not, disputes. There only where it is set up.

use app::support::sandbox::{self, Becomes, Control, ShownPayment, ShownPledge};
use axum::body::Body;
use http::Response;
use model::{Dispute, PaymentState};
use serde::Serialize;

use crate::desk::{answer::done, ask::Ask, refused::Refused};

/// This page.
const HERE: &str = "/desk/support/sandbox";

#[derive(Serialize)]
struct Page {
    /// Whether the sandbox is set up.
    sandbox: bool,
    clock: i64,
    /// Whether reminders go along with the clock.
    reminds: bool,
    pledges: Vec<Pledge>,
    payments: Vec<Payment>,
}

#[derive(Serialize)]
struct Pledge {
    id: String,
    amount: String,
    frequency: &'static str,
    due: Option<i64>,
    refuse: bool,
}

#[derive(Serialize)]
struct Payment {
    id: String,
    amount: String,
    /// What it is: the key of a word.
    state: &'static str,
    /// What can become of it.
    becomes: &'static [&'static str],
}

/// `GET /desk/support/sandbox`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let books = sandbox::books(ask.newsroom(), ask.staff()?).await?;
    let page = Page {
        sandbox: true,
        clock: books.clock.as_millis(),
        reminds: books.reminds,
        pledges: books.pledges.into_iter().map(|one| pledge(&ask, one)).collect(),
        payments: books.payments.into_iter().map(|one| payment(&ask, one)).collect(),
    };
    ask.render("support_sandbox.html", "support", page)
}

fn pledge(ask: &Ask, one: ShownPledge) -> Pledge {
    Pledge {
        amount: ask.strings().money(one.money),
        frequency: one.frequency.as_str(),
        due: one.due.map(|due| due.as_millis()),
        refuse: one.refuse,
        id: one.id,
    }
}

fn payment(ask: &Ask, one: ShownPayment) -> Payment {
    let (state, becomes): (_, &[&str]) = match (one.state, one.dispute) {
        (PaymentState::Pending, _) => ("pending", &["paid", "failed"]),
        (PaymentState::Failed, _) => ("failed", &[]),
        (PaymentState::Paid, Some(Dispute::Open)) => ("disputed", &["won", "lost"]),
        (PaymentState::Paid, Some(Dispute::Won)) => ("won", &[]),
        (PaymentState::Paid, Some(Dispute::Lost)) => ("lost", &[]),
        (PaymentState::Paid, None) if one.refunded >= one.money.minor => ("refunded", &[]),
        (PaymentState::Paid, None) => ("paid", &["open"]),
    };
    Payment { amount: ask.strings().money(one.money), state, becomes, id: one.id }
}

/// `POST /desk/support/sandbox`: one of the buttons.
pub(in crate::desk) async fn act(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let name = || form.one("id").to_owned();
    let control = match form.one("act") {
        "days" => Control::Days(form.read("days", |text| text.parse().ok())?, Some(format!("http://{}", ask.host))),
        "refuse" => Control::RefuseNext(name()),
        "paid" => Control::Payment(name(), Becomes::Paid),
        "failed" => Control::Payment(name(), Becomes::Failed),
        other => match Dispute::parse(other) {
            Some(dispute) => Control::Payment(name(), Becomes::Disputed(dispute)),
            None => return Err(Refused::Missing),
        },
    };
    sandbox::control(ask.newsroom(), ask.staff()?, &control).await?;
    Ok(done(HERE, "sandbox-done"))
}
