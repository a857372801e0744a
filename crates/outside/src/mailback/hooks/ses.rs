//! Amazon SES, which tells through a topic of Amazon SNS: bounces and complaints, as notifications of an identity or as
//! events of a configuration set.

use http::HeaderMap;
use model::Timestamp;
use serde_json::Value;
use url::Url;

use super::{
    Addresses, Cause, Heard, Notice, Refused, bounced, header, json,
    sns::{self, Kind},
    text, token,
};

/// What is agreed with Amazon.
#[derive(Debug, Clone, Copy)]
pub struct Config<'a> {
    /// Our addresses.
    pub ours: &'a Addresses,
    /// The topic: `arn:aws:sns:eu-west-1:123456789012:bounces`.
    pub topic: &'a str,
    /// The certificate from [`certificate_url`], in PEM.
    pub certificate: &'a [u8],
}

/// Where the certificate is that a message was signed with: an address of SNS in the region of our topic.
///
/// # Errors
/// [`Refused`] when it is no message of SNS, of another topic, or names another address.
pub fn certificate_url(body: &[u8], topic: &str) -> Result<Url, Refused> {
    let value = json(body)?;
    sns::kind(&value)?;
    if text(&value, "/TopicArn") != topic {
        return Err(Refused::Topic);
    }
    sns::certificate_url(&value, topic)
}

/// What SES says, if it is SES.
///
/// # Errors
/// [`Refused`] when the signature does not fit, is old, or of another topic.
pub fn verify_and_parse(
    headers: &HeaderMap,
    body: &[u8],
    config: &Config<'_>,
    now: Timestamp,
) -> Result<Heard, Refused> {
    if header(headers, "x-amz-sns-rawdelivery").eq_ignore_ascii_case("true") {
        return Err(Refused::Shape("raw message delivery has to be off, or nothing is signed"));
    }
    let value = json(body)?;
    let kind = sns::kind(&value)?;
    sns::verify(&value, config.topic, config.certificate, now)?;
    match kind {
        Kind::SubscriptionConfirmation => Ok(Heard::Confirm(sns::subscribe_url(&value, config.topic)?)),
        // Somebody with rights in that account ended it; nothing is for us to undo.
        Kind::UnsubscribeConfirmation => Ok(Heard::Notices(Vec::new())),
        Kind::Notification => {
            // SNS itself says hello in plain text when a topic is set up.
            let said = serde_json::from_str::<Value>(text(&value, "/Message")).unwrap_or_default();
            Ok(Heard::Notices(notice(&said, config.ours).into_iter().collect()))
        }
    }
}

fn notice(said: &Value, ours: &Addresses) -> Option<Notice> {
    let token = token(text(said, "/mail/tags/masthead/0"), text(said, "/mail/source"), ours)?;
    let kind = [text(said, "/notificationType"), text(said, "/eventType")].concat();
    match kind.as_str() {
        "Bounce" => bounce(said, token),
        "Complaint" => {
            let withdrawn = text(said, "/complaint/complaintFeedbackType") == "not-spam";
            (!withdrawn).then_some(Notice::Complaint { token, message_id: None })
        }
        // Sent, delivered, delayed, opened, clicked, rejected before it was sent.
        _ => None,
    }
}

fn bounce(said: &Value, token: super::Token) -> Option<Notice> {
    let (status, diagnostic) =
        (text(said, "/bounce/bouncedRecipients/0/status"), text(said, "/bounce/bouncedRecipients/0/diagnosticCode"));
    let (kind, sub) = (text(said, "/bounce/bounceType"), text(said, "/bounce/bounceSubType"));
    // SES calls absences this, too; they come without a report.
    if kind == "Transient" && sub == "General" && status.is_empty() && diagnostic.is_empty() {
        return None;
    }
    let cause = match sub {
        "NoEmail" | "Suppressed" | "OnAccountSuppressionList" => Cause::NoMailbox,
        "MailboxFull" => Cause::Full,
        "MessageTooLarge" => Cause::TooLarge,
        "ContentRejected" | "AttachmentRejected" => Cause::Blocked,
        "CustomTimeoutExceeded" => Cause::Expired,
        _ => Cause::Other,
    };
    Some(bounced(token, kind == "Permanent", status, diagnostic, cause))
}
