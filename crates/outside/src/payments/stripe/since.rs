//! Stripe's own record: `/v1/events`, which keeps thirty days. A place in it is the id of an event.

use super::super::{
    Event, GatewayError, Happened,
    encode::pairs,
    values::{is, list, text},
};
use super::{
    Stripe,
    hooks::{KINDS, event_of},
};

/// Events on one page: the most there can be.
const PAGE: &str = "100";
/// Pages that are read back when there is no place to begin at.
const MOST_PAGES: usize = 100;

/// What happened after a place, a page at a time. A place that Stripe has forgotten is none.
pub(super) async fn since(stripe: &Stripe, place: Option<&str>) -> Result<Happened, GatewayError> {
    let Some(place) = place else { return all(stripe).await };
    let answer = page(stripe, Some(("ending_before", place))).await;
    match answer {
        Ok((events, newest, more)) => {
            Ok(Happened { events, place: Some(newest.unwrap_or_else(|| place.to_owned())), more })
        }
        Err(GatewayError::Refused { .. }) => all(stripe).await,
        Err(error) => Err(error),
    }
}

/// Everything that there is, up to ten thousand events. Stripe lists the newest first, so it is read backwards.
async fn all(stripe: &Stripe) -> Result<Happened, GatewayError> {
    let (mut pages, mut newest, mut oldest) = (Vec::new(), None, None::<String>);
    for _ in 0..MOST_PAGES {
        let found = read(stripe, oldest.as_deref().map(|oldest| ("starting_after", oldest))).await?;
        let data = list(&found, "/data");
        newest = newest.or_else(|| data.first().map(|event| text(event, "/id").to_owned()));
        oldest = data.last().map(|event| text(event, "/id").to_owned());
        pages.extend(data.iter().filter_map(event_of));
        if !is(&found, "/has_more") || oldest.is_none() {
            break;
        }
    }
    pages.reverse();
    Ok(Happened { events: pages, place: newest, more: false })
}

async fn page(stripe: &Stripe, from: Option<(&str, &str)>) -> Result<(Vec<Event>, Option<String>, bool), GatewayError> {
    let found = read(stripe, from).await?;
    let data = list(&found, "/data");
    let newest = data.first().map(|event| text(event, "/id").to_owned());
    Ok((data.iter().rev().filter_map(event_of).collect(), newest, is(&found, "/has_more")))
}

async fn read(stripe: &Stripe, from: Option<(&str, &str)>) -> Result<serde_json::Value, GatewayError> {
    let mut query = vec![("limit", PAGE)];
    query.extend(KINDS.iter().map(|kind| ("types[]", *kind)));
    query.extend(from);
    stripe.list(&format!("/v1/events?{}", pairs(&query))).await
}
