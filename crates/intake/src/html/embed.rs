//! What lies elsewhere: which addresses are a video, a recording, a post, and who holds them.

use model::document::{Embed, EmbedKind, Inline};
use url::Url;

use crate::links;

use EmbedKind::{Audio, Link, Post, Video};

/// An embed when a paragraph is nothing but an address that a known provider holds.
pub(super) fn alone(line: &[Inline]) -> Option<Embed> {
    match line {
        [Inline::Text { text }] if text.starts_with("http") && !text.contains(' ') => known(&links::web(text)?),
        [Inline::Link { href, content }] => {
            let mut embed = known(href)?;
            let said = model::document::plain::line(content);
            if !said.contains("://") && !said.starts_with("www.") {
                embed.title = said.trim().to_owned();
            }
            Some(embed)
        }
        _ => None,
    }
}

/// The embed behind an address that stands where an embed was meant: known, or a link to its host.
pub(super) fn meant(url: &str, title: &str) -> Option<Embed> {
    let mut embed = match known(url) {
        Some(embed) => embed,
        None => other(url, Link)?,
    };
    embed.title = super::words::collapse(title);
    Some(embed)
}

/// The embed behind a frame's address: the page rather than the player.
pub(super) fn frame(url: &str, title: &str) -> Option<Embed> {
    let title = if matches!(title, "YouTube video player" | "Embedded content" | "undefined") { "" } else { title };
    meant(&url.replace("&amp;", "&"), title)
}

/// A sound or film file.
pub(super) fn file(kind: EmbedKind, url: &str, title: &str) -> Option<Embed> {
    let mut embed = known(url).or_else(|| other(&links::web(url)?, kind))?;
    embed.title = super::words::collapse(title);
    Some(embed)
}

fn other(url: &str, kind: EmbedKind) -> Option<Embed> {
    let parsed = Url::parse(url).ok()?;
    let host = parsed.host_str()?.trim_start_matches("www.").to_owned();
    Some(Embed { kind, url: parsed.into(), source: host, title: String::new(), caption: Vec::new() })
}

/// The embed at an address, when it is a video, recording or post of a provider known by name.
#[must_use]
pub fn known(url: &str) -> Option<Embed> {
    let parsed = Url::parse(url).ok().filter(|u| matches!(u.scheme(), "http" | "https"))?;
    let host = parsed.host_str()?.trim_start_matches("www.").trim_start_matches("m.").to_ascii_lowercase();
    let parts: Vec<&str> = parsed.path().split('/').filter(|p| !p.is_empty()).collect();
    let (kind, source, page) = videos(&host, &parts, &parsed)
        .or_else(|| posts(&host, &parts, &parsed))
        .or_else(|| recordings(&host, &parts, &parsed))?;
    let url = page.unwrap_or_else(|| parsed.to_string());
    Some(Embed { kind, url, source: source.to_owned(), title: String::new(), caption: Vec::new() })
}

