//! People: who works at the desk, invitations, roles, new keys, closed accounts.

use app::staff::{self, Token};
use axum::body::Body;
use http::Response;
use model::{LinkPurpose, Role, StaffId};
use serde::Serialize;

use crate::desk::{answer::done, ask::Ask, refused::Refused};

#[derive(Serialize)]
struct Page {
    people: Vec<Person>,
    links: Vec<Link>,
    roles: Vec<&'static str>,
    /// A link that was just made, shown once, and whom it is for.
    made: Option<Made>,
}

#[derive(Serialize)]
struct Person {
    id: StaffId,
    handle: String,
    role: &'static str,
    active: bool,
    created_at: i64,
    me: bool,
    keys: usize,
}

#[derive(Serialize)]
struct Link {
    hash: String,
    role: Option<&'static str>,
    handle: Option<String>,
    made_by: String,
    ends_at: i64,
}

#[derive(Serialize)]
struct Made {
    address: String,
    role: Option<&'static str>,
    handle: Option<String>,
    hours: i64,
}

/// `GET /desk/people`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, None).await
}

async fn page(ask: &Ask, made: Option<Made>) -> Result<Response<Body>, Refused> {
    let me = ask.staff()?.id;
    let all = staff::people(ask.newsroom()).await?;
    let handle = |id: StaffId| all.people.iter().find(|p| p.staff.id == id).map(|p| p.staff.handle.to_string());
    let links = all.links.iter().map(|link| Link {
        hash: link.hash.clone(),
        role: invited(link.purpose),
        handle: match link.purpose {
            LinkPurpose::Reset(id) => handle(id),
            LinkPurpose::Invite(_) => None,
        },
        made_by: link.made_by.clone(),
        ends_at: link.ends_at.as_millis(),
    });
    let people = all.people.iter().map(|person| Person {
        id: person.staff.id,
        handle: person.staff.handle.to_string(),
        role: person.staff.role.as_str(),
        active: person.staff.active,
        created_at: person.staff.created_at.as_millis(),
        me: person.staff.id == me,
        keys: person.keys,
    });
    let page = Page {
        people: people.collect(),
        links: links.collect(),
        roles: Role::ALL.into_iter().map(Role::as_str).collect(),
        made,
    };
    ask.render("people.html", "people", page)
}

fn invited(purpose: LinkPurpose) -> Option<&'static str> {
    match purpose {
        LinkPurpose::Invite(role) => Some(role.as_str()),
        LinkPurpose::Reset(_) => None,
    }
}

fn address(ask: &Ask, link: &Token) -> String {
    format!("{}desk/join/{}", ask.desk.place().origin(&ask.host), link.reveal())
}

/// `POST /desk/people/invite`: the link is shown on the page that answers, and nowhere again.
pub(in crate::desk) async fn invite(ask: Ask) -> Result<Response<Body>, Refused> {
    let role = ask.form().read("role", Role::parse)?;
    let link = staff::invite(ask.newsroom(), role, ask.staff()?.handle.as_str()).await?;
    let made =
        Made { address: address(&ask, &link), role: Some(role.as_str()), handle: None, hours: staff::LINK_HOURS };
    page(&ask, Some(made)).await
}

/// `POST /desk/people/take-back`.
pub(in crate::desk) async fn take_back(ask: Ask) -> Result<Response<Body>, Refused> {
    staff::take_back(ask.newsroom(), ask.form().one("link"), ask.staff()?.handle.as_str()).await?;
    Ok(done("/desk/people", "link-taken-back"))
}

/// `POST /desk/people/{id}/role`.
pub(in crate::desk) async fn role(ask: Ask) -> Result<Response<Body>, Refused> {
    let role = ask.form().read("role", Role::parse)?;
    staff::set_role(ask.newsroom(), ask.id("id")?, role, ask.staff()?.handle.as_str()).await?;
    Ok(done("/desk/people", "saved"))
}

/// `POST /desk/people/{id}/reset`: the old keys end at once.
pub(in crate::desk) async fn reset(ask: Ask) -> Result<Response<Body>, Refused> {
    let id: StaffId = ask.id("id")?;
    let link = staff::reset_link(ask.newsroom(), id, ask.staff()?.handle.as_str()).await?;
    let all = staff::people(ask.newsroom()).await?;
    let handle = all.people.iter().find(|p| p.staff.id == id).map(|p| p.staff.handle.to_string());
    let made = Made { address: address(&ask, &link), role: None, handle, hours: staff::LINK_HOURS };
    page(&ask, Some(made)).await
}

/// `POST /desk/people/{id}/withdraw`.
pub(in crate::desk) async fn withdraw(ask: Ask) -> Result<Response<Body>, Refused> {
    staff::withdraw_account(ask.newsroom(), ask.id("id")?, ask.staff()?.handle.as_str()).await?;
    Ok(done("/desk/people", "account-closed"))
}
