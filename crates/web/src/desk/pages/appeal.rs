//! An appeal: what it says, its rules, its settings, its numbers; starting and withdrawing it.

use app::{
    stories::{desk::local_time, time_zone},
    support::appeals::{self, Opened, Settings},
};
use axum::body::Body;
use http::Response;
use model::{
    AppealId, Currency, Money, Month, Timestamp,
    appeal::{Cap, Goal},
};
use serde::Serialize;

use super::{
    appeal_numbers::{Shown, shown},
    appeal_rules::{Choices, RuleForm, RuleRow, rule_form, rules},
    appeal_variants::{VariantRow, variants},
    filed::{again, wrong},
};
use crate::desk::{answer::done, ask::Ask, form::Form, refused::Refused};

#[derive(Serialize)]
struct Page {
    id: AppealId,
    name: String,
    kind: &'static str,
    state: &'static str,
    standing: &'static str,
    from: Option<i64>,
    until: Option<i64>,
    pending: bool,
    variants: Vec<VariantRow>,
    rules: Vec<RuleRow>,
    rule: Option<RuleForm>,
    kinds: [&'static str; 7],
    moved: String,
    typed: Typed,
    time_zone: String,
    numbers: Shown,
    wrong: Option<String>,
    /// Which form it is about.
    wrong_at: &'static str,
}

/// What stands in the form of the settings.
#[derive(Serialize)]
struct Typed {
    name: String,
    from: String,
    until: String,
    form: bool,
    rest_days: String,
    cap_times: String,
    cap_days: String,
    goal_amount: String,
    goal_currency: String,
    goal_from: String,
    goal_until: String,
}

/// A moment as a form has it, in the newsroom's zone.
pub(super) fn local(ask: &Ask, at: Option<Timestamp>) -> String {
    let Some(at) = at else { return String::new() };
    let local = time_zone(ask.settings()).to_datetime(at.to_jiff());
    format!("{}T{:02}:{:02}", local.date(), local.hour(), local.minute())
}

/// The moment that a field names; none when it is empty.
pub(super) fn moment(ask: &Ask, form: &Form, name: &str) -> Result<Option<Timestamp>, app::Error> {
    form.some(name).map(|text| local_time(ask.settings(), text)).transpose()
}

/// `GET /desk/appeals/{id}`; `rule` names a kind of rule to add, `edit` a rule to change.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, None, "").await
}

/// The page, with what was typed where it was refused.
pub(super) async fn page(ask: &Ask, wrong: Option<String>, at: &'static str) -> Result<Response<Body>, Refused> {
    let id: AppealId = ask.id("id")?;
    let opened = appeals::open(ask.newsroom(), ask.staff()?, id).await?;
    let numbers = appeals::numbers(ask.newsroom(), ask.staff()?, id).await?;
    let choices = Choices::of(ask).await?;
    let typed = if at == "settings" { typed_again(&ask.form()) } else { typed(ask, &opened) };
    let appeal = &opened.appeal;
    let shown = Page {
        id,
        name: appeal.settings.name.clone(),
        kind: appeal.kind.as_str(),
        state: appeal.state.as_str(),
        standing: opened.standing.as_str(),
        from: appeal.settings.from.map(Timestamp::as_millis),
        until: appeal.settings.until.map(Timestamp::as_millis),
        pending: opened.pending(),
        variants: variants(ask, &opened),
        rules: rules(ask, &choices, &appeal.settings.rules),
        rule: rule_form(ask, choices, &appeal.settings.rules, at == "rule")?,
        kinds: ["section", "topic", "language", "dates", "country", "read", "share"],
        moved: ask.query().one("moved").to_owned(),
        typed,
        time_zone: ask.settings().time_zone.clone(),
        numbers: shown(ask, &numbers),
        wrong,
        wrong_at: at,
    };
    ask.render("appeal.html", "appeals", shown)
}

fn typed(ask: &Ask, opened: &Opened) -> Typed {
    let own = &opened.appeal.settings;
    let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
    let goal = own.goal.as_ref();
    Typed {
        name: own.name.clone(),
        from: local(ask, own.from),
        until: local(ask, own.until),
        form: own.form,
        rest_days: own.rest_days.to_string(),
        cap_times: number(own.cap.map(|cap| cap.times)),
        cap_days: number(own.cap.map(|cap| cap.days)),
        goal_amount: goal.map(|goal| goal.amount.decimal()).unwrap_or_default(),
        goal_currency: goal.map_or("USD", |goal| goal.amount.currency.code()).to_owned(),
        goal_from: goal.map(|goal| goal.from.to_string()).unwrap_or_default(),
        goal_until: goal.map(|goal| goal.until.to_string()).unwrap_or_default(),
    }
}

