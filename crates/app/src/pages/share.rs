//! Passing a story on: a redirect to the service, with the story's public address. The page itself names no host, so the
//! address is put in here (law 5), and the service learns nothing before the reader asks.

use model::StoryState;
use url::form_urlencoded;

use super::{draft::Draft, reading::Reading, route::Service};
use crate::error::Error;

/// Where the service takes a story; `None` when there is no such story.
pub(super) async fn show(
    reading: &mut Reading,
    service: Service,
    story: &str,
    base: &str,
) -> Result<Option<Draft>, Error> {
    reading.shown.path(story);
    let Some(story) = store::story_by_path(&mut reading.tx, story).await? else { return Ok(None) };
    reading.shown.story(story.id);
    let Some(path) = story.path.filter(|_| story.state == StoryState::Published) else { return Ok(None) };
    Draft::see_other(&target(service, &format!("{base}{path}"), &story.headline)).map(Some)
}

fn target(service: Service, address: &str, headline: &str) -> String {
    let query = |fields: &[(&str, &str)]| form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let both = format!("{headline} {address}");
    match service {
        Service::Telegram => format!("https://t.me/share/url?{}", query(&[("url", address), ("text", headline)])),
        Service::WhatsApp => format!("https://wa.me/?{}", query(&[("text", &both)])),
        Service::Facebook => format!("https://www.facebook.com/sharer/sharer.php?{}", query(&[("u", address)])),
        Service::X => format!("https://x.com/intent/post?{}", query(&[("url", address), ("text", headline)])),
        // Mail programs take `+` for a plus.
        Service::Mail => {
            let fields = query(&[("subject", headline), ("body", address)]);
            format!("mailto:?{}", fields.replace('+', "%20"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_service_is_given_the_whole_address() {
        for service in Service::ALL {
            let target = target(service, "https://example.org/2025/07/11/wonsan/", "Arrived & met");
            assert!(target.contains("https%3A%2F%2Fexample.org%2F2025%2F07%2F11%2Fwonsan%2F"), "{target}");
            assert!(!target.contains("& "), "{target}");
        }
    }
}
