//! From a mail's bytes to what is to be done.

use model::Bounce;

use super::{
    addresses::{Addresses, Place, is_slug, is_token},
    arf::{self, Feedback},
    auto::{is_auto, is_bulk, is_machine},
    limits::{CANDIDATES, HOPS, TooMuch},
    mime::Mail,
    notice::{Nothing, Notice, Reading, SignUp, Token},
    plain,
    report::{self, Action, Recipient},
    returned::{Returned, returned},
    why::{Why, judge},
};

/// Who a mail says, on its way, that it is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// The empty sender, `<>`, that reports have.
    Empty,
    /// Somebody.
    Given,
    /// Whatever `Return-Path` says; without one nobody knows.
    AsWritten,
}

/// What the mail's way tells of it, outside of its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    /// Who it is from.
    pub sender: Sender,
    /// To whom it came; `None` for a mail out of a mailbox, which is asked itself.
    pub recipient: Option<&'a str>,
}

/// Fields that tell to whom a mail in a mailbox came, the most certain first.
const TO: [&str; 9] = [
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Delivered-To",
    "X-Apparently-To",
    "Original-Recipient",
    "To",
    "Cc",
];

/// The longest slug of a newsletter.
const NEWSLETTER_MAX: usize = 80;
/// The longest address that signs up.
const ADDRESS_MAX: usize = 254;

/// Reads a mail that came to one of our addresses.
///
/// # Errors
/// [`TooMuch`] when it goes beyond a limit; nothing of it is believed then.
pub fn read(ours: &Addresses, envelope: Envelope<'_>, bytes: &[u8]) -> Result<Reading, TooMuch> {
    let mail = Mail::open(bytes)?;
    if mail.head.all("Received").count() > HOPS {
        return Err(TooMuch::Hops);
    }
    let place = match envelope.recipient {
        Some(recipient) => ours.place(recipient),
        None => place_in(&mail, ours),
    };
    let Some(place) = place else { return Ok(Reading::Nothing(Nothing::NotOurs)) };
    let sender = sender(envelope.sender, &mail);
    match place {
        Place::Bounce(token) => came_back(&mail, ours, sender, Some(Token::Delivery(token))),
        Place::Complaints => came_back(&mail, ours, sender, None),
        Place::Unsubscribe(token) => Ok(Reading::Notice(Notice::Unsubscribe { token: Token::Unsubscribe(token) })),
        Place::UnsubscribePlain => Ok(in_subject(&mail)),
        Place::Join(newsletter) => Ok(sign_up(&mail, ours, sender, newsletter)),
    }
}

/// To which of our addresses a mail in a mailbox came. Whoever writes these fields proves nothing by it: the token does.
fn place_in(mail: &Mail<'_>, ours: &Addresses) -> Option<Place> {
    let fields = TO.iter().flat_map(|name| mail.head.all(name)).take(CANDIDATES);
    let words = fields.flat_map(|value| {
        let words = value.split(|c: char| c.is_whitespace() || "<>,;".contains(c));
        words.filter(|word| word.contains('@')).take(CANDIDATES).map(str::to_owned).collect::<Vec<_>>()
    });
    words.take(CANDIDATES).find_map(|word| ours.place(&word))
}

fn sender(sender: Sender, mail: &Mail<'_>) -> Sender {
    match sender {
        Sender::AsWritten => match mail.head.first("Return-Path").as_deref().map(str::trim) {
            Some("<>" | "") => Sender::Empty,
            Some(_) => Sender::Given,
            None => Sender::AsWritten,
        },
        known => known,
    }
}

