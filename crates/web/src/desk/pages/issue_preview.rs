//! An issue as it will arrive: for its editors, and for whoever has a link.

use app::{
    issues::{self, Form, Look},
    staff::{Denial, Token},
};
use axum::body::Body;
use http::{HeaderValue, Response, header};
use model::{IssueId, MailForm};
use serde::Serialize;

use super::stories::direction;
use crate::desk::{
    answer::{done, file},
    ask::Ask,
    refused::Refused,
};

/// The looks that there are, in the order in which pages offer them: what each is called, and its form.
const LOOKS: [(&str, &str); 7] = [
    ("desktop", "full"),
    ("phone", "full"),
    ("dark", "dark"),
    ("headlines", "headlines"),
    ("turned", "turned"),
    ("text", "text"),
    ("text-headlines", "text-headlines"),
];

#[derive(Serialize)]
struct Page {
    id: Option<IssueId>,
    name: String,
    number: i64,
    subject: String,
    preview: String,
    sender: String,
    language: String,
    direction: &'static str,
    looks: Vec<&'static str>,
    look: &'static str,
    /// Where the framed mail is, and where another look of this page is.
    frame: String,
    base: String,
    links: Vec<Link>,
    made: Option<String>,
}

#[derive(Serialize)]
struct Link {
    hash: String,
    made_by: String,
    ends_at: i64,
}

/// The look that a query names.
fn look(name: &str) -> (&'static str, &'static str) {
    LOOKS.into_iter().find(|(look, _)| *look == name).unwrap_or(LOOKS[0])
}

/// `GET /desk/issues/{id}/preview`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, None).await
}

async fn page(ask: &Ask, made: Option<String>) -> Result<Response<Body>, Refused> {
    let id: IssueId = ask.id("id")?;
    let opened = issues::open(ask.newsroom(), ask.staff()?, id).await?;
    let links = opened.links.iter().map(|link| Link {
        hash: link.hash.clone(),
        made_by: link.made_by.clone(),
        ends_at: link.ends_at.as_millis(),
    });
    let links = links.collect();
    let shown = Page {
        id: Some(id),
        links,
        made,
        ..around(ask, &opened.newsletter, &opened.issue, &format!("/desk/issues/{id}/as"))
    };
    ask.render("issue_preview.html", "newsletters", Page { base: format!("/desk/issues/{id}/preview"), ..shown })
}

/// What stands around a framed mail. `forms` is where its forms are.
fn around(ask: &Ask, newsletter: &model::Newsletter, issue: &model::Issue, forms: &str) -> Page {
    let settings = &newsletter.settings;
    let (look, form) = look(ask.query().one("look"));
    let newsroom = ask.settings().name.get(&newsletter.language).unwrap_or("Masthead");
    Page {
        id: None,
        name: settings.name.clone(),
        number: issue.number,
        subject: issue.content.subject.clone(),
        preview: issue.content.preview.clone(),
        sender: if settings.sender_name.is_empty() { newsroom.to_owned() } else { settings.sender_name.clone() },
        direction: direction(&newsletter.language),
        language: newsletter.language.to_string(),
        looks: LOOKS.into_iter().map(|(look, _)| look).collect(),
        look,
        frame: format!("{forms}/{form}"),
        base: String::new(),
        links: Vec::new(),
        made: None,
    }
}

/// `GET /desk/issues/{id}/as/{form}`: the mail itself.
pub(in crate::desk) async fn own(ask: Ask) -> Result<Response<Body>, Refused> {
    mail(&ask, ask.id("id")?).await
}

async fn mail(ask: &Ask, id: IssueId) -> Result<Response<Body>, Refused> {
    let plain = Look { form: Form::Html, mail: MailForm::Full, dark: false, turned: false };
    let look = match ask.param("form") {
        "full" => plain,
        "dark" => Look { dark: true, ..plain },
        "turned" => Look { turned: true, ..plain },
        "headlines" => Look { mail: MailForm::Headlines, ..plain },
        "text" => Look { form: Form::Text, ..plain },
        "text-headlines" => Look { form: Form::Text, mail: MailForm::Headlines, ..plain },
        _ => return Err(Refused::Missing),
    };
    let body = issues::preview(ask.newsroom(), id, look).await?;
    Ok(framed(look.form, body))
}

/// A mail within the desk: its styles are its own, its pictures this site's, and there is no script.
fn framed(form: Form, body: String) -> Response<Body> {
    const POLICY: &str =
        "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'";
    let kind = match form {
        Form::Html => "text/html; charset=utf-8",
        Form::Text => "text/plain; charset=utf-8",
    };
    let mut response = file(kind, body);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

/// `POST /desk/issues/{id}/links`: a link to share, shown on the page that answers.
pub(in crate::desk) async fn link(ask: Ask) -> Result<Response<Body>, Refused> {
    let hours = ask.form().one("hours").parse().unwrap_or(app::stories::desk::PREVIEW_HOURS);
    let token = issues::link(ask.newsroom(), ask.staff()?, ask.id("id")?, hours).await?;
    let address = format!("{}desk/letter/{}/", ask.desk.place().origin(&ask.host), token.reveal());
    page(&ask, Some(address)).await
}

/// `POST /desk/issues/{id}/unlink`.
pub(in crate::desk) async fn unlink(ask: Ask) -> Result<Response<Body>, Refused> {
    let id: IssueId = ask.id("id")?;
    issues::unlink(ask.newsroom(), ask.staff()?, id, ask.form().one("link")).await?;
    Ok(done(&format!("/desk/issues/{id}/preview"), "link-taken-back"))
}

async fn linked_issue(ask: &Ask) -> Result<(IssueId, String), Refused> {
    let link = Token::parse(ask.param("link")).ok_or(Denial::Link)?;
    Ok((issues::linked(ask.newsroom(), &link).await?.issue, link.reveal().to_owned()))
}

/// `GET /desk/letter/{link}/`: for whoever has the link.
pub(in crate::desk) async fn linked(ask: Ask) -> Result<Response<Body>, Refused> {
    let (id, link) = linked_issue(&ask).await?;
    let (newsletter, issue) = issues::found_for_link(ask.newsroom(), id).await?;
    let base = format!("/desk/letter/{link}/");
    let page = around(&ask, &newsletter, &issue, base.trim_end_matches('/'));
    ask.render("issue_preview.html", "", Page { base, ..page })
}

/// `GET /desk/letter/{link}/{form}`: the mail itself.
pub(in crate::desk) async fn linked_form(ask: Ask) -> Result<Response<Body>, Refused> {
    let (id, _) = linked_issue(&ask).await?;
    mail(&ask, id).await
}
