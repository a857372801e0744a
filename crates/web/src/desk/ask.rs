//! A request as the desk's handlers see it: who asks, for what, with what.

use std::collections::HashMap;

use app::{
    Newsroom,
    staff::{Signed, Token},
    today::Around,
};
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Method, Response, Uri, header};
use model::{Direction, Language, Role, Staff};
use serde::{Serialize, de::DeserializeOwned};
use theme::desk::{Shell, Who};

use super::{Desk, answer, assets, form::Form, refused::Refused};

/// A request. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Ask {
    pub(super) desk: Desk,
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) host: String,
    pub(super) headers: HeaderMap,
    pub(super) params: HashMap<String, String>,
    pub(super) body: Bytes,
    /// Who is signed in, with the token of the cookie.
    pub(super) who: Option<(Signed, Token)>,
    /// What stands around every page and needed the database.
    pub(super) around: Around,
}

impl Ask {
    pub(super) fn newsroom(&self) -> &Newsroom {
        self.desk.newsroom()
    }

    /// Who asks.
    pub(super) fn signed(&self) -> Result<&Signed, Refused> {
        self.who.as_ref().map(|(signed, _)| signed).ok_or(Refused::SignIn)
    }

    /// Whose account it is.
    pub(super) fn staff(&self) -> Result<&Staff, Refused> {
        Ok(&self.signed()?.staff)
    }

    /// What a form of this session must carry.
    pub(super) fn csrf(&self) -> Result<String, Refused> {
        self.who.as_ref().map(|(_, token)| token.csrf()).ok_or(Refused::SignIn)
    }

    /// What the newsroom says of itself.
    pub(super) fn settings(&self) -> &model::Newsroom {
        &self.around.settings
    }

    /// A part of the path.
    pub(super) fn param(&self, name: &str) -> &str {
        self.params.get(name).map(String::as_str).unwrap_or_default()
    }

    /// A part of the path that is an id; anything else is an address where nothing is.
    pub(super) fn id<T: From<uuid::Uuid>>(&self, name: &str) -> Result<T, Refused> {
        uuid::Uuid::parse_str(self.param(name)).map(T::from).map_err(|_| Refused::Missing)
    }

    /// The query.
    pub(super) fn query(&self) -> Form {
        Form::parse(self.uri.query().unwrap_or_default().as_bytes())
    }

    /// The form that was sent.
    pub(super) fn form(&self) -> Form {
        Form::parse(&self.body)
    }

    /// The JSON that was sent.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, Refused> {
        serde_json::from_slice(&self.body).map_err(|error| Refused::Bad(format!("the JSON can't be used: {error}")))
    }

    /// The language of the desk for who asks: the account's, else the browser's, else English.
    pub(super) fn language(&self) -> Language {
        let spoken = self.desk.0.pages.languages();
        let account = self.who.as_ref().map(|(signed, _)| signed.staff.language.clone());
        let wanted =
            self.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let browser = wanted.split(',').filter_map(|tag| Language::new(tag.split(';').next()?.trim()).ok());
        let speaks = |language: Language| spoken.iter().find(|s| s.primary() == language.primary()).cloned();
        account.into_iter().chain(browser).find_map(speaks).unwrap_or_else(Language::english)
    }

    /// The texts of that language.
    pub(super) fn strings(&self) -> std::sync::Arc<theme::Strings> {
        self.desk.0.pages.strings(&self.language())
    }

    fn shell(&self, here: &'static str) -> Shell {
        let language = self.language();
        let direction = match language.direction() {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        };
        let said = self.query().some("said").map(|key| format!("said-{key}"));
        let known = |key: &String| self.strings().find(key, &[]).is_some();
        Shell {
            direction,
            newsroom: self.settings().name.get(&language).unwrap_or("Masthead").to_owned(),
            language: language.to_string(),
            time_zone: self.settings().time_zone.clone(),
            who: self.who.as_ref().map(|(signed, token)| who(&signed.staff, token, self.around.mentions)),
            here,
            assets: assets::addresses(),
            said: said.filter(known),
            held: self.around.held.iter().map(held).collect(),
        }
    }

    /// A page of the desk.
    pub(super) fn render(
        &self,
        template: &str,
        here: &'static str,
        page: impl Serialize,
    ) -> Result<Response<Body>, Refused> {
        let text = self.desk.render(template, &self.shell(here), page)?;
        Ok(answer::html(text))
    }
}

fn held(held: &app::issues::Held) -> theme::desk::HeldIssue {
    theme::desk::HeldIssue {
        id: held.id.to_string(),
        newsletter: held.newsletter.clone(),
        number: held.number,
        why: held.why.clone(),
    }
}

fn who(staff: &Staff, token: &Token, mentions: i64) -> Who {
    Who {
        handle: staff.handle.as_str().to_owned(),
        role: staff.role.as_str(),
        csrf: token.csrf(),
        edits: staff.role >= Role::Editor,
        sends: staff.role >= Role::NewsletterEditor,
        publishes: staff.role >= Role::Publisher,
        mentions,
    }
}
