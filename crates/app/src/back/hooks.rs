//! What mail services tell: believed when they prove who they are, and carried out.

use http::HeaderMap;
use outside::mailback::{
    Notice,
    hooks::{Heard, Refused, Service, mailgun, postmark, ses},
};

use super::{Applied, apply};
use crate::{Newsroom, error::Error};

/// What is answered to a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It was heard.
    Heard,
    /// This newsroom does not use that service.
    Off,
    /// It is not believed.
    Refused(Refused),
    /// It is to say it again later.
    Later,
}

/// Hears what a service says. `path` is the last part of the address, where a password may stand.
///
/// # Errors
/// When the database fails; the service says it again.
pub async fn told(
    newsroom: &Newsroom,
    service: Service,
    path: Option<&str>,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Told, Error> {
    let heard = match service {
        Service::Ses => of_ses(newsroom, headers, body).await,
        Service::Postmark => of_postmark(newsroom, path, headers, body),
        Service::Mailgun => of_mailgun(newsroom, headers, body),
    };
    match heard {
        Ok(Heard::Notices(notices)) => carry_out(newsroom, &notices).await,
        Ok(Heard::Confirm(url)) => match newsroom.ways().amazon.get(&url).await {
            Ok(_) => {
                tracing::info!("the subscription to the topic of Amazon SNS is confirmed");
                Ok(Told::Heard)
            }
            Err(error) => {
                tracing::warn!(%error, "the subscription to the topic of Amazon SNS could not be confirmed");
                Ok(Told::Later)
            }
        },
        Err(told) => {
            if let Told::Refused(why) = told {
                tracing::warn!(service = service.as_str(), %why, "a mail service's hook was not believed");
            }
            Ok(told)
        }
    }
}

async fn carry_out(newsroom: &Newsroom, notices: &[Notice]) -> Result<Told, Error> {
    for notice in notices {
        let applied = apply(newsroom, notice).await?;
        tracing::debug!(?applied, "a mail service told of a mail");
        if applied == Applied::Later {
            return Ok(Told::Later);
        }
    }
    Ok(Told::Heard)
}

async fn of_ses(newsroom: &Newsroom, headers: &HeaderMap, body: &[u8]) -> Result<Heard, Told> {
    let (ways, now) = (newsroom.ways(), newsroom.clock().now());
    let (Some(ours), topic) = (&ways.addresses, ways.ses_topic.as_str()) else { return Err(Told::Off) };
    if topic.is_empty() {
        return Err(Told::Off);
    }
    let url = ses::certificate_url(body, topic).map_err(Told::Refused)?;
    let certificate = ways.certificate(&url, now).await.map_err(|_| Told::Later)?;
    let config = ses::Config { ours, topic, certificate: &certificate };
    ses::verify_and_parse(headers, body, &config, now).map_err(|refused| {
        if refused == Refused::Certificate {
            ways.memory.forget(&url);
        }
        Told::Refused(refused)
    })
}

fn of_postmark(newsroom: &Newsroom, path: Option<&str>, headers: &HeaderMap, body: &[u8]) -> Result<Heard, Told> {
    let ways = newsroom.ways();
    let (Some(ours), secret) = (&ways.addresses, ways.postmark_secret.as_str()) else { return Err(Told::Off) };
    if secret.is_empty() {
        return Err(Told::Off);
    }
    let config = postmark::Config { ours, secret, path };
    postmark::verify_and_parse(headers, body, &config, newsroom.clock().now()).map_err(Told::Refused)
}

fn of_mailgun(newsroom: &Newsroom, headers: &HeaderMap, body: &[u8]) -> Result<Heard, Told> {
    let ways = newsroom.ways();
    let (Some(ours), key) = (&ways.addresses, ways.mailgun_key.as_str()) else { return Err(Told::Off) };
    if key.is_empty() {
        return Err(Told::Off);
    }
    let config = mailgun::Config { ours, key, seen: &ways.memory.seen };
    mailgun::verify_and_parse(headers, body, &config, newsroom.clock().now()).map_err(Told::Refused)
}
