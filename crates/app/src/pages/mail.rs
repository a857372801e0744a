//! A story as a mail of its own: HTML and the plain text that goes with it.

use std::collections::HashMap;

use model::{PhotoId, Story, document::visit};
use render::{Mail, Resources};

use super::{reading::Reading, story::present_links};
use crate::error::Error;

/// A mail, in both of its forms.
pub(super) struct Letter {
    pub(super) html: String,
    pub(super) text: String,
}

/// The mail of a story. `root` is what addresses begin with: `https://host/` in what is sent, `/` where it is looked at.
pub(super) async fn of(reading: &mut Reading, story: &Story, root: &str) -> Result<Letter, Error> {
    let used = visit::photos(&story.document).into_iter().chain(story.lead_photo.as_ref());
    let ids: Vec<PhotoId> = used.map(|photo| photo.photo).collect();
    let photos = store::photos(&mut reading.tx, &ids).await?;
    let links: HashMap<String, String> = present_links(reading, visit::links(&story.document)).await?;
    let bylines = store::story_bylines(&mut reading.tx, &[story.id]).await?.remove(&story.id).unwrap_or_default();
    let corrections = store::correction_list(&mut reading.tx, story.id).await?;
    let labels = reading.strings.labels();
    let resources = Resources { root, language: &story.language, photos: &photos, links: &links, labels: &labels };
    let corrections: Vec<String> = corrections
        .iter()
        .map(|correction| format!("{}: {}", reading.strings.date(correction.at, &reading.zone), correction.text))
        .collect();
    let names = bylines.iter().map(|byline| reading.named(&byline.names, &byline.slug)).collect::<Vec<_>>();
    let signed = names.join(&format!("{} ", reading.strings.text("comma", &[])));
    let at = story.published_at.map(|at| reading.strings.date(at, &reading.zone));
    let signed: Vec<String> = [Some(signed).filter(|names| !names.is_empty()), at].into_iter().flatten().collect();
    let count = i64::try_from(corrections.len()).unwrap_or(i64::MAX);
    let path = story.path.as_ref().map(model::Path::as_str).unwrap_or_default();
    let mail = Mail {
        newsroom: reading.settings.name.get(&story.language).unwrap_or_default(),
        headline: &story.headline,
        standfirst: &story.standfirst,
        signed: &signed.join(" · "),
        lead: story.lead_photo.as_ref(),
        document: &story.document,
        corrections: (&reading.strings.text("corrections", &[("count", count.into())]), &corrections),
        web: (&reading.strings.text("read-on-web", &[]), &format!("{root}{}", path.trim_start_matches('/'))),
    };
    Ok(Letter { html: render::mail(&mail, &resources), text: render::mail_text(&mail, &resources) })
}