fn typed_again(form: &Form) -> Typed {
    let text = |name: &str| form.one(name).to_owned();
    Typed {
        name: text("name"),
        from: text("from"),
        until: text("until"),
        form: form.ticked("form"),
        rest_days: text("rest_days"),
        cap_times: text("cap_times"),
        cap_days: text("cap_days"),
        goal_amount: text("goal_amount"),
        goal_currency: text("goal_currency"),
        goal_from: text("goal_from"),
        goal_until: text("goal_until"),
    }
}

/// `POST /desk/appeals/{id}/settings`.
pub(in crate::desk) async fn settings(ask: Ask) -> Result<Response<Body>, Refused> {
    let id: AppealId = ask.id("id")?;
    let saved = async {
        let settings = read(&ask)?;
        settings.save(ask.newsroom(), ask.staff()?, id).await?;
        Ok(())
    };
    stepped(&ask, saved.await, "saved", "settings").await
}

fn read(ask: &Ask) -> Result<Settings, Refused> {
    let form = ask.form();
    let number = |text: &str| text.parse::<u16>().ok();
    let cap = match (form.some("cap_times"), form.some("cap_days")) {
        (None, None) => None,
        _ => Some(Cap { times: form.read("cap_times", number)?, days: form.read("cap_days", number)? }),
    };
    Ok(Settings {
        name: form.one("name").to_owned(),
        from: moment(ask, &form, "from")?,
        until: moment(ask, &form, "until")?,
        form: form.ticked("form"),
        rest_days: form.read("rest_days", number)?,
        cap,
        goal: goal(&form)?,
    })
}

/// The goal that a form names; none when the amount is empty.
fn goal(form: &Form) -> Result<Option<Goal>, Refused> {
    let Some(amount) = form.some("goal_amount") else { return Ok(None) };
    let currency = form.read("goal_currency", Currency::parse)?;
    let amount = Money::parse(amount, currency).map_err(|error| app::Error::Refused(format!("the goal: {error}")))?;
    let (from, until) = (form.read("goal_from", Month::parse)?, form.read("goal_until", Month::parse)?);
    Ok(Some(Goal { amount, from, until }))
}

/// Back to the page after a deed, or the page again with why it was not done.
pub(super) async fn stepped(
    ask: &Ask,
    outcome: Result<(), Refused>,
    said: &str,
    at: &'static str,
) -> Result<Response<Body>, Refused> {
    match outcome {
        Ok(()) => Ok(done(&format!("/desk/appeals/{}", ask.param("id")), said)),
        Err(Refused::App(error @ app::Error::Stopped(_))) => Ok(again(page(ask, Some(error.to_string()), at).await?)),
        Err(Refused::App(error)) => Ok(again(page(ask, Some(wrong(error)?), at).await?)),
        Err(other) => Err(other),
    }
}

/// `POST /desk/appeals/{id}/start`.
pub(in crate::desk) async fn start(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = appeals::start(ask.newsroom(), ask.staff()?, ask.id("id")?).await;
    stepped(&ask, outcome.map_err(Refused::from), "appeal-started", "steps").await
}

/// `POST /desk/appeals/{id}/show`.
pub(in crate::desk) async fn show_changes(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = appeals::show(ask.newsroom(), ask.staff()?, ask.id("id")?).await;
    stepped(&ask, outcome.map_err(Refused::from), "appeal-shown", "steps").await
}

/// `POST /desk/appeals/{id}/withdraw`.
pub(in crate::desk) async fn withdraw(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = appeals::withdraw(ask.newsroom(), ask.staff()?, ask.id("id")?).await;
    stepped(&ask, outcome.map_err(Refused::from), "appeal-withdrawn", "steps").await
}

/// `POST /desk/appeals/{id}/delete`.
pub(in crate::desk) async fn delete(ask: Ask) -> Result<Response<Body>, Refused> {
    match appeals::delete(ask.newsroom(), ask.staff()?, ask.id("id")?).await {
        Ok(()) => Ok(done("/desk/appeals", "appeal-deleted")),
        Err(error) => Ok(again(page(&ask, Some(wrong(error)?), "steps").await?)),
    }
}
