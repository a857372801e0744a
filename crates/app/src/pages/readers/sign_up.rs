//! The form to sign up with, wherever it stands.

use model::{Language, Newsletter, Tag};
use theme::context::{LanguageChoice, NamedLink, NewsletterChoice, SignUpBox};

use crate::{
    error::Error,
    pages::reading::Reading,
    readers::{POLICY_SLUG, at, name_of},
};

/// The box for the front page and for stories' ends: the first newsletter in the page's language.
pub(in crate::pages) async fn slot(reading: &mut Reading) -> Result<Option<SignUpBox>, Error> {
    let all = store::newsletter_all(&mut reading.tx).await?;
    let own = |newsletter: &&Newsletter| newsletter.active && newsletter.language == reading.language;
    let Some(newsletter) = all.iter().find(own) else { return Ok(None) };
    let choice = choice(reading, newsletter, true).await?;
    let preview = choice.preview.clone();
    Ok(box_with(reading, newsletter, choice).await?.map(|own| SignUpBox { preview, ..own }))
}

/// The box of one newsletter; `None` when it is over.
pub(in crate::pages) async fn box_of(
    reading: &mut Reading,
    newsletter: &Newsletter,
) -> Result<Option<SignUpBox>, Error> {
    let choice = choice(reading, newsletter, true).await?;
    box_with(reading, newsletter, choice).await
}

async fn box_with(
    reading: &mut Reading,
    newsletter: &Newsletter,
    choice: NewsletterChoice,
) -> Result<Option<SignUpBox>, Error> {
    if !newsletter.active {
        return Ok(None);
    }
    Ok(Some(SignUpBox {
        name: choice.name.clone(),
        about: choice.about.clone(),
        mail: by_mail(reading, newsletter),
        all_path: reading.at("newsletter/"),
        newsletters: vec![choice],
        ..form(reading).await?
    }))
}

/// The form with every newsletter that can be signed up for, those in the page's language first; `chosen` are ticked, or
/// the first one.
pub(super) async fn whole(
    reading: &mut Reading,
    all: &[Newsletter],
    chosen: &[String],
) -> Result<Option<SignUpBox>, Error> {
    let mut active: Vec<&Newsletter> = all.iter().filter(|newsletter| newsletter.active).collect();
    active.sort_by_key(|newsletter| newsletter.language != reading.language);
    let Some(first) = active.first().copied() else { return Ok(None) };
    let mut newsletters = Vec::with_capacity(active.len());
    for newsletter in active {
        let ticked = chosen.iter().any(|slug| slug == newsletter.slug.as_str());
        newsletters
            .push(choice(reading, newsletter, ticked || (chosen.is_empty() && newsletter.id == first.id)).await?);
    }
    let languages = languages(reading, &reading.language.clone());
    Ok(Some(SignUpBox { newsletters, languages, mail: by_mail(reading, first), ..form(reading).await? }))
}

/// What every form has.
async fn form(reading: &mut Reading) -> Result<SignUpBox, Error> {
    Ok(SignUpBox {
        action: at::SIGN_UP.to_owned(),
        language: reading.language.to_string(),
        policy: policy(reading).await?,
        ..SignUpBox::default()
    })
}

/// A newsletter in a form; what it shows is recorded.
pub(super) async fn choice(
    reading: &mut Reading,
    newsletter: &Newsletter,
    chosen: bool,
) -> Result<NewsletterChoice, Error> {
    reading.shown.add(Tag::newsletter(newsletter.id));
    let latest = store::issue_public(&mut reading.tx, newsletter.id, 1, 0).await?.into_iter().next();
    let preview = latest.and_then(|issue| Some(NamedLink { path: issue.path?, name: issue.content.subject }));
    let foreign = newsletter.language != reading.language;
    let (tag, dir) = theme::context::tag_and_dir(&newsletter.language);
    let prefix = reading.settings.prefix(&newsletter.language);
    let archive = format!("{prefix}/newsletter/{}/", newsletter.slug);
    Ok(NewsletterChoice {
        slug: newsletter.slug.to_string(),
        name: name_of(newsletter).to_owned(),
        about: newsletter.settings.about.clone(),
        language: if foreign { tag } else { String::new() },
        dir: if foreign { dir } else { String::new() },
        chosen,
        path: if preview.is_some() { archive } else { String::new() },
        preview,
    })
}

/// The languages of the newsroom to choose from; none where there is no choice.
pub(super) fn languages(reading: &Reading, chosen: &Language) -> Vec<LanguageChoice> {
    let all = &reading.settings.languages;
    if all.len() < 2 {
        return Vec::new();
    }
    let choice = |language: &Language| LanguageChoice {
        language: language.to_string(),
        label: reading.theme.strings(language).own_name(),
        chosen: language == chosen,
    };
    all.iter().map(choice).collect()
}

/// The privacy policy in the page's language, else in the newsroom's own.
pub(in crate::pages) async fn policy(reading: &mut Reading) -> Result<Option<NamedLink>, Error> {
    for language in [reading.language.clone(), reading.settings.language.clone()] {
        let path = format!("{}/{POLICY_SLUG}/", reading.settings.prefix(&language));
        reading.shown.path(&path);
        let page = store::page_by_slug(&mut reading.tx, &language, POLICY_SLUG).await?;
        if let Some(page) = page.filter(|page| page.public) {
            reading.shown.add(Tag::page(page.id));
            return Ok(Some(NamedLink { name: page.title, path }));
        }
    }
    Ok(None)
}

/// A mail that signs up, with everything filled in, to where the newsroom reads what comes back; none where it reads nothing.
/// The address names the newsletter, and so does the subject, for one whose slug is too long for an address.
fn by_mail(reading: &Reading, newsletter: &Newsletter) -> String {
    let slug = newsletter.slug.as_str();
    let to = reading.addresses.as_ref().map(|addresses| addresses.join(Some(slug)));
    to.map(|to| format!("mailto:{to}?subject=subscribe%20{slug}")).unwrap_or_default()
}
