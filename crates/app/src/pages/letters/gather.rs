//! An issue with everything that is told of its stories, as of now.

use std::collections::HashMap;

use model::{
    Byline, Correction, Document, Extent, Issue, Photo, PhotoId, Pick, Story, StoryId, StoryState, document::visit,
};

use crate::{
    error::Error,
    pages::{reading::Reading, story::present_links},
};

/// A story of an issue.
pub(super) struct Told {
    pub(super) story: Story,
    pub(super) bylines: Vec<Byline>,
    pub(super) corrections: Vec<Correction>,
}

/// What stands at a place of an issue.
pub(super) enum Place {
    /// A story that readers may see.
    Story(Pick, Box<Told>),
    /// There was one, and the newsroom withdrew it.
    Withdrawn,
}

/// An issue, gathered.
pub(super) struct Gathered {
    pub(super) intro: Document,
    pub(super) outro: Document,
    pub(super) places: Vec<Place>,
    pub(super) photos: HashMap<PhotoId, Photo>,
    pub(super) links: HashMap<String, String>,
}

impl Gathered {
    /// The stories in it.
    pub(super) fn told(&self) -> impl Iterator<Item = (&Pick, &Told)> {
        self.places.iter().filter_map(|place| match place {
            Place::Story(pick, told) => Some((pick, &**told)),
            Place::Withdrawn => None,
        })
    }
}

/// Reads everything of an issue; all of it is noted as shown.
pub(super) async fn gather(reading: &mut Reading, issue: &Issue) -> Result<Gathered, Error> {
    let content = &issue.content;
    let ids: Vec<StoryId> = content.picks.iter().map(|pick| pick.story).collect();
    let mut bylines = store::story_bylines(&mut reading.tx, &ids).await?;
    let mut places = Vec::with_capacity(ids.len());
    for pick in &content.picks {
        // Also what is withdrawn, or deleted: it may come back.
        reading.shown.story(pick.story);
        let Some(story) = store::story_by_id(&mut reading.tx, pick.story).await? else { continue };
        match story.state {
            StoryState::Published => {}
            StoryState::Withdrawn => {
                places.push(Place::Withdrawn);
                continue;
            }
            StoryState::Draft | StoryState::InReview | StoryState::Ready | StoryState::Scheduled => continue,
        }
        let bylines = bylines.remove(&story.id).unwrap_or_default();
        reading.shown.bylines(&bylines);
        if let Some(section) = story.section {
            reading.shown.section(section);
        }
        let corrections = store::correction_list(&mut reading.tx, story.id).await?;
        places.push(Place::Story(pick.clone(), Box::new(Told { story, bylines, corrections })));
    }
    let (intro, outro) = (content.intro.clone(), content.outro.clone());
    let gathered = Gathered { intro, outro, places, photos: HashMap::new(), links: HashMap::new() };
    with_media(reading, gathered).await
}

/// Photos, and where links of the texts lead by now.
async fn with_media(reading: &mut Reading, gathered: Gathered) -> Result<Gathered, Error> {
    let whole = gathered.told().filter(|(pick, _)| pick.extent == Extent::Whole).map(|(_, told)| &told.story.document);
    let texts: Vec<&Document> = [&gathered.intro, &gathered.outro].into_iter().chain(whole).collect();
    let leads = gathered.told().filter_map(|(_, told)| told.story.lead_photo.as_ref());
    let shown = texts.iter().flat_map(|text| visit::photos(text)).chain(leads);
    let ids: Vec<PhotoId> = shown.map(|photo| photo.photo).collect();
    reading.shown.photos(&ids);
    let photos = store::photos(&mut reading.tx, &ids).await?;
    let links = present_links(reading, texts.iter().flat_map(|text| visit::links(text)).collect()).await?;
    Ok(Gathered { photos, links, ..gathered })
}