/// Kind, holder, and the page when it is another than the address.
type Found = Option<(EmbedKind, &'static str, Option<String>)>;

fn query(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn code(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(text.len());
    Some(&text[..end]).filter(|code| !code.is_empty())
}

fn videos(host: &str, parts: &[&str], url: &Url) -> Found {
    let video = |source, page| Some((Video, source, page));
    match (host, parts) {
        ("youtube.com" | "youtube-nocookie.com" | "music.youtube.com", ["embed" | "v" | "shorts" | "live", id, ..])
            if *id != "videoseries" =>
        {
            video("YouTube", Some(youtube(code(id)?, url)))
        }
        ("youtube.com" | "youtube-nocookie.com", ["embed", ..] | ["playlist", ..]) => {
            video("YouTube", Some(format!("https://www.youtube.com/playlist?list={}", query(url, "list")?)))
        }
        ("youtube.com" | "music.youtube.com", ["watch", ..]) => {
            let id = query(url, "v")?;
            video("YouTube", Some(youtube(code(&id)?, url)))
        }
        ("youtu.be", [id, ..]) => video("YouTube", Some(youtube(code(id)?, url))),
        ("player.vimeo.com", ["video", id, ..]) => video("Vimeo", Some(format!("https://vimeo.com/{}", code(id)?))),
        ("vimeo.com", [.., id]) if id.chars().all(|c| c.is_ascii_digit()) => video("Vimeo", None),
        ("wordpress.tv", [_, ..]) => video("WordPress.tv", None),
        ("videopress.com", ["v" | "embed", id, ..]) => {
            video("VideoPress", Some(format!("https://videopress.com/v/{}", code(id)?)))
        }
        ("dailymotion.com", ["embed", "video", id, ..]) => {
            video("Dailymotion", Some(format!("https://www.dailymotion.com/video/{}", code(id)?)))
        }
        ("dailymotion.com", ["video", ..]) | ("dai.ly", [_]) => video("Dailymotion", None),
        ("ted.com" | "embed.ted.com", ["talks", ..]) => {
            video("TED", Some(format!("https://www.ted.com{}", url.path())))
        }
        ("rutube.ru", ["play", "embed", id, ..]) => {
            video("Rutube", Some(format!("https://rutube.ru/video/{}/", code(id)?)))
        }
        ("rutube.ru", ["video", _, ..]) => video("Rutube", None),
        ("ok.ru", ["video" | "videoembed", id, ..]) => video("OK", Some(format!("https://ok.ru/video/{}", code(id)?))),
        ("vk.com" | "vkvideo.ru", ["video_ext.php"]) => {
            let page = format!("https://vk.com/video{}_{}", query(url, "oid")?, query(url, "id")?);
            video("VK", Some(page))
        }
        ("vk.com" | "vkvideo.ru", [id, ..]) if id.starts_with("video-") || id.starts_with("video") => video("VK", None),
        ("aparat.com", ["v", ..]) => video("Aparat", None),
        ("aparat.com", ["video", "video", "embed", "videohash", id, ..]) => {
            video("Aparat", Some(format!("https://www.aparat.com/v/{}", code(id)?)))
        }
        ("tiktok.com", [user, "video", id, ..]) if user.starts_with('@') => {
            video("TikTok", Some(format!("https://www.tiktok.com/{user}/video/{id}")))
        }
        ("tiktok.com", ["embed", .., _]) | ("vm.tiktok.com", [_]) => video("TikTok", None),
        ("twitch.tv", ["videos", _]) | ("player.twitch.tv" | "clips.twitch.tv", _) => video("Twitch", None),
        ("facebook.com", ["plugins", "video.php"]) => video("Facebook", Some(links::web(&query(url, "href")?)?)),
        ("facebook.com", [.., "videos", _] | ["watch", ..] | ["reel", _, ..]) | ("fb.watch", [_]) => {
            video("Facebook", None)
        }
        _ => None,
    }
}

fn youtube(id: &str, url: &Url) -> String {
    let from = query(url, "start").or_else(|| query(url, "t")).filter(|t| t.chars().all(|c| c.is_ascii_alphanumeric()));
    let from = from.map(|t| format!("&t={t}")).unwrap_or_default();
    format!("https://www.youtube.com/watch?v={id}{from}")
}

fn posts(host: &str, parts: &[&str], url: &Url) -> Found {
    let post = |source, page| Some((Post, source, page));
    match (host, parts) {
        ("twitter.com" | "mobile.twitter.com" | "x.com", [user, "status" | "statuses", id, ..]) => {
            post("X", Some(format!("https://x.com/{user}/status/{}", code(id)?)))
        }
        ("platform.twitter.com", ["embed", ..]) => {
            post("X", Some(format!("https://x.com/i/status/{}", query(url, "id")?)))
        }
        ("instagram.com", [kind @ ("p" | "reel" | "tv"), id, ..]) => {
            post("Instagram", Some(format!("https://www.instagram.com/{kind}/{}/", code(id)?)))
        }
        ("facebook.com", ["plugins", "post.php"]) => post("Facebook", Some(links::web(&query(url, "href")?)?)),
        (
            "facebook.com",
            [_, "posts" | "photos", _, ..] | ["permalink.php" | "photo.php" | "photo" | "story.php", ..],
        ) => post("Facebook", None),
        ("t.me" | "telegram.me", ["s", channel, id]) | ("t.me" | "telegram.me", [channel, id])
            if id.chars().all(|c| c.is_ascii_digit()) =>
        {
            post("Telegram", Some(format!("https://t.me/{channel}/{id}")))
        }
        ("bsky.app", ["profile", _, "post", _]) => post("Bluesky", None),
        ("threads.net" | "threads.com", [user, "post", _]) if user.starts_with('@') => post("Threads", None),
        ("reddit.com" | "old.reddit.com", ["r", _, "comments", ..]) => post("Reddit", None),
        ("linkedin.com", ["embed", "feed", "update", ..] | ["feed", "update", ..] | ["posts", ..]) => {
            post("LinkedIn", None)
        }
        ("vk.com", [wall]) if wall.starts_with("wall") => post("VK", None),
        ("pinterest.com", ["pin", ..]) => post("Pinterest", None),
        ("tumblr.com" | "embed.tumblr.com", [_, _, ..]) => post("Tumblr", None),
        _ => None,
    }
}

fn recordings(host: &str, parts: &[&str], url: &Url) -> Found {
    match (host, parts) {
        ("open.spotify.com", ["embed", rest @ ..]) if !rest.is_empty() => {
            Some((Audio, "Spotify", Some(format!("https://open.spotify.com/{}", rest.join("/")))))
        }
        ("open.spotify.com", [_, _, ..]) => Some((Audio, "Spotify", None)),
        ("w.soundcloud.com", ["player", ..]) => Some((Audio, "SoundCloud", Some(links::web(&query(url, "url")?)?))),
        ("soundcloud.com" | "api.soundcloud.com", [_, _, ..]) | ("on.soundcloud.com", [_]) => {
            Some((Audio, "SoundCloud", None))
        }
        ("embed.podcasts.apple.com" | "podcasts.apple.com", [_, ..]) => {
            Some((Audio, "Apple Podcasts", Some(url.as_str().replacen("embed.podcasts", "podcasts", 1))))
        }
        ("mixcloud.com", [_, _, ..]) => Some((Audio, "Mixcloud", None)),
        ("castbox.fm", ["episode" | "player" | "app", ..]) => Some((Audio, "Castbox", None)),
        ("datawrapper.dwcdn.net", [_, ..]) => Some((Link, "Datawrapper", None)),
        ("flo.uri.sh" | "public.flourish.studio", [_, ..]) => Some((Link, "Flourish", None)),
        ("documentcloud.org" | "embed.documentcloud.org", ["documents", ..]) => Some((Link, "DocumentCloud", None)),
        ("slideshare.net", [_, _, ..]) => Some((Link, "SlideShare", None)),
        ("scribd.com", ["doc" | "document" | "embeds", ..]) => Some((Link, "Scribd", None)),
        ("google.com", ["maps", ..]) | ("maps.google.com", _) => Some((Link, "Google Maps", None)),
        ("openstreetmap.org", ["export", "embed.html"]) => Some((Link, "OpenStreetMap", None)),
        ("polldaddy.com" | "poll.fm", [_, ..]) => Some((Link, "Crowdsignal", None)),
        ("flickr.com", ["photos", _, _, ..]) | ("flic.kr", [_, ..]) => Some((Post, "Flickr", None)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_leads_to_the_page_of_what_it_plays() {
        for (given, source, page) in [
            ("https://www.youtube.com/embed/abc-_1?rel=0", "YouTube", "https://www.youtube.com/watch?v=abc-_1"),
            ("https://youtu.be/abc?t=42", "YouTube", "https://www.youtube.com/watch?v=abc&t=42"),
            ("https://player.vimeo.com/video/12?h=1", "Vimeo", "https://vimeo.com/12"),
            ("https://twitter.com/a/status/12?s=20", "X", "https://x.com/a/status/12"),
            ("https://t.me/s/channel/7", "Telegram", "https://t.me/channel/7"),
            ("https://open.spotify.com/embed/episode/9", "Spotify", "https://open.spotify.com/episode/9"),
        ] {
            let embed = known(given).unwrap();
            assert_eq!((embed.source.as_str(), embed.url.as_str()), (source, page));
        }
        assert_eq!(known("https://twitter.com/someone"), None);
        assert_eq!(known("https://example.org/video"), None);
    }
}
