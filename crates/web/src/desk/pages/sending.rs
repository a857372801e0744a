//! How an issue is being sent, or was: where everybody's mail stands, how fast it goes, what relays said. It looks again by
//! itself while something happens; without a script, by being loaded again.

use app::{
    Error,
    delivery::{self, By, Report, Why as Stands},
    issues,
};
use axum::body::Body;
use http::Response;
use model::{IssueId, IssueState, Newsletter, Timestamp};
use serde::Serialize;

use super::{
    filed,
    issue_shown::Line,
    sending_shown::{Accounts, Compared, Mailbox, Relay, Said, relays, span},
    stories::direction,
};
use crate::desk::{
    answer::{done, redirect},
    ask::Ask,
    refused::{Refused, Why},
};

/// Seconds after which the page looks again.
const LOOK_SECONDS: i64 = 3;

#[derive(Serialize)]
struct Page {
    id: IssueId,
    newsletter: String,
    name: String,
    language: String,
    direction: &'static str,
    issue: Line,
    /// Seconds after which it looks again; 0 when nothing happens any more by itself.
    look: i64,
    /// Whether its audience is frozen.
    frozen: bool,
    /// Why it stands still, as the end of a key, and whether a person has to do something.
    why: Option<(&'static str, bool)>,
    /// Whether the keys to addresses are away while it should go out.
    keys_away: bool,
    accounts: Accounts,
    mailboxes: Vec<Mailbox>,
    rate: String,
    left: String,
    took: String,
    began: Option<i64>,
    ended: Option<i64>,
    next: Option<i64>,
    failures: Vec<Said>,
    deferrals: Vec<Said>,
    excluded: Vec<(&'static str, i64)>,
    doubts: delivery::Doubts,
    since: delivery::Since,
    compared: Option<Compared>,
    answers: String,
    relays: Vec<Relay>,
    wrong: Option<Why>,
}

/// `GET /desk/issues/{id}/sending`. What is not being sent yet has a page of its own.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, None).await
}

async fn page(ask: &Ask, wrong: Option<Why>) -> Result<Response<Body>, Refused> {
    let id: IssueId = ask.id("id")?;
    let (newsletter, issue) = issues::issue(ask.newsroom(), ask.staff()?, id).await?;
    // Sent by hand a moment ago, it is approved until its audience is frozen.
    let soon = issue.state == IssueState::Approved && ask.query().ticked("soon");
    if issue.frozen_at.is_none() && !soon {
        return Ok(redirect(&format!("/desk/issues/{id}")));
    }
    let report = delivery::report(ask.newsroom(), id).await?;
    let page = Page { wrong, ..told(ask, &newsletter, Line::of(&issue), &report) };
    ask.render("sending.html", "newsletters", page)
}

fn told(ask: &Ask, newsletter: &Newsletter, issue: Line, report: &Report) -> Page {
    let (sending, strings) = (&report.sending, ask.strings());
    let on = sending.state == IssueState::Sending;
    let happens = matches!(sending.state, IssueState::Approved | IssueState::Sending | IssueState::Paused);
    let keys_away = on && !ask.newsroom().keys().is_ok_and(|keys| keys.can_open());
    let settings = &newsletter.settings;
    let newest = |replies: &[(String, i64)]| replies.iter().map(Said::of).collect();
    let took = sending.frozen_at.zip(sending.ended_at).map(|(from, to)| (to.as_millis() - from.as_millis()) / 1_000);
    Page {
        id: sending.issue,
        newsletter: newsletter.id.to_string(),
        name: settings.name.clone(),
        direction: direction(&newsletter.language),
        language: newsletter.language.to_string(),
        issue,
        look: if happens { LOOK_SECONDS } else { 0 },
        frozen: sending.frozen_at.is_some(),
        why: sending
            .why
            .as_deref()
            .filter(|_| happens)
            .and_then(Stands::parse)
            .map(|why| (why.as_str(), why.is_alarm())),
        keys_away,
        accounts: Accounts::of(ask, report),
        mailboxes: Mailbox::all(ask, &report.providers),
        rate: report.rate.map(|rate| super::sending_shown::rate(&strings, rate)).unwrap_or_default(),
        left: report.seconds_left.map(|seconds| span(&strings, seconds)).unwrap_or_default(),
        took: took.map(|seconds| span(&strings, seconds)).unwrap_or_default(),
        began: sending.frozen_at.map(Timestamp::as_millis),
        ended: sending.ended_at.map(Timestamp::as_millis),
        next: report.next.filter(|_| on).map(Timestamp::as_millis),
        failures: newest(&report.failures),
        deferrals: newest(&report.deferrals),
        excluded: report.excluded.iter().filter(|(_, count)| *count > 0).map(|(why, n)| (why.as_str(), *n)).collect(),
        doubts: report.doubts,
        since: report.since,
        compared: report.comparison.as_ref().map(Compared::of),
        answers: if settings.reply_to.is_empty() { settings.sender.clone() } else { settings.reply_to.clone() },
        relays: if happens { relays(ask) } else { Vec::new() },
        wrong: None,
    }
}

/// Back to the page when it was done; the same page with why not when it was not.
async fn stepped(ask: &Ask, outcome: Result<(), Error>, said: &str) -> Result<Response<Body>, Refused> {
    let id: IssueId = ask.id("id")?;
    match outcome {
        Ok(()) => Ok(done(&format!("/desk/issues/{id}/sending"), said)),
        Err(error @ Error::Refused(_)) => Ok(filed::again(page(ask, Why::of(ask, &error)).await?)),
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/issues/{id}/pause`.
pub(in crate::desk) async fn pause(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = delivery::pause(ask.newsroom(), By::Staff(ask.staff()?), ask.id("id")?).await;
    stepped(&ask, outcome, "sending-paused").await
}

/// `POST /desk/issues/{id}/resume`.
pub(in crate::desk) async fn resume(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = delivery::resume(ask.newsroom(), By::Staff(ask.staff()?), ask.id("id")?).await;
    stepped(&ask, outcome, "sending-resumed").await
}

/// `POST /desk/issues/{id}/stop`: for good.
pub(in crate::desk) async fn stop(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = delivery::cancel(ask.newsroom(), By::Staff(ask.staff()?), ask.id("id")?).await;
    stepped(&ask, outcome, "sending-stopped").await
}

/// `POST /desk/issues/{id}/again`: what nobody knows about.
pub(in crate::desk) async fn again(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = delivery::again(ask.newsroom(), By::Staff(ask.staff()?), ask.id("id")?).await;
    stepped(&ask, outcome.map(drop), "sending-again").await
}

#[cfg(test)]
mod tests {
    use model::{Exclusion, IssueState, Language};

    #[test]
    fn every_reason_and_state_that_is_stored_has_its_sentence() {
        let english = theme::desk::Desk::load().unwrap().strings(&Language::english());
        let has = |key: String| assert!(english.keys().contains(&key), "no text is named `{key}`");
        for why in app::delivery::Why::ALL {
            has(format!("sending-why-{}", why.as_str()));
        }
        for why in app::issues::Why::ALL {
            has(format!("issue-held-{}", why.as_str()));
        }
        for state in IssueState::ALL {
            has(format!("issue-state-{}", state.as_str()));
        }
        for why in Exclusion::ALL {
            has(format!("sending-excluded-{}", why.as_str()));
        }
    }
}
