//! What the desk can change of a newsletter. What was typed stays when something in it can't be used.

use app::issues::{self, Settings};
use axum::body::Body;
use http::Response;
use model::{Newsletter, NewsletterId, Template};
use serde::Serialize;

use super::{filed::again, stories::direction};
use crate::desk::{
    answer::done,
    ask::Ask,
    form::Form,
    refused::{Refused, Why},
};

#[derive(Serialize)]
struct Page {
    id: NewsletterId,
    /// Its name as it is.
    title: String,
    language: String,
    direction: &'static str,
    typed: Typed,
    templates: Vec<&'static str>,
    zones: Vec<String>,
    own_zone: String,
    /// Whether its address stands in mails that were sent.
    sent: bool,
    wrong: Option<Why>,
}

/// The values of the form.
#[derive(Serialize)]
struct Typed {
    name: String,
    slug: String,
    about: String,
    sender_name: String,
    sender: String,
    reply_to: String,
    weekday: String,
    time: String,
    time_zone: String,
    draft_hours: String,
    template: String,
    second_person: bool,
    hold_uncertain: bool,
    stories: String,
    per_section: String,
    whole: String,
    neutral_subject: String,
    neutral_sender: String,
    active: bool,
}

impl Typed {
    fn of(said: Settings) -> Self {
        Self {
            name: said.name,
            slug: said.slug,
            about: said.about,
            sender_name: said.sender_name,
            sender: said.sender,
            reply_to: said.reply_to,
            weekday: said.weekday,
            time: said.time,
            time_zone: said.time_zone,
            draft_hours: said.draft_hours,
            template: said.template,
            second_person: said.second_person,
            hold_uncertain: said.hold_uncertain,
            stories: said.stories,
            per_section: said.per_section,
            whole: said.whole,
            neutral_subject: said.neutral_subject,
            neutral_sender: said.neutral_sender,
            active: said.active,
        }
    }
}

fn read(form: &Form) -> Settings {
    let text = |name: &str| form.one(name).to_owned();
    Settings {
        name: text("name"),
        slug: text("slug"),
        about: text("about"),
        sender_name: text("sender_name"),
        sender: text("sender"),
        reply_to: text("reply_to"),
        weekday: text("weekday"),
        time: text("time"),
        time_zone: text("time_zone"),
        draft_hours: text("draft_hours"),
        template: text("template"),
        second_person: form.ticked("second_person"),
        hold_uncertain: form.ticked("hold_uncertain"),
        stories: text("stories"),
        per_section: text("per_section"),
        whole: text("whole"),
        neutral_subject: text("neutral_subject"),
        neutral_sender: text("neutral_sender"),
        active: form.ticked("active"),
    }
}

/// `GET /desk/newsletters/{id}/settings`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let newsletter = issues::newsletter(ask.newsroom(), ask.id("id")?).await?;
    let typed = Settings::of(&newsletter);
    page(&ask, newsletter, typed, None).await
}

async fn page(ask: &Ask, of: Newsletter, typed: Settings, wrong: Option<Why>) -> Result<Response<Body>, Refused> {
    let listed = issues::list(ask.newsroom()).await?;
    let page = Page {
        id: of.id,
        direction: direction(&of.language),
        language: of.language.to_string(),
        typed: Typed::of(typed),
        templates: Template::ALL.into_iter().map(Template::as_str).collect(),
        zones: app::settings::time_zones(),
        own_zone: ask.settings().time_zone.clone(),
        sent: listed.iter().any(|listed| listed.newsletter.id == of.id && listed.public > 0),
        title: of.settings.name,
        wrong,
    };
    ask.render("newsletter_settings.html", "newsletters", page)
}

/// `POST /desk/newsletters/{id}/settings`.
pub(in crate::desk) async fn save(ask: Ask) -> Result<Response<Body>, Refused> {
    let (id, typed): (NewsletterId, _) = (ask.id("id")?, read(&ask.form()));
    match issues::change_newsletter(ask.newsroom(), ask.staff()?, id, &typed).await {
        Ok(()) => Ok(done(&format!("/desk/newsletters/{id}/settings"), "saved")),
        Err(error @ app::Error::Letter(_)) => {
            let newsletter = issues::newsletter(ask.newsroom(), id).await?;
            Ok(again(page(&ask, newsletter, typed, Why::of(&ask, &error)).await?))
        }
        Err(error) => Err(error.into()),
    }
}