/// A mail to where bounces or complaints go.
fn came_back(mail: &Mail<'_>, ours: &Addresses, sender: Sender, to: Option<Token>) -> Result<Reading, TooMuch> {
    if let Some((feedback, mail_from)) = arf::feedback(mail) {
        return Ok(complaint(mail, ours, to, feedback, mail_from));
    }
    if mail.part(&[("message", "disposition-notification")]).is_some() {
        return Ok(Reading::Nothing(Nothing::Receipt));
    }
    let recipients = match report::part(mail) {
        Some(part) => report::recipients(&part.text())?,
        None => plain::report(mail).into_iter().collect(),
    };
    if recipients.is_empty() {
        let nothing = if is_auto(&mail.head) { Nothing::AutoReply } else { Nothing::NotAReport };
        return Ok(Reading::Nothing(nothing));
    }
    if sender == Sender::Given {
        return Ok(Reading::Nothing(Nothing::HasSender));
    }
    let Returned { token, message_id } = returned(mail, ours);
    let Some(token) = to.or(token) else { return Ok(Reading::Nothing(Nothing::NoToken)) };
    Ok(match together(&recipients, &mail.text()) {
        Ok(Why { bounce, cause, status }) => {
            Reading::Notice(Notice::Bounced { token, bounce, cause, status, message_id })
        }
        Err(nothing) => Reading::Nothing(nothing),
    })
}

/// One judgement of several recipients. A mail of ours has one; where it was passed on to several, somebody may have it, so
/// the mildest counts.
fn together(recipients: &[Recipient], text: &str) -> Result<Why, Nothing> {
    if recipients.iter().any(|one| one.action == Action::Delivered) {
        return Err(Nothing::Delivered);
    }
    if recipients.iter().any(|one| one.action == Action::Delayed) {
        return Err(Nothing::Delayed);
    }
    let mut judged = recipients.iter().map(|one| judge(one.status, &one.diagnostic, text));
    let first = judged.next().ok_or(Nothing::NotAReport)?;
    Ok(judged.find(|why| why.bounce == Bounce::Soft).filter(|_| first.bounce == Bounce::Hard).unwrap_or(first))
}

fn complaint(
    mail: &Mail<'_>,
    ours: &Addresses,
    to: Option<Token>,
    feedback: Feedback,
    mail_from: Option<String>,
) -> Reading {
    let Returned { token, message_id } = returned(mail, ours);
    let named = mail_from.and_then(|address| match ours.place(&address) {
        Some(Place::Bounce(token)) => Some(Token::Delivery(token)),
        _ => None,
    });
    let Some(token) = to.or(named).or(token) else { return Reading::Nothing(Nothing::NoToken) };
    match feedback {
        Feedback::Complaint => Reading::Notice(Notice::Complaint { token, message_id }),
        Feedback::OptOut => Reading::Notice(Notice::Unsubscribe { token }),
        Feedback::Other => Reading::Nothing(Nothing::OtherFeedback),
    }
}

/// A mail to `unsubscribe@`: the token stands in its subject.
fn in_subject(mail: &Mail<'_>) -> Reading {
    let subject = mail.head.subject().to_ascii_lowercase();
    let token = subject.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| is_token(word));
    match token {
        Some(token) => Reading::Notice(Notice::Unsubscribe { token: Token::Unsubscribe(token.to_owned()) }),
        None => Reading::Nothing(Nothing::NoToken),
    }
}

/// A mail to `join@`. It is the only kind that something is sent for, so a machine's is never one: two of them would write
/// to each other for ever.
fn sign_up(mail: &Mail<'_>, ours: &Addresses, sender: Sender, newsletter: Option<String>) -> Reading {
    let nobody = Reading::Nothing(Nothing::NotAPerson);
    if sender == Sender::Empty || is_auto(&mail.head) || is_bulk(&mail.head) {
        return nobody;
    }
    let Some(address) = mail.head.from().filter(|address| address.len() <= ADDRESS_MAX) else { return nobody };
    let own = address.rsplit_once('@').is_none_or(|(_, domain)| domain.eq_ignore_ascii_case(ours.domain()));
    if own || is_machine(address) {
        return nobody;
    }
    let newsletter = newsletter.or_else(|| wanted(&mail.head.subject()));
    Reading::Notice(Notice::SignUp(SignUp { address: address.to_owned(), newsletter }))
}

/// The newsletter that a subject names: `subscribe weekly`. The mail may be anybody's own words, so that nothing else counts.
fn wanted(subject: &str) -> Option<String> {
    let subject = subject.to_ascii_lowercase();
    let mut words = subject.split_whitespace();
    words.find(|word| *word == "subscribe")?;
    words.next().filter(|word| word.len() <= NEWSLETTER_MAX && is_slug(word)).map(str::to_owned)
}
