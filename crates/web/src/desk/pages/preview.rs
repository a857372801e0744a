//! Previews: a story as it would be published, for its editors and for whoever has a link.

use app::{
    pages::{Form, Preview},
    staff::{Denial, Token},
    stories::desk,
};
use axum::body::Body;
use http::{HeaderValue, Response, header};
use model::StoryId;

use crate::{
    desk::{answer::redirect, ask::Ask, refused::Refused},
    respond::respond,
};

/// `GET /desk/stories/{id}/as/{form}/{*rest}`: for editors.
pub(in crate::desk) async fn own(ask: Ask) -> Result<Response<Body>, Refused> {
    let id: StoryId = ask.id("id")?;
    desk::stands(ask.newsroom(), ask.staff()?, id).await?;
    show(&ask, id, &format!("/desk/stories/{id}/as")).await
}

/// `GET /desk/preview/{link}/…`: for whoever has the link.
pub(in crate::desk) async fn linked(ask: Ask) -> Result<Response<Body>, Refused> {
    let link = Token::parse(ask.param("link")).ok_or(Denial::Link)?;
    let opened = desk::preview_open(ask.newsroom(), &link).await?;
    show(&ask, opened.story, &format!("/desk/preview/{}", link.reveal())).await
}

async fn show(ask: &Ask, id: StoryId, base: &str) -> Result<Response<Body>, Refused> {
    let form = match ask.param("form") {
        "" | "site" => Form::Site(match ask.param("rest") {
            "" | "lite" => String::new(),
            rest => format!("/{rest}"),
        }),
        "feed" => Form::Feed,
        "text" => Form::Text,
        "mail" if ask.param("rest") == "text" => Form::MailText,
        "mail" => Form::Mail,
        _ => return Err(Refused::Missing),
    };
    let loads = match form {
        Form::Feed => "img-src 'self'; ",
        // Mail programs know no style sheets: each element carries its style.
        Form::Mail => "img-src 'self'; style-src-attr 'unsafe-inline'; ",
        Form::Site(_) | Form::Text | Form::MailText => "",
    };
    match app::pages::preview(ask.newsroom(), id, form).await? {
        Preview::At { full, lite } => {
            let path = if ask.param("rest") == "lite" { lite } else { full };
            Ok(redirect(&format!("{base}/site{path}")))
        }
        Preview::Site(path) => Ok(redirect(&path)),
        Preview::Page(prepared) => Ok(private(respond(&prepared, &ask.method, &ask.headers).map(Body::new), loads)),
    }
}

/// What stands for the site's own policy where a page must be framed by the desk.
const FRAMED: &str = "frame-ancestors 'self'";

/// The page as readers would get it, but kept nowhere, and shown within the desk. `loads` is the policy of what comes
/// without one.
pub(super) fn private(mut response: Response<Body>, loads: &str) -> Response<Body> {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.remove(header::ETAG);
    let policy = headers.get(header::CONTENT_SECURITY_POLICY).and_then(|value| value.to_str().ok());
    let policy = match policy {
        Some(policy) => policy.replace("frame-ancestors 'none'", FRAMED),
        None => format!("default-src 'none'; {loads}{FRAMED}"),
    };
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
