//! PayPal's own record: the events that it told or would have told, of the last thirty days. A place in it is a moment.

use model::Timestamp;

use super::{
    super::{
        GatewayError, Happened,
        encode::pairs,
        values::{list, some, text},
        wire::Ask,
    },
    Paypal,
    hooks::event_of,
};

/// Events on a page.
const PAGE: &str = "100";
/// Pages that are read at most.
const MOST_PAGES: usize = 100;
/// What is read again before a place: events are not written down in the order in which they happened.
const AGAIN_MS: i64 = 3_600_000;

/// What happened since a place.
pub(super) async fn since(paypal: &Paypal, place: Option<&str>) -> Result<Happened, GatewayError> {
    let from = place.and_then(Timestamp::parse);
    let mut query = vec![("page_size", PAGE.to_owned())];
    query.extend(from.map(|from| ("start_time", from.plus_millis(-AGAIN_MS).to_string())));
    let mut path = format!("/v1/notifications/webhooks-events?{}", pairs(&query));
    let (mut events, mut newest) = (Vec::new(), from);
    for _ in 0..MOST_PAGES {
        let found = paypal.good(Ask::get(path)).await?;
        let page = list(&found, "/events");
        events.extend(page.iter().filter_map(event_of));
        newest = page.iter().filter_map(|event| Timestamp::parse(text(event, "/create_time"))).chain(newest).max();
        let next = list(&found, "/links").iter().find(|link| text(link, "/rel") == "next");
        match next.and_then(|next| next_path(some(next, "/href")?)).filter(|_| !page.is_empty()) {
            Some(next) => path = next,
            None => break,
        }
    }
    events.reverse();
    Ok(Happened { events, place: newest.map(|newest| newest.to_string()), more: false })
}

/// The path of the next page. Its host is left off: asked is whom we know.
fn next_path(href: &str) -> Option<String> {
    let url = url::Url::parse(href).ok()?;
    let path = url.path();
    path.starts_with("/v1/notifications/webhooks-events").then(|| format!("{path}?{}", url.query().unwrap_or_default()))
}
